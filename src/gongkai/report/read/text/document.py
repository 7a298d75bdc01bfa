"""Plain text: lines to paragraphs; lines with tabs or bars, and runs of one cell per line, to tables.

The columns of such tables are only the order of the pieces (``aligned=False``). A blank cell that can be
seen in the source is kept, and nothing is made a table that does not clearly look like one: the text of
loose lines is left to the interpreter.
"""

import re
from collections.abc import Iterator, Sequence

from gongkai.kernel import Place, UnreadableError
from gongkai.report.grid import Block, Cell, Document, Paragraph, Table
from gongkai.report.read.limits import refuse_length
from gongkai.report.read.text.cells import (
    BAR,
    Piece,
    TableRows,
    is_single,
    looks_like_table,
    may_wrap,
    rows_of_cells,
    rows_of_lines,
)
from gongkai.report.read.text.decode import Decoded, decode

_new = tuple.__new__
_BLANK, _PLAIN, _TAB, _BAR = range(4)
_SEPARATOR = {_TAB: "\t", _BAR: BAR}
#: Characters of one text file that end a line besides the line feed, and bars other than the ASCII one.
_ODD = "\r\f\v\x1c\x1d\x1e\x85\u2028\u2029｜│┃║"
_STRAIGHTEN = str.maketrans(
    dict.fromkeys("\r\x0c\x0b\x1c\x1d\x1e\x85\u2028\u2029", "\n") | dict.fromkeys("｜│┃║", BAR)
)
#: A ruling line drawn with characters.
_BOX_LINE = re.compile(r"(?=.*(?:[┬┼┴╦╬╩┳╋┻]|[─━═]{3}|\+[-=]{2}))[\s┌┬┐├┼┤└┴┘─━═╔╦╗╠╬╣╚╩╝╟╢┏┳┓┣╋┫┗┻┛+|=-]*")
_BOX_STARTS = "┌├└╔╠╚╟┏┣┗─━═+"
_HEADING = re.compile(r"\s*[一二三四五六七八九十]{1,2}、")
#: A sentence this long in a line makes the line prose, whatever tabs it has.
_PROSE = 20
#: So many cells closed by a bar on the next line are a layout, not an accident.
_RECURRING = 6


def read(data: bytes) -> Document:
    """Read a text file. Place.start and Place.end count characters of the decoded text without its mark."""
    return read_decoded(decode(data))


def read_decoded(decoded: Decoded) -> Document:
    """Read a text that is decoded already."""
    blocks, layout = blocks_of(decoded.text)
    if not blocks:
        raise UnreadableError("文件里没有文字", remedy="请重新下载或导出", code="empty")
    meta = {"encoding": decoded.encoding}
    return Document("text", tuple(blocks), layout=layout, meta=meta, notes=decoded.notes)


def blocks_of(text: str, *, offset: int = 0, first_table: int = 1) -> tuple[list[Block], str]:
    """Paragraphs and tables of ``text``, and the layout most of its cells are in (``tabs pipes lines``).

    ``offset`` is added to all offsets; tables are numbered from ``first_table``.
    """
    lines = _Lines(text, offset)
    blocks: list[Block] = []
    cells = {"tabs": 0, "pipes": 0, "lines": 0}
    number = first_table
    index = 0
    while index < len(lines.kinds):
        kind = lines.kinds[index]
        if kind <= _PLAIN:
            if kind == _PLAIN:
                blocks.append(lines.paragraph(index))
            index += 1
            continue
        end = lines.end_of_run(index)
        for piece in _run(lines, index, end):
            if isinstance(piece, Paragraph):
                blocks.append(piece)
                continue
            layout, rows = piece
            table = _table(rows, number, lines)
            cells[layout] += len(table.cells)
            blocks.append(table)
            number += 1
        index = end
    layout = max(cells, key=lambda name: cells[name])
    return blocks, layout if cells[layout] else ""


