"""DATE-*: the year a report speaks of, and the day it was published."""

import re
from collections.abc import Iterator

from gongkai.kernel import Finding, LawRef, Level, Period
from gongkai.kernel.law_ref import REGULATION
from gongkai.law.dated import NotCoveredError
from gongkai.law.deadlines import Body, report_deadline
from gongkai.report.check.prose import Hit, listing, one_finding, part_name, prose, quote, sentence_span
from gongkai.report.check.registry import Context, Rule, rule
from gongkai.report.model import Report, Section

_CONTENTS = LawRef(REGULATION, "第五十条")
_DEADLINE = LawRef(REGULATION, "第四十九条")

_ANY_YEAR = re.compile(r"20\d\d")
#: A whole year given from its first to its last day.
_WHOLE_YEAR = re.compile(
    r"(?<!\d)(20\d\d)\s*年\s*1\s*月\s*1\s*日\s*(?:起|开始|零时)?\s*(?:至|到|[-—－–~～]+)\s*(?:(20\d\d)\s*年\s*)?12\s*月\s*31\s*日"
)
#: The report called by its year: 现公布2023年政府信息公开工作年度报告.
_CALLED = re.compile(
    r"(?:现(?:将|公布|发布|向社会公布)|编制(?:了|完成)?|形成|本报告(?:是|为)|特?向社会公布)[^。；\n]{0,30}?(?<!\d)(20\d\d)\s*年度?"
    r"(?:政府信息公开|政务公开|信息公开)(?:工作)?(?:年度)?(?:报告|年报|情况)"
)
#: A clause that begins with a year.
_CLAUSE_YEAR = re.compile(
    r"(?:^|(?<=[。；;，,：:\n）)]))[ \t\u3000]*(?:我[\u4e00-\u9fff]|本(?:机关|单位|[\u4e00-\u9fff])"
    r"|全[\u4e00-\u9fff])?[ \t]*(20\d\d)\s*年"
)
_WORK = re.compile(
    r"主动公开|公开[^。]{0,12}信息|发布|收到|受理|收取|依申请|认真|坚持|严格|高度重视|扎实|积极|存在[^。]{0,8}(?:不足|问题)"
    r"|未(?:发生|出现|产生|存在|发现)|取得"
)
#: The sentence compares, looks back or tells of an honour: another year is meant.
_ON_PURPOSE = re.compile(
    r"同比|相比|对比|比上|较上|与[^。，]{0,12}比|增长|下降|上一?年|去年|往年|历年|结转|以来|被评|荣获|获评|获得|表彰"
    r"|已[^。，]{0,6}整改|整改(?:完成|到位|情况)|下一?年|明年"
)
#: What follows the year at once names a day, a stretch of years or an event, not the year's work.
_POINT_IN_TIME = re.compile(
    r"^\s*度?(?:[起底末初前后]|以[来前后]|期间|至|到|[-—－–~～]|\d+\s*月|[^。，]{0,14}(?:修订|颁布|施行|印发|出台|成立|挂牌|换届))"
)
_TITLE_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年?度?(?=[^\d]*(?:年度报告|年报|工作报告))")


def _said_of_the_year(text: str, found: re.Match[str], year: int) -> bool:
    """Whether the clause tells of this year's work under another year's name."""
    left, right = sentence_span(text, *found.span(1))
    words, after = text[left:right], text[found.end() : right]
    if str(year) in words or _ON_PURPOSE.search(words) or _POINT_IN_TIME.search(after):
        return False
    if not _WORK.search(after):
        return False
    before = text[max(text.rfind("\n", 0, left), left - 60, 0) : left]
    following = text[right + 1 : right + 8]
    return f"{year}年" not in (before + following).replace(" ", "")


def _wrong_years(section: Section, year: int) -> Iterator[Hit]:
    """Places of one section that give another year as the report's."""
    text = section.text
    for found in _WHOLE_YEAR.finditer(text):
        years = {int(value) for value in found.groups() if value}
        words = text[slice(*sentence_span(text, *found.span()))]
        if year not in years and not re.search(r"同比|相比|上一?年|去年|往年", words):
            yield Hit(section, *found.span(), quote(text, *found.span(), around=4))
    for found in _CALLED.finditer(text):
        if int(found[1]) != year and section.key in {"head", "overview"}:
            yield Hit(section, *found.span(1), quote(text, *found.span(1)))
    if section.key == "head":
        return
    for found in _CLAUSE_YEAR.finditer(text):
        named = int(found[1])
        ahead = named > year and section.key == "problems"
        if named != year and abs(named - year) <= 3 and not ahead and _said_of_the_year(text, found, year):
            yield Hit(section, *found.span(1), quote(text, *found.span(1), around=14))


