"""``gongkai law``: each command calls the door of ``law``, prints, and returns the exit code."""

import sys
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli.screen import Piece, Screen
from gongkai.kernel import GongkaiError
from gongkai.kernel.law_ref import REGULATION
from gongkai.law import api
from gongkai.law.api import Account, Day, Kind, State, Tariff, Term

if TYPE_CHECKING:
    from rich.table import Table

OK = 0
_STYLES = {State.OVERDUE: "bold red", State.RUNNING: "green", State.ANSWERED: "green"}
_COUNTED = {True: "计", False: "不计", None: "未定"}
_TARIFFS: dict[Tariff, tuple[str, str]] = {"items": ("按件计收", "件"), "pages": ("按量计收", "页")}
#: More than any case has events for, far below what would fill the memory.
_MOST_BYTES = 16 * 1024 * 1024


def workdays(options: Namespace, screen: Screen) -> int:
    """``gongkai law workdays``."""
    days = api.workdays(options.start, options.end)
    if options.json:
        screen.data({"from": options.start.isoformat(), "to": options.end.isoformat(), "workdays": days})
    else:
        screen.line(f"{options.start}至{options.end}（含首尾）：", (f"{days}个工作日", "bold"))
    return OK


def clock(options: Namespace, screen: Screen) -> int:
    """``gongkai law clock``: 2 where the law does not allow an event, or the file is no case."""
    account = _told(options.events, options.on)
    if options.json:
        screen.data(api.account_to_dict(account))
        return OK
    for line in _account_lines(account):
        screen.line(*line)
    screen.table(_days(account))
    for note in account.notes:
        screen.line(("注意：", "yellow"), note)
    return OK


def fee(options: Namespace, screen: Screen) -> int:
    """``gongkai law fee``."""
    tariff: Tariff = "pages" if options.items is None else "items"
    count = options.pages if options.items is None else options.items
    yuan = api.fee(tariff, count, options.on)
    if options.json:
        screen.data({"tariff": tariff, "count": count, "fee_yuan": yuan})
    else:
        words, unit = _TARIFFS[tariff]
        screen.line(f"{words}，{count}{unit}：", (f"{yuan}元", "bold"), "（国办函〔2020〕109号）")
    return OK


def remedy(options: Namespace, screen: Screen) -> int:
    """``gongkai law remedy``: 2 with the rows there are where the row is unknown."""
    found = api.remedy(options.outcome, options.on)
    if options.json:
        screen.data(api.remedy_to_dict(options.outcome, options.on, found))
        return OK
    way = (
        "先申请行政复议（复议前置）" if found.reconsideration_first else "行政复议或者行政诉讼，由申请人选择"
    )
    screen.line(("途径：", "bold"), way)
    screen.line(("告知：", "bold"), found.clause())
    screen.line(("复议机关：", "bold"), found.body)
    screen.line(("依据：", "bold"), "；".join(found.basis))
    return OK


def import_year(options: Namespace, screen: Screen) -> int:
    """``gongkai law import-year``: 2 with what is wrong; then nothing is stored."""
    before = api.published().years
    arrangement = api.import_year(_text(options.file), place=options.file)
    years = api.published().years
    if options.json:
        screen.data({"year": arrangement.year, "notice": arrangement.notice, "years": [years[0], years[-1]]})
    else:
        done = "已替换" if arrangement.year in before else "已导入"
        screen.line(
            f"{done}{arrangement.year}年放假安排（{arrangement.notice}），现有{years[0]}年至{years[-1]}年"
        )
    return OK


def _text(name: str) -> str:
    """What a file or, for ``-``, standard input holds."""
    place = _named(name)
    try:
        if name == "-":
            data = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise GongkaiError("文件过大", place=place, remedy=f"最多{_MOST_BYTES // 1024**2}MB")
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        raise GongkaiError("没有这个文件", place=place, remedy="请检查文件名和路径") from None
    except IsADirectoryError:
        raise GongkaiError("这是文件夹，不是文件", place=place, remedy="请给出其中的文件") from None
    except PermissionError:
        raise GongkaiError("没有读取这个文件的权限", place=place, remedy="请检查文件权限") from None
    except OSError as error:
        raise GongkaiError(f"不能读取（{error.strerror}）", place=place, remedy="请检查路径") from error
    except UnicodeDecodeError:
        raise GongkaiError("不是 UTF-8 文字", place=place, remedy="请另存为 UTF-8") from None


