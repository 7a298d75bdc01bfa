"""The second opinion on a PDF, by pdfium: is it whole and open, its text, its characters, its pictures."""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, Self

from gongkai.kernel import UnreadableError
from gongkai.report.read.pdf.clipped import clipped_paths
from gongkai.report.read.pdf.glyphs import unified
from gongkai.report.read.pdf.page import Box, Char
from gongkai.report.read.pdf.source import DESCENT, Frame

#: More pages, objects on a page or a longer side (points) than any report has: refused, not cut.
MAX_PAGES = 400
MAX_OBJECTS = 150_000
MAX_SIDE = 14_400.0
#: A picture covers a page from this share of it on.
_COVERS = 0.5
_INVISIBLE = 3


class SecondOpinion:
    """A PDF as pdfium sees it. Use as a context manager.

    Raises UnreadableError (codes ``encrypted``, ``damaged``, ``too-large``) where the file cannot be opened,
    is cut off, or is larger than any report.
    """

    def __init__(self, data: bytes) -> None:
        import pypdfium2 as pdfium

        try:
            self._document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            raise _cannot_open(str(error)) from error
        if len(self._document) > MAX_PAGES:
            raise _too_large(f"PDF 有 {len(self._document)} 页，超过 {MAX_PAGES} 页")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._document.close()

    def __len__(self) -> int:
        return len(self._document)

    def page(self, index: int) -> "SecondPage":
        """Page ``index``, from 0. Raises UnreadableError if it is broken or larger than any page."""
        import pypdfium2 as pdfium

        try:
            page = self._document[index]
        except pdfium.PdfiumError as error:
            raise UnreadableError(
                f"PDF 第{index + 1}页已损坏，不能读取", remedy="请重新下载或重新导出", code="damaged"
            ) from error
        return SecondPage(page, index)

    def titles(self) -> Iterator[str]:
        """What stands beside the pages: the headings of the outline, the file's title and keywords."""
        for heading in self._document.get_toc():
            yield str(heading.get_title())
        about = self._document.get_metadata_dict(skip_empty=True)
        yield from (about[key] for key in ("Title", "Subject", "Keywords") if key in about)

    def attached(self) -> Iterator[tuple[str, bytes]]:
        """Files attached to the document, with their names."""
        for index in range(self._document.count_attachments()):
            one = self._document.get_attachment(index)
            yield str(one.get_name()), bytes(one.get_data() or b"")

    def flattened(self) -> bytes:
        """The file with what stands in form fields and text boxes drawn on its pages."""
        from pypdfium2 import raw

        for index in range(len(self)):
            page = self._document[index]
            raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
            page.close()
        return self.saved()

    def saved(self) -> bytes:
        """The file written anew (its cross-references rebuilt), for the other engine to try again."""
        import io

        buffer = io.BytesIO()
        self._document.save(buffer)
        return buffer.getvalue()


