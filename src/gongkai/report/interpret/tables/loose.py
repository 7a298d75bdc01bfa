"""Table 3 from loose text: the order of the cells is known, their columns only where the layout shows them.

The ways of reading, from the surest: a row with a figure for every column; a row whose blank cells were
kept in place, as the whole table shows; twenty-five runs of seven figures beside twenty-five labels in
order (text taken from a PDF, figures before, after or between the pieces of a wrapped label). What fits
none of these is uncertain.
"""

import itertools
from collections.abc import Sequence

from gongkai.report import form
from gongkai.report.interpret.tables.blank_lines import with_blank_cells
from gongkai.report.interpret.tables.draft import COLUMN_KEYS, BlankSlot, Draft, Slot
from gongkai.report.interpret.tables.labels import is_group, match_row
from gongkai.report.interpret.tables.loose_layout import Layout, first_position, survey
from gongkai.report.interpret.tables.loose_rows import WHOLE, Row, collect_rows, is_cut_short, label_text
from gongkai.report.interpret.tables.tokens import BLANK, END, FIGURE, TEXT, Token
from gongkai.report.model import Figure, Mark, TableState

#: The first row of the table under its exact label.
_FIRST_ROW = ("new", 1.0)
#: Fewer rows than this in a text are not table 3: its labels may stand in a notice.
ENOUGH_ROWS = 8
MOVED = "空白单元格可能被移到行尾，数字的先后可知而所在列不可知"
UNPLACED = "数字与行名的对应关系丢失，无法确定各数字所在的行和列"
PARTLY_PLACED = "部分行的数字与行名的对应关系丢失，这些行未读取"
TOO_MANY = "该行的数字多于七个，无法确定各数字所在的列"


def read_applications(tokens: Sequence[Token], draft: Draft) -> tuple[int, int] | None:
    """Read table 3 from the stream into ``draft``. The token range it took, None where it is not there."""
    bounds = [0, *_again(tokens), len(tokens)]
    readings: list[Draft] = []
    spans: list[tuple[int, int]] = []
    for first, end in itertools.pairwise(bounds):
        part = Draft(ocr=draft.ocr)
        span = _read_part(tokens[first:end], part)
        if span:
            readings.append(part)
            spans.append((first + span[0], first + span[1]))
    if not readings:
        return None
    draft.adopt(readings)
    return spans[0][0], spans[-1][1]


def _again(tokens: Sequence[Token]) -> list[int]:
    """Where the table's first row comes again: a document with several tables 3."""
    starts: dict[int, int] = {}
    for index, token in enumerate(tokens):
        if token.kind is TEXT and (found := match_row(token.text)) and found[0] == _FIRST_ROW:
            # A merged cell may be written out several times on its line.
            starts.setdefault(token.line, index)
    return list(starts.values())[1:]


def _read_part(tokens: Sequence[Token], draft: Draft) -> tuple[int, int] | None:
    rows = collect_rows(tokens)
    if len(rows) < ENOUGH_ROWS:
        return None
    end = max([row.label.end for row in rows] + [_last(tokens, row) for row in rows])
    rows = with_blank_cells(tokens, rows)
    for row in rows:
        if tokens[row.label.end].table or not is_cut_short(row):
            draft.row_label(row.key, label_text(row), tokens[row.label.start].place)
    start = _header_start(tokens, rows[0].label.start)
    if not _row_by_row(tokens, rows, start):
        end = max(end, _by_runs(tokens, rows, start, draft))
        return start, end
    layout = survey(tokens, rows)
    draft.blanks_kept = layout.grid or layout.exact
    dropped = _cells_dropped(rows)
    # Not one figure comes twice in the whole table: repeated lines were dropped, the rest is no row either.
    nothing = dropped and _none_repeated(rows)
    for row in rows:
        if nothing or (dropped and not row.full()):
            _unreadable(row, tokens, draft)
        else:
            _read_row(tokens, row, layout, draft)
    if nothing or (dropped and not any(row.full() for row in rows)):
        draft.states["applications"] = TableState.UNREADABLE
        draft.lines_dropped = not any(row.same_line for row in rows)
    return start, end


