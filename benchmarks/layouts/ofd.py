"""OFD: a zip of XML whose pages hold positioned characters and ruling lines, in millimetres."""

from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from benchmarks.drafts import Draft
from benchmarks.forms import Box, Grid
from benchmarks.layouts.base import Rendered, layout
from benchmarks.layouts.docx import zipped

_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_WIDTH, _HEIGHT, _MARGIN = 210.0, 297.0, 22.0
_SIZE, _LINE = 3.2, 4.4
_PAD = 0.8


@dataclass
class _Page:
    """Objects of a page; ``y`` is where the next one goes."""

    objects: list[str] = field(default_factory=list)
    y: float = _MARGIN


class _Writer:
    """Puts paragraphs and tables onto pages."""

    def __init__(self) -> None:
        self.pages = [_Page()]
        self._id = 100

    def paragraph(self, text: str) -> None:
        """Lines of text over the whole width."""
        for line in _wrapped(text, _WIDTH - 2 * _MARGIN):
            page = self._room(_LINE)
            self._text(page, line, _MARGIN, page.y)
            page.y += _LINE
        self.pages[-1].y += _LINE / 2

    def table(self, grid: Grid) -> None:
        """A ruled table; rows go over to the next page where a page is full."""
        lefts = _lefts(grid)
        heights = _heights(grid, lefts)
        line = 0
        while line < grid.n_rows:
            page = self._room(heights[line])
            last = line
            room = _HEIGHT - _MARGIN - page.y - heights[line]
            while last + 1 < grid.n_rows and heights[last + 1] <= room:
                last += 1
                room -= heights[last]
            tops = [page.y]
            for height in heights[line : last + 1]:
                tops.append(tops[-1] + height)
            for box in grid.boxes:
                self._box(page, box, lefts, tops, (line, last))
            page.y = tops[-1]
            line = last + 1
        self.pages[-1].y += _LINE

    def _room(self, height: float) -> _Page:
        if self.pages[-1].y + height > _HEIGHT - _MARGIN:
            self.pages.append(_Page())
        return self.pages[-1]

    def _box(
        self, page: _Page, box: Box, lefts: list[float], tops: list[float], span: tuple[int, int]
    ) -> None:
        first, last = max(box.row, span[0]), min(box.row + box.rowspan - 1, span[1])
        if first > last:
            return
        x0, x1 = lefts[box.col], lefts[box.col + box.colspan]
        y0, y1 = tops[first - span[0]], tops[last - span[0] + 1]
        for left, top, right, bottom in (
            (x0, y0, x1, y0),
            (x0, y1, x1, y1),
            (x0, y0, x0, y1),
            (x1, y0, x1, y1),
        ):
            self._rule(page, left, top, right, bottom)
        if box.row >= span[0]:
            for number, text in enumerate(_wrapped(box.text, x1 - x0 - 2 * _PAD)):
                self._text(page, text, x0 + _PAD, y0 + _PAD + number * _LINE)

    def _rule(self, page: _Page, left: float, top: float, right: float, bottom: float) -> None:
        self._id += 1
        width, height = right - left, bottom - top
        page.objects.append(
            f'<ofd:PathObject ID="{self._id}" Boundary="{left:.3f} {top:.3f} '
            f'{width or 0.2:.3f} {height or 0.2:.3f}" LineWidth="0.2">'
            f"<ofd:AbbreviatedData>M 0 0 L {width:.3f} {height:.3f}</ofd:AbbreviatedData>"
            f"</ofd:PathObject>"
        )

    def _text(self, page: _Page, text: str, left: float, top: float) -> None:
        if not text:
            return
        self._id += 1
        steps = " ".join(f"{_advance(char):.3f}" for char in text[:-1])
        width = sum(map(_advance, text))
        page.objects.append(
            f'<ofd:TextObject ID="{self._id}" Boundary="{left:.3f} {top:.3f} {width:.3f} {_SIZE:.3f}" '
            f'Font="3" Size="{_SIZE}"><ofd:TextCode X="0" Y="{_SIZE * 0.88:.3f}"'
            + (f' DeltaX="{steps}"' if steps else "")
            + f">{escape(text)}</ofd:TextCode></ofd:TextObject>"
        )


def _advance(char: str) -> float:
    return _SIZE / 2 if char.isascii() else _SIZE


def _wrapped(text: str, width: float) -> list[str]:
    lines = [""]
    for char in text:
        if char == "\n":
            lines.append("")
        elif sum(map(_advance, lines[-1])) + _advance(char) > width and lines[-1]:
            lines.append(char)
        else:
            lines[-1] += char
    return lines


def _lefts(grid: Grid) -> list[float]:
    shares = [1.0] * grid.n_cols
    if grid.name == "applications":
        shares = [0.7, 1.6, 3.4, *[1.0] * 7]
    lefts = [_MARGIN]
    for share in shares:
        lefts.append(lefts[-1] + (_WIDTH - 2 * _MARGIN) * share / sum(shares))
    return lefts


def _heights(grid: Grid, lefts: list[float]) -> list[float]:
    heights = [_LINE + 2 * _PAD] * grid.n_rows
    for box in grid.boxes:
        lines = len(_wrapped(box.text, lefts[box.col + box.colspan] - lefts[box.col] - 2 * _PAD))
        if box.rowspan == 1:
            heights[box.row] = max(heights[box.row], lines * _LINE + 2 * _PAD)
    return heights


def ofd_file(draft: Draft) -> bytes:
    """The whole archive."""
    writer = _Writer()
    for part in draft.parts:
        if part.kind == "table":
            writer.table(draft.grids[part.text])
        else:
            writer.paragraph(part.text)
    files: dict[str, str | bytes] = {
        "OFD.xml": f'{_HEAD}<ofd:OFD {_NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:DocID>{draft.seed:032x}</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        f"</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"{_HEAD}<ofd:Document {_NS}><ofd:CommonData>"
        f"<ofd:MaxUnitID>99999</ofd:MaxUnitID><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>"
        + "".join(
            f'<ofd:Page ID="{number + 10}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
            for number in range(len(writer.pages))
        )
        + "</ofd:Pages></ofd:Document>",
        "Doc_0/PublicRes.xml": f'{_HEAD}<ofd:Res {_NS} BaseLoc="Res"><ofd:Fonts>'
        f'<ofd:Font ID="3" FontName="宋体" FamilyName="宋体"/></ofd:Fonts></ofd:Res>',
    }
    for number, page in enumerate(writer.pages):
        files[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"{_HEAD}<ofd:Page {_NS}><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>"
            f'<ofd:Content><ofd:Layer ID="2">{"".join(page.objects)}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    return zipped(files)


@layout("ofd", "ofd")
def ofd(draft: Draft) -> Rendered:
    """Ruled tables over several pages."""
    return Rendered(ofd_file(draft), draft.truth())
