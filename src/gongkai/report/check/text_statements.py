"""What the rules share that compare a figure stated in the text with a table."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from gongkai.kernel import Finding, Level
from gongkai.kernel.law_ref import REGULATION, LawRef
from gongkai.report.check.cells import graded, plain, text_of
from gongkai.report.check.registry import Rule
from gongkai.report.form import SECTIONS
from gongkai.report.model import Fact, Number, Report

#: The report gives an account of the year: text and tables of one report speak of the same year's cases.
ACCOUNT = LawRef(REGULATION, "第五十条")
_QUOTE_LIMIT = 60


class Compared(NamedTuple):
    """A cell, or a sum of cells, as a statement is compared with it: ``name`` as a clerk calls it."""

    name: str
    value: Number
    paths: tuple[str, ...]


def statements(report: Report, name: str) -> list[Fact]:
    """The statements of one kind about the whole, one of each value, in the order of the text."""
    seen: dict[Number, Fact] = {}
    for fact in report.facts_named(name):
        if fact.whole and isinstance(fact.value, int | Decimal):
            seen.setdefault(fact.value, fact)
    return list(seen.values())


def quoted(fact: Fact) -> str:
    """The words of a statement, and where they stand: 正文“一、总体情况”写“受理申请21件”."""
    words = " ".join(fact.raw.split())
    words = words if len(words) <= _QUOTE_LIMIT else f"{words[:_QUOTE_LIMIT]}…"
    where = SECTIONS.get(fact.section, "")
    return f"正文{f'“{where}”' if where else '开头'}写“{words}”" if words else f"正文写{number(fact)}"


def distance(one: Number, other: Number) -> Number:
    """How far two figures are apart."""
    return one - other if one > other else other - one


def number(fact: Fact) -> str:
    """The figure of a statement."""
    return text_of(fact.value) if isinstance(fact.value, int | Decimal) else ""


def known(report: Report, name: str, *paths: str) -> Compared | None:
    """The sum of the cells; None where one of them is blank, missing or not certain."""
    values = [report.value(path) for path in paths]
    total: Number = 0
    for value in values:
        if value is None:
            return None
        total += value
    return Compared(name, total, paths)


def differs(rule: Rule, report: Report, fact: Fact, cell: Compared, advice: str, cause: str = "") -> Finding:
    """The finding that text and table differ. A ``cause`` makes it a remark: the difference is explained."""
    level, remark = (Level.INFO, "") if cause else graded(rule.level, report, cell.paths)
    stated: Number = fact.value if isinstance(fact.value, int | Decimal) else 0
    gap = distance(stated, cell.value)
    return rule.finding(
        cell.paths[0],
        f"{quoted(fact)}，{cell.name}是{text_of(cell.value)}，相差{text_of(gap)}。{cause}{advice}{remark}",
        level=level,
        expected=plain(cell.value),
        found=plain(stated),
        place=fact.place,
        cells=cell.paths if len(cell.paths) > 1 else (),
    )


def explained(stated: Number, value: Number, causes: Sequence[tuple[Number | None, str]]) -> str:
    """The first cause whose size is the difference, in words; empty where none is."""
    gap = distance(stated, value)
    return next((words for size, words in causes if size and size == gap), "")


def first_number(report: Report, name: str) -> Number | None:
    """The value of the first statement of one kind; None where the text makes none."""
    for fact in report.facts_named(name):
        if isinstance(fact.value, int | Decimal):
            return fact.value
    return None


def partial(report: Report, name: str) -> Iterator[Fact]:
    """Statements about a part only, where the text makes none about the whole."""
    facts = list(report.facts_named(name))
    if not any(fact.whole for fact in facts):
        yield from facts[:1]
