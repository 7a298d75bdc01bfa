"""The neutral grid: what every format reader produces and the one interpreter consumes.

A :class:`Document` is a list of blocks in reading order, paragraphs and tables. It knows nothing of the
annual report's form. Readers keep text as it stands in the source (spaces and line breaks included) and
give every paragraph and cell its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from gongkai.kernel import Place


class Cell(NamedTuple):
    """One cell. ``row`` and ``col`` are the 0-based grid position of its upper left corner."""

    text: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text. ``heading`` only where the source marks it up as one."""

    text: str
    place: Place = Place()
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Blank cells are present with empty text.

    ``aligned`` is True where a cell's ``col`` is its column on the page (HTML, DOCX, XLSX, PDF, OFD) and
    False where it is only the order of pieces in a line of text (tabs, pipes, one cell per line), so that
    a lost or moved blank cell may have shifted it.
    """

    cells: tuple[Cell, ...]
    n_rows: int
    n_cols: int
    aligned: bool = True
    place: Place = Place()

    def rows(self) -> list[list[Cell]]:
        """Cells by the row they begin in, left to right."""
        rows: list[list[Cell]] = [[] for _ in range(self.n_rows)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return rows


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader got from one file.

    ``format`` is the format found by content (``text html docx pdf xlsx ofd image``), ``layout`` a word on
    how its tables are laid out (``ruled``, ``tabs``, ``pipes``, ``lines`` ...). ``ocr`` is True where the
    characters come from optical recognition. ``meta`` holds what the file says about itself outside the
    text: ``title``, ``published_on`` (ISO date), ``encoding``. ``notes`` are Chinese remarks for the user
    on what could not be read (a picture in place of a table, an attachment named).
    """

    format: str
    blocks: tuple[Block, ...]
    layout: str = ""
    ocr: bool = False
    meta: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
