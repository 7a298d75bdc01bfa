"""How cells are filled in: blanks, and marks in place of a zero."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from gongkai.kernel import Finding, Level
from gongkai.kernel.law_ref import FORM_2021
from gongkai.report import form
from gongkai.report.check.cells import (
    TABLE_NAMES,
    cell_name,
    form_law,
    listing,
    movable,
    place_of,
    row_name,
)
from gongkai.report.check.propose import Proposal, propose
from gongkai.report.check.registry import Context, Rule, rule
from gongkai.report.model import Mark, Report, TableState

_SHOWN = 8
_NAMED = 4


def _marked(report: Report, mark: Mark) -> dict[str, list[str]]:
    """Paths with the mark by table, in the order of the form."""
    found: dict[str, list[str]] = {}
    for path, figure in report.figures.items():
        if figure.mark is mark:
            found.setdefault(path.partition(".")[0], []).append(path)
    return found


@rule(
    "FORM-BLANK",
    title="空白单元格",
    level=Level.WARNING,
    law=FORM_2021,
    fires="表格中有空白单元格：每张表报告一次，列出全部空白，并给出由合计关系、上年报告或者正文可以确定的数",
    silent="数字所在的列无法确定的行；无法读出的表",
)
def blanks(rule: Rule, context: Context) -> Iterator[Finding]:
    """The form asks for 0 where nothing happened; what was blank is never read as 0 (REGULATION §7, 3)."""
    report = context.report
    blank = _marked(report, Mark.BLANK)
    if not blank:
        return
    unplaced = movable(report)
    for table, paths in blank.items():
        certain = [path for path in paths if path not in unplaced]
        if not certain or report.reading.tables.get(table) in (TableState.UNREADABLE, TableState.MISSING):
            continue
        proposal = propose(report, table, certain, context.previous)
        yield rule.finding(
            table,
            f"{TABLE_NAMES[table]}有{len(certain)}格空白{_where(report, certain)}。"
            f"{_proposed(report, proposal)}{_rest(proposal, certain)}{_unplaced(report, table)}",
            place=place_of(report, certain[0]),
            law=form_law(report, "表格填报要求"),
            cells=tuple(certain),
            suggested=proposal.values,
        )


def _where(report: Report, blank: Sequence[str]) -> str:
    """The blanks by row: rows that are blank throughout, and cells of the others."""
    lost = set(blank)
    whole: list[str] = []
    single: list[str] = []
    for paths in _rows(report.edition, report.single_other):
        gone = [path for path in paths if path in lost]
        if len(gone) == len(paths):
            whole.append(gone[0])
        else:
            single += gone
    parts = []
    if whole:
        names = "、".join(row_name(path, report.edition) for path in whole[:_NAMED])
        parts.append(f"{names}{f'等{len(whole)}行' if len(whole) > _NAMED else ''}整行空白")
    if single:
        names = "、".join(cell_name(path, report.edition) for path in single[:_NAMED])
        parts.append(f"{names}{f'等{len(single)}格' if len(single) > _NAMED else ''}")
    return f"（{'；'.join(parts)}）"


@cache
def _rows(edition: str, single_other: bool) -> tuple[tuple[str, ...], ...]:
    """The form's paths by row."""
    paths = form.all_paths(edition, single_other)
    return tuple(tuple(row) for _, row in groupby(paths, key=lambda path: path.rpartition(".")[0]))


def _proposed(report: Report, proposal: Proposal) -> str:
    sources = (
        (proposal.determined, "由合计关系可以确定"),
        (proposal.carried, "按上年报告"),
        (proposal.followed, "接上年报告后由合计关系可以确定"),
        (proposal.stated, "按正文所述"),
        (proposal.summed, "按已填数字推算"),
    )
    sentences = ["已填的数字与合计不一致，无法推算，请先核对合计。"] if proposal.contradictory else []
    for values, source in sources:
        filled = [f"{cell_name(path, report.edition)}应为{value}" for path, value in values.items() if value]
        zeros = sum(value == 0 for value in values.values())
        if filled:
            more = f"，另有{zeros}格应为0" if zeros else ""
            sentences.append(f"{source}：{listing(filled, _SHOWN)}{more}。")
        elif zeros:
            sentences.append(f"{source}：{zeros}格应为0。")
    return "".join(sentences)


def _rest(proposal: Proposal, blank: Sequence[str]) -> str:
    left = len(blank) - len(proposal.values)
    if not left:
        return "请补填。"
    return f"{'其余' if proposal.values else ''}没有发生的应填0，不要留空；有数字的请补填。"


def _unplaced(report: Report, table: str) -> str:
    rows = [row for row in report.reading.uncertain if row.partition(".")[0] == table]
    return f"另有{len(rows)}行的数字所在的列无法确定，未计入。" if rows else ""


@rule(
    "FORM-MARK",
    title="以符号代替0",
    level=Level.INFO,
    law=FORM_2021,
    fires="表格中以“/”“-”“无”“不适用”等代替0，合并为一条并列出全部单元格",
)
def marks(rule: Rule, context: Context) -> Iterator[Finding]:
    """A mark for none is read as 0 and kept; the form asks for figures."""
    report = context.report
    by_table = _marked(report, Mark.NONE)
    if not by_table:
        return
    paths = [path for found in by_table.values() for path in found]
    raws = list(dict.fromkeys(f"“{report.figures[path].raw.strip()}”" for path in paths))
    counts = "、".join(f"{TABLE_NAMES[table]}{len(found)}格" for table, found in by_table.items())
    yield rule.finding(
        paths[0],
        f"{counts}以{listing(raws)}代替0。已按0读取；请改填数字0。",
        expected=0,
        found=report.figures[paths[0]].raw.strip(),
        place=place_of(report, paths[0]),
        law=form_law(report, "表格填报要求"),
        cells=tuple(paths),
    )
