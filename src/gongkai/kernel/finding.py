"""What a check found: frozen, complete, and in words a clerk can act on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from gongkai.kernel.place import Place


class Level(StrEnum):
    """How grave a finding is. Only ERROR makes a report faulty."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def word(self) -> str:
        """The level's name for people: 错误, 提醒, 说明."""
        return _WORDS[self][0]

    @property
    def shape(self) -> str:
        """A sign that tells the level without its colour."""
        return _WORDS[self][1]


_WORDS = {Level.ERROR: ("错误", "■"), Level.WARNING: ("提醒", "▲"), Level.INFO: ("说明", "●")}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of one rule.

    ``where`` is the path of the figure concerned (``applications.*.total`` for a column,
    ``sections.others`` for text). ``expected`` and ``found`` are what the rule compared. ``cells`` lists
    every path with the same defect, ``suggested`` maps paths to values that the sums or the text
    determine. ``law`` is the legal ground as text.
    """

    rule: str
    level: Level
    where: str
    message: str
    expected: Any = None
    found: Any = None
    law: str = ""
    place: Place | None = None
    cells: tuple[str, ...] = ()
    suggested: Mapping[str, int | str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The wire form of ``gongkai.findings/1``."""
        data: dict[str, Any] = {
            "rule": self.rule,
            "level": str(self.level),
            "where": self.where,
            "message": self.message,
            "expected": self.expected,
            "found": self.found,
            "law": self.law,
            "place": self.place.to_dict() if self.place else None,
        }
        if self.cells:
            data["cells"] = list(self.cells)
        if self.suggested:
            data["suggested"] = dict(self.suggested)
        return data
