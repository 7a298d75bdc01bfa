"""Table 3's identities H1 to H3, column by column and row by row (REGULATION §3.4)."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import cast

from gongkai.kernel import Finding, Level
from gongkai.kernel.law_ref import FORM_2021
from gongkai.report.check.cells import (
    cell_name,
    column_name,
    form_law,
    graded,
    is_blank,
    listing,
    movable,
    place_of,
    row_name,
)
from gongkai.report.check.propose import filled_sums
from gongkai.report.check.registry import Context, Rule, rule
from gongkai.report.check.table3 import (
    COLUMN_KEYS,
    TOTAL,
    Gaps,
    Table3,
    all_gaps,
    balance_gaps,
    causes,
    column_gaps,
    column_paths,
    row_gaps,
    row_paths,
    single_cause,
    table3,
)
from gongkai.report.model import Report

#: From so many rows on, blank 总计 cells are a way of filling in the form, and one warning says so.
_MANY_ROWS = 3
_BALANCE_ROWS = ("new", "carried_in", "total", "carried_out")


def _hint(table: Table3, gaps: Gaps) -> tuple[str, dict[str, int | str]]:
    """What to correct, where one cell alone explains everything that is broken in the table."""
    cause = single_cause(table, gaps)
    if not cause:
        return "", {}
    path, value = cause
    found = table.report.value(path)
    words = f"如只有一处填错，应是{cell_name(path)}：把{found}改为{value}后，全表各项等式均成立。"
    return words, {path: value}


def _known(table: Table3, row: str, index: int) -> int:
    return cast("int", table.rows[row][index])


@rule(
    "T3-BALANCE",
    title="表三收办平衡",
    level=Level.ERROR,
    law=FORM_2021,
    fires="任何一列“一、本年新收”与“二、上年结转”之和不等于“（七）总计”与“四、结转下年度继续办理”之和",
    silent="四个数中有空白或者位置无法确定的",
)
def balance(rule: Rule, context: Context) -> Iterator[Finding]:
    """H1, printed in the corner of table 3: 第一项加第二项之和，等于第三项加第四项之和."""
    report = context.report
    table = table3(report)
    gaps = balance_gaps(table)
    if not gaps:
        return
    hint, suggested = _hint(table, all_gaps(table))
    for cause in causes(gaps):
        detail = "；".join(_balance_of(table, index, gaps[index]) for index in cause.columns)
        paths = tuple(path for index in cause.columns for path in column_paths(index, _BALANCE_ROWS))
        level, remark = graded(rule.level, report, paths)
        new, carried_in, done, carried_out = (_known(table, row, cause.main) for row in _BALANCE_ROWS)
        yield rule.finding(
            f"applications.*.{COLUMN_KEYS[cause.main]}",
            f"表三收到的与办理的不平衡：{detail}。请核对这些数字，使第一项加第二项之和等于第三项加第四项之和。"
            f"{hint}{remark}",
            level=level,
            expected=new + carried_in,
            found=done + carried_out,
            place=place_of(report, f"applications.total.{COLUMN_KEYS[cause.main]}"),
            law=form_law(report, "第三部分表格所列勾稽关系：第一项加第二项之和，等于第三项加第四项之和"),
            cells=paths if cause.others else (),
            suggested=suggested,
        )


def _balance_of(table: Table3, index: int, gap: int) -> str:
    new, carried_in, done, carried_out = (_known(table, row, index) for row in _BALANCE_ROWS)
    more = f"少{gap}" if gap > 0 else f"多{-gap}"
    return (
        f"{column_name(COLUMN_KEYS[index])}新收{new}＋上年结转{carried_in}＝{new + carried_in}，"
        f"（七）总计{done}＋结转下年度{carried_out}＝{done + carried_out}，{more}件"
    )


@rule(
    "T3-ROWSUM",
    title="表三各行总计",
    level=Level.ERROR,
    law=FORM_2021,
    fires="任何一行六类申请人之和不等于该行“总计”（有空白时，已填各数之和超过“总计”）；多行“总计”空白的，只提醒一次",
    silent="位置无法确定的；有空白而已填各数之和不超过“总计”的；只填“总计”的",
)
def row_sum(rule: Rule, context: Context) -> Iterator[Finding]:
    """H3: in every row the six applicant columns sum to 总计."""
    table = table3(context.report)
    gaps = row_gaps(table)
    if gaps:
        yield from _wrong_rows(rule, table, gaps)
    yield from _blank_totals(rule, table)


def _wrong_rows(rule: Rule, table: Table3, gaps: Mapping[str, int]) -> Iterator[Finding]:
    """One finding for the rows that are off by the same number: a count left out runs through the table."""
    report = table.report
    hint, suggested = _hint(table, all_gaps(table))
    ordered = sorted(gaps.items(), key=lambda item: item[1])
    groups = [[row for row, _ in group] for _, group in groupby(ordered, key=lambda item: item[1])]
    order = list(table.rows)
    groups = sorted((sorted(group, key=order.index) for group in groups), key=lambda g: order.index(g[0]))
    for rows in groups:
        detail = "；".join(
            f"{row_name(row_paths(row)[TOTAL])}行六类申请人之和为{_written(table, row)}，"
            f"“总计”列为{table.rows[row][TOTAL]}，{_more(gaps[row])}"
            for row in rows
        )
        level, remark = graded(rule.level, report, [path for row in rows for path in row_paths(row)])
        yield rule.finding(
            f"applications.{rows[0]}.*",
            f"表三{detail}。请核对该行各格。{hint}{remark}",
            level=level,
            expected=_written(table, rows[0]),
            found=table.rows[rows[0]][TOTAL],
            place=place_of(report, row_paths(rows[0])[TOTAL]),
            law=form_law(report, "第三部分表格“总计”列"),
            cells=tuple(row_paths(row)[TOTAL] for row in rows) if len(rows) > 1 else (),
            suggested=suggested,
        )


def _more(gap: int) -> str:
    return f"多{gap}" if gap > 0 else f"少{-gap}"


def _written(table: Table3, row: str) -> int:
    return sum([value for value in table.rows[row][:TOTAL] if value is not None])


def _blank_totals(rule: Rule, table: Table3) -> Iterator[Finding]:
    """One warning where 总计 is blank in many rows beside applicants' figures.

    Blanks here and there in rows of zeros are the business of FORM-BLANK: rows of zeros count only where
    the whole column is blank.
    """
    report = table.report
    unknown = [row for row, values in table.rows.items() if values[TOTAL] is None]
    if len(unknown) < _MANY_ROWS:
        return
    unplaced = movable(report)
    rows = [
        row
        for row in unknown
        if (_written(table, row) > 0 or None not in table.rows[row][:TOTAL])
        and is_blank(report, row_paths(row)[TOTAL], unplaced)
    ]
    counted = [row for row in rows if _written(table, row) > 0]
    if len(rows) < _MANY_ROWS or not (counted or len(unknown) == len(table.rows)):
        return
    placed = {
        row_paths(row)[TOTAL]: _written(table, row)
        for row in rows
        if all(
            value is not None or is_blank(report, path, unplaced)
            for value, path in zip(table.rows[row], row_paths(row), strict=True)
        )
    }
    complete = [row_paths(row)[TOTAL] for row in rows if None not in table.rows[row][:TOTAL]]
    suggested = filled_sums(report, placed, complete)
    sums = [f"{row_name(path)}{value}" for path, value in suggested.items() if value]
    proposal = f"按各行已填数字合计，应为：{listing(sums, 8)}，其余为0。" if sums else ""
    yield rule.finding(
        "applications.*.total",
        f"表三有{len(rows)}行填了申请人的数字，而“总计”列空白。{proposal}请补填“总计”列。",
        level=Level.WARNING,
        place=place_of(report, row_paths(rows[0])[TOTAL]),
        law=form_law(report, "第三部分表格“总计”列"),
        cells=tuple(row_paths(row)[TOTAL] for row in rows),
        suggested=suggested,
    )


@rule(
    "T3-COLSUM",
    title="表三办理结果合计",
    level=Level.ERROR,
    law=FORM_2021,
    fires="任何一列各项办理结果之和不等于“（七）总计”；填了办理结果而“（七）总计”空白的，报告一次并给出合计数",
    silent="结果与“（七）总计”都空白的；位置无法确定的；有空白而已填结果之和不超过“（七）总计”的",
)
def column_sum(rule: Rule, context: Context) -> Iterator[Finding]:
    """H2: in every column the result rows （一） to （六） sum to （七）总计."""
    report = context.report
    table = table3(report)
    gaps = column_gaps(table)
    law = form_law(report, "第三部分表格“（七）总计”行")
    if gaps:
        hint, suggested = _hint(table, all_gaps(table))
        for cause in causes(gaps):
            detail = "；".join(
                f"{column_name(COLUMN_KEYS[index])}（一）至（六）各项之和为{_results(table, index)}，"
                f"（七）总计为{table.rows['total'][index]}，{_more(gaps[index])}"
                for index in cause.columns
            )
            rows = (*table.outcomes, "total")
            paths = [path for index in cause.columns for path in column_paths(index, rows)]
            level, remark = graded(rule.level, report, paths)
            yield rule.finding(
                f"applications.*.{COLUMN_KEYS[cause.main]}",
                f"表三{detail}。请核对各项办理结果与（七）总计。{hint}{remark}",
                level=level,
                expected=_results(table, cause.main),
                found=table.rows["total"][cause.main],
                place=place_of(report, f"applications.total.{COLUMN_KEYS[cause.main]}"),
                law=law,
                cells=tuple(row_paths("total")[index] for index in cause.columns) if cause.others else (),
                suggested=suggested,
            )
    yield from _blank_result_totals(rule, table, law)


def _results(table: Table3, index: int) -> int:
    return sum([value for value in table.column(index, table.outcomes) if value is not None])


def _blank_result_totals(rule: Rule, table: Table3, law: str) -> Iterator[Finding]:
    """（七） left blank although results are filled in: once, with the sums."""
    report = table.report
    if None not in table.rows["total"]:
        return
    unplaced = movable(report)
    blank = [
        index
        for index, path in enumerate(row_paths("total"))
        if table.rows["total"][index] is None
        and is_blank(report, path, unplaced)
        and _results(table, index) > 0
    ]
    if not blank:
        return
    sums = {row_paths("total")[index]: _results(table, index) for index in blank}
    columns = dict(zip(sums, blank, strict=True))
    placed = {p: value for p, value in sums.items() if _all_placed(report, table, columns[p], unplaced)}
    complete = [path for path in placed if None not in table.column(columns[path], table.outcomes)]
    suggested = filled_sums(report, placed, complete)
    main = TOTAL if TOTAL in blank else blank[0]
    path = row_paths("total")[main]
    names = [
        f"{column_name(COLUMN_KEYS[index])}{_sum_or_least(path, sums[path], suggested)}"
        for path, index in columns.items()
    ]
    level, remark = graded(rule.level, report, column_paths(main, table.outcomes))
    yield rule.finding(
        f"applications.*.{COLUMN_KEYS[main]}",
        f"表三填了办理结果，而“（七）总计”空白。按已填各项结果，合计应为：{listing(names, 7)}。"
        f"请在“（七）总计”行填写合计数。{remark}",
        level=level,
        expected=suggested.get(path, sums[path]),
        place=place_of(report, path),
        law=law,
        cells=tuple(sums),
        suggested=suggested,
    )


def _sum_or_least(path: str, written: int, suggested: Mapping[str, int]) -> str:
    return str(suggested[path]) if path in suggested else f"至少{written}"


def _all_placed(report: Report, table: Table3, index: int, unplaced: frozenset[str]) -> bool:
    """Whether every result of the column is read or blank for certain, so that their sum is known."""
    values = table.column(index, table.outcomes)
    return all(
        value is not None or is_blank(report, path, unplaced)
        for value, path in zip(values, column_paths(index, table.outcomes), strict=True)
    )
