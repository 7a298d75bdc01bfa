"""The list of findings of a check page, and the verdict above it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from gongkai.kernel import Finding, Level
from gongkai.report import form
from gongkai.report.model import Report
from gongkai.report.write.finding_links import Linked, Links
from gongkai.report.write.markup import Child, Markup, el
from gongkai.report.write.source_index import mark_id

_MANY = 3


def verdict(findings: Sequence[Finding]) -> Markup:
    """One line: how many findings of each level, in words and shapes."""
    counts = Counter(finding.level for finding in findings)
    if not findings:
        return el("p", el("span", "✓ 没有发现问题", class_="level good"), class_="verdict")
    parts = [
        el("span", f"{level.shape} {level.word} {counts[level]}", class_=f"level {level}")
        for level in Level
        if counts[level]
    ]
    return el("p", *parts, class_="verdict")


def finding_list(report: Report, links: Links, more: Callable[[int, Finding], Child] | None = None) -> Markup:
    """Each finding with its word, shape, message, figures compared, ground, and links to its places.

    ``more`` makes what else stands in a finding's item: (number on the page, finding) -> markup.
    """
    if not links.findings:
        return el("p", "各项核查均已通过，没有需要处理的问题。", class_="about")
    return el("ol", *(_item(report, item, more) for item in links.findings))


def _item(report: Report, item: Linked, more: Callable[[int, Finding], Child] | None) -> Markup:
    finding = item.finding
    head = el(
        "p",
        el("span", f"{finding.level.shape} {finding.level.word}", class_=f"level {finding.level}"),
        el("span", finding.rule, class_="rule"),
        class_="head",
    )
    message = el("p", el("a", finding.message, href=f"#f{item.number}", class_="open"), class_="message")
    return el(
        "li",
        head,
        message,
        _compared(report, finding),
        _cells(report, finding),
        _suggested(report, finding),
        el("p", finding.law, class_="law") if finding.law else None,
        _links(item),
        more(item.number, finding) if more else None,
        id=f"f{item.number}",
        data_n=str(item.number),
        class_=str(finding.level),
    )


def _compared(report: Report, finding: Finding) -> Markup | None:
    parts = []
    if finding.expected is not None:
        parts.append(f"应为 {value_text(report, finding.expected)}")
    if finding.found is not None:
        parts.append(f"现为 {value_text(report, finding.found)}")
    return el("p", "，".join(parts), class_="compared") if parts else None


def _cells(report: Report, finding: Finding) -> Markup | None:
    """The cells of one defect: a few are named, many are folded."""
    if len(finding.cells) < 2:
        return None
    names = [el("li", el("a", place_label(report, path), href=f"#{path}")) for path in finding.cells]
    if len(names) <= _MANY:
        return el("ul", *names, class_="cells")
    return el("details", el("summary", f"涉及 {len(names)} 处"), el("ul", *names, class_="cells"))


def _suggested(report: Report, finding: Finding) -> Markup | None:
    if not finding.suggested:
        return None
    names = [el("li", f"{place_label(report, path)}：{value}") for path, value in finding.suggested.items()]
    shown: Child = el("ul", *names, class_="cells")
    if len(names) > _MANY:
        return el("details", el("summary", f"可确定的值 {len(names)} 处"), shown)
    return el("div", el("p", "可确定的值"), shown, class_="suggestion")


def _links(item: Linked) -> Markup | None:
    """The places of a finding: its figure or section in the reading, its words or cell in the source."""
    parts = []
    if item.reading:
        parts.append(el("a", "看读数", href=f"#{item.reading[0]}"))
    if item.source:
        place = item.finding.place.describe() if item.finding.place else ""
        first = item.source[0]
        target = mark_id(item.number) if first.narrow else first.id
        parts.append(el("a", f"看原文{place}", href=f"#{target}"))
    elif item.finding.place and item.finding.place.describe():
        parts.append(el("span", f"原文{item.finding.place.describe()}"))
    return el("p", *parts, class_="links") if parts else None


def place_label(report: Report, path: str) -> str:
    """A path in the form's words; a section by its heading; else as it stands."""
    table, _, key = path.partition(".")
    if table == "sections":
        return form.SECTIONS.get(key) or ("首部说明" if key == "head" else path)
    try:
        return form.path_label(path, report.edition)
    except (KeyError, ValueError):
        return path


def value_text(report: Report, value: Any) -> str:
    """A compared value as a person reads it: figures by their names, a few of many."""
    if isinstance(value, Mapping):
        told = [f"{place_label(report, key)} {value_text(report, item)}" for key, item in value.items()]
        return "；".join(told[:_MANY]) + (f"等 {len(told)} 处" if len(told) > _MANY else "")
    if isinstance(value, list | tuple):
        return "、".join(value_text(report, item) for item in value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return "空白" if value is None else str(value)