def _future(section: Section, hit: Hit) -> bool:
    words = section.text[slice(*sentence_span(section.text, hit.start, hit.end))]
    return re.search(r"将|拟|计划|下一步|今后|继续|力争|争取", words) is not None


def _odd_period(period: Period, year: int) -> bool:
    """Whether the period is not the whole of the report's year and no lost figure explains it.

    12月3日 is what is left of 12月31日, 1月31日 of the same; a lost figure is a reading problem.
    """
    if period == Period.of_year(year):
        return False
    if period.start.year != year or period.end.year != year:
        return True
    start, end = period.start, period.end
    clipped = (end.month, end.day) in {(12, 3), (12, 1), (1, 31), (2, 31), (1, 3), (1, 1), (12, 30)}
    return not ((start.month, start.day) in {(1, 1), (1, 11)} and clipped)


@rule(
    "DATE-PERIOD",
    title="统计期限或年份不符",
    level=Level.WARNING,
    law=_CONTENTS,
    fires="统计期限不是报告年度的全年；正文把别的年份当作报告年度（多为沿用上年文字未改）",
    silent="与往年比较；往年的文件、获奖、整改；五、展望下一年；年月日数字在转换中丢失；报告年度不明",
)
def period(rule: Rule, context: Context) -> Iterator[Finding]:
    """The report tells of one calendar year, the one it is named after."""
    report = context.report
    year = report.year
    if year is None:
        return
    hits = [
        hit
        for section in prose(report)
        if any(named != str(year) for named in _ANY_YEAR.findall(section.text))
        for hit in _wrong_years(section, year)
        if section.key == "head" or not _future(section, hit)
    ]
    said = []
    given = report.reading.period
    if given is not None and _odd_period(given, year):
        said.append(f"统计期限为{given.start:%Y年%-m月%-d日}至{given.end:%Y年%-m月%-d日}，不是{year}年全年")
    stray = [hit for hit in hits if not (said and hit.section.key == "head")]
    said += _title(report, year)
    if stray:
        named = listing(f"{part_name(hit.section.key)}：“{hit.note}”" for hit in stray)
        said.append(f"正文把别的年份当作本报告的年度：{named}")
    if not said:
        return
    message = f"{'；'.join(said)}。本报告是{year}年度的，请核对年份，是沿用往年文字的请更正"
    expected = [day.isoformat() for day in Period.of_year(year)]
    found = [day.isoformat() for day in given] if given and _odd_period(given, year) else None
    if hits:
        yield one_finding(rule, hits, message, expected=expected, found=found or [h.note for h in hits])
        return
    head = report.sections.get("head")
    place = head.place if head else None
    yield rule.finding("sections.head", message, place=place, expected=expected, found=found)


def _title(report: Report, year: int) -> list[str]:
    found = _TITLE_YEAR.search(report.reading.title)
    if found and int(found[1]) != year:
        return [f"标题写的是{found[1]}年"]
    return []


_TOWNSHIP = re.compile(r"(?:镇|乡|街道|苏木)(?:人民)?(?:政府)?(?:办事处)?$|街道办(?:事处)?$")
_GOVERNMENT = re.compile(r"(?:人民政府|[省市县区州盟旗])$")


def _body(agency: str | None) -> Body:
    """Which deadline of Art. 49 binds the agency; the later one where its name does not tell."""
    if agency is None or (_GOVERNMENT.search(agency) and not _TOWNSHIP.search(agency)):
        return "government"
    return "department"


@rule(
    "DATE-LATE",
    title="公布时间晚于期限",
    level=Level.WARNING,
    law=_DEADLINE,
    fires="公布日期晚于次年1月31日；县级以上人民政府的报告晚于3月31日",
    silent="不知道公布日期或报告年度；乡镇、街道不在第四十九条所列之内，只作提醒",
)
def late(rule: Rule, context: Context) -> Iterator[Finding]:
    """Departments publish by 31 January, governments at county level and above by 31 March (Art. 49)."""
    report = context.report
    published = context.published_on or report.reading.published_on
    if published is None or report.year is None:
        return
    try:
        due = report_deadline(report.year, _body(report.agency))
    except NotCoveredError:
        return
    if published <= due:
        return
    if _TOWNSHIP.search(report.agency or ""):
        ground = "第四十九条没有列明乡镇、街道的期限，但通常按当地要求同样在1月31日前公布"
    else:
        ground = f"第四十九条要求在{due.year}年{due.month}月{due.day}日前公布"
    yield rule.finding(
        "reading.published_on",
        f"公布日期为{published.year}年{published.month}月{published.day}日，晚于{due.month}月{due.day}日（{ground}）。"
        "请说明原因，明年提前安排；如是网站迁移后重新发布，请注明原公布日期",
        expected=due.isoformat(),
        found=published.isoformat(),
    )
