"""LANG-LATIN and LANG-LOST: words that do not belong in a sentence, and figures missing from one."""

import re
from collections.abc import Iterator

from gongkai.kernel import Finding, LawRef, Level
from gongkai.kernel.law_ref import REGULATION
from gongkai.report.check.prose import Hit, listing, one_finding, part_name, prose, quote
from gongkai.report.check.registry import Context, Rule, rule
from gongkai.report.check.words import FAMILIAR, FUNCTION_WORDS, MEANING, UNITS
from gongkai.report.model import Section

_ACCURATE = LawRef(REGULATION, "第六条")

#: What is passed over whole: addresses; marks left by converters (field codes, tags, entities, formulas).
_URL = r"(?:[A-Za-z0-9._~:/?#@!$&*+;=%-]|,(?=[A-Za-z0-9]))"
ADDRESSES = (
    rf"(?:https?|ftp)[:：]?[/／]{{0,2}}{_URL}*|www\s?[.．。](?:{_URL}|[.．]|\s(?=[A-Za-z]))*"
    r"|[A-Za-z0-9_.+-]{1,64}[@＠#][A-Za-z0-9_-]{1,64}(?:\.[A-Za-z0-9]{1,20})+"
    rf"|[A-Za-z0-9_-]{{1,64}}(?:\s?[.．]\s?[A-Za-z0-9_-]{{1,64}})+(?:[/:]{_URL}*)?"
)
CONVERTER_MARKS = (
    r"\[[A-Za-z]+:[^\]\n]{0,80}\]|</?[A-Za-z!][^<>\n]{0,200}>|&[A-Za-z]{2,8};"
    r"|\$[^$\n]{1,80}\$|\\[A-Za-z]+|\{[^{}\n]{0,80}\}"
)
_QUOTED = (
    r"“[^”\n]{1,60}”|‘[^’\n]{1,60}’|\"[^\"\n]{1,60}\"|《[^》\n]{1,80}》|〈[^〉\n]{1,60}〉|「[^」\n]{1,60}」"
    r"|『[^』\n]{1,60}』|【[^】\n]{1,40}】|<[^<>\n]{1,80}>|[（(][^()（）\u4e00-\u9fff\n]{1,60}[)）]"
)
_LATIN = re.compile(
    rf"{ADDRESSES}|{CONVERTER_MARKS}|{_QUOTED}"
    r"|(?P<word>[A-Za-zＡ-Ｚａ-ｚ][A-Za-zＡ-Ｚａ-ｚ'’]*(?:[-&/+·_ .,][A-Za-zＡ-Ｚａ-ｚ]+)*)"
)
_HAS_LATIN = re.compile("[A-Za-zＡ-Ｚａ-ｚ]")
_HAN = r"\u3400-\u9fff"
_LEFT_HAN = re.compile(rf"[{_HAN}，。；：、？！”》）%％\d][ \t\u3000]*$")
_RIGHT_HAN = re.compile(rf"[ \t\u3000]*[{_HAN}，。；：、？！“《（\d]")
_NAMES_AFTER = re.compile(
    rf"^[ \t]?[{_HAN}]{{0,6}}?(?:公众号|公众平台|小程序|客户端|视频号|抖音|微博|微信|头条|平台"
    r"|网站|系统|软件|账号|频道|栏目|直播|号)"
)
_NAMES_BEFORE = re.compile(
    r"(?:微信号|账号|帐号|域名|邮箱|网址|标识码|代码|编号|公众号|抖音号|ID)\s*[:：为是]?\s*$"
)
_ROMAN = re.compile(r"^[ivxlc]+$", re.IGNORECASE)
_WORD_BREAK = re.compile(r"[-&/+·_ .,]")
_HALF = str.maketrans({0xFF21 + i: 0x41 + i for i in range(26)} | {0xFF41 + i: 0x61 + i for i in range(26)})


def _at_home(word: str, section: Section, start: int, end: int) -> bool:
    """Whether one Latin word is an abbreviation, a unit, a code, a letter or part of a name."""
    if len(word) == 1 or word in {"No", "NO"}:
        return True
    low = word.lower()
    text = section.text
    if low in FUNCTION_WORDS:
        return False
    beside_figure = (start and text[start - 1].isdigit()) or text[end : end + 1].isdigit()
    if beside_figure or low in FAMILIAR or low in UNITS or low.removesuffix("s") in FAMILIAR:
        return True
    if word.isupper() or _ROMAN.match(word) or low.startswith("mso"):
        return True
    return bool(
        _NAMES_AFTER.match(text[end : end + 14]) or _NAMES_BEFORE.search(text[max(0, start - 8) : start])
    )


