"""The due list, and the cases behind a figure, as tables to save: of applicants masked names at most."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from django.db.models import QuerySet

from gongkai.report import api
from gongkai.web.applications import selectors
from gongkai.web.applications.models import Case, State
from gongkai.web.applications.privacy import masking
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.sheets import Line, Sheet

#: What one table holds; more is narrowed down first.
MOST: Final = 50_000
_DUE: Final = (
    ("机关", 30), ("登记号", 18), ("状态", 14), ("最晚答复", 14), ("剩余工作日", 12), ("说明", 26),
    ("收到日期", 14), ("来件方式", 14), ("申请人类别", 14), ("申请人", 16), ("所需信息", 50), ("经办人", 12),
)  # fmt: skip
_BEHIND: Final = (
    ("机关", 30), ("登记号", 18), ("来件方式", 14), ("申请人类别", 14), ("收到日期", 14), ("办结日期", 14),
    ("状态", 14), ("办理结果", 40), ("所用工作日", 12), ("是否逾期", 10),
)  # fmt: skip


def due(cases: QuerySet[Case], today: date) -> Sheet:
    """The due list. Raises ``ActionRefused`` where it is longer than ``MOST``."""
    _refuse_too_many(cases)
    rows = cases.select_related("agency", "handler", "applicant").iterator(chunk_size=2000)
    return Sheet("未办结的申请", [width for _, width in _DUE], _due_lines(rows, today))


def _due_lines(cases: Iterable[Case], today: date) -> Iterator[Line]:
    yield [heading for heading, _ in _DUE]
    for case in cases:
        yield (
            case.agency.full_name,
            case.register_no,
            case.get_state_display(),
            case.due,
            selectors.left(case, today),
            _remark(case, today),
            case.received_on,
            case.get_channel_display(),
            case.get_applicant_kind_display(),
            masking.applicant(case.applicant.name, case.applicant_kind),
            masking.asked_for(case),
            str(case.handler) if case.handler else "未分办",
        )


def _remark(case: Case, today: date) -> str:
    if selectors.perhaps_over(case, today):
        return f"可能已到期：不早于{case.not_before:%Y-%m-%d}（暂计）"
    if case.due is None and case.not_before is not None:
        return f"不早于{case.not_before:%Y-%m-%d}（暂计）"
    if case.state == State.UNCONFIRMED:
        return "待与申请人确认收到"
    return "已逾期" if case.due is not None and case.due < today else ""


def behind(cases: QuerySet[Case]) -> Sheet:
    """The cases one figure counts, without anything about who asked or for what. Raises ``ActionRefused``."""
    _refuse_too_many(cases)
    rows = cases.select_related("agency").iterator(chunk_size=2000)
    return Sheet("数字的来源", [width for _, width in _BEHIND], _behind_lines(rows))


def _behind_lines(cases: Iterable[Case]) -> Iterator[Line]:
    yield [heading for heading, _ in _BEHIND]
    for case in cases:
        yield (
            case.agency.full_name,
            case.register_no,
            case.get_channel_display(),
            case.get_applicant_kind_display(),
            case.received_on,
            case.closed_on,
            case.get_state_display(),
            row_label(case.outcome) if case.outcome else "",
            case.used_workdays,
            ("是" if case.late else "否") if case.closed_on else "",
        )


def row_label(row: str) -> str:
    """A row of table 3 in the words of the form, without its column."""
    return api.label(f"applications.{row}.total", "2021").rsplit("，", 1)[0]


def _refuse_too_many(cases: QuerySet[Case]) -> None:
    if cases.order_by()[: MOST + 1].count() > MOST:
        raise ActionRefused(f"一次最多导出{MOST:,}件", remedy="请先用筛选条件缩小范围")


def outcome_label(row: str) -> str:
    """A row of results alone, for where nothing but results stands."""
    return row_label(row).removeprefix("三、本年度办理结果")
