"""Reports for tests of checks: a valid zero report of either edition, and what a test changes in it.

``report()`` is a report no rule should find fault with: every figure 0, every section there, the period and
the year right. ``report({"applications.new.total": 3})`` overrides figures by path.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any

from gongkai.kernel import Finding, Period, Place
from gongkai.report import form
from gongkai.report.check import run
from gongkai.report.check.registry import Context
from gongkai.report.model import (
    Fact,
    Figure,
    LabelDeviation,
    Mark,
    Reading,
    Report,
    Section,
    TableState,
    Uncertain,
)

AGENCY = "青禾县柳溪镇人民政府"
TABLES = ("proactive", "applications", "disputes")
ALL_READ = dict.fromkeys(TABLES, TableState.READ)


def section_texts(agency: str, year: int) -> dict[str, str]:
    """The head note and the six sections of a report with nothing to find fault with."""
    return {
        "head": (
            f"根据《中华人民共和国政府信息公开条例》（国务院令第711号）的规定，现公布{agency}"
            f"{year}年政府信息公开工作年度报告。本报告中所列数据的统计期限自{year}年1月1日起至"
            f"{year}年12月31日止。本报告的电子版可从青禾县人民政府网站（www.qinghe.gov.cn）下载。"
            "如有疑问，请与柳溪镇党政办公室联系（地址：柳溪镇柳溪路1号，电话：0571-60000001）。"
        ),
        "overview": (
            f"{year}年，{agency}认真做好政府信息公开工作。\n"
            "（一）主动公开。及时公开机构职能、财政预决算等信息。\n"
            "（二）依申请公开。完善受理、审核、答复、归档制度。\n"
            "（三）政府信息管理。落实公开前审查，定期评估不予公开的信息。\n"
            "（四）政府信息公开平台建设。维护政府信息公开专栏。\n"
            "（五）监督保障。开展业务培训，落实工作考核、社会评议和责任追究。"
        ),
        "proactive": "",
        "applications": "",
        "disputes": "",
        "problems": (
            "存在的问题：政策解读的形式还不够丰富，基层人员业务水平有待提高。\n"
            "改进措施：增加图解和问答，每季度组织一次业务学习。"
        ),
        "others": "本年度本机关未收取政府信息公开信息处理费。无其他需要报告的事项。",
    }


def figure(path: str, value: Any) -> Figure:
    """A figure from what a test writes: a number, None (blank), a Mark, or a Figure as it is."""
    place = Place(table=1 + TABLES.index(path.split(".", 1)[0]), row=1, cell=1)
    if isinstance(value, Figure):
        return value
    if isinstance(value, Mark):
        none = Decimal(0) if path.endswith("amount_10k_yuan") else 0
        return Figure(none if value is Mark.NONE else None, "/" if value is Mark.NONE else "", value, place)
    if value is None:
        return Figure(None, "", Mark.BLANK, place)
    if path.endswith("amount_10k_yuan"):
        value = Decimal(str(value))
    return Figure(value, str(value), Mark.NUMBER, place)


def report(
    figures: Mapping[str, Any] | None = None,
    *,
    edition: str = "2021",
    single_other: bool | None = None,
    sums: bool = False,
    agency: str | None = AGENCY,
    year: int | None = None,
    texts: Mapping[str, str | None] | None = None,
    facts: Iterable[Fact] = (),
    tables: Mapping[str, TableState] | None = None,
    labels: Sequence[LabelDeviation] = (),
    uncertain: Mapping[str, Uncertain] | None = None,
    published_on: date | None = None,
    period: Period | None = None,
    **reading: Any,
) -> Report:
    """A valid zero report with overrides.

    ``figures`` maps paths, or patterns such as ``applications.*.total``, to values (see :func:`figure`);
    later entries win. ``sums=True`` first fills in the totals of tables 3 and 4 so that all identities hold
    for the parts given (totals named in ``figures`` still win; 四 must be given). ``texts`` replaces section
    texts (None takes the section away). ``year`` defaults to 2024, for the 2019 form to 2020.
    """
    if year is None:
        year = 2024 if edition == "2021" else 2020
    single = edition == "2019" if single_other is None else single_other
    paths = form.all_paths(edition, single)
    values: dict[str, Any] = dict.fromkeys(paths, 0)
    given = _expand(figures or {}, paths)
    values.update(given)
    if sums:
        fill_sums(values, single)
        values.update(given)
    wanted = {**section_texts(agency or "本机关", year), **(texts or {})}
    sections = {
        key: Section(key, form.SECTIONS[key], text, Place(paragraph=index + 1))
        for index, (key, text) in enumerate(wanted.items())
        if text is not None
    }
    made = Reading(
        source="test",
        format="html",
        layout="html",
        title=f"{agency}{year}年政府信息公开工作年度报告",
        published_on=published_on,
        period=period or Period.of_year(year),
        tables=ALL_READ if tables is None else tables,
        uncertain=uncertain or {},
        labels=tuple(labels),
    )
    return Report(
        agency,
        year,
        edition,
        {path: figure(path, value) for path, value in values.items()},
        sections,
        tuple(facts),
        replace(made, **reading),
    )


def _expand(figures: Mapping[str, Any], paths: Sequence[str]) -> dict[str, Any]:
    expanded: dict[str, Any] = {}
    for pattern, value in figures.items():
        matched = [path for path in paths if fnmatchcase(path, pattern)]
        if not matched:
            raise KeyError(f"{pattern} names no figure of this form")
        expanded.update(dict.fromkeys(matched, value))
    return expanded


def fill_sums(values: dict[str, Any], single_other: bool) -> None:
    """Set the totals of tables 3 and 4 to the sums of their parts (H2, H3, H4); these must be integers."""
    for column in form.APPLICANTS:
        values[f"applications.total.{column.key}"] = sum(
            values[f"applications.{row}.{column.key}"] for row in form.outcome_keys(single_other)
        )
    for row in form.application_rows(single_other):
        values[f"applications.{row.key}.total"] = sum(
            values[f"applications.{row.key}.{column.key}"] for column in form.APPLICANTS
        )
    for block in form.DISPUTE_BLOCKS:
        values[f"disputes.{block.key}.total"] = sum(
            values[f"disputes.{block.key}.{column.key}"] for column in form.DISPUTE_OUTCOMES
        )


def busy(edition: str = "2021", figures: Mapping[str, Any] | None = None, **more: Any) -> Report:
    """A report with figures in several rows and columns, all identities kept."""
    base = {
        "applications.new.natural_person": 12,
        "applications.new.business": 3,
        "applications.carried_in.natural_person": 2,
        "applications.granted.natural_person": 7,
        "applications.granted.business": 2,
        "applications.partial.natural_person": 1,
        "applications.unable_not_held.natural_person": 4,
        "applications.declined_repeat.business": 1,
        "applications.carried_out.natural_person": 2,
        "disputes.reconsideration.upheld": 3,
        "disputes.reconsideration.pending": 1,
        "disputes.direct_litigation.corrected": 1,
        "disputes.litigation_after_reconsideration.other": 2,
    }
    return report({**base, **(figures or {})}, edition=edition, sums=True, **more)


def with_figures(base: Report, figures: Mapping[str, Any]) -> Report:
    """The same report with some figures replaced."""
    given = _expand(figures, tuple(base.figures))
    return replace(
        base, figures={**base.figures, **{path: figure(path, value) for path, value in given.items()}}
    )


def findings(given: Report, code: str | None = None, **context: Any) -> list[Finding]:
    """What the checks find in the report: of every rule, or of the rule ``code``."""
    found = run(Context(given, **context))
    return [finding for finding in found if code is None or finding.rule == code]


def only(given: Report, code: str, **context: Any) -> Finding:
    """The one finding of rule ``code``; fails where there is none or more than one."""
    found = findings(given, code, **context)
    assert len(found) == 1, f"{code}: {[f.message for f in found]}"
    return found[0]


def codes(given: Report, *prefixes: str, **context: Any) -> set[str]:
    """The codes that fire, limited to those that begin with one of ``prefixes``."""
    return {f.rule for f in findings(given, **context) if not prefixes or f.rule.startswith(prefixes)}
