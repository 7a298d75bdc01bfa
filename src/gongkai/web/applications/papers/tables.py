"""Bordered tables as offices print their forms: named cells, room to write, long texts that run on."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from gongkai.documents import Grid, GridCell

#: Points: the letters of a form (五号), and a row with room for handwriting.
SIZE: Final = 10.5
ROW: Final = 16.0


class Said(NamedTuple):
    """A cell of words; ``name`` cells are centred, others begin at the left. ``flow`` may pass the page."""

    text: str
    cols: int = 1
    rows: int = 1
    name: bool = False
    flow: bool = False


def named(text: str, cols: int = 1, rows: int = 1) -> Said:
    """The name of what stands beside it."""
    return Said(text, cols, rows, name=True)


class Row(NamedTuple):
    """Cells from left to right, without those that an earlier row spans; at least ``height`` points high."""

    cells: Sequence[Said]
    height: float = ROW


def table(
    rows: Iterable[Row],
    widths: tuple[float, ...],
    description: str,
    *,
    header_rows: int = 0,
    closing_rows: int = 0,
) -> Grid:
    """The rows as a grid; each cell takes the next free place of its row.

    ``header_rows``: how many rows at its beginning stand on each page. ``closing_rows``: how many rows at its
    end stay on one page, so that no signature stands there alone.
    """
    laid: list[GridCell] = []
    taken: set[tuple[int, int]] = set()
    heights: list[float] = []
    for number, row in enumerate(rows):
        heights.append(row.height)
        for said in row.cells:
            col = next(place for place in range(len(widths)) if (number, place) not in taken)
            laid.append(
                GridCell(
                    said.text,
                    number,
                    col,
                    said.rows,
                    said.cols,
                    header=said.name,
                    left=not said.name,
                    flow=said.flow,
                )
            )
            taken |= {(number + down, col + right) for down in range(said.rows) for right in range(said.cols)}
    return Grid(
        tuple(laid),
        len(heights),
        widths,
        header_rows,
        description,
        size=SIZE,
        heights=tuple(heights),
        closing_rows=closing_rows,
    )


def ticked(choices: Iterable[tuple[str, str]], chosen: str, *, in_line: int = 5) -> str:
    """The choices of a form, so many in a line, the chosen one ticked."""
    boxes = [f"{'■' if value == chosen else '□'}{label}" for value, label in choices]
    lines = (boxes[first : first + in_line] for first in range(0, len(boxes), in_line))
    return "\n".join("　".join(line) for line in lines)
