"""The check report as one standalone page: findings first, the reading beside the source.

Works without scripts: every finding, figure and place has an id, and style rules light up what belongs to
the finding that was opened. The small script only scrolls both panes at once and adds keys.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from gongkai.kernel import Finding
from gongkai.report import form
from gongkai.report.grid import Document
from gongkai.report.model import Figure, Mark, Report, TableState
from gongkai.report.write import layout
from gongkai.report.write.finding_links import Linked, Links, link
from gongkai.report.write.finding_list import finding_list, verdict
from gongkai.report.write.form_html import table_html
from gongkai.report.write.html import text_lines
from gongkai.report.write.markup import Child, Markup, el, join, page
from gongkai.report.write.source_pane import PageImage, source_pane
from gongkai.report.write.stated import stated_table

_TABLE_NAMES = {
    "proactive": "表二（主动公开）",
    "applications": "表三（申请办理）",
    "disputes": "表四（复议诉讼）",
}
_TABLE_STATES = {
    TableState.UNCERTAIN: "部分数字所在的位置不能确定，已列出，未猜测",
    TableState.UNREADABLE: "找到了表格，但数字无法对应到格，未读取",
    TableState.MISSING: "原文中没有找到",
}


def write_check_page(
    report: Report,
    findings: Sequence[Finding] = (),
    source_document: Document | None = None,
    page_images: Sequence[PageImage] = (),
) -> bytes:
    """The check page. ``page_images`` are pictures of the source's pages, shown above their text."""
    made = panes(report, findings, source_document, page_images)
    columns: list[Child] = [
        el(
            "section",
            el("h2", f"核查问题 {len(findings)}"),
            made.findings,
            class_="pane findings",
            aria_label="核查问题",
        )
    ]
    if made.source:
        columns.append(el("section", el("h2", "原文"), made.source, class_="pane source", aria_label="原文"))
    columns.append(
        el("section", el("h2", "读数"), made.reading, class_="pane reading", aria_label="读数"),
    )
    desk = el("div", *columns, class_="desk" if source_document else "desk two")
    body = el("div", _top(report, findings), el("main", desk), class_="screen")
    title = f"核查：{layout.title_of(report)}"
    return page(title, body, styles=("base.css", "check.css"), more_css=made.css, script="check.js")


class Panes(NamedTuple):
    """The parts of a check page as finished HTML, for a page of one's own.

    ``source`` is empty where there is no source document. ``css`` lights up what belongs to an opened finding
    and places the boxes over the pictures; it is of this report alone.
    """

    verdict: Markup
    remarks: tuple[str, ...]
    findings: Markup
    source: Markup
    reading: Markup
    css: str


#: Makes what else stands with a finding: (number on the page, finding) -> markup.
FindingMore = Callable[[int, Finding], Child]
#: Makes what else stands in a figure's cell: (path) -> markup.
FigureMore = Callable[[str], Child]


def panes(
    report: Report,
    findings: Sequence[Finding],
    source_document: Document | None = None,
    page_images: Sequence[PageImage] = (),
    *,
    finding_more: FindingMore | None = None,
    figure_more: FigureMore | None = None,
) -> Panes:
    """The findings, the source and the reading, linked with each other."""
    links = link(report, findings, source_document)
    source = source_pane(source_document, links, page_images) if source_document is not None else None
    return Panes(
        verdict(findings),
        _remarks(report),
        finding_list(report, links, finding_more),
        source.html if source else Markup(),
        _reading(report, links, figure_more),
        "\n".join(filter(None, (_pair_rules(links), source.css if source else ""))),
    )


def _top(report: Report, findings: Sequence[Finding]) -> Markup:
    reading = report.reading
    mixed = report.edition != "2019" and report.single_other
    facts = [
        report.agency or "机关名称未读出",
        f"{report.year}年" if report.year is not None else "年度未读出",
        f"{report.edition}年版格式" + ("，其他处理为一行" if mixed else ""),
    ]
    if reading.source:
        facts.append(f"来源：{reading.source}")
    if reading.ocr:
        facts.append("文字为光学识别所得")
    remarks = _remarks(report)
    return el(
        "header",
        el("h1", layout.title_of(report)),
        el("p", " · ".join(facts), class_="about"),
        verdict(findings),
        el("ul", *(el("li", remark) for remark in remarks), class_="remarks") if remarks else None,
        class_="top",
    )


