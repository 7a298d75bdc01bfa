"""A reading against an entry of expected.json: agency, year, edition, figures, facts and findings."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gongkai.report import api, wire
from gongkai.report.model import Report


def figures_by_path(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        f"{table}.{row}.{column}": value
        for table in ("proactive", "applications", "disputes")
        for row, columns in entry[table].items()
        for column, value in columns.items()
    }


def assert_as_expected(path: Path, entry: Mapping[str, Any]) -> Report:
    """Read ``path`` and compare everything the entry promises; the report read."""
    report = api.read_bytes(path.read_bytes(), source=str(path))
    data = wire.to_dict(report)
    assert {key: data[key] for key in ("agency", "year", "edition")} == {
        key: entry[key] for key in ("agency", "year", "edition")
    }
    assert figures_by_path(data) == figures_by_path(entry)
    stated = {name: data["facts"].get(name) for name in entry.get("facts", {})}
    assert stated == entry.get("facts", {})
    _assert_uncertain(data["reading"]["uncertain"], entry.get("uncertain", {}))
    _assert_findings(report, entry)
    return report


def _assert_uncertain(read: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    assert set(wanted) <= set(read)
    for row, item in wanted.items():
        assert {key: read[row][key] for key in item} == item
    if not wanted:
        assert read == {}


def _assert_findings(report: Report, entry: Mapping[str, Any]) -> None:
    findings = api.check(report)
    fired = {finding.rule for finding in findings}
    assert set(entry["findings"]) <= fired
    assert not set(entry["silent"]) & fired
    proposed: dict[str, Any] = {}
    for finding in findings:
        proposed.update(finding.suggested)
    wanted = entry.get("suggested", {})
    assert {path: proposed.get(path) for path in wanted} == wanted
