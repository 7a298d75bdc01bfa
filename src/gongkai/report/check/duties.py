"""FORM-DUTY: what the text of a report owes."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from gongkai.kernel import Finding, Level
from gongkai.kernel.law_ref import FORM_2021
from gongkai.law.dated import NotCoveredError
from gongkai.law.notices import text_duty
from gongkai.report import form
from gongkai.report.check.prose import listing
from gongkai.report.check.registry import Context, Rule, rule
from gongkai.report.model import Report


class Duty(NamedTuple):
    """One of the five duties of section one.

    ``heading`` finds it in the words of a subheading, ``named`` its name in a sentence, ``content`` anything
    that speaks of it.
    """

    label: str
    heading: re.Pattern[str]
    named: re.Pattern[str]
    content: re.Pattern[str]


def _duty(label: str, heading: str, named: str, content: str) -> Duty:
    return Duty(label, re.compile(heading), re.compile(named), re.compile(content))


DUTIES = (
    _duty(
        "主动公开",
        r"主动公开|信息公开(?:工作)?(?:情况|内容)|公开(?:内容|范围)",
        r"主动公开[^。；]{0,40}\d|公开[^。；]{0,40}\d+\s*[余多]?[条件篇份]",
        r"主动公开|公开[^。]{0,20}(?:信息|内容)|发布[^。]{0,20}信息",
    ),
    _duty(
        "依申请公开",
        r"依申请|申请公开|公开申请",
        r"(?:收到|受理|接到|接收|接受|收办|新收|办理|答复|处理)[^。；]{0,20}申请",
        r"依申请|申请公开|公开[^。，]{0,4}申请|申请件",
    ),
    _duty(
        "政府信息管理",
        r"信息(?:公开)?(?:管理|审[查核]|资源|制度)|保密审查|规范性文件|审[查核]|管理(?:情况|工作|机制|制度)|制度",
        r"信息管理",
        r"信息(?:公开)?管理|保密审查|三审|发布审[查核]|审[查核][^。]{0,8}(?:机制|制度|流程|关)|先审后|动态调整|信息资源",
    ),
    _duty(
        "政府信息公开平台建设",
        r"平台|网站|新媒体|渠道|载体|公众号|专栏",
        r"(?:平台|网站|新媒体|公众号|专栏|公开专区)的?(?:规范化|标准化)?(?:建设|运[维营])",
        r"平台|网站|新媒体|公众号|公开栏|专栏|门户|微博|公报|政务公开专区",
    ),
    _duty(
        "监督保障",
        r"监督|保障|考核|培训|组织领导|队伍|评议|督[查导]",
        r"监督(?:和)?保障",
        r"监督(?:保障|检查|考核|机制|电话)|保障(?:措施|机制)|考核|评议|责任追究|培训|领导小组|督[查导]",
    ),
)

_NUMERAL = "[一二三四五六七八九十]{1,2}"
_START = r"(?:^|(?<=[\n。；;：]))[ \t\u3000*#•·-]*"
_WORDS = r"\s*([^\n。；，;,：:]{2,30})"
#: Ways to number subheadings, the most formal first; a text is divided by one of them.
_HEADINGS = (
    re.compile(rf"{_START}[（(]?{_NUMERAL}[)）]{_WORDS}"),
    re.compile(rf"{_START}{_NUMERAL}[、.．]{_WORDS}"),
    re.compile(rf"{_START}\d{{1,2}}\s*[.．、)）]{_WORDS}"),
    re.compile(rf"{_START}(?:{_NUMERAL}是|第{_NUMERAL}[，、,]){_WORDS}"),
    re.compile(r"(?:^|(?<=\n))[ \t\u3000]*([^\n。；，;,：:]{2,18})[ \t\u3000]*(?=\n|$)"),
)
#: With so many of the five as subheadings, the text is divided by them and a missing one is missing.
_DIVIDED = 3

_PERIOD = re.compile(
    r"统计(?:数据)?(?:的)?(?:期限|时限|时间|期间|周期|口径)|数据(?:的)?(?:期限|时限|区间|截止)"
    r"|1\s*月\s*1\s*日[^。]{0,12}12\s*月\s*31?\s*日|1月1日"
)
#: Blanks are counted: an open number of them on both sides of the dash would take their square.
_LANDLINE = r"(?<!\d)0\d{2,3}\s{0,4}[-—－–)）]?\s{0,4}\d{7,8}(?!\d)"
_CONTACT = re.compile(rf"电话|传真|邮[编箱政]|地址|联系|{_LANDLINE}|[@＠]")
_CONTACT_ELSEWHERE = re.compile(rf"{_LANDLINE}|电话[:：]\s*\d|请与[^。]{{1,40}}联系|邮编[:：]?\s*\d{{6}}")
_FEE = re.compile(r"处理费|(?:收取|收费|缴纳|减免)[^。；]{0,12}费|费用|收费|免费|(?:收|取)[^。；]{0,6}费")


def _headed(headings: list[str]) -> list[Duty]:
    return [duty for duty in DUTIES if any(duty.heading.search(words) for words in headings)]


def _missing_duties(text: str) -> list[str]:
    """The duties section one does not speak of.

    A text divided by subheadings owes each duty its own, or a sentence under another that plainly speaks of
    it; a text without them only has to mention it.
    """
    for pattern in _HEADINGS:
        found = list(pattern.finditer(text))
        headed = _headed([match[1] for match in found])
        if len(headed) >= _DIVIDED:
            body = text[found[0].start() :]
            return [d.label for d in DUTIES if d not in headed and not d.named.search(body)]
    return [d.label for d in DUTIES if not d.heading.search(text) and not d.content.search(text)]


def _owes_fee(report: Report) -> bool:
    try:
        return report.year is None or text_duty("fee_statement", report.year)
    except NotCoveredError:
        return False


def _missing_fee(report: Report) -> bool:
    """Whether section six stands there and nothing in the text speaks of the processing fee."""
    others = report.sections.get("others")
    if others is None or not others.text.strip() or not _owes_fee(report):
        return False
    return not _FEE.search(others.text) and not any("处理费" in s.text for s in report.sections.values())


def _missing_head(report: Report) -> list[str]:
    head, overview = report.text("head"), report.text("overview")
    missing = []
    if report.reading.period is None and not _PERIOD.search(head) and not _PERIOD.search(overview):
        missing.append("数据统计期限")
    if not _CONTACT.search(head) and not any(
        _CONTACT_ELSEWHERE.search(report.text(key)) for key in ("overview", "others")
    ):
        missing.append("联系方式")
    return missing


@rule(
    "FORM-DUTY",
    title="应当写明的内容缺漏",
    level=Level.WARNING,
    law=FORM_2021,
    fires="一、缺少主动公开、依申请公开、政府信息管理、平台建设、监督保障五项之一；六、没有写明信息处理费收取情况（2021年度起）；"
    "报告开头没有统计期限或联系方式",
    silent="小标题换了说法；内容写在别的段落；整个部分缺失（由 FORM-SECTION 报告）；只有表格、没有正文",
)
def duty(rule: Rule, context: Context) -> Iterator[Finding]:
    """One finding that lists every statement the text owes and does not make."""
    report = context.report
    overview = report.text("overview")
    if not any(report.text(key).strip() for key in form.SECTIONS):
        return
    gaps: dict[str, list[str]] = {
        "overview": _missing_duties(overview) if overview.strip() else [],
        "others": ["信息处理费收取情况"] if _missing_fee(report) else [],
        "head": _missing_head(report),
    }
    parts = [key for key, missing in gaps.items() if missing]
    if not parts:
        return
    said = {
        "overview": "“一、总体情况”没有写{}",
        "others": "“六、其他需要报告的事项”没有写明{}（没有收取也要写明）",
        "head": "报告开头没有写明{}",
    }
    section = report.sections.get(parts[0])
    yield rule.finding(
        f"sections.{parts[0]}",
        listing(said[key].format("、".join(gaps[key])) for key in parts) + "。请补写",
        found=[item for key in parts for item in gaps[key]],
        place=section.place if section else None,
        cells=tuple(f"sections.{key}" for key in parts) if len(parts) > 1 else (),
    )