def _remarks(report: Report) -> tuple[str, ...]:
    """What could not be read, in words."""
    tables = (
        f"{_TABLE_NAMES[table]}：{_TABLE_STATES[state]}"
        for table, state in report.reading.tables.items()
        if state in _TABLE_STATES and table in _TABLE_NAMES
    )
    return (*tables, *report.reading.notes)


def _reading(report: Report, links: Links, more: FigureMore | None) -> Markup:
    def fill(path: str, figure: Figure | None, text: str) -> tuple[Child, Mapping[str, str | None]]:
        content, extra = _figure(links, path, figure, text)
        return join((content, more(path))) if more else content, extra

    tables = {table.key: table for table in layout.of_report(report)}
    parts: list[Child] = []
    for key in form.SECTIONS:
        inner: list[Child] = []
        if key != "head":
            inner.append(el("h3", layout.section_heading(report, key), *_flags(links, f"sections.{key}")))
        elif report.text("head"):
            inner.append(el("h3", "首部说明", *_flags(links, "sections.head")))
        inner += text_lines(report.text(key), "h4")
        if key in tables:
            flags = _flags(links, f"table-{key}")
            inner += [el("p", *flags, _TABLE_NAMES[key])] if flags else []
            inner.append(table_html(report, tables[key], fill))
            inner += [el("p", note, class_="note") for note in layout.table_notes(report, key)]
        if not report.text(key) and key not in tables and key != "head":
            missing = "此部分没有文字" if key in report.sections else "原文中没有找到此部分"
            inner.append(el("p", missing, class_="about"))
        parts.append(el("section", *inner, id=f"sections.{key}", data_n=_numbers(links, f"sections.{key}")))
    parts.append(stated_table(report))
    return el("div", *parts, class_="document")


def _numbers(links: Links, target: str) -> str:
    return " ".join(str(item.number) for item in links.by_reading.get(target, ()))


def _flags(links: Links, target: str) -> list[Child]:
    """One small link back to each finding on an element: a shape, its word for the ear and the pointer."""
    return [_flag(item) for item in links.by_reading.get(target, ())]


def _flag(item: Linked) -> Markup:
    level = item.finding.level
    words = f"{level.word} {item.number}"
    title = f"{words}：{item.finding.message}"
    return el(
        "a", level.shape, href=f"#f{item.number}", class_=f"flag {level}", title=title, aria_label=words
    )


def _figure(
    links: Links, path: str, figure: Figure | None, text: str
) -> tuple[Child, Mapping[str, str | None]]:
    """A figure of the reading: the gravest finding's flag, the number as a link to its source."""
    found = links.by_reading.get(path, [])
    source = links.source_by_figure.get(path)
    raw = figure.raw.strip() if figure else ""
    place = figure.place.describe() if figure and figure.place else ""
    said = f"原文“{raw}”" if raw and raw != text else ""
    hint = "，".join(filter(None, (said, place)))
    number: Child = text
    if source:
        style = "" if text else "quiet"
        number = el("a", text or _short(figure), href=f"#{source}", class_=style, title=hint)
    suggested = next((str(f.finding.suggested[path]) for f in found if path in f.finding.suggested), "")
    parts: list[Child] = [_flag(found[0]) if found else None, number]
    if suggested:
        parts.append(el("span", f"建议 {suggested}", class_="suggested"))
    extra: dict[str, str | None] = {"data_n": _numbers(links, path)}
    if found:
        extra["class"] = f"hit {found[0].finding.level}"
    if text or found:
        # The cell says what it holds by its own text; a label would hide that from a screen reader.
        extra["aria_label"] = None
    return join(parts), extra


def _short(figure: Figure | None) -> str:
    """What stands in an empty cell, so that there is something to open."""
    return "未定" if figure and figure.mark is Mark.UNCERTAIN else "空"


def _pair_rules(links: Links) -> str:
    """For each finding one rule that lights up everything of it when a part of it alone is the target.

    A cell that belongs to several findings lights up by itself: opened from one, it must not light another's.
    """
    lit = "{background-color:var(--lit);outline:2px solid var(--link);outline-offset:-1px}"
    return "\n".join(
        f':root:has([data-n="{item.number}"]:target) [data-n~="{item.number}"]{lit}'
        for item in links.findings
    )
