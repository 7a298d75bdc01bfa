"""Table 4 where columns are known: its one row of fifteen figures under the headers."""

from collections.abc import Sequence

from gongkai.report import form
from gongkai.report.grid import Cell, Table
from gongkai.report.interpret.tables.draft import Draft, Slot
from gongkai.report.interpret.tables.labels import match_column
from gongkai.report.interpret.tables.numbers import is_figure
from gongkai.report.model import TableState

LOST = "表格的列无法与表头对应，或有单元格缺失"


def read_disputes(tables: Sequence[tuple[int, Table]], draft: Draft) -> bool:
    """Read table 4 from ``tables`` into ``draft``. False where it is not there."""
    for block, table in tables:
        rows = table.rows()
        header = next((i for i, row in enumerate(rows) if any(map(_names_last_block, row))), None)
        if header is None:
            continue
        draft.consumed[block] = None
        _read(rows, header, draft)
        return True
    return False


def _names_last_block(cell: Cell) -> bool:
    return "诉" in cell.text and _bare(cell) == "复议后起诉"


def _bare(cell: Cell) -> str:
    return "".join(cell.text.split())


def _read(rows: list[list[Cell]], header: int, draft: Draft) -> None:
    """Read by columns where the headers show them, by order where all fifteen figures are there."""
    head = [cell for row in rows[max(0, header - 2) : header + 2] for cell in row if _is_header(cell)]
    body = _body(rows[header + 1 :])
    paths = form.dispute_paths()
    first = _first_column(head)
    here = {cell.col: cell for cell in body if cell.colspan == 1}
    figures = [cell for cell in body if is_figure(cell.text)]
    if first is not None and body and all(first + i in here for i in range(len(paths))):
        cells = [here[first + i] for i in range(len(paths))]
    elif _in_order(head) and len(figures) == len(paths):
        cells = figures
    else:
        doubt_disputes(figures, draft)
        return
    for path, cell in zip(paths, cells, strict=True):
        draft.put(path, cell)
    draft.states["disputes"] = TableState.READ


def _is_header(cell: Cell) -> bool:
    return bool(cell.text.strip()) and not is_figure(cell.text)


#: The header goes on for at most this many rows below the one that names the blocks.
_HEADER_ROWS = 4


def _body(rows: list[list[Cell]]) -> list[Cell]:
    """The row of figures; the blank row of an empty table; nothing where there are several."""
    near = rows[:_HEADER_ROWS]
    with_figures = [row for row in near if any(is_figure(cell.text) for cell in row)]
    if len(with_figures) == 1:
        return with_figures[0]
    blank = [row for row in near if row and not any(cell.text.strip() for cell in row)]
    return blank[0] if blank and not with_figures else []


def _first_column(head: Sequence[Cell]) -> int | None:
    """The column of 行政复议's 结果维持, where the headers stand in the form's order, five columns apart."""
    totals = sorted(cell.col for cell in head if cell.colspan == 1 and match_column(cell.text) == "total")
    if len(totals) != 3 or totals[1] - totals[0] != 5 or totals[2] - totals[1] != 5:
        return None
    blocks: dict[str, int] = {}
    for cell in head:
        for block in form.DISPUTE_BLOCKS:
            if block.label in _bare(cell):
                blocks.setdefault(block.key, cell.col)
    first = totals[0] - 4
    wanted = [first, first + 5, first + 10]
    return first if [blocks.get(block.key) for block in form.DISPUTE_BLOCKS] == wanted else None


def _in_order(head: Sequence[Cell]) -> bool:
    """Whether the blocks' headers come in the form's order, wherever they stand."""
    text = "".join(_bare(cell) for cell in sorted(head, key=lambda cell: (cell.row, cell.col)))
    return blocks_in_order(text)


def blocks_in_order(text: str) -> bool:
    """Whether 行政复议, 未经复议直接起诉 and 复议后起诉 follow each other in a header's text."""
    positions = [text.find(word) for word in ("行政复议", "未经复议", "复议后起诉")]
    return -1 not in positions and positions == sorted(positions)


def doubt_disputes(slots: Sequence[Slot], draft: Draft) -> None:
    """Table 4 is there, its figures cannot be placed: one blank shifts all fifteen."""
    candidates = tuple(path.removeprefix("disputes.") for path in form.dispute_paths())
    draft.doubt("disputes", candidates, slots, LOST)
    draft.states["disputes"] = TableState.UNREADABLE
