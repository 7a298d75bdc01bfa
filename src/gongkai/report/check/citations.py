"""CITE-*: the documents a report cites."""

import re
from collections.abc import Iterator
from functools import cache

from gongkai.kernel import Finding, LawRef, Level
from gongkai.kernel.law_ref import FORM_2021
from gongkai.law.dated import NotCoveredError
from gongkai.law.notices import Notice, notice_for, notices
from gongkai.report.check.prose import Hit, listing, one_finding, part_name, prose, sentence
from gongkai.report.check.registry import Context, Rule, rule
from gongkai.report.model import Report, Section

_SPACE = re.compile(r"\s+")
_PLAN = r"(?:政务|政府信息|信息)公开(?:工作)?(?:要点|重点工作|重点任务|主要任务|工作安排|工作计划)"
_PLAN_WORDS = ("要点", "重点工作", "重点任务", "主要任务", "工作安排", "工作计划")
_PLAN_OF_YEAR = re.compile(
    # 2021年浙江省政务公开工作要点
    rf"(?<!\d)(?P<year>20\d\d)\s*年?度?(?P<of>[^\d，。；、：:,;\n《》〈〉“”（）()后来起底月前]{{0,16}}?){_PLAN}"
    # 政务公开2021年工作要点
    r"|(?:政务|政府信息|信息)公开\s*(?P<late>20\d\d)\s*年度?\s*(?:工作)?(?:要点|重点工作|重点任务)"
    # 政务公开工作要点的通知》（国办发〔2021〕12号
    rf"|(?<![年度\d]){_PLAN}(?:的通知)?》?\s*[（(]?[\u4e00-\u9fff]{{2,8}}\s*[〔\[（(【［](?P<number>20\d\d)"
    r"[〕\]）)】］]\s*\d+\s*号"
)
#: Words that say a plan is named as a past one.
_LAST_YEAR = re.compile(r"上一?年|去年|前一年|往年|历年|近[两二三四五几]年|连续|以来")
#: What is said of last year's plan when it is looked back on.
_LOOKING_BACK = re.compile(
    r"^[》”]?情况|(?:落实|完成|执行|推进|开展)情况|回头看|总结|评估|考核|自查|梳理|基础上|验收"
)
_AHEAD = re.compile(r"下一步|下一年|明年|来年|今后|将|拟|谋划|起草|征求意见")


def _plan_year(found: re.Match[str]) -> int:
    return int(found["year"] or found["late"] or found["number"])


def _excused(section: Section, found: re.Match[str], year: int) -> bool:
    """Whether another year's plan is named as such: last year's looked back on, or next year's ahead."""
    words, plan = sentence(section.text, *found.span()), _plan_year(found)
    if plan > year:
        return section.key == "problems" or _AHEAD.search(words) is not None
    if _LAST_YEAR.search(words):
        return True
    return plan == year - 1 and _LOOKING_BACK.search(section.text[found.end() : found.end() + 30]) is not None


def _other_plans(report: Report, year: int) -> Iterator[Hit]:
    for section in prose(report):
        if not any(word in section.text for word in _PLAN_WORDS):
            continue
        for found in _PLAN_OF_YEAR.finditer(section.text):
            if _plan_year(found) != year and not _excused(section, found, year):
                words = _SPACE.sub("", found[0])
                yield Hit(section, *found.span(), f"{part_name(section.key)}引用“{words}”")


@rule(
    "CITE-STALE",
    title="引用过期的要点或文件",
    level=Level.WARNING,
    law=FORM_2021,
    fires="正文引用其他年度的政务公开工作要点，或者引用编制本年度报告时已被替代的格式通知（2021年度起引用国办公开办函〔2019〕60号）",
    silent="写明是上年要点及其落实情况；五、中展望下一年；报告年度不明；新旧两个格式通知并列时只作说明",
)
def stale(rule: Rule, context: Context) -> Iterator[Finding]:
    """A work plan of another year, or a notice since replaced, is cited as the basis of this year's work."""
    report = context.report
    if report.year is None:
        return
    plans = list(_other_plans(report, report.year))
    if plans:
        yield one_finding(
            rule,
            plans,
            f"本报告是{report.year}年度的，{listing(hit.note for hit in plans)}。"
            f"请改引{report.year}年的工作要点；如确指往年要点，请写明是往年的",
            expected=report.year,
        )
    yield from _replaced(rule, report, report.year)


def _spaced(text: str) -> str:
    return r"\s*".join(re.escape(character) for character in text)


def _number_pattern(notice: Notice) -> re.Pattern[str]:
    """A notice's number, however its brackets and spaces were written."""
    code, _, rest = notice.number.partition("〔")
    if rest:
        year, serial = rest.removesuffix("号").split("〕")
        brackets = rf"\s*[〔\[（(【［﹝]?\s*{year}\s*[〕\]）)】］﹞]?\s*{serial}\s*号"
        return re.compile(_spaced(code) + brackets)
    return re.compile(_spaced(notice.number).replace("第", "第?"))


@cache
def _numbers() -> tuple[tuple[Notice, re.Pattern[str]], ...]:
    return tuple((notice, _number_pattern(notice)) for notice in notices())


