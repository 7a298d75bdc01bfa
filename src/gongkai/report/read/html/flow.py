"""A parsed page to blocks in document order."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from gongkai.kernel import Place
from gongkai.report.grid import Block, Paragraph, Table
from gongkai.report.read.spans import Spanned, build_table, visible
from gongkai.report.read.text.document import blocks_of

#: Elements that need a look of their own; all other text comes in one piece.
SPECIAL = ("table", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "img")
_HEADINGS = frozenset(SPECIAL[1:7])
#: Between Chinese characters a line break of the source is no space.
_WRAPPED = re.compile(r"(?<=[\u2e80-\uffef])[ \t]*[\r\n][ \t\r\n]*(?=[\u2e80-\uffef])")
_SPACE = re.compile(r"[ \t\r\n\xa0]+")
_BREAKS = re.compile(r" ?\f[\f \u3000]*")
_UNCLEAN = re.compile("[\\s\xa0\u200b-\u200d\u2060\ufeff\xad]")
_DIGITS = re.compile(r"\s*\+?(\d{1,9})")
_NUMBER = re.compile(r"\s*\d[\d.]*\s*")
#: A table around other tables is one of data itself if it has this many figures of its own.
_OWN_FIGURES = 4
_CELLS = frozenset(("td", "th"))
#: Texts of cells up to this length are labels, for the most part: the same in every report.
_LABEL = 100


def clean(text: str) -> str:
    """Text as the page shows it: white space collapsed, form feeds as line breaks, nothing invisible."""
    text = text.strip()
    if text.isalnum() or not _UNCLEAN.search(text):
        return text
    if "\n" in text or "\r" in text:
        text = _WRAPPED.sub("", text)
    text = _SPACE.sub(" ", text)
    if "\f" in text:
        text = _BREAKS.sub("\n", text)
    return visible(text).strip()


_clean_label = lru_cache(4096)(clean)


class Flow:
    """Collects the blocks of a page whose ``SPECIAL`` elements are ``found``, by name.

    ``tables`` counts them; ``images`` holds (block index, element).
    """

    def __init__(self, found: Mapping[str, Sequence[Any]]) -> None:
        self.tables = 0
        self.images: list[tuple[int, Any]] = []
        self._blocks: list[Block] = []
        self._pending: list[str] = []
        self._paragraphs = 0
        self._special: set[int] = set()
        self._with_tables: set[int] = set()
        for tag in SPECIAL:
            for node in found.get(tag, ()):
                self._mark(node, self._special)
        for node in found.get("table", ()):
            self._mark(node.parent, self._with_tables)

    @staticmethod
    def _mark(node: Any, marked: set[int]) -> None:
        """Mark a node and all it stands in."""
        while node is not None and node.mem_id not in marked:
            marked.add(node.mem_id)
            node = node.parent

    def finish(self) -> tuple[Block, ...]:
        """The blocks collected."""
        self._flush()
        return tuple(self._blocks)

    def walk(self, top: Any) -> None:
        """Collect everything below ``top``, in order. No recursion: pages may be nested deeply."""
        stack = [top.first_child]
        while stack:
            node = stack.pop()
            if node is None:
                continue
            stack.append(node.next)
            if node.mem_id not in self._special:
                if node.tag != "-comment":
                    self._pending.append(node.text_content or "" if node.tag == "-text" else node.text())
            elif self._take(node):
                stack.append(node.first_child)

    def _take(self, node: Any) -> bool:
        """Collect a special element; True if its children are to be walked instead."""
        tag = node.tag
        if tag == "img":
            self._flush()
            self.images.append((len(self._blocks), node))
        elif tag == "table" and (node.mem_id not in self._with_tables or self._is_data(node)):
            self._flush()
            self._table(node)
        elif tag in _HEADINGS and node.mem_id not in self._with_tables:
            self._flush()
            self._pending.append(node.text())
            self._flush(heading=True)
        elif tag == "pre" and node.mem_id not in self._with_tables:
            self._flush()
            self._lines(node.text().replace("\f", "\n"))
        else:
            if tag == "table":
                self._flush()
            return True
        return False

    def _is_data(self, table: Any) -> bool:
        """Whether a table that holds other tables is one of data: it has figures in cells of its own."""
        own = 0
        for row in _rows(table):
            for cell in row.iter():
                if cell.mem_id not in self._with_tables and _NUMBER.fullmatch(cell.text()):
                    own += 1
        return own >= _OWN_FIGURES

    def _flush(self, *, heading: bool = False) -> None:
        text = "".join(self._pending)
        self._pending.clear()
        for piece in text.split("\f"):
            line = clean(piece)
            if line:
                self._paragraphs += 1
                self._blocks.append(Paragraph(line, Place(paragraph=self._paragraphs), heading))

    def _lines(self, text: str) -> None:
        """Preformatted text keeps its lines."""
        blocks, _ = blocks_of(text, first_table=self.tables + 1)
        for block in blocks:
            if isinstance(block, Table):
                self.tables += 1
                cells = (
                    cell._replace(place=cell.place._replace(start=None, end=None)) for cell in block.cells
                )
                self._blocks.append(replace(block, cells=tuple(cells), place=Place(table=self.tables)))
            else:
                self._paragraphs += 1
                self._blocks.append(replace(block, place=Place(paragraph=self._paragraphs)))

    def _table(self, node: Any) -> None:
        groups: list[list[list[Spanned]]] = []
        loose: list[list[Spanned]] = []
        # Asking once for all is faster than making a dictionary of each cell's attributes.
        spanning = {cell.mem_id for cell in node.css("[rowspan],[colspan]")}
        for part in node.iter():
            if part.tag == "tr":
                loose.append(_row(part, spanning))
            elif part.tag == "caption":
                if not self._repeats_heading(part.text()):
                    self._pending.append(part.text())
                    self._flush()
            else:
                rows = [_row(row, spanning) for row in part.iter() if row.tag == "tr"]
                if rows:
                    groups.append(rows)
        if loose:
            groups.append(loose)
        self._add(groups)

    def _repeats_heading(self, caption: str) -> bool:
        """A caption that says the last heading again, with or without its number, is not text of its own."""
        headings = (b.text for b in reversed(self._blocks) if isinstance(b, Paragraph) and b.heading)
        words = clean(caption)
        return bool(words) and next(headings, "").endswith(words)

    def _add(self, groups: list[list[list[Spanned]]]) -> None:
        texts = [text for group in groups for row in group for text, _, _ in row if text]
        if not texts:
            return
        if len(texts) == 1:  # a frame around one piece of text
            self._pending.extend(texts[0].replace("\n", "\f"))
            self._flush()
            return
        self.tables += 1
        self._blocks.append(build_table(groups, self.tables))


def _row(row: Any, spanning: Container[int]) -> list[Spanned]:
    """The cells of a row; ``spanning`` are those with spans."""
    cells: list[Spanned] = []
    for cell in row.iter():
        if cell.tag not in _CELLS:
            continue  # a comment, or a hidden form field
        text = cell.text_lexbor().strip()
        if not text.isalnum():
            text = _clean_label(text) if len(text) <= _LABEL else clean(text)
        if cell.mem_id in spanning:
            attributes = cell.attributes
            rows = _span(attributes.get("rowspan"), 65534)
            cells.append((text, rows, _span(attributes.get("colspan"), 1000) or 1))
        else:
            cells.append((text, 1, 1))
    return cells


def _span(value: str | None, most: int) -> int:
    """The number an attribute begins with; 1 where there is none."""
    if not value:
        return 1
    digits = _DIGITS.match(value)
    return min(int(digits[1]), most) if digits else 1


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table itself, not of tables in it."""
    for part in table.iter():
        if part.tag == "tr":
            yield part
        else:
            yield from (row for row in part.iter() if row.tag == "tr")
