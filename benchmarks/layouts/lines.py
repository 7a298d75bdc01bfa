"""LAYOUTS §1.4: one cell per line."""

from benchmarks.drafts import Draft
from benchmarks.forms import Grid
from benchmarks.layouts.base import Rendered, assemble, flat, layout, loosen_all
from benchmarks.truth import Kind


def stacked(grid: Grid) -> list[list[str]]:
    """Rows as a word processor has them: spanning columns once, continued from above blank."""
    covered: dict[tuple[int, int], bool] = {}
    for box in grid.boxes:
        for row in range(box.row + 1, box.row + box.rowspan):
            covered[row, box.col] = True
    rows = []
    for index, row in enumerate(grid.rows()):
        cells = [(box.col, flat(box.text) if box.path else box.text) for box in row]
        cells += [(col, "") for line, col in covered if line == index]
        rows.append([text for _, text in sorted(cells, key=lambda item: item[0])])
    return rows


def _report(draft: Draft, mark: str, row_end: str, cell_end: str = "\n") -> str:
    def table(grid: Grid) -> str:
        rows = stacked(grid)
        return row_end.join("".join(mark.format(cell) + cell_end for cell in row) for row in rows)

    return assemble(draft, table, paragraph_break="\n")


@layout("lines-tab", "text")
def tab(draft: Draft) -> Rendered:
    """A tab before each cell, a blank line between rows."""
    return Rendered(_report(draft, "\t{}", "\n").encode(), draft.truth())


@layout("lines-tab-unbroken", "text")
def tab_unbroken(draft: Draft) -> Rendered:
    """A tab before each cell and nothing between rows."""
    truth = draft.truth()
    loosen_all(truth, draft, Kind.HARD)
    return Rendered(_report(draft, "\t{}", "").encode(), truth)


@layout("lines-bar-before", "text")
def bar_before(draft: Draft) -> Rendered:
    """A bar before each cell; a blank cell is a lone bar; a blank line between rows."""
    truth = draft.truth()
    loosen_all(truth, draft, Kind.HARD)
    return Rendered(_report(draft, "| {}", "\n").encode(), truth)


@layout("lines-bar-after", "text")
def bar_after(draft: Draft) -> Rendered:
    """A bar behind each cell, nothing between rows."""
    truth = draft.truth()
    loosen_all(truth, draft, Kind.HARD)
    return Rendered(_report(draft, "{} |", "").encode(), truth)


@layout("lines-bar-after-spaced", "text")
def bar_after_spaced(draft: Draft) -> Rendered:
    """A bar behind each cell, a blank line between cells."""
    truth = draft.truth()
    loosen_all(truth, draft, Kind.HARD)
    return Rendered(_report(draft, "{} |", "", "\n\n").encode(), truth)


@layout("lines-plain", "text", strict=False)
def plain(draft: Draft) -> Rendered:
    """Nothing but the cells' text; a blank cell is an empty line."""
    truth = draft.truth()
    loosen_all(truth, draft, Kind.HARD)
    return Rendered(_report(draft, "{}", "").encode(), truth)


@layout("lines-plain-rows-apart", "text", strict=False)
def plain_rows_apart(draft: Draft) -> Rendered:
    """The same with an empty line between rows."""
    truth = draft.truth()
    loosen_all(truth, draft, Kind.LOST, spanning=Kind.HARD)
    return Rendered(_report(draft, "{}", "\n").encode(), truth)


@layout("lines-plain-cells-apart", "text", strict=False)
def plain_cells_apart(draft: Draft) -> Rendered:
    """The same with an empty line between cells."""
    truth = draft.truth()
    loosen_all(truth, draft, Kind.LOST, spanning=Kind.HARD)
    return Rendered(_report(draft, "{}", "", "\n\n").encode(), truth)


@layout("lines-blanks-gone", "text", strict=False)
def blanks_gone(draft: Draft) -> Rendered:
    """Only cells with text, one per line."""
    truth = draft.truth()
    loosen_all(truth, draft, Kind.LOST, spanning=Kind.LOST)

    def table(grid: Grid) -> str:
        return "\n".join(flat(cell) for row in stacked(grid) for cell in row if cell)

    return Rendered(assemble(draft, table, paragraph_break="\n").encode(), truth)
