"""LAYOUTS §1.6: web pages."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from random import Random

from benchmarks.drafts import Draft
from benchmarks.forms import Box, Grid
from benchmarks.layouts.base import Rendered, layout, loosen_all
from benchmarks.layouts.odd import CHROME_AFTER, CHROME_BEFORE, metadata_table
from benchmarks.truth import Kind


@dataclass(frozen=True, slots=True)
class Markup:
    """How cells and paragraphs are marked up."""

    blank: str = ""
    spans: str = "kept"  # "kept", "rowspan lost", "colspan lost"
    runs: bool = False  # each run of characters in its own <span>, Word's way
    header_cells: bool = False
    sections: bool = False  # thead and tbody
    nested: bool = False
    breaks: bool = False  # <br> inside labels
    divs: bool = False  # paragraphs as <div><span>
    headings: bool = False  # <h2> for headings
    unclosed: bool = False  # </td>, </tr> left out
    styled: bool = False  # each cell and paragraph carries its style, as sites' editors leave it


_CELL_STYLE = "border-width: 1px; border-style: solid; border-color: windowtext; padding: 0px 7px"
_TEXT_STYLE = "margin: 0px; text-align: center; line-height: 24px"
_FONT_STYLE = "font-family: 宋体; font-size: 14px; color: rgb(51, 51, 51)"


def _runs(text: str, markup: Markup, rng: Random) -> str:
    if not markup.runs or len(text) < 2:
        return escape(text).replace("\n", "<br>")
    cut = sorted(rng.sample(range(1, len(text)), min(len(text) - 1, rng.randint(1, 3))))
    pieces = [text[a:b] for a, b in zip([0, *cut], [*cut, len(text)], strict=True)]
    style = "font-family:仿宋_GB2312;mso-hansi-font-family:宋体"
    return "".join(f'<span lang="EN-US" style="{style}">{escape(piece)}</span>' for piece in pieces)


def _cell(box: Box, markup: Markup, rng: Random) -> str:
    tag = "th" if markup.header_cells and not box.path else "td"
    attributes = ""
    if box.rowspan > 1 and markup.spans != "rowspan lost":
        attributes += f' rowspan="{box.rowspan}"'
    if box.colspan > 1 and not (markup.spans == "colspan lost" and not box.path):
        attributes += f' colspan="{box.colspan}"'
    text = box.text
    if markup.breaks and not box.path and len(text) == 4:
        text = f"{text[:2]}\n{text[2:]}"
    inner = _runs(text, markup, rng) if text else markup.blank
    if markup.styled:
        attributes += f' style="{_CELL_STYLE}"'
        inner = f'<p style="{_TEXT_STYLE}"><span style="{_FONT_STYLE}">{inner}</span></p>'
    if markup.runs:
        inner = f'<p class="MsoNormal" align="center" style="mso-line-height-rule:exactly">{inner}</p>'
    end = "" if markup.unclosed else f"</{tag}>"
    return f"<{tag}{attributes}>{inner}{end}"


def html_table(grid: Grid, markup: Markup, rng: Random) -> str:
    """The table with the form's merged cells."""
    end = "" if markup.unclosed else "</tr>\n"
    rows = [f"<tr>{''.join(_cell(box, markup, rng) for box in row)}{end}" for row in grid.rows()]
    if markup.sections and grid.header:
        head, body = "".join(rows[: grid.header]), "".join(rows[grid.header :])
        inner = f"<thead>{head}</thead><tbody>{body}</tbody>"
    else:
        inner = "".join(rows)
    table = f'<table border="1" cellspacing="0" cellpadding="0">{inner}</table>'
    if markup.nested:
        return f'<table width="100%"><tr><td align="center"><div>{table}</div></td></tr></table>'
    return table


def page(draft: Draft, markup: Markup, *, around: Callable[[str], str] | None = None) -> str:
    """A whole page."""
    rng = draft.rng()
    pieces = []
    for part in draft.parts:
        if part.kind == "table":
            pieces.append(html_table(draft.grids[part.text], markup, rng))
        elif part.kind == "title":
            pieces.append(f"<h1>{_runs(part.text, markup, rng)}</h1>")
        elif part.kind == "heading" and markup.headings:
            pieces.append(f"<h2>{_runs(part.text, markup, rng)}</h2>")
        elif markup.divs:
            pieces.append(f"<div><span>　　{_runs(part.text, markup, rng)}</span></div>")
        else:
            pieces.append(f'<p style="text-indent:2em">{_runs(part.text, markup, rng)}</p>')
    body = "\n".join(pieces)
    body = around(body) if around else body
    title = escape(draft.parts[0].text.replace("\n", ""))
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body>\n{body}\n</body></html>"
    )


