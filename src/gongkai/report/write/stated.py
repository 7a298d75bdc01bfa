"""The figures stated in the text, as a small table with the words they were read from."""

from collections.abc import Mapping
from decimal import Decimal

from gongkai.report import form
from gongkai.report.labels import FACTS
from gongkai.report.model import Fact, FactValue, Report
from gongkai.report.write.markup import Markup, el


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
        el("th", FACTS.get(fact.name, fact.name), scope="row"),
        el("td", fact_text(fact.value), class_="figure"),
        el("td", words),
    )


def fact_text(value: FactValue) -> str:
    """A stated value in plain digits; a list as pairs."""
    if isinstance(value, Mapping):
        return "；".join(f"{key} {fact_text(item)}" for key, item in value.items())
    return format(value, "f") if isinstance(value, Decimal) else str(value)
