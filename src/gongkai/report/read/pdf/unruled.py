"""Tables without ruling lines: columns from the words of the header, rows from the labels of the form.

A figure belongs to the column whose header word it stands under and to the last label at or above it. A
table is only made where every column and every row of the form's table is found in order and no two figures
fall into one cell; else the lines stay text, whose reader knows that places are lost.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from gongkai.report.read.pdf.cells import Fragment, GridCell
from gongkai.report.read.pdf.labels import (
    application_columns,
    application_leaves,
    begins_label,
    dispute_columns,
    is_figure,
    plain,
)
from gongkai.report.read.pdf.lines import line_text
from gongkai.report.read.pdf.page import Box, Char, union
from gongkai.report.read.pdf.paragraphs import TextLine

#: Words of a line stand at least this far apart (ems).
_WORD_GAP = 0.5
_Key = tuple[int, float]


@dataclass(frozen=True, slots=True)
class Word:
    """Text between two wide gaps of a line. ``item`` is the line's index."""

    text: str
    box: Box
    page: int
    item: int

    @property
    def middle(self) -> float:
        """The middle, across."""
        return (self.box.x0 + self.box.x1) / 2

    @property
    def key(self) -> _Key:
        """Position down the document."""
        return self.page, (self.box.y0 + self.box.y1) / 2


@dataclass(frozen=True, slots=True)
class Found:
    """A table made of the text lines ``start`` to ``stop`` (excluded)."""

    start: int
    stop: int
    fragment: Fragment


def find_unruled(lines: Sequence[TextLine]) -> list[Found]:
    """Tables 3 and 4 among lines of free text, in order."""
    words = [list(_words(item, index)) for index, item in enumerate(lines)]
    found = []
    for make in (_applications, _disputes):
        table = make(words)
        if table is not None:
            found.append(table)
    return sorted(found, key=lambda f: f.start)


def _words(item: TextLine, index: int) -> Iterator[Word]:
    run: list[Char] = []
    for char in item.line.chars:
        if run and char.x0 - run[-1].x1 > _WORD_GAP * (run[-1].y1 - run[-1].y0):
            yield _word(run, item.page, index)
            run = []
        run.append(char)
    if run:
        yield _word(run, item.page, index)


def _word(run: Sequence[Char], page: int, index: int) -> Word:
    return Word(line_text(run).strip(), union([Box(*c[1:5]) for c in run]), page, index)


def _applications(words: Sequence[Sequence[Word]]) -> Found | None:
    """Table 3: seven columns under the applicants, 25 rows (23 with a single 其他处理)."""
    labels = application_columns()
    for single in (False, True):
        leaves = application_leaves(single_other=single)
        rows = _leaf_words(words, leaves)
        if rows is None or (single and _has_more_rows(words, rows)):
            continue
        columns = _columns(words, rows[0].item, labels)
        if columns is not None:
            return _table(words, columns, rows, labels)
    return None


def _has_more_rows(words: Sequence[Sequence[Word]], rows: Sequence[Word]) -> bool:
    """True if 其他处理, taken for one row, has rows of its own."""
    between = [w for line in words[rows[-3].item : rows[-2].item + 1] for w in line]
    return any(begins_label(w.text) for w in between if w not in rows)


def _leaf_words(words: Sequence[Sequence[Word]], leaves: Sequence[str]) -> list[Word] | None:
    """The word each leaf label begins with, in the form's order; None unless all are there."""
    flat = [word for line in words for word in line if not is_figure(word.text)]
    rows: list[Word] = []
    at = 0
    for leaf in leaves:
        while at < len(flat) and not _begins(flat[at].text, leaf):
            at += 1
        if at == len(flat):
            return None
        rows.append(flat[at])
        at += 1
    return rows


def _begins(text: str, leaf: str) -> bool:
    """True if a word is a leaf label or the first line of one."""
    ours, theirs = plain(text), plain(leaf)
    if len(ours) < min(len(theirs), 4):
        return False
    return fuzz.ratio(ours, theirs[: len(ours)]) >= 85 and (len(ours) >= 5 or ours == theirs)


