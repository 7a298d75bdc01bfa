"""Which edition of the form a report is made in, and whether it is the year's."""

from collections.abc import Iterator

from gongkai.kernel import Finding, Level
from gongkai.kernel.law_ref import FORM_2019, FORM_2021
from gongkai.report import form
from gongkai.report.check.cells import place_of
from gongkai.report.check.registry import Context, Rule, rule
from gongkai.report.model import Report

_FIRST_OTHER = "applications.other_not_corrected.total"
_SINGLE_OTHER = "applications.other.total"


@rule(
    "FORM-EDITION",
    title="报告格式版本",
    level=Level.WARNING,
    law=FORM_2021,
    fires="使用的不是该年度的格式，或者混用两种格式（如2021年格式的表三中“（六）其他处理”只有一行）；只报告一次",
    silent="年度不明的；2019年以前的",
)
def edition(rule: Rule, context: Context) -> Iterator[Finding]:
    """The form of 2021 binds from the year 2021, the form of 2019 before that (30号, 60号)."""
    report = context.report
    due = form.edition_for(report.year) if report.year is not None else None
    if due is not None and due.code != report.edition:
        yield _other_year(rule, report, due)
    elif report.edition == "2021" and report.single_other:
        yield rule.finding(
            "applications.other.*",
            "表三“（六）其他处理”只有一行，是2019年格式的写法；2021年格式分为三行（逾期不补正、逾期不缴费、其他）。"
            "请改用现行格式，把“其他处理”的件数分别填入三行。",
            expected="“（六）其他处理”三行",
            found="“（六）其他处理”一行",
            place=place_of(report, _SINGLE_OTHER),
        )
    elif report.edition == "2019" and not report.single_other:
        yield rule.finding(
            "applications.other_not_corrected.*",
            "表二是2019年格式，而表三“（六）其他处理”分为三行，是2021年格式的写法。请统一使用该年度的格式。",
            expected="“（六）其他处理”一行",
            found="“（六）其他处理”三行",
            law=str(FORM_2019),
            place=place_of(report, _FIRST_OTHER),
        )


def _other_year(rule: Rule, report: Report, due: form.Edition) -> Finding:
    """The finding on a report made in another year's edition, what is mixed in included."""
    if due.code == "2021":
        message = (
            f"{report.year}年的报告使用了2019年格式（国办公开办函〔2019〕60号）。"
            "自2021年度起应使用2021年格式（国办公开办函〔2021〕30号）：表二改为制发、废止、现行有效件数等，"
            "表三“（六）其他处理”分为三行。请改用现行格式重新填报。"
        )
        law = FORM_2021
    else:
        message = (
            f"{report.year}年的报告使用了2021年格式；该年度执行的是2019年格式（国办公开办函〔2019〕60号）。"
            "如是后来按新格式重新整理的，请在报告中说明。"
        )
        law = FORM_2019
    mixed = report.single_other if report.edition == "2021" else not report.single_other
    if mixed:
        message += "另外，表三“（六）其他处理”的行数与表二不属于同一格式。"
    return rule.finding(
        "edition",
        message,
        expected=due.code,
        found=report.edition,
        law=str(law),
        place=place_of(report, next(iter(report.figures), "")),
    )
