"""What a document is, where it is no annual report: named in Chinese, never read as zeros.

The verdict rests on structure first (statutory tables with figures, sections with text) and on the title
second. Words in the running text never make a report something else.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from gongkai.kernel import UnreadableError
from gongkai.report.grid import Document, Paragraph, Table
from gongkai.report.interpret.readings import TablesReading, TextReading
from gongkai.report.model import Mark, TableState

#: The first year the national form covers; reports before it follow other layouts.
FIRST_YEAR = 2019
_ANNUAL = re.compile(r"信息公开.{0,14}(?:年度报告|年报|年度工作报告)|信息公开工作报告")


class _Kind(NamedTuple):
    """A kind of document: by its title, what it is called, what to do."""

    title: re.Pattern[str]
    what: str
    remedy: str


_REMEDY = "请提供按国办公开办函〔2019〕60号或〔2021〕30号格式编制的年度报告全文"
_KINDS = (
    _Kind(
        re.compile(r"解读|图解|一图(?:读懂|看懂)|一图|图说|问答|答记者问"),
        "对年度报告的解读，不是年度报告本身",
        ("请提供年度报告全文"),
    ),
    _Kind(
        re.compile(
            r"(?:编制|编写|报送|做好|发布|撰写|填报|公布).{0,40}(?:通知|通告|函)$|(?:通知|函)$|编制(?:说明"
            r"|要求|指南|模板)|(?:格式|模板|样式|参考文本)$"
        ),
        "编制年度报告的通知或者空白样表",
        "请提供填好数据、已经编制完成的年度报告",
    ),
    _Kind(
        re.compile(
            r"上半年|下半年|半年|季度|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?:政府信息|信息公开|统计"
            r"|工作|数据)"
        ),
        "半年、季度或者月度的统计，不是年度报告",
        "请提供全年的年度报告",
    ),
    _Kind(re.compile(r"法治政府|依法行政"), "法治政府建设年度报告", "本系统只读政府信息公开工作年度报告"),
    _Kind(
        re.compile(r"政府网站.{0,8}(?:年度)?(?:工作)?(?:年度)?报表|网站工作年度报"),
        "政府网站工作年度报表",
        ("本系统只读政府信息公开工作年度报告"),
    ),
    _Kind(re.compile(r"决算|预算(?!公开情况)"), "部门预算或者决算", "本系统只读政府信息公开工作年度报告"),
    _Kind(
        re.compile(r"^(?:(?!信息公开).)*政府工作报告$|关于.{2,20}政府工作的报告"),
        "政府工作报告",
        ("本系统只读政府信息公开工作年度报告"),
    ),
    _Kind(re.compile(r"信息公开(?:工作)?指南|公开指南"), "政府信息公开指南", "请提供年度报告"),
    _Kind(
        re.compile(r"信息公开.{0,6}(?:目录|制度|条例|办法|规定|申请表|流程图|实施方案|工作要点|工作方案)$"),
        "政府信息公开的制度、目录或者表格",
        ("请提供年度报告"),
    ),
    _Kind(
        re.compile(r"统计公报|审计报告|绩效(?:自?评价)?报告|社会责任报告|工作总结$|述职"),
        "另一种报告",
        ("本系统只读政府信息公开工作年度报告"),
    ),
)
#: A title that names an interpretation of a report. A column of the site (政策解读) is no part of a title.
_INTERPRETS = re.compile(
    r"(?:报告|年报)[》”」]?的?(?:政策|图文|文字|图片)?(?:解读|图解|问答)[：:]?$"
    r"|^(?:【图解】|一图(?:读懂|看懂)|图解|图说)"
)
#: Characters of the usual words of a report that only traditional script has.
_TRADITIONAL = re.compile(
    "[開報關機總體規發廢現許處罰強辦結轉終計財產類復議訴訟維糾審盡與農業織營務構繼續這條國為無單給據費數內項]"
)
_EVERY_TITLE_HAS = "開報關機"
#: So many different ones, and so large a share: not a name, a quotation or a link to another version.
_DISTINCT = 8
_SHARE = 0.03
_ERROR_PAGE = re.compile(
    r"(?<!\d)(?:403|404|500|502|503)(?!\d)|页面(?:不存在|找不到|未找到|已删除)|找不到(?:页面|网页|您)"
    r"|无法(?:访问|显示|找到)|您访问的|Not Found|Forbidden|Bad Gateway|已被删除|访问(?:过于频繁|被拒绝|异常"
    r"|受限)|安全(?:验证|拦截)|正在跳转|请稍候|enable JavaScript|启用\s*JavaScript",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"登\s*录|用户名|密\s*码|验证码|账号|login|password", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"[X×✕xＸ○]{2,}|_{3,}|＿{2,}|……{2,}|（单位(?:名称|全称)）|\(单位(?:名称|全称)\)|【[^】]{0,12}】|XX"
)
_BLANK_TEXT = 400
#: Lines in which a document gives its title.
_OPENING = 25


def reject_other_kinds(document: Document, text: TextReading, tables: TablesReading) -> None:
    """Raise UnreadableError, saying in Chinese what the document is, unless it is an annual report.

    A document whose statutory tables hold figures, or that carries the title and the sections of a report, is
    one whatever words its text contains; unless its own title calls it an interpretation.
    """
    _reject_traditional(document)
    found = [state for state in tables.states.values() if state is not TableState.MISSING]
    figures = _figures(tables)
    titled = bool(_ANNUAL.search(text.title))
    heads = sum(1 for key in text.sections if key != "head")
    _reject_old(text, found, heads)
    _reject_interpretation(document, text)
    if figures and (len(found) >= 2 or heads >= 3 or titled):
        return
    lines = _lines(document)
    _reject_by_title(lines, text, figures, heads)
    unreadable = any(state in (TableState.UNREADABLE, TableState.UNCERTAIN) for state in found)
    if found and not figures and not unreadable:
        _reject_blank(lines, text)
        return
    if figures or unreadable:
        return
    if heads >= 3 and (titled or _speaks(text)):
        return
    if titled and _speaks(text):
        return
    raise _other(lines, text, titled)


def _figures(tables: TablesReading) -> int:
    """How many figures the tables hold."""
    return sum(
        1 for figure in tables.figures.values() if figure.value is not None or figure.mark is Mark.UNCERTAIN
    )


def _reject_old(text: TextReading, found: Sequence[TableState], heads: int) -> None:
    """A report on a year before the national form, unless it carries that form."""
    if text.year is None or text.year >= FIRST_YEAR or len(found) >= 2:
        return
    if _ANNUAL.search(text.title) or heads >= 2:
        raise UnreadableError(
            f"这是{text.year}年度的报告，早于2019年，按旧的条例和格式编制，没有现行的三张法定表格",
            remedy="本系统读取2019年度及以后的年度报告",
            code="before_2019",
        )


def _reject_traditional(document: Document) -> None:
    """A report in traditional script: the form's labels and the words of the text are not known in it."""
    words = "".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    if len(words) < _BLANK_TEXT:
        words = "".join(_lines(document))
    if not any(sign in words for sign in _EVERY_TITLE_HAS):
        return
    found = _TRADITIONAL.findall(words)
    if len(set(found)) >= _DISTINCT and len(found) > _SHARE * len(words):
        raise UnreadableError(
            "这份文件用的是繁体字，本系统只能读取用规范汉字（简体字）编制的年度报告，没有读取",
            remedy="请提供规范汉字的版本；从网站“繁体版”保存的，请改从简体版保存",
            code="traditional",
        )