def _columns(words: Sequence[Sequence[Word]], below: int, labels: Sequence[str]) -> list[Box] | None:
    """Boxes of the header words of each column: words wrapped over lines are put together by their place."""
    near = [w for line in words[max(below - 12, 0) : below] for w in line if len(plain(w.text)) <= 6]
    same_page = [w for w in near if w.page == words[below][0].page]
    return _matched(same_page, labels) or _matched([w for w in near if w not in same_page], labels)


def _matched(head: Sequence[Word], labels: Sequence[str]) -> list[Box] | None:
    stacks: list[list[Word]] = []
    for word in sorted(head, key=lambda w: w.box.y1, reverse=True):
        for stack in stacks:
            box = union([w.box for w in stack])
            if word.box.x0 < box.x1 and word.box.x1 > box.x0:
                stack.append(word)
                break
        else:
            stacks.append([word])
    matched: list[Box] = []
    stacks.sort(key=lambda stack: stack[0].middle)
    for stack in stacks:
        match = _match_stack(stack, labels[len(matched)]) if len(matched) < len(labels) else None
        if match is not None:
            matched.append(match)
    return matched if len(matched) == len(labels) else None


def _match_stack(stack: Sequence[Word], label: str) -> Box | None:
    """The box of the lowest words of a stack that make up a label."""
    text, boxes = "", []
    for word in stack:
        text = plain(word.text) + text
        boxes.append(word.box)
        if text == plain(label):
            return union(boxes)
    return None


def _table(
    words: Sequence[Sequence[Word]], columns: Sequence[Box], rows: Sequence[Word], labels: Sequence[str]
) -> Found | None:
    """Put each figure into its row and column; None if one has no certain place."""
    edges = _edges(columns)
    if edges is None:
        return None
    figures: dict[tuple[int, int], Word] = {}
    last = rows[-1]
    stop = last.item + 1
    for line in words[rows[0].item - 1 : last.item + 3]:
        for word in line:
            if not is_figure(word.text) and word.text[-1:].isdecimal() and word.key >= rows[0].key:
                return None  # a label has run into its figure
            if not _is_count(word) or word.page > last.page:
                continue
            row, column = _row_of(word, rows), _column_of(word, edges)
            if row is None or (row == len(rows) - 1 and word.key[1] > last.key[1] + 40):
                continue
            if column is None or (row, column) in figures:
                return None
            figures[row, column] = word
            stop = max(stop, word.item + 1)
    if not figures:
        return None
    start = _start(words, rows[0].item, columns[0])
    return Found(start, stop, _fragment(words, rows, columns, labels, figures, edges, stop))


def _is_count(word: Word) -> bool:
    """A figure, not the ordinal of a label that stands apart from its words."""
    return is_figure(word.text) and word.text[-1] not in ".．、"


def _edges(columns: Sequence[Box]) -> list[float] | None:
    """The borders of the figure columns: midway between header words."""
    if any(a.x1 >= b.x0 for a, b in pairwise(columns)):
        return None
    inner = [(a.x1 + b.x0) / 2 for a, b in pairwise(columns)]
    reach = [columns[0].x0 - (inner[0] - columns[0].x1), columns[-1].x1 + (columns[-1].x0 - inner[-1])]
    return [reach[0], *inner, reach[1]]


def _row_of(word: Word, rows: Sequence[Word]) -> int | None:
    slack = 0.5 * (word.box.y1 - word.box.y0)
    row = None
    for index, label in enumerate(rows):
        if label.key <= (word.page, word.key[1] + slack):
            row = index
    return row


def _column_of(word: Word, edges: Sequence[float]) -> int | None:
    """The column that holds the whole figure; one that reaches over a border has no certain place."""
    for index, (left, right) in enumerate(pairwise(edges)):
        if left <= word.box.x0 and word.box.x1 <= right:
            return index
    return None


def _start(words: Sequence[Sequence[Word]], first_row: int, column: Box) -> int:
    """The first line of the header: the lines above the first row that reach into the figure columns."""
    start = first_row
    while start > 0 and any(w.box.x1 > column.x0 for w in words[start - 1]) and first_row - start < 8:
        if any(len(w.text) > 30 or w.text.startswith(("三、收到", "四、")) for w in words[start - 1]):
            break
        start -= 1
    return start


