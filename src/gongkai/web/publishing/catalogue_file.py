"""A catalogue as a file, CSV or XLSX: its rows, what is wrong with each and where, what each would change."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from io import StringIO
from typing import Final

from openpyxl.utils import get_column_letter

from gongkai.kernel import UnreadableError
from gongkai.report import api
from gongkai.web.agencies.models import Agency
from gongkai.web.common import wording
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.sheets import Line, Sheet
from gongkai.web.publishing import entries, personal
from gongkai.web.publishing.entries import LABELS, Entry
from gongkai.web.publishing.models import Item

#: Rows of one file.
MOST: Final = 5000
LARGEST: Final = 10 * 2**20
#: The headings stand in one of the first lines.
_HEADING_WITHIN: Final = 10
_NEEDED: Final = ("index_number", "title", "made_on")
#: What other systems call the columns.
_CALLED: Final[Mapping[str, tuple[str, ...]]] = {
    "index_number": ("索引号", "信息索引号", "索引"),
    "title": ("名称", "标题", "信息名称", "文件名称", "公文名称"),
    "number": ("文号", "发文字号", "文件编号", "发文文号"),
    "summary": ("内容概述", "概述", "摘要", "内容摘要"),
    "made_on": ("生成日期", "成文日期", "形成日期", "制作日期"),
    "published_on": ("发布日期", "公开日期", "发布时间", "公开时间"),
    "url": ("网址", "链接", "链接地址", "地址", "url"),
    "place": ("查阅方式", "获取方式", "查阅地点"),
}
_DAY: Final = re.compile(
    r"((?:19|20)\d{2})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
)
_DAYS: Final = frozenset({"made_on", "published_on"})
_ZIP: Final = b"PK\x03\x04"
_BATCH: Final = 500


class Verdict(Enum):
    """What comes of a row."""

    NEW = "新增"
    CHANGED = "更新"
    SAME = "没有变化"
    REFUSED = "有误"


@dataclass(frozen=True)
class Row:
    """A row as it stands in the file. ``line`` counts from 1; ``columns`` gives each field's letter."""

    line: int
    cells: Mapping[str, str]
    columns: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Compared:
    """A row, what it would enter, and what comes of it; ``faults`` say place, what is wrong, what to do.

    ``of_persons``: the numbers of persons in it, by field; a fault, unless a reason was given for them.
    """

    line: int
    entry: Entry
    verdict: Verdict
    faults: tuple[str, ...] = ()
    of_persons: Mapping[str, tuple[personal.Found, ...]] = field(default_factory=dict)


def read(content: bytes) -> list[Row]:
    """The rows below the headings, without blank ones. Raises ``ActionRefused`` where it is no such file."""
    lines = _workbook(content) if content.startswith(_ZIP) else _csv(content)
    at, columns = _headings(lines)
    letters = {name: get_column_letter(column + 1) for name, column in columns.items()}
    rows = [
        Row(number, {name: _cell(line, column) for name, column in columns.items()}, letters)
        for number, line in enumerate(lines[at + 1 :], at + 2)
        if any(cell.strip() for cell in line)
    ]
    if not rows:
        raise ActionRefused("文件只有表头，没有目录", remedy="请在表头下面逐行填写")
    if len(rows) > MOST:
        raise ActionRefused(f"文件有{len(rows)}行，一次最多{MOST}行", remedy="请分成几个文件，例如一年一个")
    return rows


def _cell(line: Sequence[str], column: int) -> str:
    text = line[column].strip() if column < len(line) else ""
    # Our own CSV guards what a spreadsheet would take for a formula.
    return text[1:] if text.startswith("'") and text[1:2] in {"=", "+", "-", "@"} else text


def _workbook(content: bytes) -> list[list[str]]:
    try:
        return api.workbook_rows(content)
    except UnreadableError as error:
        raise ActionRefused(error.message, remedy="请另存为 XLSX 或 CSV 后再试") from error


