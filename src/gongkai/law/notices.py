"""The notices and the regulation an annual report rests on, by the year reported on."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from gongkai.law.dated import NotCoveredError, in_force, rows

Kind = Literal["form", "regulation"]


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice or regulation and the years reported on that it applies to, both ends included.

    ``until`` is None while it is in force.
    """

    kind: Kind
    number: str
    issuer: str
    title: str
    since: int
    until: int | None
    source: str

    def replaced_for(self, year: int) -> bool:
        """Whether something else had taken its place for the report on ``year``."""
        return self.until is not None and year > self.until


@cache
def notices() -> tuple[Notice, ...]:
    """All of them, in the order of the data."""
    return tuple(
        Notice(
            row["kind"],
            row["number"],
            row["issuer"],
            row["title"],
            row["from"],
            row.get("until"),
            row["source"],
        )
        for row in rows("form_notices")
    )


def notice_for(kind: Kind, year: int) -> Notice:
    """What is in force for the report on ``year``; NotCoveredError where the data has nothing."""
    for notice in notices():
        if notice.kind == kind and notice.since <= year and not notice.replaced_for(year):
            return notice
    raise NotCoveredError(
        f"没有{year}年度适用的文件数据（{kind}）", remedy="请核对年度；无误的，请更新到收录了它的版本"
    )


def text_duty(duty: str, year: int) -> bool:
    """Whether the report on ``year`` owes this statement; NotCoveredError for an unknown duty."""
    known = [row for row in rows("text_duties") if row["duty"] == duty]
    if not known:
        raise NotCoveredError(f"没有“{duty}”的数据", remedy="请更新到收录了这项规定的版本")
    return any(in_force(row, year) for row in known)
