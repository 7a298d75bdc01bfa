"""LANG-PUNCT: half-width, doubled and unpaired punctuation, as one remark with counts."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from gongkai.kernel import Finding, LawRef, Level
from gongkai.report.check.language import ADDRESSES, CONVERTER_MARKS
from gongkai.report.check.prose import Hit, listing, one_finding, prose, quote
from gongkai.report.check.registry import Context, Rule, rule
from gongkai.report.model import Section

_PUNCTUATION = LawRef("标点符号用法", "（GB/T 15834—2011）")
_HAN = r"\u3400-\u9fff"

#: Half-width marks, to be judged by their neighbours; and one mark after another.
_HALF = re.compile(r"[,;:?!.()<>\"]")
_AFTER_CHINESE = re.compile(rf"[{_HAN}》”’）)\]%％] ?$")
_BEFORE_CHINESE = re.compile(rf" ?[{_HAN}《“]")
_BRACKET_WITH_CHINESE = re.compile(rf"[^()\n]{{0,80}}[{_HAN}]")
_TWICE = re.compile(r"[，。、；：,;！!？?][ \t\u3000]*[，。、；：,;！!？?]")
_FINE_TOGETHER = frozenset({"？！", "！？", "?!", "!?"})

#: Brackets of one kind are pairs whatever their width.
_WIDE = str.maketrans("()[]", "（）［］")
_PAIRS = {
    "（": "）",
    "［": "］",
    "《": "》",
    "〈": "〉",
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "【": "】",
    "〔": "〕",
}
_BRACKETS = re.compile(r"[（()）《》〈〉“”‘’「」『』【】〔〕［］\[\]\n]")
#: An ordinal's lone closing bracket: 1）  一)  a)
_ORDINAL = re.compile(r"(?:^|[\s。；;，,：:])[0-9０-９一二三四五六七八九十①-⑳a-zA-Z]{1,3}$")
#: No sentence has brackets within brackets so deep; a hostile text may.
_DEEPEST = 20
_SENTENCE_ENDS = "。！？；：!?;:"
_LATIN = re.compile(r"[A-Za-z]")
_SKIPPED = re.compile(rf"{ADDRESSES}|{CONVERTER_MARKS}")


class _Open(NamedTuple):
    closing: str
    at: int


def _all_paired(text: str) -> bool:
    """Whether the brackets of every line cancel out; quick, and right for nearly every text."""
    left = "".join(_BRACKETS.findall(text)).translate(_WIDE)
    before = -1
    while len(left) != before:
        before = len(left)
        for opening, closing in _PAIRS.items():
            left = left.replace(opening + closing, "")
    return not left.strip("\n")


def _unpaired(text: str) -> Iterator[int]:
    """Positions of brackets, quotes and title marks without their partner in the paragraph.

    A paragraph may go on over a line end where the line does not end a sentence (lines of a PDF).
    """
    if _all_paired(text):
        return
    waiting: list[_Open] = []
    for found in _BRACKETS.finditer(text):
        mark, at = found[0].translate(_WIDE), found.start()
        if mark == "\n":
            if at and text[at - 1] in _SENTENCE_ENDS:
                yield from (opened.at for opened in waiting)
                waiting = []
        elif mark in _PAIRS:
            waiting.append(_Open(_PAIRS[mark], at))
        else:
            last = len(waiting) - 1
            depth = next(
                (i for i in range(last, max(-1, last - _DEEPEST), -1) if waiting[i].closing == mark), None
            )
            if depth is not None:
                yield from (opened.at for opened in waiting[depth + 1 :])
                del waiting[depth:]
            elif mark != "’" and not (mark == "）" and _ORDINAL.search(text[max(0, at - 4) : at])):
                yield at
    yield from (opened.at for opened in waiting)


def _odd_quotes(text: str) -> Iterator[int]:
    """Paragraphs with an odd number of straight quotation marks: where the last one stands."""
    if '"' not in text:
        return
    start = 0
    for line in text.split("\n"):
        if line.count('"') % 2:
            yield start + line.rindex('"')
        start += len(line) + 1


def _beside_chinese(text: str, at: int) -> bool:
    """Whether a half-width mark stands in Chinese text. Times, decimals, ordinals and the like do not."""
    mark, before, after = text[at], text[max(0, at - 2) : at], text[at + 1 : at + 3]
    if mark == "(":
        return _BRACKET_WITH_CHINESE.match(text, at + 1) is not None
    if mark == ")":
        return re.search(rf"[{_HAN}0-9）》”]$", before) is not None
    if mark in '<>"':
        return re.match(rf"[{_HAN}]", after[:1] if mark != ">" else before[-1:]) is not None or (
            mark == '"' and re.match(rf"[{_HAN}]", before[-1:]) is not None
        )
    if mark == ".":
        return re.match(rf"[{_HAN}]$", before[-1:]) is not None and re.match(r"[\w.]", after) is None
    if _AFTER_CHINESE.search(before):
        return True
    return mark in ",;" and before[-1:].isdigit() and _BEFORE_CHINESE.match(after) is not None


def _doubled(section: Section, text: str) -> Iterator[Hit]:
    for found in _TWICE.finditer(text):
        pair = found[0][0] + found[0][-1]
        if pair not in _FINE_TOGETHER:
            yield Hit(section, *found.span())


def _hits(section: Section) -> dict[str, list[Hit]]:
    text = section.text
    if _LATIN.search(text):
        text = _SKIPPED.sub(lambda found: "a" * len(found[0]), text)
    half = [found.start() for found in _HALF.finditer(text) if _beside_chinese(text, found.start())]
    lone = (*_unpaired(text), *_odd_quotes(text))
    return {
        "半角标点": [Hit(section, at, at + 1) for at in half],
        "标点重复": list(_doubled(section, text)),
        "括号、引号或书名号不成对": [Hit(section, at, at + 1) for at in lone],
    }


@rule(
    "LANG-PUNCT",
    title="标点不规范",
    level=Level.INFO,
    law=_PUNCTUATION,
    fires="中文里用了半角标点，标点重复，括号、引号、书名号不成对；全文合为一条，附处数",
    silent="时间、小数、千分位、网址、序号里的半角符号；跨行成对的括号；省略号、破折号",
)
def punctuation(rule: Rule, context: Context) -> Iterator[Finding]:
    """One remark for the whole text: how many of each kind, with the first few of the rarer kinds."""
    kinds: dict[str, list[Hit]] = {}
    for section in prose(context.report):
        for kind, hits in _hits(section).items():
            if hits:
                kinds.setdefault(kind, []).extend(hits)
    if not kinds:
        return
    counts = "，".join(f"{kind}{len(hits)}处" for kind, hits in kinds.items())
    order = sorted(kinds, key=lambda kind: kind == "半角标点")
    examples = listing(
        f"“{quote(hit.section.text, hit.start, hit.end, around=6)}”"
        for kind in order
        for hit in kinds[kind][: 5 if kind != "半角标点" else 2]
    )
    first = [hit for kind in order for hit in kinds[kind]]
    yield one_finding(
        rule,
        first,
        f"标点不规范：{counts}。如{examples}。请改用全角标点、删去多余的、补全成对的",
        found={kind: len(hits) for kind, hits in kinds.items()},
    )
