"""Reports laid out as HTML (for a browser) and typst, in many looks."""

import re
from dataclasses import dataclass

from tests.report.read.pdf_cases import HEAD, SECTIONS, TITLE, Case, Printed, Slot, table


@dataclass(frozen=True)
class HtmlStyle:
    """How a report looks in HTML."""

    font: str = "Noto Serif CJK SC"
    size: float = 10.5
    body: float = 16
    margin: str = "37mm 26mm 35mm 28mm"
    page: str = "A4"
    border: str = "1px solid #000"
    collapse: bool = True
    indent: str = "2em"
    align: str = "center"
    padding: str = "2px 4px"
    vertical: str = "writing-mode:vertical-rl"
    repeat_header: bool = True
    extra: str = ""
    filler: int = 0


def html(case: Case, style: HtmlStyle) -> str:
    """The whole report as an HTML page to be printed."""
    parts = [
        "<!DOCTYPE html><html><head><meta charset='utf-8'><style>",
        f"@page{{size:{style.page};margin:{style.margin}}}",
        f"body{{font:{style.body}pt/1.75 '{style.font}';margin:0}}",
        f"p{{text-indent:{style.indent};margin:0;text-align:justify}}",
        (
            f"table{{border-collapse:{'collapse' if style.collapse else 'separate'};width:100%;"
            f"font-size:{style.size}pt;line-height:1.3;table-layout:fixed}}"
        ),
        f"td,th{{border:{style.border};padding:{style.padding};text-align:{style.align};font-weight:normal}}",
        f"h1{{text-align:center;font-size:22pt}} .v{{{style.vertical}}} {style.extra}",
        f"</style></head><body><h1>{TITLE}</h1><p>{HEAD}</p>",
    ]
    parts += [f"<p>为便于阅读另起一段，第{i + 1}段。</p>" for i in range(style.filler)]
    for heading, texts, name in SECTIONS:
        parts.append(f"<p class='h'>{heading}</p>")
        parts += [f"<p>{text}</p>" for text in texts]
        if name:
            parts.append(_html_table(table(case, name), style))
    return "".join([*parts, "</body></html>"])


def _html_table(printed: Printed, style: HtmlStyle) -> str:
    total = sum(printed.widths)
    parts = ["<table><colgroup>", *(f"<col style='width:{w / total:.3%}'>" for w in printed.widths)]
    parts.append("</colgroup>")
    head = printed.header_rows if style.repeat_header else 0
    for at, row in enumerate(printed.rows()):
        if at == 0 and head:
            parts.append("<thead>")
        if at == head:
            parts.append("</thead><tbody>" if head else "<tbody>")
        parts.append("<tr>")
        for slot in row:
            vertical = " class='v'" if slot.text.startswith("三、") else ""
            span = f" rowspan='{slot.rowspan}' colspan='{slot.colspan}'"
            parts.append(f"<td{span}{vertical}>{slot.text}</td>")
        parts.append("</tr>")
    return "".join([*parts, "</tbody></table>"])


@dataclass(frozen=True)
class TypstStyle:
    """How a report looks in typst."""

    font: str = "Noto Serif CJK SC"
    size: float = 9
    body: float = 14
    paper: str = "a4"
    margin: str = "2.8cm"
    stroke: str = "0.5pt + black"
    inset: str = "3pt"
    align: str = "center + horizon"
    repeat: bool = True
    breakable: bool = False
    numbering: str = '"— 1 —"'
    filler: int = 0
    flipped: bool = False
    fill: str = "none"
    extra: str = ""


def typst_source(case: Case, style: TypstStyle) -> str:
    """The whole report as typst source."""
    parts = [
        (
            f'#set page(paper: "{style.paper}", margin: {style.margin}, numbering: {style.numbering},'
            f" flipped: {str(style.flipped).lower()})"
        ),
        f'#set text(font: "{style.font}", size: {style.body}pt, lang: "zh")',
        "#set par(first-line-indent: (amount: 2em, all: true), justify: true)",
        f"#set table(stroke: {style.stroke}, inset: {style.inset}, align: {style.align}, fill: {style.fill})",
        style.extra,
        f"#align(center, text(size: 20pt)[{TITLE}])",
        "",
        _typst_text(HEAD),
        "",
    ]
    for i in range(style.filler):
        parts += [f"为便于阅读另起一段，第{i + 1}段。", ""]
    for heading, texts, name in SECTIONS:
        parts += [heading, ""]
        for text in texts:
            parts += [_typst_text(text), ""]
        if name:
            parts += [_typst_table(table(case, name), style), ""]
    return "\n".join(parts)


def _typst_text(text: str) -> str:
    return re.sub(r"([#*_`$<>@\[\]\\/])", r"\\\1", text)


def _typst_table(printed: Printed, style: TypstStyle) -> str:
    columns = ", ".join(f"{w}fr" for w in printed.widths)
    lines = [
        f"#block(width: 100%)[#set text(size: {style.size}pt)",
        "#set par(first-line-indent: 0pt, justify: false)",
    ]
    lines.append(f"#show table.cell: set block(breakable: {str(style.breakable).lower()})")
    lines.append(f"#table(columns: ({columns}),")
    head = printed.header_rows if style.repeat else 0
    for at, row in enumerate(printed.rows()):
        if at == 0 and head:
            lines.append("table.header(")
        if at == head and head:
            lines.append("),")
        lines += [_typst_cell(slot) for slot in row]
    return "\n".join([*lines, ")]"])


def _typst_cell(slot: Slot) -> str:
    body = f'#"{slot.text}"'
    if slot.text.startswith("三、"):
        body = "#set par(leading: 1pt)\n#set text(size: 0.5em)\n" + " \\ ".join(slot.text)
    place = f"x: {slot.col}, y: {slot.row}, rowspan: {slot.rowspan}, colspan: {slot.colspan}"
    return f"table.cell({place})[{body}],"
