"""A government's report against the reports it sums up (REGULATION §3.4: S3; §7, 16)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.kernel import Finding, Level
from gongkai.kernel.law_ref import REGULATION, LawRef
from gongkai.report import form
from gongkai.report.check.cells import TABLE_NAMES, cell_name, listing, place_of, plain, text_of
from gongkai.report.check.registry import Context, Rule, rule
from gongkai.report.model import Figure, Number, Report

_SINGLE = "applications.other."
_THREE = tuple(row.key for row in form.THREE_OTHER)
_LAW = LawRef(REGULATION, "第四十九条、第五十条")
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class _Difference:
    """A cell that is not the sum: ``least`` where some subordinates' figures are not known."""

    path: str
    expected: Number
    found: Number
    least: bool = False

    def describe(self, edition: str) -> str:
        """The cell and both numbers."""
        most = "至少" if self.least else ""
        return (
            f"{cell_name(self.path, edition)}填报{text_of(self.found)}，"
            f"所属单位合计{most}{text_of(self.expected)}"
        )


@dataclass(slots=True)
class _Comparison:
    """What comparing all cells gave: differences by table, and what could not be compared."""

    differences: dict[str, list[_Difference]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    incomplete: dict[str, None] = field(default_factory=dict)


@rule(
    "ROLLUP-SUM",
    title="与所属单位报告之和一致",
    level=Level.WARNING,
    law=_LAW,
    fires="任何一格不等于所属单位报告的合计；每张表报告一次，列出全部单元格",
    silent="没有给出所属单位报告；所属单位的数空白或者不能确定的（说明一次）；其他年度或者重复的报告不计入（说明一次）",
)
def rollup(rule: Rule, context: Context) -> Iterator[Finding]:
    """S3: a government's figures are the sums over all its disclosing bodies, its own office among them."""
    report = context.report
    if not context.subordinates:
        return
    counted, left_out = _counted(report, context.subordinates)
    if left_out:
        yield rule.finding(
            "subordinates",
            f"有{len(left_out)}份报告没有计入所属单位合计：{listing(left_out)}。请核对提供的报告是否齐全。",
            level=Level.INFO,
        )
    if not counted:
        return
    result = _compare(report, counted)
    for table, differences in result.differences.items():
        yield _finding(rule, report, table, differences, len(counted))
    if result.unknown:
        yield rule.finding(
            "subordinates",
            f"有{len(result.unknown)}格因所属单位的数字空白或者不能确定而没有比较，"
            f"涉及{listing(list(result.incomplete))}。补齐后请再核查。",
            level=Level.INFO,
            cells=tuple(result.unknown),
        )


def _finding(
    rule: Rule, report: Report, table: str, differences: Sequence[_Difference], count: int
) -> Finding:
    words = [difference.describe(report.edition) for difference in differences[:_SHOWN]]
    more = f"；等{len(differences)}格" if len(differences) > _SHOWN else ""
    first = differences[0]
    single = len(differences) == 1
    return rule.finding(
        first.path if single else table,
        f"{TABLE_NAMES[table]}与{count}个所属单位的报告之和不一致：{'；'.join(words)}{more}。"
        "请核对是否有漏报的单位或者重复计算，本级机关自身的也应计入。",
        expected=plain(first.expected) if single else {d.path: plain(d.expected) for d in differences},
        found=plain(first.found) if single else {d.path: plain(d.found) for d in differences},
        place=place_of(report, first.path),
        cells=tuple(difference.path for difference in differences),
    )


def _counted(report: Report, subordinates: Sequence[Report]) -> tuple[list[Report], list[str]]:
    """The reports to sum, and remarks on those left out: the report itself, doubles, other years."""
    counted: list[Report] = []
    left_out: list[str] = []
    for other in subordinates:
        name = other.agency or other.reading.source or "未写明单位的报告"
        if _same(other, report):
            continue
        if report.year is not None and other.year is not None and other.year != report.year:
            left_out.append(f"{name}（{other.year}年）")
        elif any(_same(other, known) for known in counted):
            left_out.append(f"{name}（重复）")
        else:
            counted.append(other)
    return counted, left_out


def _same(one: Report, other: Report) -> bool:
    """Whether two readings are of one report: the same agency and year, and no figure read differently."""
    if one.agency is None or one.agency != other.agency or one.year != other.year:
        return False
    return all(
        figure.value is None or (v := other.value(path)) is None or v == figure.value
        for path, figure in one.figures.items()
    )


def _compare(report: Report, counted: Sequence[Report]) -> _Comparison:
    result = _Comparison()
    for path, figure in report.figures.items():
        if figure.value is None:
            continue
        _compare_cell(result, report, path, figure, counted)
    return result


def _compare_cell(
    result: _Comparison, report: Report, path: str, figure: Figure, counted: Sequence[Report]
) -> None:
    values = [_value(other, path, report) for other in counted]
    known = [value for value in values if value is not None]
    total: Number = sum(known)
    found = figure.value
    if found is None or (len(known) == len(values) and total == found):
        return
    least = len(known) < len(values)
    if least and (total <= found or path.rpartition(".")[2] in form.SIGNED_KEYS):
        if total != found:
            result.unknown.append(path)
            names = (o.agency or o.reading.source for o, v in zip(counted, values, strict=True) if v is None)
            result.incomplete.update(dict.fromkeys(names))
        return
    table = path.partition(".")[0]
    result.differences.setdefault(table, []).append(_Difference(path, total, found, least))


def _value(other: Report, path: str, report: Report) -> Number | None:
    """The subordinate's figure for a cell of the government's form, the two ways of 其他处理 reconciled."""
    if path.startswith(_SINGLE) and not other.single_other:
        column = path.rpartition(".")[2]
        parts = [other.value(f"applications.{row}.{column}") for row in _THREE]
        return None if None in parts else sum(part for part in parts if part is not None)
    if path.startswith("proactive.") and other.edition != report.edition:
        return None
    return other.value(path)