def _none_repeated(rows: Sequence[Row]) -> bool:
    texts = [cell.text for row in rows for cell in row.figures]
    return len(set(texts)) == len(texts)


def _read_row(tokens: Sequence[Token], row: Row, layout: Layout, draft: Draft) -> None:
    slots = row.figures
    if len(slots) == 7:
        draft.put_row(row.key, slots)
        return
    if not slots:
        draft.put_row(row.key, [BlankSlot(tokens[row.label.end].place)] * 7)
        return
    position = first_position(tokens, row, layout) if len(slots) < 7 else None
    if position is None:
        reason = MOVED if len(slots) < 7 else TOO_MANY
        draft.doubt(f"applications.{row.key}", COLUMN_KEYS, slots, reason)
        return
    placed: list[Slot] = list(row.cells[position : position + 7])
    draft.put_row(row.key, placed + [BlankSlot()] * (7 - len(placed)))


def _unreadable(row: Row, tokens: Sequence[Token], draft: Draft) -> None:
    """The row's cells did not survive the conversion: nothing can be said of them, not even blank."""
    place = tokens[row.label.end].place
    raw = " ".join(cell.text for cell in row.figures)
    for column in COLUMN_KEYS:
        path = f"applications.{row.key}.{column}"
        draft.figures[path] = Figure(None, raw, Mark.UNREADABLE, place, draft.ocr)


def _last(tokens: Sequence[Token], row: Row) -> int:
    """Index of the last token of a row's cells."""
    count, index = len(row.cells), row.label.end
    if row.same_line:
        return index + count
    while count and index + 1 < len(tokens):
        index += 1
        if tokens[index].kind is not END:
            count -= 1
    return index


def _header_start(tokens: Sequence[Token], first: int) -> int:
    """Where the table's header begins before its first row."""
    for index in range(first - 1, max(-1, first - 60), -1):
        text = tokens[index].text
        if "勾稽关系" in text or ("申请人情况" in text and len(text) < 60):
            return index if "勾稽关系" in text else _note_before(tokens, index)
        if len(text) > 60:
            break
    # Without a header, figures in front of the first label belong to the table all the same.
    while first > 0 and tokens[first - 1].kind in (FIGURE, END):
        first -= 1
    return first


def _note_before(tokens: Sequence[Token], index: int) -> int:
    for earlier in range(index - 1, max(-1, index - 4), -1):
        if "勾稽关系" in tokens[earlier].text:
            return earlier
    return index


def _row_by_row(tokens: Sequence[Token], rows: Sequence[Row], start: int) -> bool:
    """Whether figures follow the label of their row, so that each row can be read by itself."""
    if any(row.split for row in rows):
        return False
    with_figures = [row for row in rows if row.figures]
    if all(row.same_line for row in with_figures):
        return not _stray_figures(tokens, rows, start)
    return not _stray_text(tokens, rows) and not _stray_figures(tokens, rows, start)


def _stray_figures(tokens: Sequence[Token], rows: Sequence[Row], start: int) -> bool:
    """Whether figures stand in the table that follow no label of a row."""
    owned = {id(cell) for row in rows for cell in row.figures}
    last = max(row.label.end for row in rows)
    return not owned.issuperset([id(token) for token in tokens[start : last + 1] if token.kind is FIGURE])


def _stray_text(tokens: Sequence[Token], rows: Sequence[Row]) -> bool:
    """Whether text stands between the rows that is no label: pieces of labels, perhaps."""
    labels = {index for row in rows for index in range(row.label.start, row.label.end + 1)}
    first, last = rows[0].label.start, rows[-1].label.end
    return any(
        tokens[i].kind is TEXT and i not in labels and not is_group(tokens[i].text)
        for i in range(first, last + 1)
    )


def _cells_dropped(rows: Sequence[Row]) -> bool:
    """Whether cells are missing without a trace: rows short of figures and no blank cell anywhere."""
    if any(cell.kind is BLANK for row in rows for cell in row.cells):
        return False
    if not any(row.cells for row in rows):
        return True
    return any(0 < len(row.figures) < 7 and not row.same_line for row in rows) or (
        any(row.figures for row in rows) and not any(row.full() for row in rows)
    )


