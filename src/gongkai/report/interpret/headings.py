"""The headings of the six sections: found by wording, ordinal and order, in lines and inside lines."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from gongkai.report import form
from gongkai.report.interpret.text_lines import Line

#: Section keys that have a heading, in the order of the form.
KEYS = tuple(key for key in form.SECTIONS if key != "head")
_INDEX = {key: index for index, key in enumerate(KEYS)}
_NUMERALS = "一二三四五六七八九十"

# Wordings in use. The order of the branches matters: the longer first.
_WORDS = {
    "disputes": (
        r"(?:因)?(?:政府)?(?:信息公开)?(?:工作)?"
        r"(?:被|申请|提起|引起的?|引发的?|有关的?|相关的?|的|情况|产生)*"
        r"行政复议(?:情况)?(?:及其?|和|与|以及|[、,，及/])?(?:被|提起|的)*(?:行政)?诉讼(?:的)?(?:情况|案件|工作)*"
    ),
    "applications": (
        r"(?:收到(?:和|及|与|、|并)?处理|收到|办理|处理)?(?:的)?(?:政府|政务)?信息公开申请(?:的)?"
        r"(?:处理|办理|的)*情况|(?:政府信息)?依申请公开(?:政府信息)?(?:工作|办理|处理|的)*情况"
    ),
    "proactive": (
        r"(?:政府)?主动公开(?:的)?(?:政府|政务)信息(?:工作)?(?:的)?情况|主动公开(?:信息)?(?:工作)?情况"
        r"|政府信息主动公开(?:工作)?情况"
    ),
    "problems": (
        r"(?:政府信息公开)?(?:工作)?(?:中)?(?:存在|主要)(?:的|主要)*(?:问题|不足)"
        r"(?:(?:及|和|与|以及|[、,，])?(?:下一步|下步)?(?:工作)?(?:的)?(?:改进|整改|解决|工作)+(?:的)?"
        r"(?:情况|措施|打算|计划|思路|方向|办法)*)?"
    ),
    "others": (
        r"其[他它](?:需要|需|应当|须|要)*(?:报告|说明|公开|汇报)的?(?:有关|相关|重要)?(?:事项|情况|内容)"
        r"|其[他它]事项|需要(?:说明|报告)的(?:其[他它]|有关|相关)?(?:事项|情况)"
    ),
    "overview": (
        r"(?:政府信息公开)?(?:年度)?(?:工作)?(?:的)?(?:总体|基本|整体)(?:工作)?(?:情况|概述|概况)|概述|概况"
    ),
}
#: The form's own wording, and what counts as such.
_EXACT = {
    "overview": r"总体情况",
    "proactive": r"主动公开政府信息的?情况",
    "applications": r"收到[和及]处理政府信息公开申请的?情况",
    "disputes": r"因?政府信息公开行政复议[、和及，,]?行政诉讼情况",
    "problems": r"(?:政府信息公开工作)?存在的?主要问题[及和](?:改进|整改)(?:情况|措施)",
    "others": r"其[他它]需要报告的事项",
}


_WORD = re.compile("|".join(f"(?P<{key}>{words})" for key, words in _WORDS.items()))
_EXACT_WORD = re.compile("|".join(f"(?P<{key}>{words})" for key, words in _EXACT.items()))
#: 一、 and its like, which number sections; 第一部分; and what numbers parts of them: （一） 1.
_TOP = re.compile(rf"(?:第\s*([{_NUMERALS}])\s*部分|([{_NUMERALS}])\s*[、．.，,：:\s])[、．.，,：:\s\u3000]*")
_SUB = re.compile(rf"(?:[（(]\s*([{_NUMERALS}]|\d)\s*[）)]|(\d)\s*[、．.])[、．.\s\u3000]*")
_INSIDE = re.compile(
    rf"(?<![第（(《“{_NUMERALS}])(?:第([{_NUMERALS}])部分[、：:\s]?"
    rf"|([{_NUMERALS}])[、．.])[ \u3000]*(?={_WORD.pattern})"
)
#: Blanks between the characters of a heading, but not behind its ordinal.
_APART = re.compile(rf"(?<=[\u4e00-\u9fff])(?<![{_NUMERALS}分章])[ \u3000\xa0]+(?=[\u4e00-\u9fff])")
#: Row labels of table 3 that are numbered like headings.
_ROW_LABEL = re.compile(r"新收|结转|办理结果|数量")
_AFTER_LIST = "、;；,，等和及与》”"
_LINE_LIMIT = 45
_SKIPPED = 0.6
_GAP = 120
_END_PUNCTUATION = "：:。.；; \u3000"


class Heading(NamedTuple):
    """A heading: in line ``line``, the characters [start, stop), its section's text from ``stop`` on.

    ``weight`` says how sure the wording is, ``at`` its position on the axis of the whole document.
    """

    key: str
    line: int
    start: int
    stop: int
    at: int
    weight: float


def find_headings(lines: Sequence[Line]) -> list[Heading]:
    """The headings of the document's sections, each key at most once, in order.

    Tables of contents and lists in the head note are told from headings by what follows them: nothing.
    """
    candidates: list[Heading] = []
    for number, line in enumerate(lines):
        candidates.extend(_in_line(line, number))
    end = lines[-1].at + len(lines[-1].text) if lines else 0
    return _best_chain(candidates, end)


def _in_line(line: Line, number: int) -> list[Heading]:
    text = line.text
    if len(text) <= _LINE_LIMIT and _APART.search(text):
        tight = Line(_APART.sub("", text), line.pieces, line.at, line.heading)
        alone = [h._replace(stop=len(text)) for h in _in_line(tight, number) if h.stop == len(tight.text)]
        if alone:
            return alone
    found: list[Heading] = []
    first = text[0]
    if first in _NUMERALS or first == "第":
        mark = _TOP.match(text)
        if mark:
            found += _top(line, number, mark)
    elif first in "（(123456":
        mark = _SUB.match(text)
        if mark:
            found += _exact(line, number, mark.end(), _ordinal(mark))
    elif len(text) <= _LINE_LIMIT:
        found += _exact(line, number, 0, None)
    if len(text) > _LINE_LIMIT:
        found += _inside(line, number, found[0].stop if found else 1)
    return found


def _top(line: Line, number: int, mark: re.Match[str]) -> list[Heading]:
    text = line.text
    word = _WORD.match(text, mark.end())
    if not word:
        key = _similar(text[mark.end() :])
        return [Heading(key, number, 0, len(text), line.at, 0.9)] if key else []
    if _ROW_LABEL.search(text, 0, word.end() + 2):
        return []
    key = word.lastgroup or ""
    rest = text[word.end() :].lstrip(_END_PUNCTUATION)
    exact = bool(_EXACT_WORD.fullmatch(word.group()))
    weight = 1.2 + 0.3 * _fits(key, _ordinal(mark)) + 0.2 * exact + 0.3 * line.heading
    if not rest:
        return [Heading(key, number, 0, len(text), line.at, weight + 0.2)]
    if (
        len(rest) <= 12
        and not re.search(r"[。：:\d]|^[一无（(]", rest)
        and not exact
        and len(text) <= _LINE_LIMIT
    ):
        return [Heading(key, number, 0, len(text), line.at, weight)]
    if not exact and _runs_on(text, word.end()):
        return []
    return [Heading(key, number, 0, _stop(text, word.end()), line.at, weight)]


def _runs_on(text: str, end: int) -> bool:
    """Whether the words after a would-be heading go on with its sentence."""
    follows = text[end : end + 1]
    return bool(re.match(r"[\u4e00-\u9fff，,、]", follows)) and follows not in "我本一第无全"


def _exact(line: Line, number: int, start: int, ordinal: int | None) -> list[Heading]:
    """A heading with a lesser ordinal, or none: only in the form's own wording and alone on its line."""
    text = line.text
    word = _EXACT_WORD.match(text, start)
    if not word or text[word.end() :].strip(_END_PUNCTUATION):
        return []
    key = word.lastgroup or ""
    if ordinal is not None and ordinal != _INDEX[key] + 1:
        return []
    weight = 0.8 + 0.2 * (ordinal is not None) + 0.3 * line.heading
    return [Heading(key, number, 0, len(text), line.at, weight)]


