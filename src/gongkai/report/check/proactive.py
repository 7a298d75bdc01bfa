"""Table 2: stocks of documents that cannot be (REGULATION §7, 9)."""

from collections.abc import Iterator

from gongkai.kernel import Finding, Level
from gongkai.kernel.law_ref import FORM_2021
from gongkai.report.check.cells import form_law, graded, place_of, row_name
from gongkai.report.check.registry import Context, Rule, rule

STOCK_ROWS = ("regulations", "normative_documents")


@rule(
    "T2-STOCK",
    title="表二现行有效件数",
    level=Level.WARNING,
    law=FORM_2021,
    fires="规章或者行政规范性文件的“现行有效件数”小于“本年制发件数”减“本年废止件数”",
    silent="三个数中有空白或者位置无法确定的；2019年格式（没有这几列）",
    editions=("2021",),
)
def stock(rule: Rule, context: Context) -> Iterator[Finding]:
    """What was issued this year and not repealed is in force on 31 December (form 2021, table 2)."""
    report = context.report
    for row in STOCK_ROWS:
        paths = [f"proactive.{row}.{column}" for column in ("issued", "repealed", "in_force")]
        issued, repealed, in_force = (report.value(path) for path in paths)
        if issued is None or repealed is None or in_force is None or in_force >= issued - repealed:
            continue
        level, remark = graded(rule.level, report, paths)
        yield rule.finding(
            paths[2],
            f"表二{row_name(paths[2])}：本年制发{issued}件、废止{repealed}件，"
            f"现行有效应不少于{issued - repealed}件，填报{in_force}件。"
            f"“现行有效件数”应填截至年底全部有效文件的件数，不只是本年的，请核对。{remark}",
            level=level,
            expected=int(issued - repealed),
            found=int(in_force),
            place=place_of(report, paths[2]),
            law=form_law(report, "第二部分表格“现行有效件数”列"),
        )
