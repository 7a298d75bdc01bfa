"""The registry of check rules. A rule is one function, registered under its code.

A rule takes a :class:`Context` and yields frozen findings. It never logs, raises or mutates, and knows no
date but those in the context.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.kernel import Finding, LawRef, Level, Place
from gongkai.report.model import Report

RuleFunction = Callable[["Context"], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at.

    ``previous`` is the same agency's report of the year before, ``subordinates`` the reports that a
    government's must sum up (empty: not given), ``others`` reports to compare the text with,
    ``published_on`` the day of publication where known (it overrides what the document says).
    """

    report: Report
    previous: Report | None = None
    subordinates: Sequence[Report] = ()
    others: Sequence[Report] = ()
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and what the catalogue says of it."""

    code: str
    title: str
    level: Level
    law: LawRef
    fires: str
    silent: str
    editions: tuple[str, ...]
    function: RuleFunction

    def finding(self, where: str, message: str, **more: Any) -> Finding:
        """A finding of this rule at its usual level and legal ground, unless ``more`` says otherwise."""
        place: Place | None = more.pop("place", None)
        level: Level = more.pop("level", self.level)
        law: str = more.pop("law", str(self.law))
        return Finding(self.code, level, where, message, law=law, place=place, **more)


RULES: dict[str, Rule] = {}


def rule(
    code: str,
    *,
    title: str,
    level: Level,
    law: LawRef,
    fires: str,
    silent: str = "",
    editions: tuple[str, ...] = ("2019", "2021"),
) -> Callable[[Callable[[Rule, Context], Iterator[Finding]]], Callable[[Context], Iterator[Finding]]]:
    """Register a function ``(rule, context) -> findings`` under ``code``.

    ``fires`` and ``silent`` are the catalogue's Chinese sentences on when it fires and when it stays silent.
    Raises ValueError when the code is taken.
    """

    def register(
        function: Callable[[Rule, Context], Iterator[Finding]],
    ) -> Callable[[Context], Iterator[Finding]]:
        if code in RULES:
            raise ValueError(f"rule {code} is registered twice")

        def run(context: Context) -> Iterator[Finding]:
            return function(RULES[code], context)

        RULES[code] = Rule(code, title, level, law, fires, silent, editions, run)
        return run

    return register
