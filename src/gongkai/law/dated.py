"""Dated rows of law: one TOML file a subject, each row with ``from``, ``until`` and ``source``."""

import tomllib
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
        if not isinstance(row.get("from"), int) or not row.get("source"):
            raise ValueError(f"{name}: a row needs from and source: {row}")
        if row.get("until", row["from"]) < row["from"]:
            raise ValueError(f"{name}: a row ends before it begins: {row}")
    return tuple(found)


def in_force(row: dict[str, Any], year: int) -> bool:
    """Whether a row whose dates are report years applies to the report on ``year``."""
    return bool(row["from"] <= year <= row.get("until", year))
