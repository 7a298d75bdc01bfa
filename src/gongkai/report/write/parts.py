"""The pieces of a report's page, for a page of one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.report import form
from gongkai.report.model import Correction, Figure, Number, Report
from gongkai.report.write import layout
from gongkai.report.write.form_html import plain, table_html
from gongkai.report.write.html import text_lines
from gongkai.report.write.markup import Child, Markup, el, join

#: The three parts of a figure's path; a row of results is one that is neither received nor a sum.
_NOT_RESULTS = frozenset({"new", "carried_in", "total", "carried_out"})


@dataclass(frozen=True, slots=True)
class SectionParts:
    """One of the six sections. ``table`` is empty where the form has none; all markup is escaped."""

    key: str
    heading: str
    text: Markup
    table: Markup
    remarks: tuple[str, ...]
    corrections: tuple[tuple[str, str], ...]
    identities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageParts:
    """A report's title, head note and sections. ``corrections`` of a section are (anchor, sentence)."""

    title: str
    head: Markup
    sections: tuple[SectionParts, ...]


def page_parts(report: Report) -> PageParts:
    """The pieces of :func:`gongkai.report.write.html.write_html`; a corrected figure leads to its remark."""
    tables = {table.key: table for table in layout.of_report(report)}
    alike = {key: layout.corrected_alike(report, key) for key in tables}
    note_of = {
        item.path: _anchor(items) for groups in alike.values() for items, _ in groups for item in items
    }

    def fill(path: str, figure: Figure | None, text: str) -> tuple[Child, Mapping[str, str | None]]:
        if path not in note_of:
            return plain(path, figure, text)
        return _corrected_cell(note_of[path], text), {"class": "corrected"}

    def section(key: str) -> SectionParts:
        table = table_html(report, tables[key], fill) if key in tables else Markup()
        return SectionParts(
            key,
            layout.section_heading(report, key),
            join(text_lines(report.text(key))),
            table,
            tuple(layout.uncertain_notes(report, key)),
            tuple((_anchor(items), note) for items, note in alike.get(key, ())),
            identities(report, key),
        )

    head = join([el("p", line) for line in layout.paragraphs(report.text("head"))])
    return PageParts(
        layout.title_of(report), head, tuple(section(key) for key in form.SECTIONS if key != "head")
    )


def _anchor(items: Sequence[Correction]) -> str:
    """Where the remark stands that figures corrected alike share."""
    return f"correction-{items[0].path}"


def _corrected_cell(anchor: str, text: str) -> Markup:
    mark = el("a", "更正", href=f"#{anchor}", class_="mark", title="这个数字经过更正，点开看说明")
    return join((el("span", text or "空白"), " ", mark))


def identities(report: Report, table: str) -> tuple[str, ...]:
    """The identities of a table in words, with the figures where all are known and the sums agree.

    REGULATION.md §3.4, H1, H2 and H4. Where they do not agree the words stand alone: to say so is the
    business of ``check``.
    """
    if table == "applications":
        return _applications(report)
    if table == "disputes":
        return tuple(_block(report, block) for block in form.DISPUTE_BLOCKS)
    return ()


def _applications(report: Report) -> tuple[str, ...]:
    def cell(row: str) -> str:
        return f"applications.{row}.total"

    results = [r.key for r in form.application_rows(report.single_other) if r.key not in _NOT_RESULTS]
    balance = _sums(
        report,
        [("本年新收", [cell("new")]), ("上年结转", [cell("carried_in")])],
        [("办理结果总计", [cell("total")]), ("结转下年度", [cell("carried_out")])],
    )
    parts = _sums(
        report, [("各项办理结果之和", [cell(key) for key in results])], [("办理结果总计", [cell("total")])]
    )
    return balance, parts


def _block(report: Report, block: form.Column) -> str:
    def cell(column: form.Column) -> str:
        return f"disputes.{block.key}.{column.key}"

    return f"{block.label}：" + _sums(
        report,
        [(column.label, [cell(column)]) for column in form.DISPUTE_OUTCOMES],
        [(form.TOTAL.label, [cell(form.TOTAL)])],
    )


_Terms = list[tuple[str, list[str]]]


def _sums(report: Report, left: _Terms, right: _Terms) -> str:
    """``新收 21 ＋ 结转 0 ＝ 总计 20 ＋ 结转下年 1``, or the same without figures."""
    sides = [[(label, _sum(report, paths)) for label, paths in side] for side in (left, right)]
    totals = [None if any(v is None for _, v in side) else sum(v or 0 for _, v in side) for side in sides]
    known = None not in totals and totals[0] == totals[1]
    return " ＝ ".join(
        " ＋ ".join(
            f"{label} {layout.number_text(v)}" if known and v is not None else label for label, v in side
        )
        for side in sides
    )


def _sum(report: Report, paths: list[str]) -> Number | None:
    values = [report.value(path) for path in paths]
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
