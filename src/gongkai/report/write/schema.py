"""The JSON Schemas of the wire formats, built from the form so that they cannot drift from it.

``docs/schema/`` holds them as published; a test compares the two.
"""

from typing import Any

from gongkai.kernel import Level
from gongkai.report import form, wire
from gongkai.report.model import Mark, TableState

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TEXT = {"type": "string"}
_NUMBERS: dict[str, dict[str, Any]] = {
    "count": {"type": ["integer", "null"], "minimum": 0},
    "signed": {"type": ["integer", "null"]},
    "amount": {"type": ["string", "null"], "pattern": r"^\d+(\.\d+)?$", "description": "万元，十进制小数"},
}
_POSITION = {"type": "integer", "minimum": 0}
_DATE = {"type": "string", "format": "date"}


def report_schema() -> dict[str, Any]:
    """The schema of ``gongkai.report/1``."""
    properties: dict[str, Any] = {
        "schema": {"const": wire.SCHEMA},
        "agency": {"type": ["string", "null"]},
        "year": {"type": ["integer", "null"]},
        "edition": {"enum": list(form.EDITIONS)},
        "proactive": {"type": "object"},
        "applications": {"type": "object"},
        "disputes": _table(form.dispute_paths()),
        "sections": _object(dict.fromkeys(form.SECTIONS, _TEXT)),
        "facts": {"type": "object", "additionalProperties": {"$ref": "#/$defs/stated_value"}},
        "reading": _reading(),
        "cells": {
            "type": "object",
            "propertyNames": {"pattern": r"^(proactive|applications|disputes)\.[a-z_]+\.[a-z_0-9]+$"},
            "additionalProperties": {"$ref": "#/$defs/cell"},
        },
        "corrections": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/correction"}},
    }
    return {
        "$schema": _DIALECT,
        "$id": "gongkai.report-1.json",
        "title": "政府信息公开工作年度报告（gongkai.report/1）",
        "description": "数字在原文空白、缺失或位置不能确定时为 null，从不以 0 代替。",
        **_object(properties, optional=("cells", "corrections")),
        "allOf": [_edition(code) for code in form.EDITIONS],
        "$defs": {
            **_NUMBERS,
            "application_row": _columns(form.application_paths(True)[:7]),
            "dispute_block": _columns(form.dispute_paths()[:5]),
            "place": place_schema(),
            "scalar": {"type": "number"},
            "stated_value": {
                "anyOf": [
                    {"$ref": "#/$defs/scalar"},
                    {"type": "object", "additionalProperties": {"$ref": "#/$defs/scalar"}},
                ]
            },
            "cell": _object(
                {
                    "raw": _TEXT,
                    "mark": {"enum": [str(mark) for mark in Mark]},
                    "place": {"$ref": "#/$defs/place"},
                    "ocr": {"const": True},
                },
                optional=("place", "ocr"),
            ),
            "correction": _correction(),
        },
    }


def _correction() -> dict[str, Any]:
    """A figure set by a person: what was read, what stands now, why, and on what day."""
    value = {"type": ["integer", "string", "null"]}
    return _object(
        {
            "path": _TEXT,
            "read": value,
            "raw": _TEXT,
            "mark": {"enum": [str(mark) for mark in Mark]},
            "value": value,
            "reason": {"type": "string", "minLength": 1},
            "on": {"anyOf": [_DATE, {"type": "null"}]},
        }
    )


def findings_schema() -> dict[str, Any]:
    """The schema of ``gongkai.findings/1``."""
    finding = _object(
        {
            "rule": {"type": "string", "pattern": "^[A-Z0-9]+(-[A-Z0-9]+)+$"},
            "level": {"enum": [str(level) for level in Level]},
            "where": _TEXT,
            "message": {"type": "string", "minLength": 1},
            "expected": {},
            "found": {},
            "law": _TEXT,
            "place": {"anyOf": [{"$ref": "#/$defs/place"}, {"type": "null"}]},
            "cells": {"type": "array", "items": _TEXT, "minItems": 1},
            "suggested": {"type": "object", "additionalProperties": {"type": ["integer", "string"]}},
        },
        optional=("cells", "suggested"),
    )
    return {
        "$schema": _DIALECT,
        "$id": "gongkai.findings-1.json",
        "title": "年度报告核查问题（gongkai.findings/1）",
        "type": "object",
        "required": ["schema", "agency", "year", "source", "findings"],
        "properties": {
            "schema": {"const": wire.FINDINGS_SCHEMA},
            "agency": {"type": ["string", "null"]},
            "year": {"type": ["integer", "null"]},
            "source": _TEXT,
            "findings": {"type": "array", "items": finding},
        },
        "$defs": {"place": place_schema()},
    }