def _stray(section: Section) -> Iterator[Hit]:
    text = section.text
    if not _HAS_LATIN.search(text):
        return
    for found in _LATIN.finditer(text):
        words = found["word"]
        if words is None or not _in_sentence(text, found.start(), found.end()):
            continue
        pieces = [piece for piece in _WORD_BREAK.split(words.translate(_HALF)) if piece]
        if words.lower() in FAMILIAR:
            continue
        if all(_at_home(piece, section, found.start(), found.end()) for piece in pieces):
            continue
        means = MEANING.get(words.lower())
        advice = f"，应为“{means}”" if means else ""
        yield Hit(section, *found.span(), f"“{words}”（{quote(text, *found.span())}）{advice}")


def _in_sentence(text: str, start: int, end: int) -> bool:
    """Whether Chinese stands on both sides: the word is inside a sentence, not a line of its own."""
    left, right = text[max(0, start - 4) : start], text[end : end + 4]
    return (
        _LEFT_HAN.search(left) is not None
        and _RIGHT_HAN.match(right) is not None
        and re.search(f"[{_HAN}]", left + right) is not None
    )


@rule(
    "LANG-LATIN",
    title="中文句子里混入外文词",
    level=Level.WARNING,
    law=_ACCURATE,
    fires="中文句子中间出现外文单词，如“宣传 and 解读”",
    silent="引号、书名号内的名称；公众号等名称；APP、PDF 等通用缩写；网址、邮箱；计量单位、编号、单个字母、"
    "罗马数字；转换程序留下的标记",
)
def latin(rule: Rule, context: Context) -> Iterator[Finding]:
    """A Latin word that is no name, abbreviation, address or unit stands inside a Chinese sentence."""
    hits = [hit for section in prose(context.report) for hit in _stray(section)]
    if hits:
        parts = "、".join(dict.fromkeys(part_name(hit.section.key) for hit in hits))
        yield one_finding(
            rule,
            hits,
            f"{parts}混入外文词：{listing(hit.note for hit in hits)}。请改为中文；如是专有名称，请加引号",
            found=[hit.text for hit in hits],
        )


#: A unit at the end of a clause; its first characters (人次, 万元, 余条) are read backwards.
_UNIT = re.compile(r"[条件份篇期次场例项个元宗](?=\s*(?:[，。；、,;）)]|$))", re.MULTILINE)
_FIGURE_BEFORE = re.compile(
    r"[\d０-９A-Za-z%％一二两三四五六七八九十百千万亿零〇几数多余半若干来每各逐全首本该此整单双某诸×*＊/—-]\s*$"
)
#: Words that end in the unit's character: 文件, 头条, 案例, 定期 ...
_WORD_WITH_UNIT = {
    "条": "头链线信法词款面油萧枝苗教金便纸薄井车戒逐天",
    "件": "文案条事邮信附证稿软硬要开办来原复密急组部配零构物快函邮印子质请案报刊元器成结",
    "份": "身月年股省部备辈",
    "篇": "开长短名通",
    "期": "定日长近逾延限按中后学周分预早前短同初任假工时过汛到如当近为最执有轮假孕",
    "次": "层名依再频场档批人班座梯屡按度主",
    "场": "市现立广农会当职商到考牧工林渔在战磁立",
    "例": "案条比惯范举事病实体图先凡特破",
    "项": "事选款专立强弱奖多类逐义各单",
    "个": "各整多这哪那",
    "元": "多单公美欧纪状",
    "宗": "卷祖大正",
    "余": "其业剩多盈富",
}
_COUNTING = re.compile(
    r"(?:共计?|累计|合计|总计|总共|共有)(?!同|享|建|治|性|产|青|识|和|管|创|商|赢|用|通|青)[^，。；：、,;:\n]{0,16}$"
)
_PUBLIC = re.compile(r"[公一]共$")
_DOING = re.compile(
    r"(?:主动公开|公开|发布|推送|推发|更新|转发|刊发|刊登|制发|印发|编发|收取|举办|开展|组织|召开|回复|新收|收到|受理|接到|报送|上传|录入)"
    r"(?:各类|相关|有关|政府|政务|工作|信息|动态|文件|公告|公示|通知|培训|会议|活动|专题|业务|处理|费|解读|稿件|新闻|微信|图文|短视频|了|类|"
    r"网络|群众|留言|公开|政策|内容|共|发布会|讲座|宣传|开放日|领域|重点|财政|民生)*$"
)
_UNSURE = re.compile(r"未|没有|无|不|每|凡|若|如|对|的$")
_RECEIVED = re.compile(
    r"(?:^|[，。；,;年月日镇乡局县区市办委位关度院厅处会共新累计我本])(?:收到|受理|接到|新收)(?:政府)?(?:信息)?(?:公开)?(?:依)?申请件$"
)
_BLANK = re.compile(
    r"(?:[_＿]{2,}|[XxＸ×]{2,}|（\s*）|\(\s*\))\s*(?:条|件|份|篇|期|次|场|万?元|人次)(?=\s*[，。；、,;]|$)",
    re.MULTILINE,
)
_PERCENT = re.compile(r"(?:占比?|达到?|占总数的?|比例为|率为|增长|下降|上升|提高)了?\s*[%％]")
_DATE = re.compile(r"(?:截[至止]|自|于|从|至|起|止|\d)\s*年\s*月\s*日")