def _by_runs(tokens: Sequence[Token], rows: Sequence[Row], start: int, draft: Draft) -> int:
    """Read by the order of runs of figures; returns the index of the last token taken."""
    complete = {row.key for row in rows} in (_keys(False), _keys(True))
    first, last = rows[0].label.start, rows[-1].label.end
    runs, end = _runs(tokens, start, last)
    if not complete or not _beside(tokens, rows, runs, start, end):
        _only_whole_lines(tokens, rows, draft)
        return max(end, first)
    for row, run in zip(rows, runs, strict=True):
        slots = [tokens[i] for i in run]
        if len(slots) == 7:
            draft.put_row(row.key, slots)
        else:
            draft.doubt(f"applications.{row.key}", COLUMN_KEYS, slots, MOVED)
    return end


def _only_whole_lines(tokens: Sequence[Token], rows: Sequence[Row], draft: Draft) -> None:
    """Rows whose whole label and seven figures share a line are certain whatever the others are."""
    kept = 0
    for row in rows:
        if _is_whole(row) and row.full():
            draft.put_row(row.key, row.figures)
            kept += 1
        else:
            _unreadable(Row(row.key, row.label, (), (), False, row.split), tokens, draft)
    draft.lines_dropped = not kept and not any(row.figures and row.same_line for row in rows)
    draft.states["applications"] = TableState.UNCERTAIN if kept else TableState.UNREADABLE
    draft.notes.append(f"表三：{UNPLACED if not kept else PARTLY_PLACED}")


def _is_whole(row: Row) -> bool:
    """Whether the row's label stands on its line as the form prints it, with the row's figures."""
    return not row.split and row.same_line and match_row(row.label.text)[0][1] >= WHOLE


def _beside(
    tokens: Sequence[Token], rows: Sequence[Row], runs: list[list[int]], start: int, end: int
) -> bool:
    """Whether there is one run for each row and each stands where the row's label is.

    A run lies behind the beginning of the label before and ahead of the end of the label after its own; the
    runs on the line of a whole label must be that label's.
    """
    if len(runs) != len(rows):
        return False
    for index, (row, run) in enumerate(zip(rows, runs, strict=True)):
        after = rows[index - 1].label.start if index else start - 1
        before = rows[index + 1].label.end if index + 1 < len(rows) else end + 1
        if not after < run[0] or not run[-1] < before:
            return False
        if _is_whole(row) and row.figures and tokens[run[0]] not in row.figures:
            return False
    return True


def _keys(single_other: bool) -> set[str]:
    return {row.key for row in form.application_rows(single_other)}


def _runs(tokens: Sequence[Token], start: int, last: int) -> tuple[list[list[int]], int]:
    """Runs of two to seven figures from ``start`` until text follows ``last``; longer ones spoil it all."""
    lines: list[list[int]] = []
    end = last
    for index in range(start, len(tokens)):
        token = tokens[index]
        if token.kind is TEXT and index > last:
            break
        if token.kind is not FIGURE:
            continue
        end = max(end, index)
        if lines and lines[-1][-1] == index - 1:
            lines[-1].append(index)
        else:
            lines.append([index])
    if any(len(line) > 1 for line in lines):
        # A lone figure on its own line among longer ones is a page number.
        runs = [line for line in lines if len(line) != 1 or not _alone(tokens, line[0])]
        return (runs if all(1 < len(run) <= 7 for run in runs) else []), end
    runs = _merged(tokens, lines)
    return (runs if all(len(run) == 7 for run in runs) else []), end


def _alone(tokens: Sequence[Token], index: int) -> bool:
    before = tokens[index - 1].kind is END if index else True
    return before and index + 1 < len(tokens) and tokens[index + 1].kind is END


def _merged(tokens: Sequence[Token], lines: list[list[int]]) -> list[list[int]]:
    """Figures on lines of their own, joined until text comes between."""
    runs: list[list[int]] = []
    for line in lines:
        gap = tokens[runs[-1][-1] + 1 : line[0]] if runs else ()
        if runs and all(token.kind is not TEXT for token in gap):
            runs[-1].extend(line)
        else:
            runs.append(list(line))
    return runs
