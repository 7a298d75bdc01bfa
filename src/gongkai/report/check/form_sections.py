"""Whether all six sections and the three tables are there, and whether section five says anything."""

import re
from collections.abc import Iterator

from gongkai.kernel import Finding, Level
from gongkai.kernel.law_ref import FORM_2021
from gongkai.report import form
from gongkai.report.check.cells import TABLE_NAMES, cell_name, form_law, listing, row_name
from gongkai.report.check.registry import Context, Rule, rule
from gongkai.report.model import Mark, Report, TableState

_TEXT_SECTIONS = ("overview", "problems", "others")
_TABLE_SECTIONS = ("proactive", "applications", "disputes")
_NOT_TEXT = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")
#: Ways of saying nothing in section five.
_NOTHING = re.compile(
    r"(?:(?:存在的?)?(?:主要)?问题(?:及|和|与)改进(?:情况|措施)?)?"
    r"(?:\d{4}年)?(?:本年度?|今年|本机关|本单位|本部门|我[镇乡局县区市院办]|本[镇乡局县区市]|本街道|我街道|目前|暂时?)*"
    r"(?:无|没有|未发现|不存在)?(?:存在的?)?(?:主要|突出|明显|重大)?(?:问题)?(?:及改进(?:情况|措施)?)?"
)


@rule(
    "FORM-SECTION",
    title="部分和表格齐全",
    level=Level.ERROR,
    law=FORM_2021,
    fires="缺少六个部分之一或者三张表之一；第五部分空白或者只写“无”（提醒）；表格无法读出（提醒一次）；表中缺行（提醒）",
    silent="标题另行编号或者换了说法的",
)
def sections(rule: Rule, context: Context) -> Iterator[Finding]:
    """The form prescribes six sections, three of them with a table (30号; Art. 50)."""
    report = context.report
    states = table_states(report)
    yield from _missing_sections(rule, report, states)
    yield from _missing_tables(rule, report, states)
    yield from _unreadable_tables(rule, report, states)
    yield from _missing_rows(rule, report, states)
    if (problems := report.sections.get("problems")) and says_nothing(problems.text):
        written = problems.text.strip()
        yield rule.finding(
            "sections.problems",
            f"“五、存在的主要问题及改进情况”{f'只写了“{written}”' if written else '没有内容'}。"
            "请写明本机关工作中实际存在的问题和改进措施。",
            level=Level.WARNING,
            expected="存在的问题和改进情况",
            found=written,
            place=problems.place,
            law=f"《政府信息公开条例》第五十条；{form_law(report, '第五部分')}",
        )


def says_nothing(text: str) -> bool:
    """Whether a section's text is empty or only says that there is nothing."""
    bare = _NOT_TEXT.sub("", text)
    return len(bare) < 40 and _NOTHING.fullmatch(bare) is not None


def table_states(report: Report) -> dict[str, TableState]:
    """How far each table was read: what the reading says, else what the figures show."""
    states: dict[str, TableState] = {}
    for table in TABLE_NAMES:
        stated = report.reading.tables.get(table)
        states[table] = _judged(report, table) if stated is None else stated
    return states


def _judged(report: Report, table: str) -> TableState:
    prefix = f"{table}."
    for path, figure in report.figures.items():
        if path.startswith(prefix) and figure.mark is not Mark.MISSING:
            return TableState.READ
    return TableState.MISSING


def _text_given(report: Report) -> bool:
    """Whether the report came with its text: figures alone, as data, have none to judge."""
    return bool(report.sections) or report.reading.format not in ("", "json")


def _missing_sections(rule: Rule, report: Report, states: dict[str, TableState]) -> Iterator[Finding]:
    if not _text_given(report):
        return
    missing = [
        key
        for key in (*_TEXT_SECTIONS, *_TABLE_SECTIONS)
        if key not in report.sections and states.get(key, TableState.MISSING) is TableState.MISSING
    ]
    if not missing:
        return
    missing.sort(key=list(form.SECTIONS).index)
    names = [f"“{form.SECTIONS[key]}”" for key in missing]
    yield rule.finding(
        f"sections.{missing[0]}",
        f"没有找到{listing(names)}。年度报告应当包括六个部分，没有情况的部分也要保留标题和表格。"
        "如果原文有这一部分，请检查标题是否丢失。",
        expected=[form.SECTIONS[key] for key in missing],
        law=f"《政府信息公开条例》第五十条；{form_law(report, '')}",
        cells=tuple(f"sections.{key}" for key in missing) if len(missing) > 1 else (),
    )


def _missing_tables(rule: Rule, report: Report, states: dict[str, TableState]) -> Iterator[Finding]:
    """Tables that are absent from a section that is there; an absent section says so already."""
    given = _text_given(report)
    missing = [
        table
        for table, state in states.items()
        if state is TableState.MISSING and (table in report.sections or not given)
    ]
    if missing:
        yield rule.finding(
            missing[0],
            f"没有找到{'、'.join(TABLE_NAMES[table] for table in missing)}。"
            "没有发生的也应保留表格并填0。如果表格是图片或者附件，请改为可以读取的表格。",
            expected=[TABLE_NAMES[table] for table in missing],
            law=form_law(report, ""),
            cells=tuple(missing) if len(missing) > 1 else (),
        )


def _unreadable_tables(rule: Rule, report: Report, states: dict[str, TableState]) -> Iterator[Finding]:
    unreadable = [table for table, state in states.items() if state is TableState.UNREADABLE]
    if unreadable:
        names = "、".join(TABLE_NAMES[table] for table in unreadable)
        yield rule.finding(
            unreadable[0],
            f"{names}在文件中，但其中的数字无法读出，没有参加核查。请核对原件，或者提供表格完整的文件。",
            level=Level.WARNING,
            law=form_law(report, ""),
            cells=tuple(unreadable) if len(unreadable) > 1 else (),
        )


def _missing_rows(rule: Rule, report: Report, states: dict[str, TableState]) -> Iterator[Finding]:
    """Rows and cells that are not in a table that is otherwise read."""
    missing = [path for path, figure in report.figures.items() if figure.mark is Mark.MISSING]
    if not missing:
        return
    for table, state in states.items():
        prefix = f"{table}."
        lost = [path for path in missing if path.startswith(prefix)]
        if state is not TableState.READ or not lost:
            continue
        read = [f.place for path, f in report.figures.items() if path.startswith(prefix) and f.place]
        yield rule.finding(
            table,
            f"{TABLE_NAMES[table]}中没有找到：{listing(_rows_or_cells(report, lost))}。"
            "请对照格式补全表格；没有发生的填0。",
            level=Level.WARNING,
            place=read[0] if read else None,
            law=form_law(report, ""),
            cells=tuple(lost),
        )


def _rows_or_cells(report: Report, missing: list[str]) -> list[str]:
    """Names of rows that are missing altogether, and of single missing cells in other rows."""
    lost = set(missing)
    names: dict[str, None] = {}
    for path in missing:
        row = path.rpartition(".")[0]
        whole = all(other in lost for other in report.figures if other.startswith(f"{row}."))
        names[row_name(path, report.edition) if whole else cell_name(path, report.edition)] = None
    return list(names)
