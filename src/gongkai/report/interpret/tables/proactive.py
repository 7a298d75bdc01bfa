"""Table 2 from tables whose columns are known."""

from collections.abc import Sequence

from gongkai.report import form
from gongkai.report.grid import Cell, Table
from gongkai.report.interpret.tables.draft import BlankSlot, Draft, Slot
from gongkai.report.interpret.tables.numbers import is_figure
from gongkai.report.interpret.tables.proactive_labels import (
    COLUMN_LABELS,
    ROW_COLUMNS,
    ROW_LABELS,
    edition_of,
    in_yuan,
    match_proactive_column,
    match_proactive_row,
)
from gongkai.report.model import TableState

OTHER_UNIT = "表头的金额单位不是万元，未作换算"
SHORT = "该行的数字个数与表头不符，无法确定各数字所在的列"


def read_proactive(tables: Sequence[tuple[int, Table]], draft: Draft) -> str | None:
    """Read table 2 from ``tables`` into ``draft``. The edition, or None where the table is not there."""
    texts = {cell.text for _, table in tables for cell in table.cells if 4 <= len(cell.text.strip()) <= 40}
    edition = edition_of(texts)
    if edition is None:
        return None
    for block, table in tables:
        if _read_table(table, edition, draft):
            draft.consumed[block] = None
    draft.states["proactive"] = TableState.READ
    return edition


def _read_table(table: Table, edition: str, draft: Draft) -> bool:
    header: dict[int, Cell] = {}
    keys: dict[int, str] = {}
    used = False
    for row in table.rows():
        named = {
            cell.col: (key, cell)
            for cell in row
            if not cell.text.isdigit() and (key := match_proactive_column(cell.text, edition)) is not None
        }
        if named:
            keys = {col: key for col, (key, _) in named.items()}
            header = {col: cell for col, (_, cell) in named.items()}
            used = True
            continue
        label = next((cell for cell in row if cell.text.strip()), None)
        key = match_proactive_row(label.text, edition) if label else None
        if label and key and keys:
            _read_row(key, label, row, keys, header, edition, draft)
            used = True
    return used


def _read_row(
    key: str,
    label: Cell,
    row: list[Cell],
    keys: dict[int, str],
    header: dict[int, Cell],
    edition: str,
    draft: Draft,
) -> None:
    prefix = f"proactive.{key}"
    if f"{prefix}.{ROW_COLUMNS[edition, key][0]}" in draft.figures:
        return  # a second row with this label: the first one stands
    columns = ROW_COLUMNS[edition, key]
    draft.label(prefix, ROW_LABELS[edition, key], label.text, label.place)
    for col, column in keys.items():
        if column in columns:
            expected = COLUMN_LABELS[edition, key, column]
            draft.label(f"{prefix}.{column}", expected, header[col].text, header[col].place)
    here = {cell.col: cell for cell in row if cell is not label}
    stray = any(is_figure(c.text) and c.text.strip() and c.col not in keys for c in here.values())
    where = {column: col for col, column in keys.items()}
    if any(in_yuan(header[where[c]].text) for c in columns if c in where and c in form.AMOUNT_KEYS):
        draft.doubt(prefix, columns, list(here.values()), OTHER_UNIT)
    elif stray or not any(column in where for column in columns):
        behind = [cell for cell in here.values() if cell.text.strip()]
        read_in_order(prefix, columns, behind, draft)
    else:
        # A block of the other edition may have fewer columns: what it lacks is missing, not doubtful.
        for column in columns:
            draft.put(f"{prefix}.{column}", here.get(where[column]) if column in where else None)


def read_in_order(prefix: str, columns: tuple[str, ...], slots: Sequence[Slot], draft: Draft) -> None:
    """A row by order: certain when every column has its figure, blank when there is none, else doubtful."""
    if len(slots) == len(columns):
        for column, slot in zip(columns, slots, strict=True):
            draft.put(f"{prefix}.{column}", slot)
    elif slots:
        draft.doubt(prefix, columns, slots, SHORT)
    else:
        for column in columns:
            draft.put(f"{prefix}.{column}", BlankSlot())