def _reject_interpretation(document: Document, text: TextReading) -> None:
    """An interpretation, also one that repeats the tables: it is not what was published as the report."""
    if text.title:
        titles = [text.title]
    else:
        titles = [re.sub(r"\s+", "", line) for line in _lines(document)[:_OPENING]]
    for title in titles:
        if _INTERPRETS.search(title) and _ANNUAL.search(title):
            raise UnreadableError(
                f"这份文件（{title[:40]}）是对年度报告的解读，不是年度报告本身",
                remedy="请提供年度报告全文",
                code="other_kind",
            )


def _lines(document: Document) -> list[str]:
    """Every short or long line of the document, cells too, blanks taken out at the edges."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.extend(block.text.split("\n"))
        elif isinstance(block, Table):
            lines.extend(cell.text for cell in block.cells)
    return [line.strip() for line in lines if line.strip()]


def _reject_by_title(lines: Sequence[str], text: TextReading, figures: int, heads: int) -> None:
    """A document whose title names another kind, and that is not built like a report."""
    if figures and heads >= 2:
        return
    for title in _titles(lines, text):
        if (
            _ANNUAL.search(title)
            and title.endswith(("报告", "年报"))
            and not re.search(r"解读|图解|一图|半年|季度|通知", title)
        ):
            return
        for kind in _KINDS:
            if kind.title.search(title):
                raise UnreadableError(
                    f"这份文件（{title[:40]}）是{kind.what}", remedy=kind.remedy, code="other_kind"
                )


def _titles(lines: Sequence[str], text: TextReading) -> list[str]:
    """What may be the document's title: the one found, and the first short lines that speak of a kind."""
    titles = [text.title] if text.title and re.search(r"解读|图解|半年|季度|通知", text.title) else []
    joined: list[str] = []
    for line in lines[:_OPENING]:
        bare = re.sub(r"\s+", "", line)
        if 4 <= len(bare) <= 60 and not re.search(
            r"[。；;]|^(?:根据|按照|为|当前位置|您的位置|首页|首\s*页)|[>＞»]", bare
        ):
            joined.append(bare)
    speaking = [
        bare
        for bare in joined
        if re.search(
            r"报告|报表|通知|函$|解读|图|统计|指南|目录|决算|预算|公报|总结|条例|办法|格式|模板|数据|申请表|问答",
            bare,
        )
    ]
    if text.title:
        titles.append(text.title)
    return titles + speaking[:4]


