"""What a correction adds to an application: kept beside the earlier text, marked by its day."""

from datetime import date

from gongkai.web.applications.models import Case


def add(case: Case, on: date, text: str) -> None:
    """Add it to what is asked for; the earlier text stays. Whoever calls saves the case."""
    if text.strip():
        case.details = f"{case.details}\n{_mark(on)}{text.strip()}".strip()


def take_back(case: Case, on: date) -> None:
    """Mark the words of a correction recorded by mistake: they stay on record and ask for nothing."""
    before, mark, text = case.details.rpartition(_mark(on))
    if mark:
        case.details = f"{before}{_mark(on, '（登记有误，已更正）')}{text}"


def move(case: Case, wrong: date, right: date) -> None:
    """Write a correction's words under the day it came in, where another one was typed."""
    before, mark, text = case.details.rpartition(_mark(wrong))
    if mark:
        case.details = f"{before}{_mark(right)}{text}"


def text_of(case: Case, on: date) -> str:
    """What was corrected on a day; empty where only papers came. There is one correction a case (条例 30)."""
    _, mark, text = case.details.rpartition(_mark(on))
    return text.strip() if mark else ""


def _mark(on: date, more: str = "") -> str:
    return f"【{on.year}年{on.month}月{on.day}日补正{more}】"
