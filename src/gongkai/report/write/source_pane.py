"""The source pane of a check page: the neutral grid as it was read, with a place to open for every piece."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gongkai.kernel import Place
from gongkai.report.grid import Cell, Document, Paragraph, Table
from gongkai.report.labels import format_name
from gongkai.report.write.finding_links import Linked, Links
from gongkai.report.write.markup import Child, Markup, el
from gongkai.report.write.source_index import Spot, block_id, cell_id, mark_id

#: Tables of more columns scroll in their frame instead of being pressed into the pane.
_NARROW = 6


class PageImage(NamedTuple):
    """A picture of a page: its address (a ``data:`` URI where the page stands alone) and size in points."""

    uri: str
    width: float
    height: float


class SourcePane(NamedTuple):
    """The pane, and the style rules that put the boxes of its pictures in their place."""

    html: Markup
    css: str


def source_pane(document: Document, links: Links, page_images: Sequence[PageImage] = ()) -> SourcePane:
    """The document as read: paragraphs and tables, page by page where it has pages."""
    rules: list[str] = []
    about = f"原文格式：{format_name(document.format)}"
    if document.ocr:
        about += "，文字为光学识别所得，请对照原件"
    parts: list[Child] = [el("p", f"{about}。", class_="about")]
    parts += [el("p", note, class_="note") for note in document.notes]
    page: int | None = None
    tables = 0
    for number, block in enumerate(document.blocks):
        if block.place.page is not None and block.place.page != page:
            page = block.place.page
            parts.append(el("p", f"第{page}页", class_="page", id=f"page-{page}"))
            if page <= len(page_images):
                parts.append(_picture(document, links, page, page_images[page - 1], rules))
        if isinstance(block, Table):
            tables += 1
            parts.append(_table(number, block, links, f"原文表格{tables}"))
        else:
            parts.append(_paragraph(number, block, links))
    return SourcePane(el("div", *parts, class_="document"), "\n".join(rules))


def _paragraph(number: int, block: Paragraph, links: Links) -> Markup:
    target = block_id(number)
    marks = links.by_source.get(target, [])
    whole = _whole(marks)
    # The headings of the source are not headings of this page.
    classes = " ".join(filter(None, ("heading" if block.heading else "", level(whole))))
    return el("p", *marked(block.text, marks), id=target, data_n=numbers(whole), class_=classes)


def _table(number: int, table: Table, links: Links, name: str) -> Markup:
    rows = []
    index_of = {id(cell): index for index, cell in enumerate(table.cells)}
    for row in table.rows():
        cells = [_cell(cell_id(number, index_of[id(cell)]), cell, links) for cell in row]
        rows.append(el("tr", *cells))
    note = "" if table.aligned else "（原文没有表格线，单元格按先后次序排列，列的位置不可靠）"
    caption = f"{name}{note}"
    style = "grid wide" if table.n_cols > _NARROW else "grid"
    return el(
        "div",
        el("table", el("caption", caption), el("tbody", *rows), class_=style),
        class_="frame",
        id=block_id(number),
        role="region",
        tabindex="0",
        aria_label=caption,
    )


def _cell(target: str, cell: Cell, links: Links) -> Markup:
    marks = links.by_source.get(target, [])
    figure = links.figures_by_source.get(target)
    text = cell.text.strip()
    content: list[Child] = marked(text, marks)
    if figure and text:
        content = [el("a", *content, href=f"#{figure}", title=f"到读数（{cell.place.describe()}）")]
    return el(
        "td",
        *content,
        id=target,
        data_n=numbers(marks),
        class_=" ".join(filter(None, (level(marks), "figure" if figure else "", "" if text else "empty"))),
        rowspan=cell.rowspan if cell.rowspan > 1 else None,
        colspan=cell.colspan if cell.colspan > 1 else None,
    )


def marked(text: str, marks: Sequence[tuple[Linked, Spot]]) -> list[Child]:
    """A text cut where a finding's words begin and end, those words in ``<mark>``."""
    narrow = [(item, spot) for item, spot in marks if spot.narrow]
    if not narrow:
        return [text]
    edges = {min(cut or 0, len(text)) for _, spot in narrow for cut in (spot.start, spot.end)}
    begun: set[int] = set()
    parts: list[Child] = []
    for start, end in pairwise(sorted({0, len(text), *edges})):
        over = [(i, s) for i, s in narrow if (s.start or 0) <= start and end <= min(s.end or 0, len(text))]
        piece: Child = text[start:end]
        if over:
            piece = el("mark", piece, data_n=numbers(over), class_=level(over))
        for item, _ in over:
            if item.number not in begun:
                # The first piece of a finding's words is where its link leads.
                begun.add(item.number)
                piece = el("span", piece, id=mark_id(item.number), data_n=str(item.number))
        parts.append(piece)
    return parts


def _whole(marks: Sequence[tuple[Linked, Spot]]) -> list[tuple[Linked, Spot]]:
    """The findings that mean the whole element, not words in it."""
    return [(item, spot) for item, spot in marks if not spot.narrow]


def numbers(marks: Sequence[tuple[Linked, Spot]]) -> str:
    """The numbers of the findings on an element, for ``data-n``."""
    return " ".join(dict.fromkeys(str(item.number) for item, _ in marks))


def level(marks: Sequence[tuple[Linked, Spot]]) -> str:
    """The class of the gravest finding on an element; findings are numbered gravest first."""
    if not marks:
        return ""
    gravest = min((item for item, _ in marks), key=lambda item: item.number)
    return f"hit {gravest.finding.level}"


def _picture(document: Document, links: Links, page: int, image: PageImage, rules: list[str]) -> Markup:
    """The page's picture, a box over every piece a finding points to and every figure."""
    boxes = []
    for number, block in enumerate(document.blocks):
        pieces: list[tuple[str, Place]] = [(block_id(number), block.place)]
        if isinstance(block, Table):
            pieces = [(cell_id(number, index), cell.place) for index, cell in enumerate(block.cells)]
        for target, place in pieces:
            marks = links.by_source.get(target, [])
            if place.page != page or place.box is None or not (marks or target in links.figures_by_source):
                continue
            rules.append(f"#box-{target}{{{_position(place.box, image)}}}")
            boxes.append(_box(target, links.figures_by_source.get(target), marks))
    picture = el("img", src=image.uri, alt=f"第{page}页的图像，文字见下方", loading="lazy")
    rules.append(f"#picture-{page}{{aspect-ratio:{image.width:g}/{image.height:g}}}")
    return el("div", picture, *boxes, class_="picture", id=f"picture-{page}")


def _position(box: tuple[float, float, float, float], image: PageImage) -> str:
    left, top, right, bottom = box
    return (
        f"left:{100 * left / image.width:.2f}%;top:{100 * top / image.height:.2f}%;"
        f"width:{100 * (right - left) / image.width:.2f}%;height:{100 * (bottom - top) / image.height:.2f}%"
    )


def _box(target: str, figure: str | None, marks: Sequence[tuple[Linked, Spot]]) -> Markup:
    return el(
        "a",
        href=f"#{figure or target}",
        id=f"box-{target}",
        data_n=numbers(marks),
        class_=f"box {level(marks)}".strip(),
        aria_hidden="true",
        tabindex="-1",
    )
