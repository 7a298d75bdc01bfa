"""Boxes back to how a viewer shows the page, where its text is read turned."""

from collections.abc import Mapping, Sequence

from gongkai.kernel import Place
from gongkai.report.grid import Block, Paragraph, Table
from gongkai.report.read.pdf.page import PageContent

_Box = tuple[float, float, float, float]


def in_view(
    blocks: Sequence[Block], turned: Mapping[int, int], pages: Sequence[PageContent]
) -> tuple[Block, ...]:
    """``blocks`` with the boxes of ``turned`` pages (number -> clockwise degrees read beyond the view)."""
    if not turned:
        return tuple(blocks)
    sizes = {page.number: (page.width, page.height) for page in pages}

    def place(old: Place) -> Place:
        turn = turned.get(old.page or 0, 0)
        if not turn or old.box is None:
            return old
        return old._replace(box=_turned_back(old.box, turn, *sizes[old.page or 0]))

    return tuple(
        Paragraph(block.text, place(block.place), block.heading)
        if isinstance(block, Paragraph)
        else Table(
            tuple(cell._replace(place=place(cell.place)) for cell in block.cells),
            block.n_rows,
            block.n_cols,
            block.aligned,
            place(block.place),
        )
        for block in blocks
    )


def _turned_back(box: _Box, turn: int, width: float, height: float) -> _Box:
    """A box on a page of ``width`` by ``height`` as read, before it was turned clockwise by ``turn``."""
    x0, y0, x1, y1 = box
    if turn == 90:
        return (y0, width - x1, y1, width - x0)
    if turn == 180:
        return (width - x1, height - y1, width - x0, height - y0)
    return (height - y1, x0, height - y0, x1)