def _plain(draft: Draft, markup: Markup) -> Rendered:
    return Rendered(page(draft, markup).encode(), draft.truth())


@layout("html-clean", "html")
def clean(draft: Draft) -> Rendered:
    """The statutory merged cells."""
    return _plain(draft, Markup())


@layout("html-nbsp", "html")
def nbsp(draft: Draft) -> Rendered:
    """Blank cells hold a space that does not break; labels are broken."""
    return _plain(draft, Markup(blank="&nbsp;", breaks=True, headings=True))


@layout("html-word", "html")
def word(draft: Draft) -> Rendered:
    """Word's own: a span for each run, ``<o:p>`` in blank cells."""
    markup = Markup(blank="<o:p>&nbsp;</o:p>" if draft.seed % 2 else "<o:p></o:p>", runs=True)
    return _plain(draft, markup)


@layout("html-styled", "html")
def styled(draft: Draft) -> Rendered:
    """A style on every cell, paragraph and run."""
    return _plain(draft, Markup(styled=True, blank="&nbsp;"))


@layout("html-nested", "html")
def nested(draft: Draft) -> Rendered:
    """Each table inside a layout table."""
    return _plain(draft, Markup(nested=True, divs=True))


@layout("html-header-cells", "html")
def header_cells(draft: Draft) -> Rendered:
    """Labels are ``th``; the header is in a ``thead``."""
    return _plain(draft, Markup(header_cells=True, sections=True, headings=True))


@layout("html-unclosed", "html")
def unclosed(draft: Draft) -> Rendered:
    """Cells and rows are not closed."""
    return _plain(draft, Markup(unclosed=True, blank="<br>"))


@layout("html-rowspan-lost", "html")
def rowspan_lost(draft: Draft) -> Rendered:
    """Cells that span rows lost their attribute: rows drift left."""
    truth = draft.truth()
    loosen_all(truth, draft, Kind.HARD)
    return Rendered(page(draft, Markup(spans="rowspan lost")).encode(), truth)


@layout("html-colspan-lost", "html")
def colspan_lost(draft: Draft) -> Rendered:
    """Labels that span columns lost their attribute."""
    truth = draft.truth()
    loosen_all(truth, draft, Kind.HARD)
    return Rendered(page(draft, Markup(spans="colspan lost")).encode(), truth)


@layout("html-chrome", "html")
def chrome(draft: Draft) -> Rendered:
    """Scripts, navigation, a metadata table and the whole report in the cells of a page table."""
    rng = draft.rng()
    meta = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line.split("\t")) + "</tr>"
        for line in metadata_table(draft, rng).split("\n")
    )
    before = "".join(f"<li><a href='#'>{escape(text)}</a></li>" for text in CHROME_BEFORE)
    after = "".join(f"<p>{escape(text)}</p>" for text in CHROME_AFTER)

    def around(body: str) -> str:
        return (
            f"<script>var n = 0; document.write('<table><tr><td>1</td></tr></table>');</script>"
            f"<style>td {{border: 1px}}</style><ul>{before}</ul><table>{meta}</table>"
            f"<table class='main'><tr><td>\n<div id='zoom'>{body}</div>\n</td></tr></table>"
            f"<div class='foot'>{after}</div>"
        )

    return Rendered(page(draft, Markup(blank="&nbsp;"), around=around).encode(), draft.truth())


@layout("html-gb2312", "html")
def gb2312(draft: Draft) -> Rendered:
    """GB18030 bytes under the name gb2312."""
    text = page(draft, Markup(divs=True)).replace('charset="utf-8"', 'charset="gb2312"')
    return Rendered(text.encode("gb18030"), draft.truth())


@layout("html-fragment", "html")
def fragment(draft: Draft) -> Rendered:
    """No html, head or body: only what an editor stored."""
    text = page(draft, Markup(runs=True, blank="<o:p></o:p>"))
    body = text.split("<body>")[1].split("</body>")[0]
    return Rendered(body.encode(), draft.truth())
