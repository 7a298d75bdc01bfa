"""What is printed for the file of a case alone: what is in it, how its days were counted, what was noted."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from gongkai.documents import Block, Grid, Heading, Line, Paper, Text
from gongkai.law.case import Account
from gongkai.web.applications import clock, dayline
from gongkai.web.applications.models import Case
from gongkai.web.applications.papers.tables import Row, Said, named, table
from gongkai.web.common.days import chinese, chinese_moment

CONTENTS: Final = "卷内文件目录"
DAYS: Final = "答复期限逐日计算表"
NOTES: Final = "办理记录"
_COUNTED: Final = {True: "计入", False: "不计", None: "尚不能确定"}


class Entry(NamedTuple):
    """A line of the list of contents, in the columns archives keep."""

    document_no: str
    source: str
    title: str
    on: str
    remark: str


def contents(case: Case, entries: Iterable[Entry], printed: date) -> Paper:
    """The list of what is in the file, in its order, as it was on the day it was printed."""
    open_still = "　案件尚未办结，此后形成的文件不在内" if case.is_open else ""
    rows = ((str(number), *entry) for number, entry in enumerate(entries, 1))
    grid = _grid(("序号", "文号", "来源", "题名", "日期", "备注"), (9, 31, 28, 42, 28, 20), rows, CONTENTS)
    return _paper(case, CONTENTS, (_line(case, f"打印日期：{chinese(printed)}{open_still}"), grid))


def counted_days(case: Case, account: Account) -> Paper:
    """Each day of the term to reply: counted or not, why, and by which article (Art. 31, 33)."""
    rows = (
        (
            chinese(day.on) + "（还没到）" * day.ahead,
            f"第{day.number}个工作日" if day.number else _COUNTED[day.counted],
            clock.in_words(day.why) + (f"（{day.notice}）" if day.notice else ""),
            str(day.article),
        )
        for day in dayline.days(account)
    )
    grid = _grid(("日期", "是否计入", "理由", "依据"), (31, 26, 43, 58), rows, DAYS)
    last = f"最晚答复：{chinese(account.due)}" if account.due else "现在没有确定的最晚答复日期"
    notes = (Text(clock.in_words(note)) for note in account.notes)
    return _paper(case, DAYS, (_line(case, last), grid, *notes))


def notes(case: Case) -> Paper | None:
    """What was written down while the case was handled, and what sections were asked; None for nothing."""
    blocks = (*_notes(case), *_errands(case))
    return _paper(case, NOTES, blocks) if blocks else None


def _notes(case: Case) -> Iterator[Block]:
    for one in case.notes.select_related("person"):
        yield Heading(f"{one.get_kind_display()}　{chinese_moment(one.at)}　{one.person}", 2)
        yield from map(Text, one.text.splitlines())


def _errands(case: Case) -> Iterator[Block]:
    for one in case.errands.select_related("asked_by"):
        yield Heading(f"交{one.section}协办　{chinese(one.asked_on)}　{one.asked_by}", 2)
        yield from map(Text, one.question.splitlines())
        if one.answered_on is None:
            yield Text(f"要求{chinese(one.answer_by)}前反馈，尚未反馈。")
        else:
            yield Text(f"{chinese(one.answered_on)}反馈：")
            yield from map(Text, one.answer.splitlines())


def _paper(case: Case, name: str, blocks: tuple[Block, ...]) -> Paper:
    title = f"政府信息公开申请\n{name}"
    return Paper(title, blocks, author=case.agency.full_name)


def _line(case: Case, told: str) -> Line:
    return Line(f"登记号：{case.register_no}　{told}", keep=True)


def _grid(
    head: tuple[str, ...], widths: tuple[float, ...], rows: Iterable[tuple[str, ...]], description: str
) -> Grid:
    body = [Row([Said(text, flow=True) for text in row]) for row in rows]
    return table([Row([named(name) for name in head]), *body], widths, description, header_rows=1)
