"""Two reports side by side: two years of an agency, or two agencies."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.report import api
from gongkai.web.agencies.models import Agency
from gongkai.web.portal import pages, selectors
from gongkai.web.portal.charts import plain
from gongkai.web.reporting.models import ReportRecord

if TYPE_CHECKING:
    from gongkai.report.api import FigureRow

_TABLES = {
    "proactive": "主动公开政府信息情况",
    "applications": "收到和处理政府信息公开申请情况",
    "disputes": "政府信息公开行政复议、行政诉讼情况",
}


@dataclass(slots=True)
class Side:
    """One side of the form: what was asked for, and what was found or why not."""

    key: str
    label: str
    name: str
    year: str
    record: ReportRecord | None = None
    error: str = ""

    @property
    def asked(self) -> bool:
        """Whether anything was filled in."""
        return bool(self.name or self.year)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the comparison; empty texts are figures that are blank or not certain."""

    label: str
    a: str
    b: str
    difference: str
    sign: str


def _side(data: QueryDict, key: str, label: str) -> Side:
    side = Side(key, label, data.get(key, "").strip()[:120], data.get(f"{key}_year", "").strip()[:4])
    if not side.asked:
        return side
    agency = selectors.exactly_named(side.name)
    if agency is None:
        side.error = _unknown(side.name)
        return side
    side.name = agency.full_name
    if not (side.year.isascii() and side.year.isdigit()):
        side.error = f"请填年度，例如{_an_example(agency)}"
        return side
    side.record = selectors.report(agency.slug, int(side.year))
    if side.record is None:
        side.error = f"{agency.full_name}没有已发布的{side.year}年年度报告。{_published_years(agency)}"
    return side


def _unknown(name: str) -> str:
    if not name:
        return "请填机关名称"
    like = [agency.full_name for agency in selectors.named(name)[:5]]
    return f"没有名为“{name}”的机关。" + (
        f"名称相近的有：{'、'.join(like)}" if like else "请从机关名录中查找"
    )


def _an_example(agency: Agency) -> str:
    return str(next((record.year for record in selectors.of_agency(agency)), 2024))


def _published_years(agency: Agency) -> str:
    years = [f"{record.year}年" for record in selectors.of_agency(agency)]
    return f"已发布的有：{'、'.join(years)}" if years else ""


def _row(row: "FigureRow", label: str) -> Row:
    difference = row.difference
    sign = "" if difference is None else "more" if difference > 0 else "less" if difference < 0 else "same"
    text = plain(difference)
    change = f"+{text}" if sign == "more" else text.replace("-", "−")
    return Row(label, plain(row.a), plain(row.b), change, sign)


def _tables(a: ReportRecord, b: ReportRecord, *, every: bool) -> list[tuple[str, list[Row]]]:
    """The figures table by table; of table 3 the column 总计 alone, unless ``every`` figure is asked for."""
    rows = api.compare(selectors.document(a), selectors.document(b)).figures
    tables: dict[str, list[Row]] = {key: [] for key in _TABLES}
    for row in rows:
        table, _, column = row.path.split(".")
        if every or table != "applications" or column == "total":
            tables[table].append(_row(row, row.label if every else _short(row.label, table)))
    remark = {} if every else {"applications": "（总计）"}
    return [(_TABLES[key] + remark.get(key, ""), found) for key, found in tables.items() if found]


def _short(label: str, table: str) -> str:
    """A label without what the table's heading says already."""
    if table != "applications":
        return label
    return label.removeprefix("三、本年度办理结果").removesuffix("，总计")


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """The form, and below it the two reports side by side once both are found."""
    sides = [_side(request.GET, "a", "甲"), _side(request.GET, "b", "乙")]
    a, b = (side.record for side in sides)
    every = request.GET.get("all") == "1"
    tables = _tables(a, b, every=every) if a and b else []
    if any(side.asked for side in sides):
        for side in sides:
            side.error = side.error or ("" if side.asked else "请填机关名称和年度")
    page = pages.Page(
        pages.COMPARISON.name,
        pages.COMPARISON,
        menu="compare",
        crumbs=(("首页", reverse("portal:home")),),
        indexed=not any(side.asked for side in sides),
    )
    register = selectors.register()
    context = {
        "sides": sides,
        "a": a,
        "b": b,
        "tables": tables,
        "every": every,
        "names": [agency.full_name for place in register.places for agency in place.agencies]
        if register
        else [],
        "notes": _notes(a, b) if a and b else [],
    }
    return pages.render(request, "compare", page, context)


def _notes(a: ReportRecord, b: ReportRecord) -> list[str]:
    """What must be known to read the comparison."""
    notes = []
    first, second = (record.published_version for record in (a, b))
    if first and second and first.edition != second.edition:
        notes.append(
            f"两份报告的格式不同（{first.edition}年版、{second.edition}年版），只有一种格式才有的项目，另一栏为空。"
        )
    if a.pk == b.pk:
        notes.append("两栏是同一份报告。")
    return notes
