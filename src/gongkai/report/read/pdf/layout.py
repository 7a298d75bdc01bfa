"""Pages of characters and ruling lines to blocks: paragraphs and tables in reading order.

The entry for every reader of positioned text (PDF, OFD, OCR). Fill one :class:`PageContent` per page, points
from the upper left corner and y downwards, and call :func:`build_blocks`::

    page = PageContent(1, 595.0, 842.0, chars=[Char("公", 90, 100, 106, 116), ...], rules=[Box(...), ...])
    blocks = build_blocks([page])

:func:`read_layout` gives the same with the word for ``Document.layout`` and the remarks for its ``notes``.
"""

import re
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from gongkai.kernel import Place
from gongkai.report.grid import Block, Cell, Paragraph, Table
from gongkai.report.read.pdf.cells import Fragment, absorb, fill
from gongkai.report.read.pdf.lattice import find_lattices
from gongkai.report.read.pdf.lines import lines_of
from gongkai.report.read.pdf.page import Box, Char, PageContent
from gongkai.report.read.pdf.paragraphs import (
    Habits,
    TextBlock,
    TextLine,
    drop_page_marks,
    habits_of,
    paragraphs,
    set_margins,
)
from gongkai.report.read.pdf.runs import Run, runs_of
from gongkai.report.read.pdf.stitch import continues, stitch
from gongkai.report.read.pdf.unruled import find_unruled

__all__ = ["Box", "Char", "Layout", "PageContent", "build_blocks", "read_layout"]


class Layout(NamedTuple):
    """What :func:`read_layout` found: blocks, ``ruled`` or ``unruled`` or ``text``, remarks in Chinese."""

    blocks: tuple[Block, ...]
    layout: str
    notes: tuple[str, ...] = ()


_TWO_FIGURES = re.compile(r"\d[ \n]+\d")
#: What stands on the pages in order: a line of text or a part of a table.
_Item = TextLine | Fragment


def build_blocks(pages: Sequence[PageContent]) -> tuple[Block, ...]:
    """Paragraphs and tables of ``pages`` (in order) in reading order, each with page and box."""
    return read_layout(pages).blocks


def read_layout(pages: Sequence[PageContent]) -> Layout:
    """Blocks of ``pages``, how their tables are laid out, and what could not be placed."""
    fragments: dict[int, list[Fragment]] = {}
    texts: list[tuple[int, float, list[TextLine]]] = []
    for page in pages:
        filled, free = _tables(page)
        fragments[page.number] = filled
        around = [line for line in lines_of(free) if line.text]
        for fragment in fragments[page.number]:
            around = absorb(fragment, around)
        texts.append((page.number, page.height, [TextLine(line, page.number, line.text) for line in around]))
    drop_page_marks(texts)
    items = _in_order(texts, fragments)
    lines = [item for item in items if isinstance(item, TextLine)]
    set_margins(lines, {page.number: page.width for page in pages})
    habits = habits_of(lines)
    layout = "ruled" if any(map(_is_statutory, items)) else "text"
    if layout == "text":
        items, unruled = _with_unruled(items)
        layout = "unruled" if unruled else layout
    return Layout(_blocks(items, habits), layout)


def _tables(page: PageContent) -> tuple[list[Fragment], list[Run]]:
    """The page's tables by its rules, or, where it has none, by its shaded cells; and the free text."""
    runs = runs_of(page.chars)
    filled, free = fill(page.number, find_lattices(page.rules), runs)
    filled = [fragment for fragment in filled if any(c.text for c in fragment.cells)]
    if not filled and len(page.shades) > 8:
        lattices = [la for la in find_lattices(_edges(page.shades)) if len(la.xs) > 3 and len(la.ys) > 3]
        shaded, rest = fill(page.number, lattices, runs)
        if shaded and not any(_TWO_FIGURES.search(cell.text) for part in shaded for cell in part.cells):
            return shaded, rest
    return filled, free


def _edges(shades: Sequence[Box]) -> list[Box]:
    """The outlines of shaded areas."""
    return [
        edge
        for box in shades
        for edge in (
            box._replace(y1=box.y0),
            box._replace(y0=box.y1),
            box._replace(x1=box.x0),
            box._replace(x0=box.x1),
        )
    ]


def _is_statutory(item: _Item) -> bool:
    """True for a part of a table large enough to be one of the form's."""
    return isinstance(item, Fragment) and item.n_cols > 5


def _with_unruled(items: list[_Item]) -> tuple[list[_Item], bool]:
    """The same with tables found that have no rules."""
    lines = [item for item in items if isinstance(item, TextLine)]
    found = find_unruled(lines)
    gone = {id(line) for table in found for line in lines[table.start : table.stop]}
    first = {id(lines[table.start]): table.fragment for table in found}
    merged: list[_Item] = []
    for item in items:
        if id(item) in first:
            merged.append(first[id(item)])
        if id(item) not in gone:
            merged.append(item)
    return merged, bool(found)


def _in_order(
    texts: Sequence[tuple[int, float, list[TextLine]]], fragments: dict[int, list[Fragment]]
) -> list[_Item]:
    items: list[_Item] = []
    for number, _, lines in texts:
        own: list[tuple[float, _Item]] = [(item.line.y0, item) for item in lines]
        own += [(fragment.box.y0, fragment) for fragment in fragments[number]]
        items += [item for _, item in sorted(own, key=lambda pair: pair[0])]
    return items


def _blocks(items: Sequence[_Item], habits: Habits) -> tuple[Block, ...]:
    blocks: list[Block] = []
    n_tables = n_paragraphs = 0
    for group in _groups(items):
        if isinstance(group[0], Fragment):
            n_tables += 1
            table = stitch([item for item in group if isinstance(item, Fragment)])
            blocks.append(_table(table, n_tables))
            continue
        for text in paragraphs([item for item in group if isinstance(item, TextLine)], habits):
            n_paragraphs += 1
            blocks.append(_paragraph(text, n_paragraphs))
    return tuple(blocks)


def _groups(items: Sequence[_Item]) -> list[list[_Item]]:
    """Runs of text lines, and runs of fragments that are one table."""
    groups: list[list[_Item]] = []
    for item in items:
        if groups and _same_group(groups[-1], item):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def _same_group(group: list[_Item], item: _Item) -> bool:
    if isinstance(item, Fragment):
        parts = [part for part in group if isinstance(part, Fragment)]
        return bool(parts) and item.page == parts[-1].page + 1 and any(continues(p, item) for p in parts)
    return isinstance(group[-1], TextLine)


class _Tenths(dict[float, float]):
    """Positions as :meth:`Box.rounded` rounds them, each once: the cells of a table share their edges."""

    def __missing__(self, position: float) -> float:
        self[position] = rounded = round(position, 1)
        return rounded


def _table(fragment: Fragment, number: int) -> Table:
    cells = []
    tenth = _Tenths()
    for text, row, col, rowspan, colspan, page, (x0, y0, x1, y1) in sorted(
        fragment.cells, key=itemgetter(1, 2)
    ):
        box = tenth[x0], tenth[y0], tenth[x1], tenth[y1]
        place = Place(page, number, row + 1, col + 1, box=box)
        cells.append(Cell(text, row, col, rowspan, colspan, place))
    place = Place(page=fragment.page, table=number, box=fragment.box.rounded())
    return Table(tuple(cells), fragment.n_rows, fragment.n_cols, place=place)


def _paragraph(block: TextBlock, number: int) -> Paragraph:
    return Paragraph(block.text, Place(page=block.page, paragraph=number, box=block.box.rounded()))
