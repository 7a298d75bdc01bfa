"""The wire format ``gongkai.report/1``: a report as a JSON-ready dict, and back."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from gongkai.kernel import Finding, Period, Place, UnreadableError
from gongkai.report import form
from gongkai.report.model import (
    Correction,
    Fact,
    FactValue,
    Figure,
    LabelDeviation,
    Mark,
    Number,
    Reading,
    Report,
    Section,
    TableState,
    Uncertain,
)

SCHEMA = "gongkai.report/1"
FINDINGS_SCHEMA = "gongkai.findings/1"


def to_dict(report: Report, *, cells: bool = False) -> dict[str, Any]:
    """The report as ``gongkai.report/1``. ``cells`` adds each figure's raw text, mark and place."""
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "agency": report.agency,
        "year": report.year,
        "edition": report.edition,
        "proactive": {},
        "applications": {},
        "disputes": {},
    }
    for path, figure in report.figures.items():
        table, row, column = path.split(".")
        data[table].setdefault(row, {})[column] = _number_out(column, figure.value)
    data["sections"] = {
        key: report.sections[key].text if key in report.sections else "" for key in form.SECTIONS
    }
    facts: dict[str, Any] = {}
    for fact in report.facts:
        facts.setdefault(fact.name, _fact_out(fact.value))
    data["facts"] = facts
    data["reading"] = _reading_out(report)
    if cells:
        data["cells"] = {path: _cell_out(figure) for path, figure in report.figures.items()}
    if report.corrections:
        data["corrections"] = [_correction_out(item) for item in report.corrections]
    return data


def findings_to_dict(report: Report, findings: Sequence[Finding]) -> dict[str, Any]:
    """The findings on ``report`` as ``gongkai.findings/1``."""
    return {
        "schema": FINDINGS_SCHEMA,
        "agency": report.agency,
        "year": report.year,
        "source": report.reading.source,
        "findings": [finding.to_dict() for finding in findings],
    }


def from_dict(data: Any) -> Report:
    """The inverse of :func:`to_dict`. Raises UnreadableError where the data is not of the schema."""
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise UnreadableError(
            f"这不是 {SCHEMA} 格式的 JSON", remedy="请使用 gongkai read --json 输出的文件", code="json-schema"
        )
    try:
        return _report_in(data)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise UnreadableError(
            f"JSON 内容不符合 {SCHEMA}：{error}",
            remedy="请对照 docs/schema 中的格式说明检查",
            code="json-schema",
        ) from error


def _number_out(column: str, value: Number | None) -> int | str | None:
    if value is None:
        return None
    return format(value, "f") if column in form.AMOUNT_KEYS else int(value)