def _csv(content: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        try:
            return list(csv.reader(StringIO(text, newline=""), strict=True))
        except csv.Error as error:
            raise ActionRefused(
                "文件不是完整的 CSV，有引号没有配对", remedy="请用表格软件重新导出"
            ) from error
    raise ActionRefused("文件不是 CSV 或 XLSX", remedy="请用表格软件另存为 XLSX 或 CSV 后再试")


def _headings(lines: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    best: dict[str, int] = {}
    for at, line in enumerate(lines[:_HEADING_WITHIN]):
        found = _columns(line)
        if all(name in found for name in _NEEDED):
            return at, found
        best = found if len(found) > len(best) else best
    missing = "、".join(f"“{LABELS[name]}”" for name in _NEEDED if name not in best)
    raise ActionRefused(
        f"前{_HEADING_WITHIN}行中没有找到完整的表头，缺少{missing}", remedy="请对照模板文件的表头填写"
    )


def _columns(line: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, text in enumerate(line):
        word = wording.plain(text).strip("*:")
        name = next((name for name, called in _CALLED.items() if word in called), None)
        if name is not None:
            if name in found:
                place = f"{get_column_letter(found[name] + 1)}列和{get_column_letter(column + 1)}列"
                raise ActionRefused(f"表头有两列“{LABELS[name]}”", place=place, remedy="请删去一列")
            found[name] = column
    return found


def compare(agency: Agency, rows: Sequence[Row], today: date, *, confirmed: bool = False) -> list[Compared]:
    """What each row would do to an agency's catalogue. Of rows with the same index number none is taken.

    ``confirmed``: a reason was given for the numbers of persons in the file; else such a row is refused.

    Of an item that is there, what the file has no column for stays as it is.
    """
    keys = [wording.index_key(row.cells["index_number"]) for row in rows]
    times = Counter(keys)
    known = _known(agency, list(times))
    found = []
    for row, key in zip(rows, keys, strict=True):
        item = known.get(key)
        entry, unread = _entered(row, item)
        faults = list(_faults(row, entry, unread, today))
        if key and times[key] > 1:
            faults.append(_at(row, "index_number", f"“{entry.index_number}”在文件中出现了{times[key]}次"))
        if item is not None and item.withdrawn_on is not None:
            told = f"这条目录已于{item.withdrawn_on:%Y-%m-%d}撤下，请先在目录中恢复公开"
            faults.append(_at(row, "index_number", told))
        of_persons = personal.found_in(entry, item)
        if not confirmed:
            faults += [_at(row, name, text) for name, text in personal.told(of_persons).items()]
        verdict = _verdict(entry, item, faults)
        found.append(Compared(row.line, entry, verdict, tuple(faults), of_persons))
    return found


def _verdict(entry: Entry, item: Item | None, faults: Sequence[str]) -> Verdict:
    if faults:
        return Verdict.REFUSED
    if item is None:
        return Verdict.NEW
    return Verdict.SAME if entries.of(item) == entry else Verdict.CHANGED


def _entered(row: Row, item: Item | None) -> tuple[Entry, dict[str, str]]:
    """The row as an entry, and what could not be read of it, by field."""
    given: dict[str, str | date | None] = {}
    unread: dict[str, str] = {}
    for name in entries.NAMES:
        text = row.cells.get(name, "")
        if item is not None and name not in row.columns:
            given[name] = getattr(item, name)
        elif name in _DAYS:
            given[name] = _day(text)
            if text and given[name] is None:
                unread[name] = f"“{text[:30]}”不是日期，应如 2024-03-05"
        else:
            given[name] = text
    return Entry(**given), unread  # type: ignore[arg-type]


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _faults(row: Row, entry: Entry, unread: Mapping[str, str], today: date) -> Iterator[str]:
    wrong = {**entries.faults(entry, today), **unread}
    for name in entries.NAMES:
        if name in wrong:
            yield _at(row, name, wrong[name])


def _at(row: Row, name: str, fault: str) -> str:
    column = row.columns.get(name)
    return f"第{row.line}行{f'{column}列' if column else ''}（{LABELS[name]}）：{fault}"


def _known(agency: Agency, keys: Sequence[str]) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for start in range(0, len(keys), _BATCH):
        items = Item.objects.filter(agency=agency, index_key__in=keys[start : start + _BATCH])
        found |= {item.index_key: item for item in items}
    return found


def template() -> Sheet:
    """A file to fill in: the headings, and one line that shows how."""
    shown = (
        "000014349/2024-00001", "×镇人民政府关于×的通知", date(2024, 3, 5), "×政〔2024〕1号", "一两句话",
        date(2024, 3, 8), "https://www.example.gov.cn/…", "",
    )  # fmt: skip
    lines: list[Line] = [[LABELS[name] for name in entries.NAMES], shown]
    return Sheet("公开目录", [24, 44, 14, 20, 44, 14, 44, 30], lines)
