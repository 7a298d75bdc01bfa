"""LAYOUTS §1.2 and §1.3: pipe rows."""

from benchmarks.drafts import Draft
from benchmarks.forms import Box, Grid
from benchmarks.layouts.base import Rendered, assemble, figures, flat, layout, loosen, loosen_all, texts
from benchmarks.truth import Kind


def _row(row: list[Box | None], merged: str) -> list[str]:
    """A row's cells; continued cells ``kept``, ``dropped`` or collected at the ``end``."""
    own = [flat(box.text) for box in row if box]
    if merged == "kept":
        return texts(row)
    return own if merged == "dropped" else own + [""] * (len(row) - len(own))


def _line(cells: list[str], *, lead: bool) -> str:
    body = " | ".join(cells)
    return f"| {body} |" if lead else f"{body} |"


def _pipes(draft: Draft, merged: str, *, lead: bool) -> str:
    def table(grid: Grid) -> str:
        return "\n".join(_line(_row(row, merged), lead=lead) for row in grid.spread())

    return assemble(draft, table, paragraph_break="\n")


@layout("pipes-kept", "text")
def kept(draft: Draft) -> Rendered:
    """Leading bar, a continued cell is ``| |``."""
    return Rendered(_pipes(draft, "kept", lead=True).encode(), draft.truth())


@layout("pipes-kept-no-lead", "text")
def kept_no_lead(draft: Draft) -> Rendered:
    """The same without the leading bar."""
    return Rendered(_pipes(draft, "kept", lead=False).encode(), draft.truth())


@layout("pipes-dropped", "text")
def dropped(draft: Draft) -> Rendered:
    """Continued cells left out."""
    truth = draft.truth()
    loosen_all(truth, draft, Kind.HARD)
    return Rendered(_pipes(draft, "dropped", lead=draft.seed % 3 > 0).encode(), truth)


@layout("pipes-merge-at-end", "text")
def merge_at_end(draft: Draft) -> Rendered:
    """Continued cells collected at the end of the row; blank figure cells in their place."""
    truth = draft.truth()
    loosen_all(truth, draft, Kind.HARD)
    return Rendered(_pipes(draft, "end", lead=draft.seed % 3 > 0).encode(), truth)


@layout("pipes-blanks-at-end", "text")
def blanks_at_end(draft: Draft) -> Rendered:
    """Every blank cell moved to the end of its row: order kept, columns lost."""
    truth = draft.truth()
    lead = draft.seed % 3 == 0

    def table(grid: Grid) -> str:
        lines = []
        for row in grid.spread():
            cells = [cell for cell in texts(row) if cell]
            cells += [""] * (grid.n_cols - len(cells))
            head = "| " if lead else ""
            filled = " | ".join(cell for cell in cells if cell)
            lines.append(f"{head}{filled} |" + "|" * (grid.n_cols - len([c for c in cells if c])))
            if len(figures(row)) > 1:
                loosen(truth, figures(row), Kind.LOST, spanning=Kind.LOST)
        return "\n".join(lines)

    return Rendered(assemble(draft, table, paragraph_break="\n").encode(), truth)


@layout("pipes-markdown", "text")
def markdown(draft: Draft) -> Rendered:
    """A Markdown table: the first row is a header, a rule below it."""

    def table(grid: Grid) -> str:
        lines = [_line(texts(row), lead=True) for row in grid.spread()]
        return "\n".join([lines[0], "|" + " --- |" * grid.n_cols, *lines[1:]])

    marked = "\n\n"
    text = assemble(draft, table, paragraph_break=marked)
    for part in draft.parts:
        if part.kind == "heading":
            text = text.replace(f"\n{part.text}\n", f"\n## {part.text}\n", 1)
    return Rendered(text.encode(), draft.truth())


@layout("pipes-tight", "text")
def tight(draft: Draft) -> Rendered:
    """No spaces around the bars."""

    def table(grid: Grid) -> str:
        return "\n".join("|" + "|".join(texts(row)) + "|" for row in grid.spread())

    return Rendered(assemble(draft, table).encode(), draft.truth())
