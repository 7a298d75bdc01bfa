"""The county that does not exist: its agencies' reports over the years, written as files an office uploads.

Everything that makes them up is in ``data/*.toml``. Totals, and what is carried over from year to year, are
worked out here, so that the figures agree with each other unless a source says what is ``printed`` instead.
The county's own report sums up those below it. Every report says in its first sentence that it is invented,
so that each download says so too.
"""

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from importlib import resources
from typing import Any, Final, NamedTuple

from gongkai.report import api

#: Applicants, in the order of a source's rows of table 3.
_APPLICANTS: Final = ("natural_person", "business", "research", "public_welfare", "legal_service", "other")
_DISPUTES: Final = ("reconsideration", "direct_litigation", "litigation_after_reconsideration")
#: The form of 2019 has one row for 其他处理, not three.
_SINGLE_OTHER: Final[Mapping[str, Mapping[str, int | str]]] = {"2019": {"applications.other.total": 0}}
_GOVERNMENT: Final = "shili"  # its report sums up those below
_FEES_SINCE: Final = 2021
_EDITION_2021_SINCE: Final = 2021  # 国办公开办函〔2021〕30号


class Stage(StrEnum):
    """How far the demo takes a report; the rest is left for whoever looks at the back office."""

    PUBLISHED = "published"
    READ = "read"
    RETURNED = "returned"
    TO_PUBLISH = "to_publish"
    CONFLICT = "conflict"


class Invented(NamedTuple):
    """A report of the county: whose it is, the year it is filed under, its file, how far it gets."""

    slug: str
    year: int
    name: str
    content: bytes
    stage: Stage = Stage.PUBLISHED
    return_reason: str = ""


def sources() -> list[dict[str, Any]]:
    """What the agencies' reports are made of, by the agency's name in addresses."""
    folder = resources.files("gongkai.web.reporting.demo") / "data"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return [_toml(name) for name in names if name != "frame.toml"]


def slugs_and_years() -> list[tuple[str, int]]:
    """Under which agency and year each report is filed, earliest year first."""
    pairs = ((source["slug"], _filed(given)) for source, given, _ in _reports())
    return sorted(pairs, key=lambda pair: (pair[1], pair[0] == _GOVERNMENT, pair[0]))


def compose(slug: str, year: int) -> Invented:
    """The report of an agency that is filed under a year. Raises LookupError where there is none."""
    for source, given, carried in _reports():
        if (source["slug"], _filed(given)) == (slug, year):
            return _composed(source, given, carried)
    message = f"no report of {slug} for {year}"
    raise LookupError(message)


def _reports() -> Iterator[tuple[dict[str, Any], dict[str, Any], list[int] | None]]:
    """Every agency's source with each of its reports and what its report of the year before carries over."""
    for source in sources():
        carried: list[int] | None = None
        for given in source["report"]:
            yield source, given, carried
            carried = given.get("carried_out")


def _filed(given: Mapping[str, Any]) -> int:
    return int(given.get("filed_as", given["year"]))


def _toml(name: str) -> dict[str, Any]:
    file = resources.files("gongkai.web.reporting.demo") / "data" / name
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _composed(source: Mapping[str, Any], given: Mapping[str, Any], carried: list[int] | None) -> Invented:
    values = _sums(given["year"]) if source["slug"] == _GOVERNMENT else _values(given, carried)
    texts = _texts(source, given, values)
    data = _wire(source["agency"], given["year"], values | _paths(given, "printed"), texts)
    name = f"{source['agency']}{given['year']}年政府信息公开工作年度报告.{given['format']}"
    return Invented(
        source["slug"], _filed(given), name, api.write(api.from_dict(data), given["format"]),
        Stage(given.get("wanted", Stage.PUBLISHED)), given.get("return_reason", ""),
    )  # fmt: skip


def _sums(year: int) -> dict[str, int | str]:
    """Every figure of the form, summed over the reports of the year of the agencies below."""
    below = [
        _values(given, carried)
        for source, given, carried in _reports()
        if source["slug"] != _GOVERNMENT and given["year"] == _filed(given) == year
    ]
    return {path: _total([one[path] for one in below]) for path in below[0]}


def _total(values: list[int | str]) -> int | str:
    """Counts as a count, amounts as the text of an amount."""
    total = sum(Decimal(value) for value in values)
    return int(total) if all(isinstance(value, int) for value in values) else format(total, "f")


def _values(given: Mapping[str, Any], carried: list[int] | None) -> dict[str, int | str]:
    """Every figure of the form: what is given, the sums that follow, and 0 elsewhere."""
    carried_in = given.get("carried_in", carried)
    empty = api.from_dict(_wire("", given["year"], _SINGLE_OTHER.get(_edition(given["year"]), {}), {}))
    values: dict[str, int | str] = dict.fromkeys(empty.figures, 0)
    rows = {**given["outcomes"], "new": given["new"], "carried_in": carried_in or [0] * len(_APPLICANTS)}
    rows["carried_out"] = given["carried_out"]
    rows["total"] = [sum(column) for column in zip(*given["outcomes"].values(), strict=True)]
    filled = {
        f"applications.{row}.{column}": number
        for row, numbers in rows.items()
        for column, number in zip((*_APPLICANTS, "total"), (*numbers, sum(numbers)), strict=True)
    }
    for block, outcomes in given.get("disputes", {}).items():
        filled |= {f"disputes.{block}.{outcome}": number for outcome, number in outcomes.items()}
        filled[f"disputes.{block}.total"] = sum(outcomes.values())
    filled |= _paths(given, "figures")
    unknown = set(filled) - set(values)
    if unknown:
        message = f"no such figures in the form of {given['year']}: {sorted(unknown)}"
        raise ValueError(message)
    return values | filled


def _paths(given: Mapping[str, Any], key: str) -> dict[str, int | str]:
    """Figures a source gives by their paths."""
    return dict(given.get(key, {}))


def _texts(source: Mapping[str, Any], given: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, str]:
    """The sections: the county's frame with this report's sentences and figures."""
    frame = _toml("frame.toml")
    said = {
        "received": values["applications.new.total"],
        **{row: values[f"applications.{row}.total"] for row in ("carried_in", "total", "carried_out")},
        "reconsideration": values["disputes.reconsideration.total"],
        "litigation": sum(int(values[f"disputes.{block}.total"]) for block in _DISPUTES[1:]),
        **given.get("said", {}),
    }
    words = {**source, **given, **said}
    words["fee"] = frame.pop("fee").format_map(words) if given["year"] >= _FEES_SINCE else ""
    return {key: text.strip().format_map(words) for key, text in frame.items()}


def _edition(year: int) -> str:
    return "2021" if year >= _EDITION_2021_SINCE else "2019"


def _wire(
    agency: str, year: int, values: Mapping[str, int | str], texts: Mapping[str, str]
) -> dict[str, Any]:
    """A report as ``gongkai.report/1``."""
    tables: dict[str, dict[str, dict[str, int | str]]] = {
        "proactive": {},
        "applications": {},
        "disputes": {},
    }
    for path, value in values.items():
        table, row, column = path.split(".")
        tables[table].setdefault(row, {})[column] = value
    return {
        "schema": "gongkai.report/1",
        "agency": agency,
        "year": year,
        "edition": _edition(year),
        **tables,
        "sections": dict(texts),
        "facts": {},
        "reading": {
            "source": "", "format": "json", "layout": "",
            "title": f"{agency}{year}年政府信息公开工作年度报告",
            "period": [f"{year}-01-01", f"{year}-12-31"],
        },
    }  # fmt: skip