def _replaced(rule: Rule, report: Report, year: int) -> Iterator[Finding]:
    for notice, pattern in _numbers():
        if not notice.replaced_for(year):
            continue
        hits = [
            Hit(section, *found.span())
            for section in prose(report)
            if "号" in section.text
            for found in pattern.finditer(section.text)
        ]
        if hits:
            yield _replaced_finding(rule, report, notice, hits, year)


def _in_force(replaced: Notice, year: int) -> Notice | None:
    try:
        return notice_for(replaced.kind, year)
    except NotCoveredError:
        return None


def _replaced_finding(rule: Rule, report: Report, notice: Notice, hits: list[Hit], year: int) -> Finding:
    now = _in_force(notice, year)
    both = now is not None and any(
        pattern.search(section.text) for n, pattern in _numbers() if n is now for section in prose(report)
    )
    advice = f"请改引{now.number}" if now else "请改引现行文件"
    if both:
        advice = "现行文件已同时引用，旧文件可以删去"
    return one_finding(
        rule,
        hits,
        f"{part_name(hits[0].section.key)}引用“{hits[0].text}”，它适用到{notice.until}年度的报告为止，"
        f"{year}年度已有新的规定。{advice}",
        level=Level.INFO if both else rule.level,
        expected=now.number if now else None,
    )


_DOCUMENT_FORMAT = LawRef("党政机关公文格式", "（GB/T 9704—2012）发文字号")
#: The figures of a document number, with whatever stands for its closing bracket. Blanks are counted: four
#: open runs of them side by side would take the fourth power of their length.
_FIGURES = re.compile(
    r"[12][09]\d\d\s{0,4}年?\s{0,4}(?P<close>[〕﹞\]）)】］〉>}]?)\s{0,4}第?\s{0,4}(?P<serial>\d{1,4})\s{0,4}号(?!令|楼|院|房|门|线|地|路|会议室|公告|通告)"
)
_OPENING = "〔﹝[（(【［〈<{"
_SERIAL_ONLY = re.compile(r"(国办(?:公开办函|秘函|函|发)|国发)\s*第?\s*(\d{1,3})\s*号")
#: An issuing code: where it begins is uncertain, so only its characteristic end is required.
_CODE = re.compile(
    r"[政府办公开务信秘规国厅室党委组字发财综改行审食药监教科文体卫民司]{1,7}[函发字规办电通]\s*$"
)
_CODE_TEXT = re.compile(r"[\u4e00-\u9fff]{1,8}\s*$")
_BRACKETED_CODE = re.compile(r"[\u4e00-\u9fff]{1,8}[函发字规办电通综审教建民财政府委]\s*$")
_LEADING = re.compile(
    r".*(?:的通知|的意见|的决定|按照|根据|依据|印发|下发|制定|出台|落实|执行|关于|以及|和|及|与|的|是|即|为|见|由|在|号)"
)
_PROPER = {("〔", "〕"), ("﹝", "﹞")}


def _code_before(text: str, end: int, bracketed: bool) -> str:
    """The issuing code that ends at ``end``, without the words it runs on from; empty where none."""
    before = text[max(0, end - 12) : end]
    if (_BRACKETED_CODE if bracketed else _CODE).search(before) is None:
        return ""
    found = _CODE_TEXT.search(before)
    return _LEADING.sub("", found[0].strip()) if found else ""


def _misformed(section: Section) -> Iterator[Hit]:
    text = section.text
    if "号" not in text:
        return
    for found in _FIGURES.finditer(text):
        before = text[max(0, found.start() - 4) : found.start()].rstrip()
        opening = before[-1:] if before[-1:] and before[-1] in _OPENING else ""
        if (opening, found["close"]) in _PROPER or before[-1:].isdigit():
            continue
        end = text.rindex(opening, 0, found.start()) if opening else found.start()
        code = _code_before(text, end, bool(opening))
        if code:
            start = text.rindex(code, 0, found.start())
            right = f"{code}〔{found[0][:4]}〕{int(found['serial'])}号"
            written = _SPACE.sub("", text[start : found.end()])
            yield Hit(section, start, found.end(), f"“{written}”应为“{right}”")
    for found in _SERIAL_ONLY.finditer(text):
        written = _SPACE.sub("", found[0])
        yield Hit(section, *found.span(), f"“{written}”缺少年份，应为“{found[1]}〔年份〕{found[2]}号”")


@rule(
    "CITE-FORMAT",
    title="发文字号不规范",
    level=Level.WARNING,
    law=_DOCUMENT_FORMAT,
    fires="发文字号的年份没有用六角括号〔〕括起：没有括号、括号只有一半、用了方括号或圆括号，或者漏了年份",
    silent="国务院令第711号等令号；法院案号；标准号；公告的“2024年第3号”",
)
def citation_format(rule: Rule, context: Context) -> Iterator[Finding]:
    """The year of a document number stands in 〔〕 (GB/T 9704)."""
    hits = [hit for section in prose(context.report) for hit in _misformed(section)]
    if hits:
        yield one_finding(
            rule,
            hits,
            f"发文字号的年份应当用六角括号〔〕括起：{listing(hit.note for hit in hits)}。"
            "请按原文件核对后更正",
            expected=[hit.note.rsplit("“", 1)[1].rstrip("”") for hit in hits],
            found=[hit.text for hit in hits],
        )
