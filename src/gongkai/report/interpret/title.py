"""The title and the agency: what the report is called and whose it is."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from gongkai.report.interpret.text_lines import Line

_KIND = r"政府信息公开(?:工作)?|政务公开(?:工作)?|信息公开(?:工作)?"
_YEAR = (
    r"(?:(?:19|20)\d{2}|[1-2１-２][0-9０-９]{3}|二[〇○零OＯ0][〇○零OＯ0一二三四五六七八九]{2})(?:年度|年"
    r"|度)?"
)
#: The end of every title, blanks taken out: what it reports on and that it is the yearly report.
_END = (
    rf"(?:{_KIND})(?:的)?(?:{_YEAR})?(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:的)?(?:情况)?(?:年度报告"
    rf"|年报|报告|总结)"
)
_TITLE = re.compile(rf"(?P<name>.{{0,60}}?)(?:关于)?(?P<tail>{_END})(?:[（(][^）)]{{0,12}}[）)])?")
_FIRST_TITLE = re.compile(rf"(?P<all>.{{0,70}}?(?:{_KIND})[^。，,；;：:《》]{{0,14}}?(?:年度报告|年报))")
_NOT_TITLE = re.compile(
    r"[。；;！？]|^(?:根据|按照|依据|现将|现公布|本报告|本年度报告|如对|为|首页|当前位置|您)|的要求|的规定|[>＞»]"
)
_YEAR_IN_NAME = re.compile(rf"{_YEAR}")
_YEAR_AT_END = re.compile(rf"{_YEAR}$")
#: How an agency's name ends.
AGENCY_END = re.compile(
    r"(?:人民政府(?:办公[厅室])?|政府(?:办公[厅室])?|局|厅|委员会|委|办公[厅室]|办事处|管委会|中心|管理处"
    r"|分局|支队|大队|总队|院|所|站|社|署|部|处|会|海关|"
    r"学校|大学|学院|医院|集团|公司|馆|台|银行|联社|行|办)$"
)
_REGION_END = re.compile(r"(?:省|市|区|县|旗|镇|乡|州|盟|街道|新区|开发区|苏木)$")
_BY = re.compile(
    r"由([\u4e00-\u9fff（）()·]{2,30}?)(?:结合|根据|依据|按照|组织|负责|汇总|综合|编制|编写|依照|对照|整理"
    r"|撰写|起草)"
)
_CONTACT = re.compile(
    r"(?:请(?:与|和|向|联系|致电|咨询|拨打)|直接与|可与)\s*([\u4e00-\u9fff（）()·]{2,40}?)(?:联系|反映|咨询"
    r"|[（(，,]|电话|垂询)"
)
_NAMES = r"([\u4e00-\u9fff（）()·]{2,40}?)"
_PUBLISHES = re.compile(
    rf"(?:现公布|现发布|现公开|现将|公布|特编制|编制)(?:形成|完成)?了?\s*(?:(?:20\d\d|二[〇○零]..)年度?)?《?\s*(?!政府|政务|信息){_NAMES}(?:[（(]以下简?称[^）)]*[）)])?(?=(?:20\d\d|二[〇○零])"
    r"|(?:政府|政务)?信息公开)"
)
_COMPILES = re.compile(
    rf"(?:^|(?<=[，,。、\n])){_NAMES}(?:编制|编写|发布|公布)(?:完成|形成)?了?(?:本报告|本年度报告|(?:20\d\d|二[〇○零]))"
)
_PLACE = re.compile(r"[省市区县乡镇州旗]|街道")
#: How the overview begins: 2023年，X局坚持 … Only a whole name, no 市教育局.
_OPENS = re.compile(
    r"(?:^|(?<=[，,\n]))(?:20\d\d年度?(?:以?来)?[，,]?\s*)?(?![省市区县州旗镇乡局委对以为把将按通围根依在由])((?:(?!进行|名义|的|等|和|按照|围绕|通过|加强|推[进动]|做好|开展|落实|聚焦|坚持|结合|全[省市区县镇乡]|不断|根据)[\u4e00-\u9fff（）()·]){3,30}?)"
    r"(?=(?:(?:政府|政务)(?:信息)?公开工作|立足|切实|坚持|认真|以习近平|深入|严格|始终|全面|紧紧|积极|按照|高度重视|在[省市区县州旗镇乡])(?!.{0,3}下[，,]))"
)
#: 本局, 全市, 贵单位; but 本溪市, 全州县, 贵阳市 are names.
_SELF = re.compile(
    r"^(?:本(?!溪)|我|各|该|其|全(?![州椒南])|贵(?![阳州港池溪定南德安])|特(?!克)|现|向|将(?!乐)|并|已|予)|社会|政府信息|信息公开|报告|条例|有关|以下|相关|数据|统计"
)
_DATE_TAIL = re.compile(r"\s*[（(]?\s*(?:20\d\d|二[〇○零OＯ0]).*$")


class Title(NamedTuple):
    """A title as read: its words on one line, and where the text goes on: line ``line`` from ``stop``."""

    text: str
    line: int
    stop: int


def find_title(lines: Sequence[Line], before: int) -> Title | None:
    """The title among the lines up to number ``before`` (the first heading's): the last that is one.

    A title may run over up to four lines, and a name alone above it belongs to it. Where the text follows on
    the same line the title ends with 年度报告 or 年报.
    """
    best: Title | None = None
    for number in range(min(before + 1, len(lines), 60)):
        text = lines[number].text
        if len(text) > 90:
            found = _within(text, number) if best is None else None
        elif number < before or before == 0:
            found = _ending_at(lines, number)
        else:
            found = None
        if found and best and agency_of_title(best.text) and not agency_of_title(found.text):
            continue
        if found and (best is None or len(found.text) >= len(best.text) - 2 or _has_year(found.text)):
            best = found
        if found is None and best and len(text) > 90:
            break
    return best


def _has_year(text: str) -> bool:
    return bool(_YEAR_IN_NAME.search(text))


def _bare(text: str) -> str:
    return re.sub(r"[\s\u3000\xa0]+", "", text)


def _ending_at(lines: Sequence[Line], number: int) -> Title | None:
    """The title that ends with this line, with the lines above that belong to it."""
    last = _bare(lines[number].text)
    if not last.endswith(
        ("报告", "年报", "报告）", "年报）", "总结", "）", ")", ("》"))
    ) or _NOT_TITLE.search(last):
        return None
    joined = last.strip("《》")
    whole = _TITLE.fullmatch(joined)
    first = number
    while not whole and number - first < 3 and first > 0 and len(joined) < 80:
        above = _bare(lines[first - 1].text)
        if _NOT_TITLE.search(above) or len(above) > 40:
            return None
        first -= 1
        joined = (above + joined).strip("《》")
        whole = _TITLE.fullmatch(joined)
    if not whole:
        return None
    while first > 0 and number - first < 3 and not _name(whole["name"]):
        above = _bare(lines[first - 1].text)
        if len(above) > 40 or _NOT_TITLE.search(above) or not _could_open(above):
            break
        first -= 1
        joined = above + joined
        whole = _TITLE.fullmatch(joined) or whole
    return Title(joined, number + 1, 0)


def _could_open(text: str) -> bool:
    """Whether a line above a title is the agency's name or the year."""
    return bool(AGENCY_END.search(text) or _REGION_END.search(text) or _YEAR_AT_END.search(text))


def _within(text: str, number: int) -> Title | None:
    """The title a long line begins with."""
    found = _FIRST_TITLE.match(text)
    if not found or _NOT_TITLE.search(found["all"]):
        return None
    words = _bare(found["all"])
    return Title(words, number, found.end()) if _TITLE.fullmatch(words) else None


def from_words(text: str) -> str:
    """The title in a page's own title: X2024年政府信息公开工作年度报告_X人民政府, or nothing."""
    for part in re.split(r"[_|｜]|\s[-—–]\s|--|>>?", text):
        words = _bare(part).strip("《》-—")
        if _TITLE.fullmatch(words) and not _NOT_TITLE.search(words):
            return words
    return ""


def _name(text: str) -> str:
    """The agency's name in what stands before 政府信息公开: without the year, brackets and 关于."""
    bare = _YEAR_IN_NAME.sub("", text)
    bare = re.sub(
        r"^(?:关于|【[^】]*】|\[[^\]]*\]|附件\d*[：:]?|标题[：:])|关于$|的$|^[·.\-—－_]+",
        "",
        bare.strip("《》“”\"' "),
    )
    bare = bare.strip("：:，,、。-—_ ")
    return bare if len(bare) >= 2 and not re.fullmatch(r"[\d年度\W]+", bare) else ""


def agency_of_title(title: str) -> str | None:
    """The agency a title names; None where it names none."""
    found = _TITLE.fullmatch(title)
    if not found:
        return None
    name = _name(found["name"])
    if name.endswith("人民"):
        name += "政府"
    if re.search(r"^(?:本机关|本单位|本局|我局|我单位|本级)$", name) or _SELF.search(name[:2]):
        return None
    return name or None


def signature(lines: Sequence[str]) -> str | None:
    """The agency that signs at the foot, looking from the last line back."""
    for line in reversed(lines[-40:]):
        if len(line) > 60:
            return None
        bare = re.sub(r"[（(]\s*(?:盖章|公章|印章?)\s*[）)]$", "", _bare(_DATE_TAIL.sub("", line)))
        if (
            3 <= len(bare) <= 30
            and AGENCY_END.search(bare)
            and re.fullmatch(r"[\u4e00-\u9fff（）()·]+", bare)
        ):
            return None if _SELF.search(bare[:2]) else bare
    return None


def named_in(head: str) -> list[str]:
    """Names in the head note: who compiled the report, whose it is, whom to ask."""
    names = []
    for pattern in (_PUBLISHES, _COMPILES, _BY, _CONTACT):
        found = next((m for m in pattern.finditer(head) if not _SELF.search(m.group(1))), None)
        if found:
            name = re.sub(r"(?:的|编制的)$", "", found.group(1))
            names.append(name if pattern is _PUBLISHES else _without_office(name))
    return names


def opened_with(overview: str) -> str | None:
    """The agency that the first words of the overview tell of; None where they give no whole name."""
    for found in _OPENS.finditer(overview[:400]):
        name = found.group(1)
        if (
            not _SELF.search(name)
            and (AGENCY_END.search(name) or _REGION_END.search(name))
            and _PLACE.search(name)
        ):
            return name
    return None


def best_agency(titled: str | None, signed: str | None, named: Sequence[str], text: str) -> str | None:
    """The agency as a careful reader gives it: the title's name, filled up where it is a place only.

    ``signed`` is the name at the foot, ``named`` the names in the head note, ``text`` the report's text.
    """
    name = titled
    if name and AGENCY_END.search(name):
        return name
    if name:
        return _filled(name, (*((signed,) if signed else ()), *named), text) or name
    for other in named:
        if not AGENCY_END.search(other) and _REGION_END.search(other):
            return _filled(other, (signed,) if signed else (), text) or signed or other
    if signed:
        return signed
    return next((other for other in named if AGENCY_END.search(other)), None)


def _filled(name: str, others: Sequence[str], text: str) -> str | None:
    """A place's name as an agency's: 昆阳镇 is 昆阳镇人民政府 where the document says so."""
    for ending in ("人民政府", "办事处", "管理委员会", "管委会"):
        full = name + ending
        if full in others or full in text:
            return full
    for other in others:
        if name in other and AGENCY_END.search(other) and not re.search(r"办公[厅室]$|办$", other):
            return other
    return None


def _without_office(name: str) -> str:
    """An office asked for details answers for its agency: X人民政府办公室 for X人民政府."""
    found = re.match(r"(.+?人民政府)办公[厅室]$", name)
    return (
        found.group(1)
        if found
        else re.sub(r"(?<=[局厅委会])(?:办公室|综合科|秘书科|信息公开办公室)$", (""), name)
    )