def _fragment(
    words: Sequence[Sequence[Word]],
    rows: Sequence[Word],
    columns: Sequence[Box],
    labels: Sequence[str],
    figures: dict[tuple[int, int], Word],
    edges: Sequence[float],
    stop: int,
) -> Fragment:
    page = rows[0].page
    xs = (rows[0].box.x0, *edges)
    head = union(list(columns))
    cells = [GridCell("", 0, 0, 1, 1, page, Box(xs[0], head.y0, xs[1], head.y1))]
    cells += [
        GridCell(label, 0, i + 1, 1, 1, page, box)
        for i, (label, box) in enumerate(zip(labels, columns, strict=True))
    ]
    for index, label in enumerate(rows):
        until = rows[index + 1] if index + 1 < len(rows) else None
        text = _label_text(words, label, until, stop)
        cells.append(GridCell(text, index + 1, 0, 1, 1, label.page, label.box))
        for column, (left, right) in enumerate(pairwise(edges)):
            word = figures.get((index, column))
            spot = word.box if word else Box(left, label.box.y0, right, label.box.y1)
            cells.append(GridCell(word.text if word else "", index + 1, column + 1, 1, 1, label.page, spot))
    box = Box(xs[0], head.y0, xs[-1], rows[-1].box.y1 if rows[-1].page == page else rows[0].box.y1)
    return Fragment(page, box, xs, len(rows) + 1, cells)


def _label_text(words: Sequence[Sequence[Word]], label: Word, until: Word | None, stop: int) -> str:
    """A label with the lines it wraps to: the words below it, in its width, that begin no other label."""
    parts = [label.text]
    for line in words[label.item + 1 : until.item if until else stop]:
        parts += [w.text for w in line if _is_under(w, label) and not begins_label(w.text)]
    return "".join(parts)


def _is_under(word: Word, label: Word) -> bool:
    shared = min(word.box.x1, label.box.x1) - max(word.box.x0, label.box.x0)
    return shared > 0.6 * (word.box.x1 - word.box.x0) and not is_figure(word.text)


def _disputes(words: Sequence[Sequence[Word]]) -> Found | None:
    """Table 4: one row of figures under fifteen header words."""
    labels = dispute_columns()
    for index, line in enumerate(words):
        if not line or not all(is_figure(w.text) for w in line):
            continue
        columns = _columns(words, index, labels)
        edges = _edges(columns) if columns else None
        if columns is None or edges is None:
            continue
        return _dispute_table(words, index, columns, edges, labels)
    return None


def _dispute_table(
    words: Sequence[Sequence[Word]],
    index: int,
    columns: Sequence[Box],
    edges: Sequence[float],
    labels: Sequence[str],
) -> Found | None:
    figures: dict[int, Word] = {}
    for word in words[index]:
        column = _column_of(word, edges)
        if column is None or column in figures:
            return None
        figures[column] = word
    page = words[index][0].page
    row = union([w.box for w in words[index]])
    groups = ("行政复议", "未经复议直接起诉", "复议后起诉")
    cells = [
        GridCell(group, 0, 5 * i, 1, 5, page, union(list(columns[5 * i : 5 * i + 5])))
        for i, group in enumerate(groups)
    ]
    for i, (label, box) in enumerate(zip(labels, columns, strict=True)):
        cells.append(GridCell(label, 1, i, 1, 1, page, box))
        found = figures.get(i)
        place = found.box if found else Box(edges[i], row.y0, edges[i + 1], row.y1)
        cells.append(GridCell(found.text if found else "", 2, i, 1, 1, page, place))
    start = index
    while start > 0 and index - start < 8 and not any("、" in w.text[:3] for w in words[start - 1]):
        start -= 1
    box = Box(edges[0], min(c.y0 for c in columns), edges[-1], row.y1)
    return Found(start, index + 1, Fragment(page, box, tuple(edges), 3, cells))
