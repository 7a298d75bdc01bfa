"""The registry of layouts and what they share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchmarks.drafts import Draft
from benchmarks.forms import Box, Grid
from benchmarks.truth import Kind, TruthTable, downgrade


@dataclass(frozen=True)
class Rendered:
    """A report as published: the file and what a careful reader gets from it.

    ``unreadable``: not one figure can be placed; every figure must be null.
    """

    data: bytes
    truth: TruthTable
    unreadable: bool = False


Render = Callable[[Draft], Rendered]


@dataclass(frozen=True, slots=True)
class Layout:
    """One way of laying a report out.

    ``strict``: every KNOWN cell must be read, in each report. Otherwise only wrong figures are forbidden
    and the share of cells read has a floor.
    """

    name: str
    format: str
    render: Render
    strict: bool


LAYOUTS: dict[str, Layout] = {}


def layout(name: str, kind: str, *, strict: bool = True) -> Callable[[Render], Render]:
    """Register a function that renders a draft."""

    def register(render: Render) -> Render:
        if name in LAYOUTS:
            raise ValueError(name)
        LAYOUTS[name] = Layout(name, kind, render, strict)
        return render

    return register


def flat(text: str) -> str:
    """A cell's text on one line."""
    return text.replace("\n", " ")


def texts(boxes: Iterable[Box | None]) -> list[str]:
    """Texts of a spread row; a continued cell is empty."""
    return [flat(box.text) if box else "" for box in boxes]


def figures(boxes: Iterable[Box | None]) -> list[Box]:
    """The boxes of a row that hold figures."""
    return [box for box in boxes if box and box.path]


def loosen(truth: TruthTable, boxes: list[Box], outside: Kind, *, spanning: Kind = Kind.HARD) -> None:
    """A row in which blank cells may have moved.

    A full row and an empty one are certain. Where the first and the last figure are there, the row spans
    its whole width: ``spanning``. Else ``outside``.
    """
    filled = [bool(box.text) for box in boxes]
    if all(filled) or not any(filled):
        return
    kind = spanning if filled[0] and filled[-1] else outside
    downgrade(truth, [box.path for box in boxes], kind)


def loosen_all(truth: TruthTable, draft: Draft, outside: Kind, *, spanning: Kind = Kind.HARD) -> None:
    """:func:`loosen` for every row of every table that has more than one figure."""
    for grid in draft.grids.values():
        for row in grid.rows():
            boxes = figures(row)
            if len(boxes) > 1:
                loosen(truth, boxes, outside, spanning=spanning)


def lose_all(truth: TruthTable) -> None:
    """No figure can be placed."""
    downgrade(truth, list(truth), Kind.LOST)


def assemble(
    draft: Draft,
    render_table: Callable[[Grid], str],
    *,
    paragraph_break: str = "\n\n",
    kinds: tuple[str, ...] = ("title", "text", "heading", "table", "sign"),
) -> str:
    """The whole report as text, each part followed by ``paragraph_break``."""
    pieces = [
        render_table(draft.grids[part.text]) if part.kind == "table" else part.text
        for part in draft.parts
        if part.kind in kinds
    ]
    return paragraph_break.join(pieces) + "\n"
