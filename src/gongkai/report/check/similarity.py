"""SAME-TEXT: a text taken over from last year or from another agency.

What is compared is what an agency writes itself: sections 一, 五 and 六 without figures, years, names of
agencies, titles of documents and the phrases every report uses. A character counts as the same when it
stands in a stretch of ``WINDOW`` characters that the other text has too.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gongkai.kernel import Finding, LawRef, Level
from gongkai.kernel.law_ref import REGULATION
from gongkai.report.check.prose import listing, part_name
from gongkai.report.check.registry import Context, Rule, rule
from gongkai.report.check.years import same_agency
from gongkai.report.model import Report

WINDOW = 10
#: Half the text or more is too much.
LIMIT = 50
#: Characters a section must have, once reduced, to be compared by itself, and the whole.
SHORTEST = {"overview": 80, "problems": 40}
SHORTEST_WHOLE = 120
_COMPARED = ("overview", "problems", "others")

_BOILERPLATE = re.compile(
    r"《[^》\n]{1,80}》|坚持以习近平[^，。；]{2,40}|(?:全面|深入|认真)?(?:学习|贯彻|落实)*党的[^，。；]{2,30}(?:精神|决策部署)"
    r"|习近平[^，。；]{2,30}|(?:中华人民共和国)?政府信息公开条例|[^。；\n]*(?:处理费|其他需要报告)[^。；\n]*"
    r"|以公开为常态[、，]不公开为例外|知情权[、，]?(?:参与权|表达权)?[、，]?(?:表达权|参与权)?[、和及与]*监督权"
    r"|[（(]?[一二三四五六]?[)）]?(?:政府信息)?(?:主动公开|依申请公开|政府信息管理|(?:政府信息公开)?平台建设|监督保障)(?:情况|方面|工作)?[。：:\n]"
)
_DROPPED = re.compile(r"[\s\W_]+")
_FIGURE = re.compile(r"[0-9０-９]+(?:[.．][0-9]+)?")
_AGENCY_WORDS = re.compile(
    r"(?:我|本|全|各)(?:镇|乡|街道|局|县|市|区|省|委|办|单位|机关|部门)|(?:人民)?政府办公室|人民政府|街道办事处"
)


def _names(agency: str | None) -> list[str]:
    """The agency's full name and the short ones: 平阳县昆阳镇人民政府, 昆阳镇, 平阳县."""
    if not agency:
        return []
    bare = re.sub(r"(?:人民政府(?:办公室)?|办事处|委员会)$", "", agency)
    parts = re.findall(r"[^省市县区旗]{1,8}?[省市县区旗镇乡]|[^省市县区旗]{2,12}$", bare)
    return sorted({agency, bare, *parts} - {""}, key=len, reverse=True)


def reduced(text: str, agency: str | None) -> str:
    """The agency's own words: without boilerplate, names, figures and punctuation."""
    text = _BOILERPLATE.sub("", text)
    for name in _names(agency):
        text = text.replace(name, "")
    text = _AGENCY_WORDS.sub("", text)
    return _DROPPED.sub("", _FIGURE.sub("0", text))


def shared_percent(text: str, other: str) -> int:
    """How much of a reduced text, in whole percent, stands in the other one too."""
    if len(text) < WINDOW or len(other) < WINDOW:
        return 0
    known = {other[at : at + WINDOW] for at in range(len(other) - WINDOW + 1)}
    shared = covered = 0
    for at in range(len(text) - WINDOW + 1):
        if text[at : at + WINDOW] in known:
            shared += at + WINDOW - max(at, covered)
            covered = at + WINDOW
    return shared * 100 // len(text)


class Likeness(NamedTuple):
    """How like another report's text ours is: percent of the parts that reach the limit."""

    other: Report
    percents: Mapping[str, int]

    @property
    def highest(self) -> int:
        """The highest percentage of any part."""
        return max(self.percents.values())


def _parts(report: Report) -> dict[str, str]:
    return {key: reduced(report.text(key), report.agency) for key in _COMPARED}


def _likeness(ours: Mapping[str, str], other: Report) -> Likeness | None:
    theirs = _parts(other)
    percents = {
        key: shared_percent(ours[key], theirs[key])
        for key, shortest in SHORTEST.items()
        if len(ours[key]) >= shortest
    }
    whole, whole_theirs = "".join(ours.values()), "".join(theirs.values())
    if len(whole) >= SHORTEST_WHOLE:
        percents["whole"] = shared_percent(whole, whole_theirs)
    alike = {key: percent for key, percent in percents.items() if percent >= LIMIT}
    return Likeness(other, alike) if alike else None


def _same_report(one: Report, other: Report) -> bool:
    """Whether the other is the same report again, in another file."""
    if one is other:
        return True
    known = one.agency is not None and other.agency is not None and one.year is not None
    return known and one.year == other.year and same_agency(one.agency, other.agency)


def _described(likeness: Likeness) -> str:
    said = [f"{part_name(key)}{percent}%" for key, percent in likeness.percents.items() if key != "whole"]
    if "whole" in likeness.percents:
        said.append(f"全文{likeness.percents['whole']}%")
    return "、".join(said)


@rule(
    "SAME-TEXT",
    title="文字雷同",
    level=Level.WARNING,
    law=LawRef(REGULATION, "第四十七条"),
    fires="一、五或全文有一半以上的文字与本机关上年报告或其他机关的报告相同（数字、年份、名称不计）",
    silent="没有可比的报告；法规名称、格式用语、收费说明等通用文字；文字太少",
)
def same_text(rule: Rule, context: Context) -> Iterator[Finding]:
    """Half of what the agency wrote, or more, was written before or by others."""
    others = [other for other in context.others if not _same_report(context.report, other)]
    if context.previous is None and not others:
        return
    ours = _parts(context.report)
    if context.previous is not None:
        like = _likeness(ours, context.previous)
        if like:
            yield _finding(rule, context.report, [like], "与上年报告")
    alike = [like for other in others if (like := _likeness(ours, other))]
    if alike:
        yield _finding(rule, context.report, sorted(alike, key=lambda like: -like.highest), "与其他报告")


def _finding(rule: Rule, report: Report, alike: list[Likeness], with_whom: str) -> Finding:
    first = alike[0]
    parts = [key for key in first.percents if key != "whole"]
    said = listing(
        (
            f"与{like.other.agency or like.other.reading.source or '另一机关'}"
            f"{like.other.year or ''}{'年' if like.other.year else ''}报告相同：{_described(like)}"
            for like in alike
        ),
        "份",
    )
    section = report.sections.get(parts[0]) if parts else None
    return rule.finding(
        f"sections.{parts[0]}" if len(parts) == 1 else "sections",
        f"文字{with_whom}雷同，{said}（数字、年份、名称不计）。请按本年、本机关的实际情况改写",
        expected=f"不到{LIMIT}%",
        found=first.highest,
        place=section.place if section else None,
        cells=tuple(f"sections.{key}" for key in parts) if len(parts) > 1 else (),
    )
