"""Cases of an old system from a workbook: a sheet of applications, one of events, one of parties asked.

What a reader of sheets finds is handed on in the shape of ``json_file``, so that both are checked alike; each
part knows its sheet, row and column.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from openpyxl.utils import get_column_letter

from gongkai.kernel import UnreadableError
from gongkai.report import api
from gongkai.web.applications.old_cases.cell_values import Unread, value_of
from gongkai.web.applications.old_cases.columns import (
    APPLICATIONS,
    EVENTS,
    HELP,
    LISTS,
    READ,
    Column,
    SheetOf,
)
from gongkai.web.applications.old_cases.given import Given
from gongkai.web.applications.old_cases.words import Words, codes
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.typed import folded

if TYPE_CHECKING:
    from gongkai.report.api import WorkbookSheet

#: Of faults that keep the whole file out, so many are said at once.
_TOLD: Final = 10
_TEMPLATE: Final = "请对照模板文件填写"


@dataclass(slots=True)
class _Line:
    """A row of a sheet: what was read of it by field, where each field stands, what could not be read.

    ``filled`` are the fields with anything in them.
    """

    number: int
    where: str
    values: dict[str, str | int | bool] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    filled: set[str] = field(default_factory=set)

    @property
    def case(self) -> str:
        return str(self.values.get("old_number", ""))


def read(content: bytes, on: date) -> list[Given]:
    """The cases of a workbook, with the words there are on a day.

    Raises ``ActionRefused``: no workbook, a sheet or column missing or unknown, merged cells, a row of events
    or parties that belongs to no application. What is wrong with one case alone is in its ``faults``.
    """
    try:
        sheets = api.workbook_sheets(content)
    except UnreadableError as error:
        raise ActionRefused(error.message, place=error.place, remedy=error.remedy) from error
    found = _by_name(sheets)
    words = dict(codes(on))
    applications, events, parties = (_lines(found[kind.name], kind, words) for kind in READ)
    _refuse_strays(applications, [*events, *parties])
    happened, asked = _by_case(events), _by_case(parties)
    return [_given(line, happened[line.case], asked[line.case]) for line in applications]


def _by_name(sheets: Sequence["WorkbookSheet"]) -> dict[str, "WorkbookSheet | None"]:
    known = {kind.name: kind for kind in READ}
    found: dict[str, WorkbookSheet | None] = dict.fromkeys(known)
    for sheet in sheets:
        name = sheet.name.strip()
        if name in known and found[name] is None:
            found[name] = sheet
        elif name not in {HELP, LISTS} and sheet.cells:
            raise ActionRefused(
                f"有不认识的工作表“{sheet.name}”", remedy=f"只读取{_named()}；请删去，或把内容移过去"
            )
    for name, kind in known.items():
        sheet_found = found[name]
        if kind.needed and (sheet_found is None or not sheet_found.cells):
            raise ActionRefused(f"没有工作表“{name}”，或者它是空的", remedy=_TEMPLATE)
    return found


def _named() -> str:
    return "、".join(f"“{kind.name}”" for kind in READ)


def _lines(sheet: "WorkbookSheet | None", kind: SheetOf, words: Mapping[str, Words]) -> list[_Line]:
    """The rows below the headings, without blank ones."""
    if sheet is None or not sheet.cells:
        return []
    _refuse_merged(sheet)
    columns = _columns(sheet, kind)
    lines: dict[int, _Line] = {}
    for cell in sheet.cells:
        if cell.row == 1:
            continue
        column = columns.get(cell.column)
        if column is None:
            raise ActionRefused("这一列没有表头", place=_at(kind, cell.row, cell.column), remedy=_TEMPLATE)
        line = lines.setdefault(cell.row, _line(kind, cell.row, columns))
        line.filled.add(column.path)
        try:
            value = value_of(cell, column.takes, words.get(column.words, ()))
        except Unread as unread:
            line.faults.append(f"{line.places[column.path]}：{unread}")
        else:
            line.values[column.path] = value
    return [_complete(line, kind) for line in lines.values()]


def _refuse_merged(sheet: "WorkbookSheet") -> None:
    if sheet.merged:
        raise ActionRefused(
            f"“{sheet.name}”表有合并的单元格（{'、'.join(sheet.merged[:_TOLD])}），不知道内容属于哪一行",
            remedy="请取消合并，每行每列单独填写",
        )


def _columns(sheet: "WorkbookSheet", kind: SheetOf) -> dict[int, Column]:
    by_head = {folded(column.head): column for column in kind.columns}
    found: dict[int, Column] = {}
    for cell in (cell for cell in sheet.cells if cell.row == 1):
        column = by_head.get(folded(str(cell.value)).strip("*"))
        if column is None:
            told = f"不认识的表头“{str(cell.value)[:20]}”"
            raise ActionRefused(told, place=_at(kind, 1, cell.column), remedy=f"{_TEMPLATE}；表头在第1行")
        if column in found.values():
            raise ActionRefused(
                f"表头有两列“{column.head}”", place=_at(kind, 1, cell.column), remedy="请删去一列"
            )
        found[cell.column] = column
    missing = [column.head for column in kind.columns if column.needed and column not in found.values()]
    if missing:
        names = "、".join(f"“{head}”" for head in missing)
        raise ActionRefused(f"“{kind.name}”表第1行缺少表头{names}", remedy=_TEMPLATE)
    return found


def _line(kind: SheetOf, row: int, columns: Mapping[int, Column]) -> _Line:
    letters = {column.path: f"{get_column_letter(number)}列" for number, column in columns.items()}
    where = f"“{kind.name}”表第{row}行"
    places = {
        column.path: f"{where}{letters.get(column.path, '')}（{column.head}）" for column in kind.columns
    }
    return _Line(row, where, places=places)


def _at(kind: SheetOf, row: int, column: int) -> str:
    return f"“{kind.name}”表第{row}行{get_column_letter(column)}列"


def _complete(line: _Line, kind: SheetOf) -> _Line:
    """With a fault for each cell that has to be filled and is blank."""
    blank = [one for one in kind.columns if one.needed and one.path not in line.filled]
    line.faults += [f"{line.places[one.path]}：没有填写" for one in blank]
    return line


def _refuse_strays(applications: Sequence[_Line], others: Sequence[_Line]) -> None:
    """A row that belongs to no application may be one that a case is short of: then none is taken."""
    known = {line.case for line in applications if line.case}
    told = []
    for line in others:
        if not line.case:
            told += [fault for fault in line.faults if "（原系统编号）" in fault]
        elif line.case not in known:
            told.append(f"{line.places['old_number']}：“{line.case[:20]}”不在“{APPLICATIONS.name}”表中")
    if told:
        more = f"等{len(told)}处" if len(told) > _TOLD else ""
        raise ActionRefused(
            "有的行不知道属于哪件申请，整个文件没有转入",
            place="；".join(told[:_TOLD]) + more,
            remedy="编号应与“申请”表的完全一样；改好后再试",
        )


def _by_case(lines: Sequence[_Line]) -> dict[str, list[_Line]]:
    found: dict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        found[line.case].append(line)
    return found


def _given(line: _Line, happened: Sequence[_Line], asked: Sequence[_Line]) -> Given:
    """A case with its events by their days; of one day in the order of the sheet."""
    happened = sorted(happened, key=lambda one: str(one.values.get("on", "")))
    faults = [*line.faults, *(fault for one in (*happened, *asked) for fault in one.faults)]
    if not happened:
        faults.append(f"{line.where}：“{EVENTS.name}”表中没有这件申请的经过，至少应有“收到申请”")
    places = dict(line.places)
    for name, rows in (("events", happened), ("parties", asked)):
        places |= {f"{name}.{number}": one.where for number, one in enumerate(rows, 1)}
    return Given(_row(line, happened, asked), line.where, places, tuple(faults))


def _row(line: _Line, happened: Sequence[_Line], asked: Sequence[_Line]) -> dict[str, Any]:
    row: dict[str, Any] = {"applicant": {}}
    for path, value in line.values.items():
        of, _, name = path.rpartition(".")
        (row[of] if of else row)[name] = value
    return {**row, "events": [_without_number(one) for one in happened], "parties": [
        _without_number(one) for one in asked
    ]}  # fmt: skip


def _without_number(line: _Line) -> dict[str, Any]:
    return {name: value for name, value in line.values.items() if name != "old_number"}
