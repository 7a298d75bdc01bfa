"""A report as CSV in long form: one row per figure and per section, with the path as key.

Columns: ``path label value raw mark``. Rows in order: ``report.*`` (schema, agency, year, edition,
title), the figures as ``proactive.*``, ``applications.*``, ``disputes.*``, then ``sections.*`` with
heading as label and text as value; last, how far the tables were read: ``tables.TABLE`` with the state, and
for a row whose columns are lost ``uncertain.TABLE.ROW`` (its figures in their order, its possible columns
under ``raw``) and ``reason.TABLE.ROW``. UTF-8 with a byte order mark, so that Excel opens it.
"""

import csv
from collections.abc import Iterator
from io import StringIO

from gongkai.report import form, labels
from gongkai.report.model import Mark, Report
from gongkai.report.write import layout

SCHEMA = "gongkai.report.csv/1"
HEADER = ("path", "label", "value", "raw", "mark")
#: A spreadsheet takes a cell that begins so for a formula.
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(report: Report) -> bytes:
    """The report as CSV. Text cells that a spreadsheet would take for a formula begin with ``'``."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(HEADER)
    for path, label, value in (
        ("report.schema", "格式", SCHEMA),
        ("report.agency", "机关", report.agency or ""),
        ("report.year", "年度", "" if report.year is None else str(report.year)),
        ("report.edition", "格式版本", report.edition),
        ("report.title", "标题", report.reading.title),
    ):
        writer.writerow((path, label, guarded(value), "", ""))
    for path in form.all_paths(report.edition, report.single_other):
        figure = report.figures.get(path)
        if figure is None:
            continue
        value = "" if figure.value is None else layout.number_text(figure.value)
        label = guarded(form.path_label(path, report.edition))
        writer.writerow((path, label, value, guarded(figure.raw), str(figure.mark)))
    for key in form.SECTIONS:
        if section := report.sections.get(key):
            writer.writerow((f"sections.{key}", guarded(section.heading), guarded(section.text), "", ""))
    writer.writerows(_reading(report))
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _reading(report: Report) -> Iterator[tuple[str, str, str, str, str]]:
    for table, state in report.reading.tables.items():
        yield f"tables.{table}", labels.describe(table, report.edition), str(state), "", ""
    for row, item in report.reading.uncertain.items():
        label = guarded(labels.describe(row, report.edition))
        values = " ".join(map(layout.number_text, item.values))
        yield f"uncertain.{row}", label, guarded(values), " ".join(item.candidates), str(Mark.UNCERTAIN)
        if item.reason:
            yield f"reason.{row}", label, guarded(item.reason), "", ""


def guarded(text: str) -> str:
    """The text with ``'`` in front where it would begin a formula; numbers stay numbers.

    What already begins with quotes before such a sign gets one more, so that taking one off gives the
    text back.
    """
    if text.lstrip("'").startswith(_TRIGGERS) and not _is_number(text):
        return f"'{text}"
    return text


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-")
    whole, _, part = digits.partition(".")
    return digits.isascii() and whole.isdigit() and (part.isdigit() or "." not in digits)
