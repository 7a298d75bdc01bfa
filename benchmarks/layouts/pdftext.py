"""LAYOUTS §1.5: text that came out of a PDF."""

from dataclasses import dataclass
from random import Random

from benchmarks.drafts import Draft
from benchmarks.forms import Box, Grid
from benchmarks.layouts.base import Rendered, assemble, figures, flat, layout, loosen_all
from benchmarks.truth import Kind, TruthTable


@dataclass(frozen=True, slots=True)
class _Manner:
    """``where`` the figures of a wrapped label stand; what happens to group labels, pages, headers."""

    where: str = "after"
    groups: str = "prefix"
    pages: bool = False
    vertical: bool = False
    glued: bool = False
    wrap: int = 12


def _pieces(text: str, width: int) -> list[str]:
    text = flat(text)
    return [text[start : start + width] for start in range(0, len(text), width)] or [""]


def _row_lines(label: str, values: str, manner: _Manner) -> list[str]:
    """A row's lines: its label in pieces, its figures before, between or after them."""
    pieces = _pieces(label, manner.wrap)
    if len(pieces) == 1:
        return [f"{pieces[0]} {values}".rstrip()]
    if manner.where == "before":
        return [values, *pieces] if values else pieces
    if manner.where == "between":
        return [pieces[0], values, *pieces[1:]] if values else pieces
    if manner.where == "first":
        return [f"{pieces[0]} {values}".rstrip(), *pieces[1:]]
    return [*pieces[:-1], f"{pieces[-1]} {values}".rstrip()]


def _values(boxes: list[Box]) -> str:
    return " ".join(box.text.replace(" ", "") for box in boxes if box.text)


def _application_lines(rng: Random, grid: Grid, manner: _Manner) -> list[str]:
    lines = _header_lines(grid, manner)
    waiting: list[str] = []
    vertical: list[str] = []
    for row in grid.rows()[grid.header :]:
        labels = [box for box in row if not box.path]
        row_lines = _row_lines(labels[-1].text, _values(figures(row)), manner)
        for group in labels[:-1]:
            upright = manner.vertical and group.text.startswith("三、")
            (vertical if upright else waiting).extend(_group_pieces(group.text, manner))
        if waiting and manner.groups == "prefix":
            row_lines[0] = " ".join([*waiting, row_lines[0]])
            waiting = []
        elif waiting and rng.random() < 0.7:
            lines.append(waiting.pop(0))
        if vertical and rng.random() < 0.6:
            lines.append(vertical.pop(0))
        lines += row_lines
    return lines + waiting


def _group_pieces(text: str, manner: _Manner) -> list[str]:
    if text.startswith("三、"):
        return list(text) if manner.vertical else [text]
    return _pieces(text, 4) if manner.groups == "cut" else [text]


def _header_lines(grid: Grid, manner: _Manner) -> list[str]:
    words = [flat(box.text) for row in grid.rows()[: grid.header] for box in row]
    note, rest = words[0], words[1:]
    if manner.glued:
        return [*_pieces(note, 20), "".join(rest)]
    return [*_pieces(note, 20), rest[0], " ".join(rest[1:])]


def _dispute_lines(grid: Grid, manner: _Manner) -> list[str]:
    rows = grid.rows()
    lines = [" ".join(flat(box.text) for box in rows[0])]
    words = [flat(box.text) for row in rows[1:3] for box in row]
    lines.append("".join(words) if manner.glued else " ".join(words))
    return [*lines, _values(figures(rows[3]))]


def _proactive_lines(grid: Grid) -> list[str]:
    return [" ".join(flat(box.text) for box in row if box.text) for row in grid.rows()]


def _paged(rng: Random, lines: list[str]) -> list[str]:
    form = rng.choice(("- {} -", "— {} —", "{}", "第{}页"))
    result: list[str] = []
    page, left = 2, rng.randint(5, 14)
    for line in lines:
        result.append(line)
        left -= 1
        if left == 0:
            result.append(form.format(page) if form != "{}" else f"—{page}—")
            page, left = page + 1, rng.randint(10, 18)
    return result


def _render(draft: Draft, manner: _Manner) -> Rendered:
    rng = draft.rng()

    def table(grid: Grid) -> str:
        if grid.name == "proactive":
            return "\n".join(_proactive_lines(grid))
        if grid.name == "disputes":
            return "\n".join(_dispute_lines(grid, manner))
        lines = _application_lines(rng, grid, manner)
        return "\n".join(_paged(rng, lines) if manner.pages else lines)

    return Rendered(assemble(draft, table, paragraph_break="\n").encode(), _truth(draft))


def _truth(draft: Draft) -> TruthTable:
    truth = draft.truth()
    loosen_all(truth, draft, Kind.LOST, spanning=Kind.LOST)
    return truth


@layout("pdftext-after", "text", strict=False)
def after(draft: Draft) -> Rendered:
    """Figures behind the last piece of the label."""
    return _render(draft, _Manner("after"))


@layout("pdftext-first", "text", strict=False)
def first(draft: Draft) -> Rendered:
    """Figures behind the first piece of the label, group labels on their own."""
    return _render(draft, _Manner("first", groups="own"))


@layout("pdftext-between", "text", strict=False)
def between(draft: Draft) -> Rendered:
    """Figures on a line between the pieces, page numbers inside."""
    return _render(draft, _Manner("between", pages=True))


@layout("pdftext-before", "text", strict=False)
def before(draft: Draft) -> Rendered:
    """Figures on a line before the label's pieces."""
    return _render(draft, _Manner("before", groups="own"))


@layout("pdftext-cut-groups", "text", strict=False)
def cut_groups(draft: Draft) -> Rendered:
    """Group labels cut in two, on lines of their own among the rows; page numbers."""
    return _render(draft, _Manner("after", groups="cut", pages=True, wrap=14))


@layout("pdftext-vertical", "text", strict=False)
def vertical(draft: Draft) -> Rendered:
    """三、本年度办理结果 as single characters among the rows; header words glued together."""
    return _render(draft, _Manner("first", groups="own", pages=True, vertical=True, glued=True, wrap=14))
