"""Finding a place again in the source: from a ``Place`` to the element of the source pane that shows it."""

from collections.abc import Iterator
from typing import NamedTuple

from gongkai.kernel import Place
from gongkai.report.grid import Document, Table


class Spot(NamedTuple):
    """An element of the source pane, and the part of its text that is meant (None: all of it)."""

    id: str
    start: int | None = None
    end: int | None = None

    @property
    def narrow(self) -> bool:
        """Whether a part of the text is meant, not all of it."""
        return self.start is not None and self.end is not None


class _Entry(NamedTuple):
    id: str
    place: Place
    length: int


class SourceIndex:
    """The paragraphs and cells of a document by their place."""

    def __init__(self, document: Document) -> None:
        self._entries: list[_Entry] = []
        self._cells: dict[tuple[int | None, str | None, int | None, int | None], _Entry] = {}
        self._paragraphs: dict[int, _Entry] = {}
        for block_id, place, text in _pieces(document):
            entry = _Entry(block_id, place, len(text))
            self._entries.append(entry)
            if place.row is not None:
                self._cells.setdefault((place.table, place.sheet, place.row, place.cell), entry)
            elif place.paragraph is not None:
                self._paragraphs.setdefault(place.paragraph, entry)

    def find(self, place: Place | None) -> Spot | None:
        """The spot of a place, None where the document has no such place."""
        if place is None or place.records:
            return None
        return self._cell(place) or self._paragraph(place) or self._offset(place) or self._box(place)

    def _cell(self, place: Place) -> Spot | None:
        if place.row is None:
            return None
        entry = self._cells.get((place.table, place.sheet, place.row, place.cell))
        return Spot(entry.id) if entry else None

    def _paragraph(self, place: Place) -> Spot | None:
        entry = self._paragraphs.get(place.paragraph) if place.paragraph is not None else None
        if entry is None:
            return None
        return _part(entry, place)

    def _offset(self, place: Place) -> Spot | None:
        """A place in a text file: offsets into the whole text."""
        if place.start is None or place.paragraph is not None:
            return None
        for entry in self._entries:
            start = entry.place.start
            if start is None or entry.place.paragraph is not None:
                continue
            if start <= place.start < max(start + 1, entry.place.end or start + entry.length):
                return _part(entry, place)
        return None

    def _box(self, place: Place) -> Spot | None:
        """A place on a page: the piece whose box shares the most area with it, on the same page."""
        if place.box is None:
            return None
        best, most = None, 0.0
        for entry in self._entries:
            if entry.place.box is None or entry.place.page != place.page:
                continue
            shared = _overlap(entry.place.box, place.box)
            if shared > most:
                best, most = entry, shared
        return Spot(best.id) if best else None


def _pieces(document: Document) -> Iterator[tuple[str, Place, str]]:
    for number, block in enumerate(document.blocks):
        if isinstance(block, Table):
            for index, cell in enumerate(block.cells):
                yield cell_id(number, index), cell.place, cell.text
        else:
            yield block_id(number), block.place, block.text


def block_id(number: int) -> str:
    """The id of a block's element."""
    return f"s{number}"


def cell_id(number: int, index: int) -> str:
    """The id of a table cell's element."""
    return f"s{number}-{index}"


def mark_id(number: int) -> str:
    """The id of the words a finding points to."""
    return f"m{number}"


def _part(entry: _Entry, place: Place) -> Spot:
    """The part of a piece that a place narrows it to."""
    if place.start is None or place.end is None:
        return Spot(entry.id)
    base = entry.place.start or 0
    start, end = place.start - base, min(place.end - base, entry.length)
    return Spot(entry.id, start, end) if 0 <= start < end else Spot(entry.id)


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    return max(0.0, width) * max(0.0, height)
