"""This year's figures against last year's report of the same agency (REGULATION §3.4: H6, S1, S2)."""

from collections.abc import Iterator
from typing import cast

from gongkai.kernel import Finding, Level
from gongkai.kernel.law_ref import FORM_2021
from gongkai.report import form
from gongkai.report.check.cells import column_name, form_law, graded, place_of, row_name
from gongkai.report.check.proactive import STOCK_ROWS
from gongkai.report.check.registry import Context, Rule, rule
from gongkai.report.check.table3 import COLUMN_KEYS, Cause, causes
from gongkai.report.model import Report

ITEM_ROWS = ("licences", "other_services", "penalties", "coercive_measures", "fees")


def same_agency(one: str | None, other: str | None) -> bool:
    """Whether two names may be one agency: short names end full ones (昆阳镇, 平阳县昆阳镇人民政府)."""
    if not one or not other:
        return True
    if one == other:
        return True
    short, full = sorted((one.removesuffix("人民政府"), other.removesuffix("人民政府")), key=len)
    return full.endswith(short)


def obstacle(report: Report, previous: Report) -> str:
    """Why the two reports cannot be compared; empty where they can."""
    if not same_agency(report.agency, previous.agency):
        return f"给出的上年报告是“{previous.agency}”的，不是“{report.agency}”的"
    if report.year is not None and previous.year is not None and previous.year != report.year - 1:
        return f"给出的上年报告是{previous.year}年的，应当是{report.year - 1}年的"
    return ""


@rule(
    "YOY-CARRY",
    title="上年结转与上年报告一致",
    level=Level.ERROR,
    law=FORM_2021,
    fires="任何一列“二、上年结转”不等于上年报告的“四、结转下年度继续办理”",
    silent="没有上年报告；两数之一空白或者位置无法确定；给出的不是本机关上年的报告（说明一次）",
)
def carried(rule: Rule, context: Context) -> Iterator[Finding]:
    """H6: what last year carried out is what this year carries in, column by column."""
    report, previous = context.report, context.previous
    if previous is None:
        return
    if reason := obstacle(report, previous):
        yield rule.finding(
            "applications.carried_in.*",
            f"没有与上年报告比较：{reason}。请提供本机关上一年度的报告。",
            level=Level.INFO,
            expected=None if report.year is None else report.year - 1,
            found=previous.year,
        )
        return
    wrong: dict[int, tuple[int, int]] = {}
    for index, key in enumerate(COLUMN_KEYS):
        now = report.value(f"applications.carried_in.{key}")
        before = previous.value(f"applications.carried_out.{key}")
        if now is not None and before is not None and now != before:
            wrong[index] = (int(before), int(now))
    for cause in causes({index: now - before for index, (before, now) in wrong.items()}):
        yield _carry_finding(rule, report, wrong, cause)


def _carry_finding(rule: Rule, report: Report, wrong: dict[int, tuple[int, int]], cause: Cause) -> Finding:
    detail = "；".join(
        f"{column_name(COLUMN_KEYS[index])}上年报告结转{wrong[index][0]}件，本年填报{wrong[index][1]}件"
        for index in cause.columns
    )
    paths = tuple(f"applications.carried_in.{COLUMN_KEYS[index]}" for index in cause.columns)
    level, remark = graded(rule.level, report, paths)
    where = f"applications.carried_in.{COLUMN_KEYS[cause.main]}"
    return rule.finding(
        where,
        f"表三“二、上年结转”与上年报告的“四、结转下年度继续办理”不一致：{detail}。"
        f"请核对；上年报告填错的，应当更正上年报告并说明。{remark}",
        level=level,
        expected=wrong[cause.main][0],
        found=wrong[cause.main][1],
        place=place_of(report, where),
        law=form_law(report, "第三部分表格“上年结转”与“结转下年度继续办理”行"),
        cells=paths if cause.others else (),
    )


@rule(
    "YOY-STOCK",
    title="现行有效件数与上年衔接",
    level=Level.WARNING,
    law=FORM_2021,
    fires="“现行有效件数”不等于上年的加本年制发减本年废止；2019年格式“上一年项目数量”不等于上年报告的项目数量加增减",
    silent="没有上年报告；有关的数空白或者位置无法确定；两年格式不同",
)
def stocks(rule: Rule, context: Context) -> Iterator[Finding]:
    """S1 for documents in force, S2 for the items of the 2019 form. A time limit's lapse may explain S1."""
    report, previous = context.report, context.previous
    if previous is None or previous.edition != report.edition or obstacle(report, previous):
        return
    if report.edition == "2021":
        for row in STOCK_ROWS:
            yield from _documents(rule, report, previous, row)
    else:
        for row in ITEM_ROWS:
            yield from _items(rule, report, previous, row)


def _documents(rule: Rule, report: Report, previous: Report, row: str) -> Iterator[Finding]:
    paths = [f"proactive.{row}.{column}" for column in ("issued", "repealed", "in_force")]
    values = [report.value(path) for path in paths]
    before = previous.value(paths[2])
    if before is None or None in values:
        return
    issued, repealed, in_force = (int(cast("int", value)) for value in values)
    expected = int(before) + issued - repealed
    if in_force == expected:
        return
    level, remark = graded(rule.level, report, paths)
    yield rule.finding(
        paths[2],
        f"表二{row_name(paths[2])}：上年现行有效{before}件，加本年制发{issued}件、减本年废止{repealed}件，应为{expected}件，"
        f"填报{in_force}件。请核对；因有效期届满自动失效的，请计入废止件数或者在报告中说明。{remark}",
        level=level,
        expected=expected,
        found=in_force,
        place=place_of(report, paths[2]),
        law=form_law(report, "第二部分表格“现行有效件数”列"),
    )


def _items(rule: Rule, report: Report, previous: Report, row: str) -> Iterator[Finding]:
    path = f"proactive.{row}.items_last_year"
    now, before = report.value(path), previous.value(path)
    change = previous.value(f"proactive.{row}.change")
    if now is None or before is None or change is None or now == before + change:
        return
    level, remark = graded(rule.level, report, (path,))
    name = form.path_label(f"proactive.{row}.*", report.edition)
    yield rule.finding(
        path,
        f"表二“{name}”的“上一年项目数量”填报{now}项；按上年报告，"
        f"{before}项加本年增减{change}项应为{before + change}项。请核对。{remark}",
        level=level,
        expected=int(before + change),
        found=int(now),
        place=place_of(report, path),
        law=form_law(report, "第二部分表格“上一年项目数量”列"),
    )