def _clause(text: str, end: int) -> str:
    start = max(text.rfind(mark, 0, end) for mark in "，。；：、,;:\n（(") + 1
    return text[max(start, end - 28) : end]


def _unit_start(text: str, found: re.Match[str]) -> int:
    """Where the unit begins: 人次 and 万元 have two characters, 余条 says a figure stood before it."""
    at, last = found.start(), found[0]
    if at and text[at - 1] + last in {"人次", "件次", "场次", "批次", "万元"}:
        at -= 1
    return at - 1 if at and text[at - 1] in "余多" else at


def _lost_unit(text: str, found: re.Match[str]) -> bool:
    """Whether the unit stands at the end of a counting clause that has no figure."""
    start = _unit_start(text, found)
    unit = text[start : found.end()]
    before = text[max(0, start - 1) : start]
    if not before or not ("\u4e00" <= before <= "\u9fff"):
        return False
    clause = _clause(text, start)
    if _FIGURE_BEFORE.search(clause) or _UNSURE.search(clause):
        return False
    whole = clause + unit
    if before in _WORD_WITH_UNIT.get(unit, ""):
        return unit == "件" and before == "请" and _RECEIVED.search(whole) is not None
    counting = _COUNTING.search(clause)
    if counting and not _PUBLIC.search(clause[: counting.start() + 1]):
        return not re.search(r"\d", clause[counting.start() :])
    if unit in {"个", "项", "例", "宗"}:
        return False
    if unit.endswith("元"):
        return (
            re.search(r"(?:收取|收费|收入|缴纳|处理费)[^，。；]{0,10}(?:费|款|额|计|为|入)$", clause)
            is not None
        )
    return _DOING.search(clause) is not None


def _lost(section: Section) -> list[Hit]:
    text = section.text
    hits: list[Hit] = []
    doubtful: list[Hit] = []
    for found in _UNIT.finditer(text):
        if not _lost_unit(text, found):
            continue
        start = _unit_start(text, found)
        clause = _clause(text, start)
        hit = Hit(section, start - len(clause), found.end())
        # 收到申请件，及时登记 need have lost nothing; 收到申请件。 and 共收到申请件 have.
        plain = clause.endswith("请") and "共" not in clause and text[found.end() : found.end() + 1] in "，,"
        (doubtful if plain else hits).append(hit)
    hits += [
        Hit(section, *found.span())
        for pattern in (_BLANK, _PERCENT, _DATE)
        for found in pattern.finditer(text)
    ]
    return sorted(hits + doubtful, key=lambda hit: hit.start) if hits else []


@rule(
    "LANG-LOST",
    title="有单位、没有数字",
    level=Level.WARNING,
    law=_ACCURATE,
    fires="句子里有计数单位而没有数字，如“共主动公开条”“收到申请件；”“占比%”“截至年月日”，或者模板的空格没有填写",
    silent="条例、文件、案件、定期等词；一件、每件、多件；“未收到申请件”",
)
def lost(rule: Rule, context: Context) -> Iterator[Finding]:
    """A unit ends a counting clause with no figure before it: lost in publishing, or never filled in."""
    hits = [hit for section in prose(context.report) for hit in _lost(section)]
    if hits:
        words = listing(f"{part_name(hit.section.key)}“{hit.text.strip()}”" for hit in hits)
        yield one_finding(
            rule,
            hits,
            f"有单位而没有数字：{words}。请按台账补上数字，并检查发布系统是否丢失了数字",
            found=[hit.text.strip() for hit in hits],
        )