class _Lines:
    """The lines of a text: where each begins, its characters with odd bars made plain, its kind."""

    def __init__(self, text: str, offset: int) -> None:
        refuse_length(len(text), text.count("\t") + text.count(BAR))
        plain = text
        if any(char in text for char in _ODD):
            plain = text.replace("\r\n", " \n").translate(_STRAIGHTEN)
        self.text = text
        self.plain = plain
        self.offset = offset
        self.lines = plain.split("\n")
        self.starts: list[int] = []
        self.kinds: list[int] = []
        start = 0
        for line in self.lines:
            self.starts.append(start)
            self.kinds.append(_kind(line))
            start += len(line) + 1
        self._fold_closing_bars()

    def _fold_closing_bars(self) -> None:
        """Where bars stand on lines of their own, the first one closes the cell on the line above.

        A further bar is a blank cell. Only a pattern that recurs is taken for cells.
        """
        closed = [
            index
            for index, line in enumerate(self.lines[1:])
            if self.kinds[index] == _PLAIN and BAR in line and not line.strip(" |")
        ]
        if len(closed) < _RECURRING:
            return
        dropped = set()
        for index in closed:
            self.lines[index] += BAR
            self.kinds[index] = _BAR
            rest = self.lines[index + 1].replace(BAR, " ", 1)
            self.lines[index + 1] = rest
            if BAR not in rest:
                dropped.add(index + 1)
        kept = [index for index in range(len(self.lines)) if index not in dropped]
        self.lines = [self.lines[index] for index in kept]
        self.starts = [self.starts[index] for index in kept]
        self.kinds = [self.kinds[index] for index in kept]

    def paragraph(self, index: int) -> Paragraph:
        """The line as a paragraph, without the space around it."""
        line = self.lines[index].rstrip(" |")
        start = self.starts[index] + len(line) - len(line.lstrip())
        end = start + len(line.strip())
        place = Place(start=start + self.offset, end=end + self.offset)
        return Paragraph(self.text[start:end], place)

    def end_of_run(self, start: int) -> int:
        """One past the last line of the run of cell lines that begins at ``start``.

        Blank lines and short pieces of wrapped cells between two lines of the same kind belong to it.
        """
        kind = self.kinds[start]
        last, index = start, start + 1
        while index < len(self.kinds):
            if self.kinds[index] == kind:
                last = index
            elif self.kinds[index] == _PLAIN:
                index = self._end_of_wrapped(index, last, kind)
                if not index:
                    break
                last = index
            elif self.kinds[index] != _BLANK:
                break
            index += 1
        return last + 1

    def _end_of_wrapped(self, index: int, last: int, kind: int) -> int:
        """The cell line behind up to three plain lines that continue a cell, 0 where they do not."""
        separator = _SEPARATOR[kind]
        single = is_single(self.lines[last], separator)
        if last != index - 1 or (single and not may_wrap(self.lines[last], separator)):
            return 0
        blank = False
        for ahead in range(index, min(index + 6, len(self.kinds))):
            line = self.lines[ahead]
            if self.kinds[ahead] == kind:
                return ahead if not single or is_single(line, separator) else 0
            if self.kinds[ahead] == _BLANK and single:
                blank = True
                continue
            if blank or self.kinds[ahead] != _PLAIN or ahead > index + 2:
                return 0
            if len(line) > (40 if single else 12) or "。" in line or _HEADING.match(line):
                return 0
        return 0


def _kind(line: str) -> int:
    if BAR in line:
        kind = _BAR
    elif "\t" in line:
        kind = _TAB
    else:
        start = line.lstrip()[:1]
        if start in _BOX_STARTS:
            return _BAR if start and _BOX_LINE.fullmatch(line) else _BLANK if not start else _PLAIN
        return _PLAIN
    if "。" in line and len(line) > _PROSE:
        pieces = line.split(_SEPARATOR[kind])
        if any(len(piece) > _PROSE and "。" in piece for piece in pieces):
            return _PLAIN
    return kind


def _run(lines: _Lines, start: int, end: int) -> Iterator[Paragraph | tuple[str, TableRows]]:
    """The tables of one run of cell lines, or its lines as paragraphs."""
    kind = lines.kinds[start]
    separator = _SEPARATOR[kind]
    own = [i for i in range(start, end) if lines.kinds[i] == kind]
    if len(own) >= 3 and _mostly_single([lines.lines[i] for i in own], separator):
        entries = [
            (lines.starts[i], lines.lines[i], lines.kinds[i] == kind, lines.kinds[i] == _BLANK)
            for i in range(start, end)
        ]
        rows = rows_of_cells(entries, separator)
        if looks_like_table(rows, one_per_line=True):
            yield "lines", rows
        else:
            yield from (lines.paragraph(i) for i in own if lines.lines[i].strip(" \t|"))
        return
    for part in _parts(lines, start, end):
        kept = [i for i in part if kind != _BAR or not _BOX_LINE.fullmatch(lines.lines[i])]
        rows = rows_of_lines([(lines.starts[i], lines.lines[i]) for i in kept], separator)
        if looks_like_table(rows, one_per_line=False):
            yield "tabs" if kind == _TAB else "pipes", rows
        else:
            yield from (lines.paragraph(i) for i in part if lines.lines[i].strip(" \t|"))


def _mostly_single(lines: Sequence[str], separator: str) -> bool:
    """Whether four lines in five hold one cell; in a table of rows the first few lines tell that not."""
    most = 0.2 * len(lines)
    others = 0
    for line in lines:
        if not is_single(line, separator):
            others += 1
            if others > most:
                return False
    return True


def _parts(lines: _Lines, start: int, end: int) -> list[list[int]]:
    """The lines of a run, parted where blank lines part two groups of more than one line each."""
    groups: list[list[int]] = [[]]
    for index in range(start, end):
        if lines.kinds[index] != _BLANK:
            groups[-1].append(index)
        elif groups[-1]:
            groups.append([])
    parts: list[list[int]] = []
    before = 1
    for group in groups:
        if parts and (before == 1 or len(group) == 1):
            parts[-1].extend(group)
        else:
            parts.append(list(group))
        before = len(group)
    return parts


def _table(rows: Sequence[Sequence[Piece]], number: int, lines: _Lines) -> Table:
    offset = lines.offset
    # tuple.__new__ instead of the classes saves half of the time that some 300 cells take.
    cells = [
        _new(
            Cell,
            (
                text,
                row,
                col,
                1,
                1,
                _new(
                    Place,
                    (None, number, row + 1, col + 1, None, start + offset, end + offset, None, None, ()),
                ),
            ),
        )
        for row, pieces in enumerate(rows)
        for col, (text, start, end) in enumerate(pieces)
    ]
    last = rows[-1][-1]
    place = Place(table=number, start=rows[0][0][1] + offset, end=last[2] + offset)
    return Table(tuple(cells), len(rows), max(map(len, rows)), False, place)