def _inside(line: Line, number: int, start: int) -> list[Heading]:
    """Headings in the middle of a long line: numbered, and not in a list of headings."""
    text = line.text
    found = []
    for mark in _INSIDE.finditer(text, start):
        word = _WORD.match(text, mark.end())
        if not word or text[word.end() : word.end() + 1] in tuple(_AFTER_LIST):
            continue
        key = word.lastgroup or ""
        exact = bool(_EXACT_WORD.fullmatch(word.group()))
        if not exact and _runs_on(text, word.end()):
            continue
        if _ROW_LABEL.search(text, mark.start(), word.end() + 2):
            continue
        weight = 0.9 + 0.3 * _fits(key, _ordinal(mark)) + 0.2 * exact
        at = line.at + mark.start()
        found.append(Heading(key, number, mark.start(), _stop(text, word.end()), at, weight))
    return found


def _stop(text: str, end: int) -> int:
    while end < len(text) and text[end] in _END_PUNCTUATION:
        end += 1
    return end


def _ordinal(mark: re.Match[str]) -> int | None:
    found = next((group for group in mark.groups() if group), "")
    if found.isdigit():
        return int(found)
    return _NUMERALS.find(found) + 1 or None


def _fits(key: str, ordinal: int | None) -> bool:
    return ordinal == _INDEX[key] + 1


