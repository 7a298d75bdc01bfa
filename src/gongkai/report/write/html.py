"""A report as one standalone, accessible HTML page."""

from gongkai.report import form
from gongkai.report.model import Report
from gongkai.report.write import layout
from gongkai.report.write.form_html import table_html
from gongkai.report.write.markup import Child, Markup, el, page


def write_html(report: Report) -> bytes:
    """The report as HTML: title, head note, six sections with their tables, for screen and paper."""
    title = layout.title_of(report)
    heading = [el("span", part) for part in layout.title_parts(report)]
    head = [el("p", line) for line in layout.paragraphs(report.text("head"))]
    parts: list[Child] = [el("header", el("h1", *heading))]
    if head:
        parts.append(el("section", *head, id="sections.head", aria_label="首部说明"))
    parts += [_section(report, key) for key in form.SECTIONS if key != "head"]
    body = el("main", el("article", *parts), class_="paper")
    return page(title, body, styles=("base.css", "report.css"))


def _section(report: Report, key: str) -> Markup:
    parts: list[Child] = [el("h2", layout.section_heading(report, key), id=f"heading-{key}")]
    parts += text_lines(report.text(key))
    for table in layout.of_report(report):
        if table.key == key:
            parts.append(table_html(report, table))
            parts += [el("p", note, class_="note") for note in layout.table_notes(report, key)]
    return el("section", *parts, id=f"sections.{key}", aria_labelledby=f"heading-{key}")


def text_lines(text: str, heading: str = "h3") -> list[Markup]:
    """The lines of a section: （一） lines that are no sentence are headings."""
    return [el(heading if layout.is_subheading(line) else "p", line) for line in layout.paragraphs(text)]