def _reject_blank(lines: Sequence[str], text: TextReading) -> None:
    """The form with its labels and nothing in it."""
    words = sum(len(section.text) for key, section in text.sections.items() if key != "head")
    marks = sum(1 for line in lines if _PLACEHOLDER.search(line))
    if words < _BLANK_TEXT or marks >= 3:
        raise UnreadableError(
            "这是一份空白的年度报告样表：有表格的各栏标题，没有填写任何数字",
            remedy="请提供填写完成的年度报告；数字为零的也要填0",
            code="blank_form",
        )


def _speaks(text: TextReading) -> bool:
    """Whether there is text of a report: sections, or facts with some length of words."""
    words = sum(len(section.text) for section in text.sections.values())
    return words >= 150 and (len(text.sections) >= 2 or bool(text.facts))


def _other(lines: Sequence[str], text: TextReading, titled: bool) -> UnreadableError:
    """What a document without tables and sections of a report is, as far as it shows."""
    size = sum(len(line) for line in lines)
    if not size:
        return UnreadableError(
            "文件里没有文字", remedy="请确认文件内容；扫描件请安装文字识别组件后再读", code=("empty")
        )
    whole = "\n".join(lines[:200])
    listed = sum(1 for line in lines if len(line) <= 60 and _ANNUAL.search(line))
    if listed >= 4:
        return UnreadableError(
            f"这是年度报告的目录页，列有{listed}份报告的标题，没有报告正文",
            remedy="请打开其中一份，提供它的全文",
            code=("listing"),
        )
    if size < 1500 and _LOGIN.search(whole) and not text.title:
        return UnreadableError(
            "这是登录页面，不是年度报告", remedy="请登录后保存报告页面本身", code=("login_page")
        )
    if size < 1500 and _ERROR_PAGE.search(whole):
        return UnreadableError(
            "这是网站的出错或者跳转页面，不是年度报告",
            remedy="请核对网址，重新保存报告页面",
            code=("error_page"),
        )
    if titled:
        return UnreadableError(
            "只有年度报告的标题，没有正文和表格（正文可能在附件或者图片里）",
            remedy="请提供附件本身",
            code=("title_only"),
        )
    name = next((line for line in lines if len(line) >= 4), lines[0])[:40]
    return UnreadableError(
        f"没有找到年度报告的法定表格和章节，这不像政府信息公开工作年度报告（文件开头是“{name}”）",
        remedy=_REMEDY,
        code="not_a_report",
    )
