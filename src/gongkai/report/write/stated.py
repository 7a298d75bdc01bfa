"""The figures stated in the text, as a small table with the words they were read from."""

from collections.abc import Mapping
from decimal import Decimal

from gongkai.report import form
from gongkai.report.model import Fact, FactValue, Report
from gongkai.report.write.markup import Markup, el

#: Names of facts in Chinese; the list is open, an unknown name is shown as it is.
FACT_NAMES = {
    "published_items": "主动公开信息",
    "published_by_kind": "主动公开信息分类",
    "shares": "占比",
    "breakdown": "其中",
    "applications_received": "收到申请",
    "applications_completed": "办结申请",
    "applications_pending": "未办结申请",
    "applications_carried_in": "上年结转",
    "applications_carried_out": "结转下年",
    "applications_withdrawn": "撤回申请",
    "reconsiderations": "行政复议",
    "reconsiderations_pending": "行政复议未审结",
    "litigations": "行政诉讼",
    "litigations_pending": "行政诉讼未审结",
    "assistance_requests": "协助请求",
    "assistance_completed": "协助办结",
    "wechat_posts": "微信信息",
    "wechat_issues": "微信期数",
    "weibo_posts": "微博信息",
    "trainings_held": "举办培训",
    "trainings_attended": "参加培训",
    "normative_documents_issued": "制发规范性文件",
    "normative_documents_in_force": "现行有效规范性文件",
    "licences": "行政许可",
    "penalties": "行政处罚",
    "coercive_measures": "行政强制",
    "processing_fee_yuan": "信息处理费（元）",
}


def stated_table(report: Report) -> Markup | None:
    """What the text states; None where it states nothing."""
    if not report.facts:
        return None
    rows = [_row(fact) for fact in report.facts]
    head = el("tr", *(el("th", name, scope="col") for name in ("项目", "数", "原文")))
    table = el(
        "table",
        el("caption", "文字中说到的数"),
        el("thead", head),
        el("tbody", *rows),
        class_="stated",
    )
    return el("div", table, class_="frame", role="region", tabindex="0", aria_label="文字中说到的数")


def _row(fact: Fact) -> Markup:
    section = form.SECTIONS.get(fact.section, "")
    where = section.partition("、")[0] if section else ""
    scope = "" if fact.whole else "（只是一部分）"
    words = f"{fact.raw}{scope}" + (f"（第{where}部分）" if where else "")
    return el(
        "tr",
        el("th", FACT_NAMES.get(fact.name, fact.name), scope="row"),
        el("td", fact_text(fact.value), class_="figure"),
        el("td", words),
    )


def fact_text(value: FactValue) -> str:
    """A stated value in plain digits; a list as pairs."""
    if isinstance(value, Mapping):
        return "；".join(f"{key} {fact_text(item)}" for key, item in value.items())
    return format(value, "f") if isinstance(value, Decimal) else str(value)
