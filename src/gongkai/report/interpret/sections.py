"""The head note and the six sections of the text."""

import re
from collections.abc import Sequence

from gongkai.kernel import Place
from gongkai.report.interpret.headings import Heading
from gongkai.report.interpret.text_lines import Line
from gongkai.report.model import Section

#: Lines of the page around the report, not of the report.
CHROME = re.compile(
    r"\s*(?:上一篇|下一篇|上一条|下一条|打\s*印|关\s*闭|【|［|\[?\s*(?:打印|关闭|字体|大\s*中\s*小)|分享"
    r"|扫一扫|版权所有|主办(?:单位)?[：:]|承办(?:单位)?[：:]|"
    r"网站标识|.{0,12}ICP备|相关(?:链接|附件|阅读|信息|文档|稿件)|附件\s*[：:\d]|附件下载|责任编辑|编辑[：:]"
    r"|来源[：:]|信息来源|文章来源|浏览(?:次数|量)?|"
    r"责编|点击(?:数|量|次数)?|收藏|字号|字体|纠错|我要纠错|返回顶部|Copyright|©|技术支持"
    r"|您(?:当前)?(?:的)?(?:所在)?位置|您是第|当前位置|首页|"
    r"网站地图|联系我们|友情链接|适老|无障碍|发布(?:日期|时间|机构|人)[：:]|日期[：:]|时间[：:]|索引号"
    r"|公开方式|公开范围|主题分类|成文日期|"
    r"发文机关|文\s*号[：:]|信息名称|名\s*称[：:]|有效性|体裁分类|关键词|\d+\s*$|[-—－]\s*\d+\s*[-—－]\s*$"
    r"|第\s*\d+\s*页)"
)
#: A part of the overview whose heading also opens it where the overview's own is missing.
_FIRST_PART = re.compile(
    r"(?:[（(][一1][）)]|1[、．.]|一是)\s*(?:积极|认真|扎实)?(?:推进|做好|开展)?\s*主动公开"
)
#: Signed at the foot: a name or a date alone on a line.
_DATE_LINE = re.compile(
    r"[（(]?\s*(?:20\d\d|[二][〇○零OＯ0][一二三四五六七八九〇○零]{2})\s*[年./-]\s*"
    r"[\d一二三四五六七八九十]{1,3}\s*[月./-]"
    r"\s*[\d一二三四五六七八九十]{1,3}\s*日?\s*[）)]?"
)
_NAME_LINE = re.compile(
    r"[\u4e00-\u9fff（）()·、\s]{2,40}(?:政府|局|厅|委员会|委|办公室|办事处|办|中心|管委会|院|队|站|所|社|会"
    r"|公司|学校|馆|部|处|大队|支队)\s*"
    r"(?:[（(]\s*(?:盖章|公章|印章?)\s*[）)])?"
)
_PROSE = re.compile(r"[。；;：:，,]")


def cut(lines: Sequence[Line], headings: Sequence[Heading]) -> dict[str, Section]:
    """The sections between the headings; ``head`` is left to :func:`head_note`."""
    sections: dict[str, Section] = {}
    for number, heading in enumerate(headings):
        following = headings[number + 1] if number + 1 < len(headings) else None
        parts = _between(lines, heading, following)
        if following is None:
            parts = _without_foot(parts)
        line = lines[heading.line]
        sections[heading.key] = make(
            heading.key,
            line.text[heading.start : heading.stop].strip(" \t\u3000：:。"),
            parts,
            line.place(heading.start, heading.stop),
        )
    return sections


def make(key: str, heading: str, parts: Sequence[Line], place: Place | None) -> Section:
    """A section from its lines, one paragraph to a line."""
    spans: list[tuple[int, Place]] = []
    offset = 0
    for part in parts:
        spans.extend((offset + piece.offset, piece.place) for piece in part.pieces)
        offset += len(part.text) + 1
    return Section(key, heading, "\n".join(part.text for part in parts), place, tuple(spans))


def _between(lines: Sequence[Line], heading: Heading, following: Heading | None) -> list[Line]:
    last = following.line if following else len(lines)
    parts: list[Line] = []
    stop = following.start if following and following.line == heading.line else None
    rest = part_of(lines[heading.line], heading.stop, stop)
    if rest:
        parts.append(rest)
    parts.extend(lines[heading.line + 1 : last])
    if following and following.line != heading.line and following.start:
        rest = part_of(lines[following.line], 0, following.start)
        if rest:
            parts.append(rest)
    return parts


def part_of(line: Line, start: int, stop: int | None) -> Line | None:
    """The characters [start, stop) of a line as a line of its own; None where only blanks are left."""
    raw = line.text[start:stop]
    bare = raw.lstrip(" \t\u3000")
    if not bare:
        return None
    start += len(raw) - len(bare)
    bare = bare.rstrip(" \t\u3000")
    pieces = [piece._replace(offset=piece.offset - start) for piece in line.pieces if piece.offset > start]
    first = line.pieces[0]
    for piece in line.pieces:
        if piece.offset <= start:
            first = piece
    pieces.insert(
        0, first._replace(offset=0, place=first.place.span(start - first.offset, start - first.offset))
    )
    return type(line)(bare, tuple(p for p in pieces if p.offset < len(bare)), line.at + start, line.heading)


def _without_foot(parts: Sequence[Line]) -> list[Line]:
    """The last section without the signature and what the page puts below it."""
    kept: list[Line] = []
    for part in parts:
        if len(part.text) <= 200 and CHROME.match(part.text):
            break
        kept.append(part)
    while kept and is_signature(kept[-1].text):
        kept.pop()
    return kept


def is_signature(text: str) -> bool:
    """Whether a line is a name or a date, as it stands below a text."""
    bare = text.strip()
    return bool(len(bare) <= 60 and (_DATE_LINE.fullmatch(bare) or _signed(bare)))


def _signed(bare: str) -> bool:
    if _PROSE.search(bare):
        return False
    if _NAME_LINE.fullmatch(bare):
        return True
    date = _DATE_LINE.search(bare)
    return bool(date and date.end() == len(bare) and _NAME_LINE.fullmatch(bare[: date.start()].strip()))


def head_note(lines: Sequence[Line], title_end: int, headings: Sequence[Heading]) -> list[Line]:
    """The paragraphs between the title and the first heading that belong to the report."""
    if not headings:
        return _without_foot([line for line in lines[title_end:] if not _is_chrome(line)])
    first = headings[0]
    before = list(lines[title_end : first.line])
    if first.start:
        rest = part_of(lines[first.line], 0, first.start)
        if rest and first.line >= title_end:
            before.append(rest)
    return [line for line in before if not _is_chrome(line)]


def _is_chrome(line: Line) -> bool:
    text = line.text
    if len(text) >= 60:
        return False
    return bool(CHROME.match(text)) or (len(text) < 25 and not _PROSE.search(text)) or is_signature(text)


def opened_by_parts(head: Sequence[Line]) -> int | None:
    """Where in the head note the overview begins though its heading is missing: at its first part."""
    for number, line in enumerate(head):
        if _FIRST_PART.match(line.text):
            return number
    return None
