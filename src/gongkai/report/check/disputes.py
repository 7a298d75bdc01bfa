"""Table 4's identity H4: four outcomes sum to 总计 in each block (REGULATION §3.4)."""

from collections.abc import Iterator
from typing import cast

from gongkai.kernel import Finding, Level
from gongkai.kernel.law_ref import FORM_2021
from gongkai.report import form
from gongkai.report.check.cells import form_law, graded, place_of, row_name
from gongkai.report.check.registry import Context, Rule, rule

_BLOCKS = tuple(
    (block.key, tuple(f"disputes.{block.key}.{column.key}" for column in form.DISPUTE_COLUMNS))
    for block in form.DISPUTE_BLOCKS
)


@rule(
    "T4-SUM",
    title="表四各项合计",
    level=Level.ERROR,
    law=FORM_2021,
    fires="行政复议、未经复议直接起诉、复议后起诉任何一组四种结果之和不等于该组“总计”",
    silent="有空白或者位置无法确定的",
)
def outcome_sum(rule: Rule, context: Context) -> Iterator[Finding]:
    """H4: 结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计, all five read."""
    report = context.report
    for block, paths in _BLOCKS:
        values = [cast("int | None", report.value(path)) for path in paths]
        if None in values:
            continue
        *parts, total = cast("list[int]", values)
        if sum(parts) == total:
            continue
        written = "＋".join(
            f"{column.label}{part}" for column, part in zip(form.DISPUTE_OUTCOMES, parts, strict=True)
        )
        gap = total - sum(parts)
        level, remark = graded(rule.level, report, paths)
        yield rule.finding(
            f"disputes.{block}.*",
            f"表四{row_name(paths[0])}：{written}＝{sum(parts)}，“总计”为{total}，"
            f"{'多' if gap > 0 else '少'}{abs(gap)}件。请核对这五格。{remark}",
            level=level,
            expected=sum(parts),
            found=total,
            place=place_of(report, paths[-1]),
            law=form_law(report, "第四部分表格“总计”列"),
        )
