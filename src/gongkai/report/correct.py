"""Putting a figure right by hand: the value a person gives, beside what was read and the reason."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from unicodedata import normalize

from gongkai.kernel import GongkaiError
from gongkai.report import form
from gongkai.report.labels import describe
from gongkai.report.model import Correction, Figure, Mark, Number, Report

_INTEGER = re.compile(r"-?\d{1,15}")
_AMOUNT = re.compile(r"\d{1,15}(\.\d{1,6})?")


def parse_figure(path: str, text: str, *, edition: str = "2021") -> Number | None:
    """What a person typed for a figure; None for an empty field, which says the cell is blank.

    Full-width digits and separators of thousands are taken. Raises GongkaiError where it is no figure the
    form allows there: integers, not negative but for 本年增/减, and decimals only for amounts (H5).
    """
    column = path.rsplit(".", maxsplit=1)[-1]
    plain = normalize("NFKC", text).replace(",", "").replace(" ", "").replace("−", "-")
    if not plain:
        return None
    if column in form.AMOUNT_KEYS and _AMOUNT.fullmatch(plain):
        return Decimal(plain)
    if column not in form.AMOUNT_KEYS and _INTEGER.fullmatch(plain):
        value = int(plain)
        if value >= 0 or column in form.SIGNED_KEYS:
            return value
    wanted = "金额（万元，可有小数，不带单位）" if column in form.AMOUNT_KEYS else "不小于0的整数"
    wanted = "整数，减少的填负数" if column in form.SIGNED_KEYS else wanted
    raise GongkaiError(
        f"“{text.strip()[:20]}”不能填在这一格",
        place=describe(path, edition),
        remedy=f"请填{wanted}；原文此格确为空白的，留空即可",
        code="figure",
    )


def plain_number(value: Number) -> str:
    """A number in plain digits, without an exponent."""
    return str(value) if isinstance(value, int) else format(value, "f")


def correction_of(report: Report, path: str, value: Number | None, reason: str, on: date) -> Correction:
    """A correction of the figure at ``path``; what was first read stays what was read.

    Raises GongkaiError for a path the report's form does not have, an empty reason, or no change.
    """
    figure = report.figures.get(path)
    if figure is None:
        raise GongkaiError("这份报告的表格没有这一格", place=path, remedy="请从表格中选择要更正的数字")
    label = describe(path, report.edition)
    if not reason.strip():
        raise GongkaiError("没有写更正理由", place=label, remedy="请写明依据，例如哪份台账、哪个文件")
    if figure.value == value and (value is not None or figure.mark is Mark.BLANK):
        raise GongkaiError("更正后的数字与原文的相同", place=label, remedy="无需更正", code="same")
    before = next((item for item in report.corrections if item.path == path), None)
    if before:
        return replace(before, value=value, reason=reason.strip(), on=on)
    return Correction(path, figure.value, figure.raw, figure.mark, value, reason.strip(), on)


def correct(report: Report, corrections: Sequence[Correction]) -> Report:
    """``report`` with each corrected figure in its place; a later correction of a path replaces the earlier.

    The figure keeps its place in the source. A row all of whose figures are now known is no longer uncertain.
    """
    figures = dict(report.figures)
    made = {item.path: item for item in report.corrections}
    for item in corrections:
        old = figures[item.path]
        raw = "" if item.value is None else plain_number(item.value)
        mark = Mark.BLANK if item.value is None else Mark.NUMBER
        figures[item.path] = Figure(item.value, raw, mark, old.place)
        made[item.path] = item
    unsure = {
        row: left
        for row, left in report.reading.uncertain.items()
        if any(figures[path].mark is Mark.UNCERTAIN for path in figures if path.startswith(f"{row}."))
    }
    return replace(
        report,
        figures=figures,
        reading=replace(report.reading, uncertain=unsure),
        corrections=tuple(made.values()),
    )


def as_read(report: Report) -> Report:
    """``report`` with every corrected figure as it was read, and no corrections."""
    figures = dict(report.figures)
    for item in report.corrections:
        figures[item.path] = Figure(item.read, item.raw, item.mark, figures[item.path].place)
    return replace(report, figures=figures, corrections=())
