"""A report and its findings in words, for people at a terminal."""

from collections.abc import Iterator, Sequence

from gongkai.cli.screen import LEVELS, Piece
from gongkai.kernel import Finding, Level
from gongkai.report.api import Report, how_read, label

#: (words, path): the figures a reader looks for first, line by line.
_KEY_FIGURES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "依申请公开",
        (
            ("本年新收", "applications.new.total"),
            ("上年结转", "applications.carried_in.total"),
            ("办理结果", "applications.total.total"),
            ("结转下年", "applications.carried_out.total"),
        ),
    ),
    (
        "复议诉讼",
        (
            ("行政复议", "disputes.reconsideration.total"),
            ("直接起诉", "disputes.direct_litigation.total"),
            ("复议后起诉", "disputes.litigation_after_reconsideration.total"),
        ),
    ),
    (
        "主动公开",
        (
            ("规章现行有效", "proactive.regulations.in_force"),
            ("规范性文件现行有效", "proactive.normative_documents.in_force"),
            ("规章对外公开", "proactive.regulations.disclosed_total"),
            ("规范性文件对外公开", "proactive.normative_documents.disclosed_total"),
            ("行政许可", "proactive.licences.decisions"),
            ("行政处罚", "proactive.penalties.decisions"),
            ("行政强制", "proactive.coercive_measures.decisions"),
            ("收费（万元）", "proactive.fees.amount_10k_yuan"),
        ),
    ),
)
_TABLES = {"proactive": "表二", "applications": "表三", "disputes": "表四"}
_TABLE_STATES = {"uncertain": "部分数字的位置不能确定", "unreadable": "数字不能读取", "missing": "没有找到"}
_MARKS = {
    "blank": "空白",
    "missing": "未找到",
    "unreadable": "不能读取",
    "uncertain": "不确定",
}
_INDENT = "  "
_MOST_CELLS = 3


def title(report: Report) -> str:
    """``昆阳镇人民政府 2024年度`` or what of it is known."""
    agency = report.agency or "（未写明机关）"
    year = f"{report.year}年度" if report.year else "（未写明年度）"
    return f"{agency} {year}"


def figure(report: Report, path: str) -> str:
    """A figure as it is told to people: the number, or why there is none."""
    found = report.figures[path]
    if found.value is not None:
        return format(found.value, "f") if path.endswith("amount_10k_yuan") else str(found.value)
    return f"（{_MARKS.get(str(found.mark), '空白')}）"


def one_line(report: Report) -> list[Piece]:
    """Agency, year and the four figures of table 3."""
    pieces: list[Piece] = [(title(report), "bold")]
    for words, path in _KEY_FIGURES[0][1]:
        pieces.append(f"  {words} {figure(report, path)}")
    if report.reading.uncertain:
        pieces.append((f"  不确定 {len(report.reading.uncertain)} 处", "yellow"))
    return pieces


def lines(report: Report) -> Iterator[list[Piece]]:
    """The reading in a few lines: what it is, its key figures, what is not certain."""
    reading = report.reading
    how = how_read(report)
    source = f"{reading.source}（{how}）" if how else reading.source
    yield [(title(report), "bold"), f"  {report.edition}年版格式  {source}"]
    for words, figures in _KEY_FIGURES:
        told = [f"{name} {figure(report, path)}" for name, path in figures if path in report.figures]
        yield [f"{_INDENT}{words}  ", "  ".join(told)]
    if reading.ocr:
        yield [(f"{_INDENT}文字由光学识别得到，请与原件核对", "yellow")]
    for table, state in reading.tables.items():
        if str(state) in _TABLE_STATES:
            yield [(f"{_INDENT}{_TABLES[table]}：{_TABLE_STATES[str(state)]}", "yellow")]
    for path, uncertain in reading.uncertain.items():
        values = f"数字 {'、'.join(map(str, uncertain.values))}，" if uncertain.values else ""
        reason = uncertain.reason or "属于哪一列不明"
        yield [
            (
                f"{_INDENT}不确定：{label(path, report.edition)}，{values}{reason}",
                "yellow",
            )
        ]
    for note in reading.notes:
        yield [f"{_INDENT}备注：{note}"]


def cell_lines(report: Report) -> Iterator[list[Piece]]:
    """Every figure with its raw text and its place."""
    for path, found in report.figures.items():
        place = found.place.describe() if found.place else ""
        raw = f"原文“{found.raw}”" if found.raw else ""
        named = f"{_INDENT}{path}  {label(path, report.edition)}  {figure(report, path)}"
        yield ["  ".join(part for part in (named, raw, place) if part)]


def counts(findings: Sequence[Finding]) -> list[tuple[Level, int]]:
    """How many findings of each level there are, gravest first; levels without any are left out."""
    numbers = [(level, sum(finding.level == level for finding in findings)) for level in Level]
    return [(level, number) for level, number in numbers if number]


def finding_lines(finding: Finding, edition: str) -> Iterator[list[Piece]]:
    """A finding: level, rule and message; then where it is, what it compared and its legal ground."""
    word, style = LEVELS[finding.level]
    yield [_INDENT, (word, style), f"  {finding.rule}  {finding.message}"]
    details = [f"位置：{_where(finding, edition)}"]
    compared = (("应为", finding.expected), ("现为", finding.found))
    if any(value is not None for _, value in compared):
        details.append(
            "，".join(f"{word} {_told(value, edition)}" for word, value in compared if value is not None)
        )
    if finding.suggested:
        proposals = [f"{label(path, edition)} {value}" for path, value in finding.suggested.items()]
        details.append(f"建议：{'；'.join(proposals[:_MOST_CELLS])}{_more(len(proposals))}")
    if finding.law:
        details.append(f"依据：{finding.law}")
    for detail in details:
        yield [f"{_INDENT}        {detail}"]


def _where(finding: Finding, edition: str) -> str:
    cells = finding.cells or (finding.where,)
    named = "；".join(label(path, edition) for path in cells[:_MOST_CELLS] if path)
    place = finding.place.describe() if finding.place else ""
    return "，".join(part for part in (named + _more(len(cells)), place) if part)


def _more(count: int) -> str:
    return f"等 {count} 处" if count > _MOST_CELLS else ""


def _told(value: object, edition: str) -> str:
    if isinstance(value, dict):
        told = [f"{label(key, edition)} {item}" for key, item in value.items()]
        return "、".join(told[:_MOST_CELLS]) + _more(len(told))
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    return str(value)
