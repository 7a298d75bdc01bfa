"""Two reports side by side, as tables."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.box import SIMPLE
from rich.table import Table

from gongkai.cli.screen import Screen

if TYPE_CHECKING:
    from gongkai.report.api import Comparison, ComparisonSide


def show(comparison: "Comparison", screen: Screen, *, everything: bool = False) -> None:
    """Figures, sections and stated figures; without ``everything`` only rows where something stands."""
    sides = _names(comparison.a, comparison.b)
    figures = _table("数字", *sides, "差")
    for row in comparison.figures:
        if everything or row.a or row.b:
            difference = "" if row.difference is None else f"{row.difference:+}" if row.difference else "0"
            figures.add_row(row.label, _told(row.a), _told(row.b), difference)
    if figures.row_count:
        screen.table(figures)
    else:
        screen.line("两份报告的数字都是 0 或空白")
    sections = _table("正文字数", *sides, "相似度")
    for section in comparison.sections:
        alike = "" if section.similarity is None else f"{section.similarity:.0%}"
        sections.add_row(section.heading, _told(section.a, "缺"), _told(section.b, "缺"), alike)
    if sections.row_count:
        screen.table(sections)
    facts = _table("正文所述", *sides)
    for fact in comparison.facts:
        facts.add_row(fact.label, _told(fact.a, "未提"), _told(fact.b, "未提"))
    if facts.row_count:
        screen.table(facts)


def _names(a: "ComparisonSide", b: "ComparisonSide") -> tuple[str, str]:
    names = [f"{side.agency or side.source} {side.year or ''}".strip() for side in (a, b)]
    if names[0] == names[1]:
        names = [a.source, b.source]
    return names[0], names[1]


def _table(first: str, *others: str) -> Table:
    table = Table(box=SIMPLE, pad_edge=False)
    table.add_column(first, overflow="fold")
    for name in others:
        table.add_column(name, justify="right", overflow="fold")
    return table


def _told(value: object, nothing: str = "空白") -> str:
    if value is None:
        return f"（{nothing}）"
    if isinstance(value, Mapping):
        return "、".join(f"{key} {_told(item)}" for key, item in value.items())
    return format(value, "f") if isinstance(value, Decimal) else str(value)
