"""What differs between two versions of a report, by path."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gongkai.report import api

_TABLES = ("proactive", "applications", "disputes")


def figures_now(document: Mapping[str, Any]) -> dict[str, int | str | None]:
    """Every figure of a document by path, with its corrections."""
    return {
        f"{table}.{row}.{column}": value
        for table in _TABLES
        for row, columns in document[table].items()
        for column, value in columns.items()
    }


def figures(document: Mapping[str, Any]) -> dict[str, int | str | None]:
    """Every figure of a document by path, as it was read: corrections are taken back."""
    return figures_now(document) | {item["path"]: item["read"] for item in document.get("corrections", ())}


def between(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    old_findings: Sequence[Mapping[str, Any]],
    new_findings: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Figures (as read), sections and findings that are not the same; empty where nothing differs."""
    changed = {
        "about": list(_about(before, after)),
        "figures": list(_figures(before, after)),
        "sections": list(_sections(before, after)),
        "findings_gone": _missing(old_findings, new_findings),
        "findings_new": _missing(new_findings, old_findings),
    }
    return {key: rows for key, rows in changed.items() if rows}


def _about(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for key, label in (("agency", "机关"), ("year", "年度"), ("edition", "格式版本")):
        if before[key] != after[key]:
            yield {"label": label, "before": before[key], "after": after[key]}


def _figures(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    old, new = figures(before), figures(after)
    for path in old | new:
        if old.get(path) != new.get(path):
            label = api.label(path, after["edition"] if path in new else before["edition"])
            yield {"path": path, "label": label, "before": old.get(path), "after": new.get(path)}


def _sections(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    old, new = before["sections"], after["sections"]
    for key in old | new:
        first, second = ("".join((text.get(key) or "").split()) for text in (old, new))
        if first != second:
            label = api.label(f"sections.{key}")
            yield {"key": key, "label": label, "before": len(first), "after": len(second)}


def _missing(some: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    known = {row["key"] for row in others}
    return [
        {"rule": row["rule"], "level": row["level"], "message": row["message"]}
        for row in some
        if row["key"] not in known
    ]
