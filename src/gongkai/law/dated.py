"""Dated rows of law: one TOML file a subject, each row with ``from``, ``until`` and ``source``.

``from`` and ``until`` are both years reported on or both days; ``until`` is included.
"""

import tomllib
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from gongkai.kernel import GongkaiError


class NotCoveredError(GongkaiError):
    """The dated data says nothing about this time; nobody may guess."""

    code = "law-not-covered"


@cache
def rows(name: str) -> tuple[dict[str, Any], ...]:
    """The rows of ``data/<name>.toml``; ``until`` is left out while a row is in force.

    Raises ValueError where a row lacks its dates or its source.
    """
    text = resources.files("gongkai.law").joinpath("data", f"{name}.toml").read_text("utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["row"]
    for row in found:
        if not isinstance(row.get("from"), int | date) or not row.get("source"):
            raise ValueError(f"{name}: a row needs from and source: {row}")
        if row.get("until", row["from"]) < row["from"]:
            raise ValueError(f"{name}: a row ends before it begins: {row}")
    return tuple(found)


def in_force(row: dict[str, Any], year: int) -> bool:
    """Whether a row whose dates are report years applies to the report on ``year``."""
    return bool(row["from"] <= year <= row.get("until", year))


def in_force_on(row: dict[str, Any], day: date) -> bool:
    """Whether a row whose dates are days applies on ``day``."""
    return bool(row["from"] <= day <= row.get("until", day))


def row_on(name: str, day: date, what: str, **fields: object) -> dict[str, Any]:
    """The one row of ``data/<name>.toml`` with these fields that is in force on ``day``.

    Raises NotCoveredError where there is none; ``what`` names the subject in Chinese.
    """
    for row in rows(name):
        if in_force_on(row, day) and all(row.get(key) == value for key, value in fields.items()):
            return row
    raise NotCoveredError(
        f"没有{day.isoformat()}适用的{what}的法律数据",
        remedy="请核对日期；日期无误的，本版本没有收录当时的规定，请按当时的规定人工办理",
    )