_PAIRS = {
    key: {label[i : i + 2] for i in range(2, len(label) - 1)} for key, label in form.SECTIONS.items() if label
}


def _similar(rest: str) -> str | None:
    """The section whose heading this short line nearly is: typing errors and lost characters."""
    core = re.sub(r"[\s\u3000，。：:、]", "", rest)
    if not 3 <= len(core) <= 26 or _ROW_LABEL.search(core) or re.search(r"\d", core):
        return None
    pairs = {core[i : i + 2] for i in range(len(core) - 1)}
    best, score = None, 0.0
    for key, wanted in _PAIRS.items():
        same = len(pairs & wanted)
        share = 2 * same / (len(pairs) + len(wanted))
        if share > score:
            best, score = key, share
    return best if score >= 0.6 else None


def _best_chain(candidates: Sequence[Heading], end: int) -> list[Heading]:
    """The chain of headings in the order of the form that weighs most.

    Text between two headings speaks for them, a heading passed over against the chain; where two chains
    weigh the same the later one wins (the earlier is a table of contents).
    """
    best: list[tuple[float, list[int]]] = []
    for j, candidate in enumerate(candidates):
        score, chain = candidate.weight, [j]
        for i in range(j):
            before = candidates[i]
            if _INDEX[before.key] >= _INDEX[candidate.key]:
                continue
            total = best[i][0] + candidate.weight + _gap(before, candidate.at) - _SKIPPED * (j - i - 1)
            if total > score:
                score, chain = total, [*best[i][1], j]
        best.append((score, chain))
    winner: tuple[float, list[int]] = (0.0, [])
    for j, (score, chain) in enumerate(best):
        total = score + _gap(candidates[j], end)
        if total >= winner[0]:
            winner = (total, chain)
    return [candidates[i] for i in winner[1]]


def _gap(heading: Heading, until: int) -> float:
    between = until - heading.at - (heading.stop - heading.start)
    return 0.5 * min(max(between, 0), _GAP) / _GAP
