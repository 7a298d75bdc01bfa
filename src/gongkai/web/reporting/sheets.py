"""The board as a table to save: one line for each agency and year."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.common.sheets import Line, Sheet
from gongkai.web.reporting.models import ReportRecord
from gongkai.web.reporting.selectors import BoardRow
from gongkai.web.reporting.states import State

HEADINGS: Final = (
    "机关", "机构代码", "所在区划", "年度", "状态", "版次", "错误", "未处理的错误", "提醒", "说明",
    "发布日期", "最近变动日期",
)  # fmt: skip
_WIDTHS: Final = (32, 22, 14, 8, 12, 8, 8, 14, 8, 8, 14, 14)


def sheet(rows: Iterable[BoardRow], years: Sequence[int]) -> Sheet:
    """The whole board as one sheet."""
    return Sheet("年度报告总表", _WIDTHS, lines(rows, years))


def lines(rows: Iterable[BoardRow], years: Sequence[int]) -> Iterator[Line]:
    """Headings, then a line for each agency and year; cells that nobody knows are empty, never 0."""
    yield HEADINGS
    for row in rows:
        for year, record in zip(years, row.reports, strict=True):
            yield _line(row.agency, year, record)


def _line(agency: Agency, year: int, record: ReportRecord | None) -> Line:
    about = (agency.full_name, agency.code, agency.region.name, year)
    version = record.current_version if record else None
    if record is None or version is None:
        return (*about, State.EMPTY.label, None, None, None, None, None, None, None)
    checked = bool(version.engine_version) and not version.error
    counts = (version.errors, version.open_errors, version.warnings, version.infos)
    public = record.published_at if record.published_version_id else None
    return (
        *about,
        State(record.state).label,
        version.number,
        *(counts if checked else (None,) * len(counts)),
        timezone.localdate(public) if public else None,
        timezone.localdate(record.changed_at),
    )