class SecondPage:
    """One page as pdfium sees it."""

    def __init__(self, page: Any, index: int) -> None:
        from pypdfium2 import raw

        self._page = page
        self._text: Any = None
        self.n_objects = int(raw.FPDFPage_CountObjects(page))
        if self.n_objects > MAX_OBJECTS:
            raise _too_large(f"PDF 第{index + 1}页有 {self.n_objects} 个图形")
        if max(page.get_size()) > MAX_SIDE:
            raise _too_large(f"PDF 第{index + 1}页的页面尺寸超过 5 米")

    @property
    def _textpage(self) -> Any:
        if self._text is None:
            self._text = self._page.get_textpage()
        return self._text

    def has_fields(self) -> bool:
        """True if form fields or text boxes stand on the page."""
        from pypdfium2 import raw

        for index in range(raw.FPDFPage_GetAnnotCount(self._page)):
            note = raw.FPDFPage_GetAnnot(self._page, index)
            kind = raw.FPDFAnnot_GetSubtype(note)
            raw.FPDFPage_CloseAnnot(note)
            if kind in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT):
                return True
        return False

    def has_notes(self) -> bool:
        """True if notes, form fields, stamps or links stand on the page."""
        from pypdfium2 import raw

        return int(raw.FPDFPage_GetAnnotCount(self._page)) > 0

    def notes(self, keys: Sequence[bytes]) -> Iterator[str]:
        """What notes and form fields hold under these keys of theirs."""
        from pypdfium2 import raw

        for index in range(raw.FPDFPage_GetAnnotCount(self._page)):
            note = raw.FPDFPage_GetAnnot(self._page, index)
            for key in keys:
                size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
                if size > 2:
                    buffer = ctypes.create_string_buffer(size)
                    kept = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
                    raw.FPDFAnnot_GetStringValue(note, key, kept, size)
                    yield buffer.raw[: size - 2].decode("utf-16-le", "replace")
            raw.FPDFPage_CloseAnnot(note)

    def flatten(self) -> None:
        """Draw what notes and form fields show on the page, hidden ones too.

        It is seen when the page is opened anew.
        """
        from pypdfium2 import raw

        for index in range(raw.FPDFPage_GetAnnotCount(self._page)):
            note = raw.FPDFPage_GetAnnot(self._page, index)
            raw.FPDFAnnot_SetFlags(note, raw.FPDF_ANNOT_FLAG_PRINT)
            raw.FPDFPage_CloseAnnot(note)
        raw.FPDFPage_Flatten(self._page, raw.FLAT_NORMALDISPLAY)

    def text(self) -> str:
        """The page's text, spaces and line ends as pdfium sets them."""
        return str(self._textpage.get_text_range())

    def turn(self) -> int:
        """The clockwise rotation (0, 90, 180, 270) after which most of the text stands upright."""
        angles = Counter(round(math.degrees(angle) / 90) * 90 % 360 for *_, angle in self.glyphs())
        return angles.most_common(1)[0][0] if angles else int(self._page.get_rotation())

    def chars(self, frame: Frame, *, turned_only: bool = False) -> list[Char]:
        """Characters in the order drawn, sideways ones included; slanted ones (watermarks) left out."""
        width, height = frame.size
        chars = []
        for text, x, y, advance, size, angle in self.glyphs(turned_only=turned_only):
            rest = (math.degrees(angle) - frame.turn) % 360
            quarter = round(rest / 90) % 4
            if text.isspace() or abs(rest - round(rest / 90) * 90) > 5:
                continue
            along, up = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
            corners = [
                (x + a * advance * along[0] + u * size * up[0], y + a * advance * along[1] + u * size * up[1])
                for a, u in ((0, -DESCENT), (1, 1 - DESCENT))
            ]
            box = frame.box(*corners[0], *corners[1])
            if -2 <= box.x0 <= width + 2 and -2 <= box.y1 <= height + size:
                chars.append(Char(unified(text), *box, turned=quarter != 0))
        return chars

    def glyphs(self, *, turned_only: bool = False) -> Iterator[tuple[str, float, float, float, float, float]]:
        """(text, origin x, origin y, advance, em, angle) of each character that is drawn."""
        from pypdfium2 import raw

        page = self._textpage.raw
        x, y = ctypes.c_double(), ctypes.c_double()
        loose, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        for index in range(raw.FPDFText_CountChars(page)):
            code = raw.FPDFText_GetUnicode(page, index)
            if turned_only and raw.FPDFText_GetCharAngle(page, index) < 0.1:
                continue
            if code <= 32 or code == 0xFFFE or raw.FPDFText_IsGenerated(page, index) == 1:
                continue
            raw.FPDFText_GetCharOrigin(page, index, x, y)
            raw.FPDFText_GetLooseCharBox(page, index, loose)
            raw.FPDFText_GetMatrix(page, index, matrix)
            angle = math.atan2(matrix.b, matrix.a)
            size = raw.FPDFText_GetFontSize(page, index) * math.hypot(matrix.c, matrix.d)
            upright = abs(math.cos(angle)) > 0.7
            advance = loose.right - loose.left if upright else loose.top - loose.bottom
            yield chr(code), x.value, y.value, abs(advance), abs(size) or 1.0, angle

    def clipped_paths(self, frame: Frame) -> tuple[list[Box], list[Box]]:
        """Rules and visible shaded areas as far as their clip shows them."""
        return clipped_paths(self._page, frame)

    def pictures(self, most: int = 200) -> list[Box]:
        """Boxes of the pictures on the page (file coordinates) among its first ``most`` objects."""
        from pypdfium2 import raw

        boxes = []
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        for index in range(min(self.n_objects, most)):
            item = raw.FPDFPage_GetObject(self._page, index)
            if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE:
                raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
                boxes.append(Box(left.value, bottom.value, right.value, top.value))
        return boxes

    def picture_sizes(self, deepest: int) -> Iterator[tuple[int, int]]:
        """Width and height in pixels of every picture on the page, also in groups of objects."""
        from pypdfium2 import raw

        items = [(raw.FPDFPage_GetObject(self._page, index), 0) for index in range(self.n_objects)]
        wide, high = ctypes.c_uint(), ctypes.c_uint()
        while items:
            item, depth = items.pop()
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                raw.FPDFImageObj_GetImagePixelSize(item, wide, high)
                yield int(wide.value), int(high.value)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < deepest:
                count = raw.FPDFFormObj_CountObjects(item)
                items += [(raw.FPDFFormObj_GetObject(item, index), depth + 1) for index in range(count)]

    def picture_share(self, most: int = 200) -> float:
        """The share of the page its largest picture covers."""
        width, height = self._page.get_size()
        areas = [(b.x1 - b.x0) * (b.y1 - b.y0) for b in self.pictures(most)]
        return float(min(max(areas, default=0.0) / max(width * height, 1.0), 1.0))

    def is_recognised_scan(self) -> bool:
        """True if the text is an invisible layer over a picture of the page: it comes from recognition."""
        from pypdfium2 import raw

        count = raw.FPDFText_CountChars(self._textpage.raw)
        if not count or self.picture_share(12) < _COVERS:
            return False
        step = max(count // 40, 1)
        modes = []
        for index in range(0, count, step):
            item = raw.FPDFText_GetTextObject(self._textpage.raw, index)
            if item and raw.FPDFText_IsGenerated(self._textpage.raw, index) != 1:
                modes.append(raw.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE)
        return bool(sum(modes) * 2 > len(modes))

    def size(self) -> tuple[float, float]:
        """Width and height in points, as a viewer shows the page."""
        width, height = self._page.get_size()
        return float(width), float(height)

    def render(self, scale: float) -> Any:
        """The page as a viewer shows it: an RGB picture (numpy array), ``scale`` pixels a point."""
        return self._page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3]

    def close(self) -> None:
        """Give the page's memory back."""
        if self._text is not None:
            self._text.close()
        self._page.close()


def _cannot_open(message: str) -> UnreadableError:
    if "password" in message.lower() or "security" in message.lower():
        return UnreadableError(
            "PDF 已加密，打开需要密码", remedy="请用密码打开后另存为不加密的 PDF，再读取", code="encrypted"
        )
    return UnreadableError("PDF 文件已损坏，不能打开", remedy="请重新下载或重新导出", code="damaged")


def _too_large(message: str) -> UnreadableError:
    return UnreadableError(
        f"{message}，不像一份年度报告，没有读取", remedy="请只提供年度报告本身的页面", code="too-large"
    )
