"""Random figures of a report and how they are written into the cells.

The figures satisfy H1 to H4. A blank or a none-mark only ever stands in the place of a zero, as offices
write them.
"""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from gongkai.report import form

Number = int | Decimal

NONE_MARKS = ("/", "-", "—", "无", "不适用", "--", "／")
#: How the zeros of a report are written, and whether that leaves blank cells.
BLANK_STYLES = ("some", "all", "rows", "total_only", "natural_and_total", "applicants_only")


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a cell: its text, and the value a careful reader gets (None: the cell is blank)."""

    text: str
    value: Number | None


@dataclass(frozen=True, slots=True)
class Style:
    """How figures are written.

    ``blanks`` is empty (every cell filled) or one of BLANK_STYLES. ``marks`` is the share of remaining
    zeros written as a none-mark, ``remarks`` the share of figures above zero with a unit, a remark in
    brackets, full-width digits or a thousands separator. ``busy`` is the share of outcome cells above zero.
    """

    blanks: str = ""
    marks: float = 0.0
    remarks: float = 0.0
    busy: float = 0.15
    largest: int = 60


def random_style(rng: Random, *, blanks: bool, remarks: bool = False) -> Style:
    """A style as reports show them: mostly zeros, few applicants but natural persons."""
    return Style(
        rng.choice(BLANK_STYLES) if blanks else "",
        rng.choice((0.0, 0.0, 0.0, 0.1, 0.5)),
        rng.choice((0.05, 0.2)) if remarks else 0.0,
        rng.choice((0.0, 0.03, 0.15, 0.15, 0.5)),
        rng.choice((4, 60, 60, 900, 20000)),
    )


def random_cells(rng: Random, edition: str, single_other: bool, style: Style) -> dict[str, Written]:
    """Every path of the form with what is written there."""
    values = {
        **_proactive(rng, edition, style),
        **_applications(rng, single_other, style),
        **_disputes(rng, style),
    }
    blank = _blank_paths(rng, values, style)
    marks = rng.sample(NONE_MARKS, rng.choice((1, 1, 2, 3)))
    return {
        path: Written("", None) if path in blank else _write(rng, path, values[path], style, marks)
        for path in form.all_paths(edition, single_other)
    }


def _count(rng: Random, share: float, largest: int) -> int:
    return rng.randint(1, rng.choice((2, max(2, largest // 8), largest))) if rng.random() < share else 0


def _proactive(rng: Random, edition: str, style: Style) -> dict[str, Number]:
    values: dict[str, Number] = {}
    for path in form.proactive_paths(edition):
        column = path.rpartition(".")[2]
        count = _count(rng, 0.5, style.largest * 5)
        if column in form.AMOUNT_KEYS:
            values[path] = Decimal(rng.randrange(10**7)).scaleb(-rng.choice((0, 2, 4, 6))) if count else 0
        elif column in form.SIGNED_KEYS:
            values[path] = count * rng.choice((1, 1, -1))
        else:
            values[path] = count
    for row in ("regulations", "normative_documents"):
        if edition == "2021":
            rest = _count(rng, 0.5, style.largest)
            values[f"proactive.{row}.in_force"] = values[f"proactive.{row}.issued"] + rest
    return values


def _applications(rng: Random, single_other: bool, style: Style) -> dict[str, Number]:
    columns: dict[str, dict[str, int]] = {}
    outcomes = form.outcome_keys(single_other)
    for column in form.APPLICANTS:
        weight = 1.0 if column.key == "natural_person" else rng.choice((0.0, 0.2, 0.6))
        counts = {key: _count(rng, style.busy * weight, style.largest) for key in outcomes}
        counts["total"] = sum(counts.values())
        counts["carried_out"] = _count(rng, style.busy * weight, 5)
        handled = counts["total"] + counts["carried_out"]
        counts["carried_in"] = min(handled, _count(rng, style.busy * weight, 5))
        counts["new"] = handled - counts["carried_in"]
        columns[column.key] = counts
    values: dict[str, Number] = {}
    for row in form.application_rows(single_other):
        for key, counts in columns.items():
            values[f"applications.{row.key}.{key}"] = counts[row.key]
        values[f"applications.{row.key}.total"] = sum(counts[row.key] for counts in columns.values())
    return values


def _disputes(rng: Random, style: Style) -> dict[str, Number]:
    values: dict[str, Number] = {}
    for block in form.DISPUTE_BLOCKS:
        counts = {outcome.key: _count(rng, style.busy * 2, 6) for outcome in form.DISPUTE_OUTCOMES}
        counts["total"] = sum(counts.values())
        values.update({f"disputes.{block.key}.{key}": count for key, count in counts.items()})
    return values


def _blank_paths(rng: Random, values: dict[str, Number], style: Style) -> set[str]:
    if not style.blanks:
        return set()
    listed = [path for path, value in values.items() if value == 0]
    zeros = set(listed)
    if style.blanks == "all":
        return zeros
    if style.blanks == "some":
        share = rng.choice((0.05, 0.3, 0.8))
        return {path for path in listed if rng.random() < share}
    rows: dict[str, list[str]] = {}
    for path in values:
        rows.setdefault(path.rpartition(".")[0], []).append(path)
    blank: set[str] = set()
    for row, paths in rows.items():
        if row.startswith("applications.") and style.blanks == "applicants_only":
            blank |= {f"{row}.total"} if rng.random() < 0.9 and set(paths) & zeros else set()
        elif zeros.issuperset(paths):
            blank |= _blank_row(row, paths, style)
    return blank


def _blank_row(row: str, paths: list[str], style: Style) -> set[str]:
    """The blank cells of a row that is all zeros."""
    kept = {"total_only": {"total"}, "natural_and_total": {"natural_person", "total"}}.get(
        style.blanks, set()
    )
    if not row.startswith("applications."):
        kept = set()
    return {path for path in paths if path.rpartition(".")[2] not in kept}


def _write(rng: Random, path: str, value: Number, style: Style, marks: list[str]) -> Written:
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    if value == 0:
        return Written(rng.choice(marks) if rng.random() < style.marks else text, 0)
    if path.rpartition(".")[2] in form.SIGNED_KEYS:
        size = abs(int(value))
        signs = ("增", "+", "", "增加") if value > 0 else ("减", "-", "-", "减少")
        return Written(f"{rng.choice(signs)}{size}", value)
    if isinstance(value, int) and rng.random() < style.remarks:
        return Written(_remarked(rng, value), value)
    return Written(text, value)


def _remarked(rng: Random, value: int) -> str:
    wide = str(value).translate({ord("0") + d: ord("０") + d for d in range(10)})
    return rng.choice((f"{value}件", f"{value:,}", wide, f"{value}（含补正后答复1件）", f"{value} 件"))