def _fact_out(value: FactValue) -> Any:
    if isinstance(value, Mapping):
        return {key: _fact_out(item) for key, item in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _cell_out(figure: Figure) -> dict[str, Any]:
    data: dict[str, Any] = {"raw": figure.raw, "mark": str(figure.mark)}
    if figure.place:
        data["place"] = figure.place.to_dict()
    if figure.ocr:
        data["ocr"] = True
    return data


def _correction_out(item: Correction) -> dict[str, Any]:
    column = item.path.split(".")[2]
    return {
        "path": item.path,
        "read": _number_out(column, item.read),
        "raw": item.raw,
        "mark": str(item.mark),
        "value": _number_out(column, item.value),
        "reason": item.reason,
        "on": item.on.isoformat() if item.on else None,
    }


def _reading_out(report: Report) -> dict[str, Any]:
    reading = report.reading
    data: dict[str, Any] = {
        "source": reading.source,
        "format": reading.format,
        "layout": reading.layout,
        "title": reading.title,
        "published_on": reading.published_on.isoformat() if reading.published_on else None,
        "period": [day.isoformat() for day in reading.period] if reading.period else None,
        "tables": {table: str(state) for table, state in reading.tables.items()},
        "uncertain": {
            path: {
                "values": [_plain(value) for value in item.values],
                "candidates": list(item.candidates),
                "reason": item.reason,
            }
            for path, item in reading.uncertain.items()
        },
        "labels": [
            {
                "path": item.path,
                "expected": item.expected,
                "found": item.found,
                "place": item.place.to_dict() if item.place else None,
            }
            for item in reading.labels
        ],
        "headings": {key: section.heading for key, section in report.sections.items()},
        "facts": [_stated(fact) for fact in report.facts],
        "notes": list(reading.notes),
    }
    if reading.ocr:
        data["ocr"] = True
    return data


def _stated(fact: Fact) -> dict[str, Any]:
    return {
        "name": fact.name,
        "value": _fact_out(fact.value),
        "raw": fact.raw,
        "scope": fact.scope,
        "section": fact.section,
        "whole": fact.whole,
        "of": None if fact.of is None else _fact_out(fact.of),
        "closed": fact.closed,
        "place": fact.place.to_dict() if fact.place else None,
    }


def _plain(value: Number) -> int | str:
    return value if isinstance(value, int) else format(value, "f")


def _report_in(data: dict[str, Any]) -> Report:
    cells = data.get("cells", {})
    edition = data["edition"]
    single_other = "other" in data["applications"]
    figures = {
        path: _figure_in(path, data, cells.get(path)) for path in form.all_paths(edition, single_other)
    }
    reading = data.get("reading") or {}
    headings = reading.get("headings", {})
    sections = {
        key: Section(key, headings.get(key, form.SECTIONS[key]), text)
        for key, text in (data.get("sections") or {}).items()
        if key in form.SECTIONS and (text or key in headings)
    }
    agency, year = data["agency"], data["year"]
    if not isinstance(agency, str | None) or not isinstance(year, int | None):
        raise ValueError("agency 或 year 的类型不对")
    facts, read = _facts_in(data, reading), _reading_in(reading)
    corrections = tuple(_correction_in(item, figures) for item in data.get("corrections", ()))
    return Report(agency, year, edition, figures, sections, facts, read, corrections)


def _correction_in(item: dict[str, Any], figures: Mapping[str, Figure]) -> Correction:
    path = item["path"]
    if path not in figures:
        raise ValueError(f"{path}：没有这个数字")
    read, value = _number_in(path, item["read"]), _number_in(path, item["value"])
    on = date.fromisoformat(item["on"]) if item.get("on") else None
    return Correction(path, read, item["raw"], Mark(item["mark"]), value, item["reason"], on)


def _number_in(path: str, raw: Any) -> Number | None:
    """The value of a figure. Raises ValueError where it is none that the form allows there (H5)."""
    column = path.split(".")[2]
    value: Number
    if raw is None:
        return None
    if column in form.AMOUNT_KEYS:
        value = Decimal(str(raw))
        if not value.is_finite() or value < 0:
            raise ValueError(f"{path}：{raw!r} 不是金额")
    elif isinstance(raw, int) and not isinstance(raw, bool):
        value = raw
        if value < 0 and column not in form.SIGNED_KEYS:
            raise ValueError(f"{path}：{raw!r} 不是非负整数")
    else:
        raise ValueError(f"{path}：{raw!r} 不是整数")
    return value


def _figure_in(path: str, data: dict[str, Any], cell: dict[str, Any] | None) -> Figure:
    table, row, column = path.split(".")
    if row not in data[table] or column not in data[table][row]:
        return Figure(None, "", Mark.MISSING)
    raw = data[table][row][column]
    value = _number_in(path, raw)
    if cell is None:
        return Figure(
            value,
            "" if raw is None else str(raw),
            Mark.BLANK if value is None else Mark.NUMBER,
        )
    place = Place.from_dict(cell["place"]) if cell.get("place") else None
    return Figure(value, cell["raw"], Mark(cell["mark"]), place, bool(cell.get("ocr")))


def _facts_in(data: dict[str, Any], reading: dict[str, Any]) -> tuple[Fact, ...]:
    stated = reading.get("facts")
    if stated is None:
        return tuple(
            Fact(name, _fact_value_in(value), "") for name, value in (data.get("facts") or {}).items()
        )
    return tuple(
        Fact(
            item["name"],
            _fact_value_in(item["value"]),
            item["raw"],
            item.get("scope", ""),
            item.get("section", ""),
            Place.from_dict(item["place"]) if item.get("place") else None,
            item.get("whole", True),
            None if item.get("of") is None else _scalar_in(item["of"]),
            item.get("closed", True),
        )
        for item in stated
    )


def _fact_value_in(value: Any) -> FactValue:
    if isinstance(value, dict):
        return {key: _scalar_in(item) for key, item in value.items()}
    return _scalar_in(value)


def _scalar_in(value: Any) -> Number:
    return value if isinstance(value, int) else Decimal(str(value))


def _reading_in(data: dict[str, Any]) -> Reading:
    period = data.get("period")
    published_on = data.get("published_on")
    return Reading(
        source=data.get("source", ""),
        format=data.get("format", "json"),
        layout=data.get("layout", ""),
        title=data.get("title", ""),
        published_on=date.fromisoformat(published_on) if published_on else None,
        period=Period(*map(date.fromisoformat, period)) if period else None,
        tables={key: TableState(state) for key, state in data.get("tables", {}).items()},
        uncertain={
            path: Uncertain(
                tuple(_scalar_in(value) for value in item["values"]),
                tuple(item["candidates"]),
                item.get("reason", ""),
            )
            for path, item in data.get("uncertain", {}).items()
        },
        labels=tuple(
            LabelDeviation(
                item["path"],
                item["expected"],
                item["found"],
                Place.from_dict(item["place"]) if item.get("place") else None,
            )
            for item in data.get("labels", ())
        ),
        notes=tuple(data.get("notes", ())),
        ocr=bool(data.get("ocr")),
    )