def _named(name: str) -> str:
    return "标准输入" if name == "-" else name


def _told(name: str, on: date | None) -> Account:
    """The account of the case in a file, whose errors name the file first."""
    text = _text(name)
    try:
        return api.clock(text, on)
    except GongkaiError as error:
        if name != "-":
            error.place = f"{name}：{error.place}" if error.place else name
        raise


def _account_lines(account: Account) -> list[list[Piece]]:
    """Where the case stands, in a few lines."""
    unconfirmed = account.received is None and not account.state.closed
    word = "尚待双方确认" if unconfirmed else account.state.word
    lines: list[list[Piece]] = [[f"截至{account.on}：", (word, _STYLES.get(account.state, "yellow"))]]
    lines.append(["收到申请：", str(account.received or "尚未确认，期限未起算")])
    if account.due:
        lines.append(["答复期限：", (str(account.due), "bold"), _left(account)])
    elif account.not_before:
        lines.append(
            [
                "答复期限：",
                ("暂不能确定", "yellow"),
                f"（放假安排未公布；按星期一至星期五推算，暂为{account.not_before}，不得写入文书）",
            ]
        )
    elif not account.state.closed:
        lines.append(["答复期限：", "暂停或尚未起算，现在不能确定"])
    used = "不能确定" if account.used is None else f"{account.used}个工作日"
    lines.append([f"已计：{used}", f"，共{account.limit}个工作日" if account.limit else ""])
    lines += [[_term_line(term)] for term in account.terms if _stands(term, account)]
    if account.state is State.LAPSED:
        lines.append([f"自{account.closed_on}起视为放弃申请，不再处理"])
    if account.late:
        lines.append([("答复晚于期限", "bold red")])
    return lines


def _stands(term: Term, account: Account) -> bool:
    """Whether somebody's term still runs, or was let lapse; of a party that was silent a note tells."""
    if term.ended is not None or account.state in {State.ANSWERED, State.WITHDRAWN}:
        return False
    over = term.until is not None and not term.provisional and account.on > term.until
    return term.kind is not Kind.CONSULTATION_STARTED or not over


def _term_line(term: Term) -> str:
    """The letter that set somebody a term, to whom, and the term's last day."""
    whom = f"（{term.party.word}{term.ref}）" if term.party else ""
    if term.provisional:
        until = f"期限不早于{term.until}届满（暂计，这一年的放假安排还没有公布）"
    elif term.until:
        until = f"期限至{term.until}"
    else:
        until = "期限未起算" if term.unreceived else "没有写明期限"
    return f"{term.since}{term.kind.word}{whom}，{until}"


def _left(account: Account) -> str:
    if account.left is None:
        return ""
    return f"（还有{account.left}个工作日）" if account.left >= 0 else f"（已超过{-account.left}个工作日）"


def _days(account: Account) -> "Table":
    from rich.table import Table

    table = Table("日期", "计否", "第几日", "原因", "依据", box=None, pad_edge=False)
    for day in account.days:
        number = "" if day.number is None else str(day.number)
        style = "dim" if day.ahead else ""
        table.add_row(str(day.on), _COUNTED[day.counted], number, _why(day), _ground(day), style=style)
    return table


def _ground(day: Day) -> str:
    """The article, short enough for a terminal's line; the Regulation is 条例 here."""
    document, article = day.article
    return f"条例{article}" if document == REGULATION else article.strip("（）")


def _why(day: Day) -> str:
    why = f"{day.why}（{day.notice}）" if day.notice else day.why
    return f"{why}（预计）" if day.ahead and day.counted else why
