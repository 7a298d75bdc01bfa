"""The statutory tables as accessible HTML: caption, scoped headers, and a ``headers`` list per figure."""

from collections.abc import Callable, Mapping

from gongkai.report.model import Figure, Mark, Report
from gongkai.report.write import layout
from gongkai.report.write.layout import FormCell, FormTable
from gongkai.report.write.markup import Child, Markup, el

#: What a screen reader and a pointer are told of a cell without a certain figure.
MARK_WORDS: Mapping[Mark, str] = {
    Mark.BLANK: "空白",
    Mark.MISSING: "原文没有这一格",
    Mark.UNREADABLE: "原文不是数字",
    Mark.UNCERTAIN: "所在列不能确定",
}

#: Makes the content of a figure's cell: (path, figure, printed text) -> (children, extra attributes).
Fill = Callable[[str, Figure | None, str], tuple[Child, Mapping[str, str | None]]]


def plain(_path: str, _figure: Figure | None, text: str) -> tuple[Child, Mapping[str, str | None]]:
    """A figure as the form prints it, nothing added."""
    return text, {}


def table_html(report: Report, table: FormTable, fill: Fill = plain) -> Markup:
    """One statutory table in a frame that scrolls by itself on a narrow screen."""
    rows = [
        el("tr", *(_cell(report, table, cell, fill) for cell in row), class_=_row_class(row))
        for row in table.rows()
    ]
    parts: list[Child] = [el("caption", table.caption)]
    if table.header_rows:
        parts.append(el("thead", *rows[: table.header_rows]))
    parts.append(el("tbody", *rows[table.header_rows :]))
    return el(
        "div",
        el("table", *parts, class_=f"form {table.key}", id=f"table-{table.key}"),
        class_="frame",
        role="region",
        tabindex="0",
        aria_label=f"{table.caption}（表格，可左右滚动）",
    )


def _row_class(row: list[FormCell]) -> str:
    return "sum" if any(cell.path.startswith("applications.total.") for cell in row) else ""


def _cell(report: Report, table: FormTable, cell: FormCell, fill: Fill) -> Markup:
    spans = {
        "rowspan": cell.rowspan if cell.rowspan > 1 else None,
        "colspan": cell.colspan if cell.colspan > 1 else None,
    }
    if cell.path:
        figure = report.figures.get(cell.path)
        content, extra = fill(cell.path, figure, layout.printed(figure))
        classes = " ".join(filter(None, ("figure", state_class(figure), extra.get("class"))))
        headers = " ".join(_header_id(table, *position) for position in cell.headers)
        more = {key: value for key, value in extra.items() if key != "class"}
        attributes = {"class": classes, "aria_label": state_word(figure), "title": state_word(figure), **more}
        return el("td", content, id=cell.path, headers=headers, **spans, **attributes)
    if not cell.scope:
        return el("td", cell.text, class_="corner", **spans)
    return el("th", cell.text, id=_header_id(table, cell.row, cell.col), scope=cell.scope, **spans)


def _header_id(table: FormTable, row: int, col: int) -> str:
    return f"{table.key}-{row}-{col}"


def state_class(figure: Figure | None) -> str:
    """The class of a figure's state: ``zero``, or the mark where it is no number."""
    if figure is None:
        return "missing"
    if figure.mark is Mark.NUMBER:
        return "zero" if figure.value == 0 else ""
    return str(figure.mark)


def state_word(figure: Figure | None) -> str:
    """The word for a cell that shows no certain figure; empty for a number or a none-mark."""
    return MARK_WORDS.get(Mark.MISSING if figure is None else figure.mark, "")
