"""What the rules on figures share: which cells count, how cells are named, how a value is written."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache

from gongkai.kernel import Level, Place
from gongkai.kernel.law_ref import FORM_2019, FORM_2021, LawRef
from gongkai.report import form
from gongkai.report.model import Mark, Number, Report

TABLE_NAMES = {
    "proactive": "表二（主动公开政府信息情况）",
    "applications": "表三（收到和处理政府信息公开申请情况）",
    "disputes": "表四（行政复议、行政诉讼情况）",
}
_BRACKET = "（区分处理的，只计这一情形，不计其他情形）"


def form_law(report: Report, part: str) -> str:
    """The notice that prescribes the report's form, and the part of the form concerned."""
    law = FORM_2019 if report.edition == "2019" else FORM_2021
    return str(LawRef(law.document, law.article + part))


@cache
def row_name(path: str, edition: str = "2021") -> str:
    """The row of a path as a clerk names it: ``“（三）不予公开1.属于国家秘密”``; the column is ignored."""
    table, row, _ = path.split(".")
    if table == "applications":
        for r in (*form.application_rows(False), *form.SINGLE_OTHER):
            if r.key == row:
                group = r.groups[-1] if len(r.groups) > 1 else ""
                label = f"{group}{r.label.replace(_BRACKET, '')}"
                return f"“{label.replace('“', '‘').replace('”', '’')}”"
    return f"“{form.path_label(f'{table}.{row}.*', edition)}”"


@cache
def column_name(key: str) -> str:
    """A column of table 3: ``“自然人”列``."""
    return next(f"“{column.label}”列" for column in form.COLUMNS if column.key == key)


@cache
def cell_name(path: str, edition: str = "2021") -> str:
    """A cell as a clerk names it: ``“（七）总计”行“自然人”列``."""
    table, _, column = path.split(".")
    if table == "applications":
        return f"{row_name(path)}行{column_name(column)}"
    label = form.path_label(path, edition)
    return f"“{label.replace('，', '”的“')}”"


def listing(names: Sequence[str], limit: int = 6) -> str:
    """The names in one sentence, cut after ``limit`` with the number of all."""
    shown = "、".join(names[:limit])
    return shown if len(names) <= limit else f"{shown}等{len(names)}处"


def plain(value: Number) -> int | str:
    """A value as findings carry it: an integer, or an amount as a decimal string."""
    return value if isinstance(value, int) else format(value, "f")


def text_of(value: Number) -> str:
    """A value as a message shows it."""
    if isinstance(value, Decimal) and value != value.to_integral_value():
        return format(value.normalize(), "f")
    return str(int(value))


def place_of(report: Report, path: str) -> Place | None:
    """Where the figure stands in its source."""
    figure = report.figures.get(path)
    return figure.place if figure else None


def movable(report: Report) -> frozenset[str]:
    """Paths in rows whose figures could not be placed: blank or not, nobody knows."""
    if not report.reading.uncertain:
        return frozenset()
    found = set()
    for row, item in report.reading.uncertain.items():
        for candidate in item.candidates:
            found.add(candidate if candidate.startswith(f"{row}.") else f"{row}.{candidate}")
            found.add(candidate)
    return frozenset(found)


def is_blank(report: Report, path: str, unplaced: frozenset[str]) -> bool:
    """Whether the cell is there and empty for certain. ``unplaced`` is :func:`movable` of the report."""
    figure = report.figures.get(path)
    return figure is not None and figure.mark is Mark.BLANK and path not in unplaced


def read_by_ocr(report: Report, paths: Iterable[str]) -> bool:
    """Whether any of the figures was recognised from a picture."""
    figures = report.figures
    return any(path in figures and figures[path].ocr for path in paths)


def graded(level: Level, report: Report, paths: Iterable[str]) -> tuple[Level, str]:
    """The level and a remark to append: figures recognised from a picture support a warning, no error."""
    if not read_by_ocr(report, paths):
        return level, ""
    lowered = Level.WARNING if level is Level.ERROR else level
    return lowered, "（这些数字由图像识别得出，请先对照原件。）"
