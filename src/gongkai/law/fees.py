"""信息处理费: both tariffs of 国办函〔2020〕109号, marginal (超额累进).

An agency chooses one tariff for an application.
"""

from datetime import date
from typing import Any, Literal, NamedTuple

from gongkai.law.dated import row_on, rows

Tariff = Literal["items", "pages"]


class Tier(NamedTuple):
    """Items or pages ``first`` to ``last`` cost ``rate`` yuan each; ``last`` None: no tier follows."""

    first: int
    last: int | None
    rate: int


def fee(tariff: Tariff, count: int, on: date | None = None) -> int:
    """The fee in yuan for ``count`` items of one applicant's calendar month, or pages of one application.

    ``on`` is the day of the notice; without it the tariff last published. Raises NotCoveredError before
    2021-01-01, ValueError for a negative count.
    """
    if count < 0:
        raise ValueError(f"a count cannot be negative: {count}")
    row = _row(tariff, on)
    total, done = 0, 0
    for tier in row["tier"]:
        upto = min(count, tier.get("upto", count))
        total += max(0, upto - done) * tier["rate"]
        done = max(done, upto)
    return total + _rising(row, count - done)


def _rising(row: dict[str, Any], beyond: int) -> int:
    """The part after the last tier, where each further block costs more."""
    if beyond <= 0:
        return 0
    block, by, rate = row["rising"]["block"], row["rising"]["by"], row["tier"][-1]["rate"]
    full, rest = divmod(beyond, block)
    return int(block * (full * rate + by * full * (full + 1) // 2) + rest * (rate + by * (full + 1)))


def marginal(tariff: Tariff, number: int, on: date | None = None) -> int:
    """What the ``number``-th item of the month, or page of the application, costs by itself, in yuan."""
    if number < 1:
        raise ValueError(f"items and pages are counted from 1: {number}")
    return fee(tariff, number, on) - fee(tariff, number - 1, on)


def tier(tariff: Tariff, number: int, on: date | None = None) -> Tier:
    """The tier that the ``number``-th item of the month, or page of the application, falls into."""
    if number < 1:
        raise ValueError(f"items and pages are counted from 1: {number}")
    row, first = _row(tariff, on), 1
    for one in row["tier"]:
        last = one.get("upto")
        if last is None or number <= last:
            return Tier(first, last, one["rate"])
        first = last + 1
    block = row["rising"]["block"]
    above = (number - first) // block
    first += above * block
    return Tier(first, first + block - 1, row["tier"][-1]["rate"] + row["rising"]["by"] * (above + 1))


def tiers(tariff: Tariff, count: int, on: date | None = None) -> tuple[Tier, ...]:
    """The tiers that ``count`` items or pages run through, the first first."""
    found: list[Tier] = []
    last: int | None = 0
    while last is not None and last < count:
        found.append(tier(tariff, last + 1, on))
        last = found[-1].last
    return tuple(found)


def _row(tariff: Tariff, on: date | None) -> dict[str, Any]:
    if on is not None:
        return row_on("fees", on, "信息处理费标准", tariff=tariff)
    return max((row for row in rows("fees") if row["tariff"] == tariff), key=lambda row: row["from"])
