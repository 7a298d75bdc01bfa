"""What the page of a case says where its applicant is asked for reasons, or has given them (条例 35)."""

from datetime import date
from typing import NamedTuple

from gongkai.web.applications.models import Case
from gongkai.web.applications.receiving import reasons
from gongkai.web.common.days import chinese


class Told(NamedTuple):
    """``until``: by when, as a sentence. ``given_on``: the day they came; then nothing is asked any more."""

    until: str = ""
    given_on: date | None = None


def told(case: Case, on: date) -> Told | None:
    """Of an open case, on a day; None where no reasons were asked for."""
    asked = reasons.wanted(case)
    if asked is not None:
        return Told(_until(asked, on))
    given = reasons.given(case)
    return Told(given_on=given.on) if given else None


def _until(asked: reasons.Asked, on: date) -> str:
    if asked.until is None:
        if not asked.workdays:
            return "告知书没有写明期限，请尽快说明。"
        return (
            f"请自收到说明理由告知书之日起{asked.workdays}个工作日内说明；"
            "受理机关还没有登记您收到的日期，登记之前期限不起算。"
        )
    last = chinese(asked.until.day)
    if asked.until.provisional:
        return f"下一年的放假安排尚未公布，期限暂时只能算出不早于{last}。"
    if on > asked.until.day:
        return f"说明理由的期限到{last}，已过；受理机关还没有答复，您现在仍可以说明。"
    return f"最晚{last}说明。"
