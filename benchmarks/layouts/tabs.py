"""LAYOUTS §1.1: tab-separated rows."""

from random import Random

from benchmarks.drafts import Draft
from benchmarks.forms import Box, Grid
from benchmarks.layouts.base import Rendered, assemble, figures, layout, loosen, loosen_all, texts
from benchmarks.truth import Kind, TruthTable


def tab_table(grid: Grid) -> str:
    """A merged cell leaves an empty cell."""
    return "\n".join("\t".join(texts(row)) for row in grid.spread())


@layout("tabs-clean", "text")
def clean(draft: Draft) -> Rendered:
    """Every cell in its column."""
    return Rendered(assemble(draft, tab_table).encode(), draft.truth())


@layout("tabs-gb18030", "text")
def chinese_encoding(draft: Draft) -> Rendered:
    """The same in GB18030."""
    return Rendered(assemble(draft, tab_table).encode("gb18030"), draft.truth())


@layout("tabs-windows", "text")
def windows(draft: Draft) -> Rendered:
    """UTF-8 with a byte order mark, lines ended by CR LF."""
    text = assemble(draft, tab_table).replace("\n", "\r\n")
    return Rendered(text.encode("utf-8-sig"), draft.truth())


@layout("tabs-utf16", "text")
def utf16(draft: Draft) -> Rendered:
    """UTF-16 with a byte order mark, as Windows' editor saves "Unicode"."""
    return Rendered(assemble(draft, tab_table).encode("utf-16"), draft.truth())


@layout("tabs-repeated-merge", "text", strict=False)
def repeated(draft: Draft) -> Rendered:
    """The text of a merged cell repeated in each cell it covers."""

    def table(grid: Grid) -> str:
        places = [[""] * grid.n_cols for _ in range(grid.n_rows)]
        for box in grid.boxes:
            for row in range(box.row, box.row + box.rowspan):
                for col in range(box.col, box.col + box.colspan):
                    places[row][col] = box.text.replace("\n", " ")
        return "\n".join("\t".join(row) for row in places)

    return Rendered(assemble(draft, table).encode(), draft.truth())


@layout("tabs-drifted", "text")
def drifted(draft: Draft) -> Rendered:
    """Some rows moved left by one or two cells, blanks trailing: the label stands in the wrong column."""
    rng = draft.rng()
    truth = draft.truth()
    loosen_all(truth, draft, Kind.HARD)  # one row moved casts doubt on each row with blank cells

    def table(grid: Grid) -> str:
        if grid.name != "applications":
            return tab_table(grid)
        return "\n".join(_drifting(rng, grid, row, truth) for row in grid.spread())

    return Rendered(assemble(draft, table).encode(), truth)


def _drifting(rng: Random, grid: Grid, row: list[Box | None], truth: TruthTable) -> str:
    cells = texts(row)
    boxes = figures(row)
    empty = [index for index in range(grid.label_width) if not cells[index]]
    if not boxes or not empty or rng.random() < 0.6:
        if boxes:
            loosen(truth, boxes, Kind.HARD)
        return "\t".join(cells)
    lost = rng.sample(empty, rng.randint(1, len(empty)))
    loosen(truth, boxes, Kind.LOST)
    kept = [cell for index, cell in enumerate(cells) if index not in lost]
    return "\t".join(kept + [""] * (len(cells) - len(kept)))


@layout("tabs-label-drifted", "text")
def label_drifted(draft: Draft) -> Rendered:
    """The label alone moved left, the blanks behind it: the figures stand in their columns."""
    rng = draft.rng()

    def table(grid: Grid) -> str:
        lines = []
        for row in grid.spread():
            cells = texts(row)
            if grid.name == "applications" and figures(row) and rng.random() < 0.4:
                labels = [cell for cell in cells[:3] if cell]
                cells[:3] = labels + [""] * (3 - len(labels))
            lines.append("\t".join(cells))
        return "\n".join(lines)

    truth = draft.truth()
    loosen_all(truth, draft, Kind.HARD)
    return Rendered(assemble(draft, table).encode(), truth)


@layout("tabs-merge-lost", "text")
def merge_lost(draft: Draft) -> Rendered:
    """Continued cells left out: each row has only its own cells."""
    truth = draft.truth()
    loosen_all(truth, draft, Kind.HARD)

    def table(grid: Grid) -> str:
        return "\n".join("\t".join(texts(row)) for row in grid.rows())

    return Rendered(assemble(draft, table).encode(), truth)


@layout("tabs-trailing-cut", "text", strict=False)
def trailing_cut(draft: Draft) -> Rendered:
    """An editor cut the white space at the ends of lines."""
    truth = draft.truth()
    loosen_all(truth, draft, Kind.HARD)
    text = assemble(draft, tab_table)
    return Rendered("\n".join(line.rstrip() for line in text.split("\n")).encode(), truth)


@layout("tabs-all-cut", "text", strict=False)
def all_cut(draft: Draft) -> Rendered:
    """White space cut at both ends of lines and runs of tabs made one: blank cells are gone."""
    truth = draft.truth()
    loosen_all(truth, draft, Kind.LOST, spanning=Kind.LOST)

    def table(grid: Grid) -> str:
        return "\n".join("\t".join(cell for cell in texts(row) if cell) for row in grid.spread())

    return Rendered(assemble(draft, table).encode(), truth)