def place_schema() -> dict[str, Any]:
    """A place in a source document: only what is known of it."""
    counted = {"type": "integer", "minimum": 1}
    schema = _object(
        {
            "page": counted,
            "table": counted,
            "row": counted,
            "cell": counted,
            "paragraph": counted,
            "start": _POSITION,
            "end": _POSITION,
            "box": {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
            "sheet": _TEXT,
            "records": {"type": "array", "items": _TEXT},
        }
    )
    return {**schema, "required": [], "description": "页、表、行、格、段从 1 起；box 为左、上、右、下（点）"}


def _object(properties: dict[str, Any], *, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [name for name in properties if name not in optional],
        "properties": properties,
        "additionalProperties": False,
    }


def _table(paths: tuple[str, ...]) -> dict[str, Any]:
    """The object of one table: rows of columns, each with its kind of number."""
    rows: dict[str, list[str]] = {}
    for path in paths:
        rows.setdefault(path.split(".")[1], []).append(path)
    shared = {"applications": "application_row", "disputes": "dispute_block"}.get(paths[0].split(".")[0])
    reference = {"$ref": f"#/$defs/{shared}"}
    return _object({row: reference if shared else _columns(tuple(cells)) for row, cells in rows.items()})


def _columns(paths: tuple[str, ...]) -> dict[str, Any]:
    """The object of one row."""
    return _object({column: _kind(column) for column in (path.split(".")[2] for path in paths)})


def _kind(column: str) -> dict[str, Any]:
    kind = "amount" if column in form.AMOUNT_KEYS else "signed" if column in form.SIGNED_KEYS else "count"
    return {"$ref": f"#/$defs/{kind}"}


def _edition(code: str) -> dict[str, Any]:
    """What an edition's tables 2 and 3 must hold; a 2021 form may carry the single 其他处理 row."""
    single = _table(form.application_paths(True))
    applications = single if code == "2019" else {"oneOf": [_table(form.application_paths(False)), single]}
    return {
        "if": {"properties": {"edition": {"const": code}}},
        "then": {
            "properties": {
                "proactive": _table(form.proactive_paths(code)),
                "applications": applications,
            }
        },
    }


def _reading() -> dict[str, Any]:
    nullable_place = {"anyOf": [{"$ref": "#/$defs/place"}, {"type": "null"}]}
    texts = {"type": "array", "items": _TEXT}
    fact = _object(
        {
            "name": _TEXT,
            "value": {"$ref": "#/$defs/stated_value"},
            "raw": _TEXT,
            "scope": _TEXT,
            "section": _TEXT,
            "whole": {"type": "boolean"},
            "of": {"anyOf": [{"$ref": "#/$defs/scalar"}, {"type": "null"}]},
            "closed": {"type": "boolean"},
            "place": nullable_place,
        }
    )
    uncertain = _object(
        {
            "values": {"type": "array", "items": {"type": ["integer", "string"]}},
            "candidates": texts,
            "reason": _TEXT,
        }
    )
    label = _object({"path": _TEXT, "expected": _TEXT, "found": _TEXT, "place": nullable_place})
    return _object(
        {
            "source": _TEXT,
            "format": _TEXT,
            "layout": _TEXT,
            "title": _TEXT,
            "published_on": {"anyOf": [_DATE, {"type": "null"}]},
            "period": {
                "anyOf": [
                    {"type": "array", "items": _DATE, "minItems": 2, "maxItems": 2},
                    {"type": "null"},
                ]
            },
            "tables": {
                "type": "object",
                "propertyNames": {"enum": ["proactive", "applications", "disputes"]},
                "additionalProperties": {"enum": [str(state) for state in TableState]},
            },
            "uncertain": {"type": "object", "additionalProperties": uncertain},
            "labels": {"type": "array", "items": label},
            "headings": {
                "type": "object",
                "propertyNames": {"enum": list(form.SECTIONS)},
                "additionalProperties": _TEXT,
            },
            "facts": {"type": "array", "items": fact},
            "notes": texts,
            "ocr": {"const": True},
        },
        optional=("ocr",),
    )
