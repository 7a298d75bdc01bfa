"""PDF to the neutral grid: characters and ruling lines by pdf-oxide, checked against pdfium page by page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from gongkai.kernel import UnreadableError
from gongkai.report.grid import Document
from gongkai.report.read.pdf.clipped import is_clipping
from gongkai.report.read.pdf.compare import agree, decide
from gongkai.report.read.pdf.glyphs import is_garbled
from gongkai.report.read.pdf.layout import read_layout
from gongkai.report.read.pdf.page import Box, Char, PageContent
from gongkai.report.read.pdf.scan import read_scanned
from gongkai.report.read.pdf.second import SecondOpinion, SecondPage
from gongkai.report.read.pdf.source import chars_of, frame_of, paths_of
from gongkai.report.read.pdf.streams import refuse_broken_streams, refuse_cut_off
from gongkai.report.read.pdf.view import in_view

#: A page with fewer characters than this is looked at for a picture of text.
_FEW = 20
#: A picture from this share of the page on may hold text.
_PICTURE = 0.25


@dataclass(slots=True)
class _Reading:
    """What was gathered on the way through the pages."""

    clipping: bool
    pages: list[PageContent] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    turned: dict[int, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    ocr: bool = False


def read(data: bytes) -> Document:
    """Read a PDF.

    Pages without text are recognised where the extra ``gongkai[ocr]`` is installed. Raises UnreadableError,
    in Chinese: encrypted, damaged, cut off, larger than any report, or without readable text.
    """
    refuse_cut_off(data)
    refuse_broken_streams(data)
    return _read(data)


def _read(data: bytes, *, flat: bool = False) -> Document:
    """``flat`` is True once what stands in form fields is drawn on the pages."""
    with SecondOpinion(data) as second:
        document = _open(data, second)
        if int(document.page_count) != len(second):
            raise UnreadableError("PDF 文件已损坏，页数不一致", remedy="请重新导出", code="damaged")
        reading = _Reading(is_clipping(data))
        for index in range(len(second)):
            page = second.page(index)
            if not flat and page.has_fields():
                return _read(second.flattened(), flat=True)
            _read_page(document, index, page, reading)
            page.close()
        if reading.scanned:
            reading.ocr |= read_scanned(second, reading.scanned, reading.pages, reading.notes)
    layout = read_layout(sorted(reading.pages, key=lambda p: p.number))
    if not layout.blocks:
        raise UnreadableError("PDF 中没有文字", remedy="请检查文件是否正确", code="empty")
    return Document(
        "pdf",
        in_view(layout.blocks, reading.turned, reading.pages),
        layout=layout.layout,
        ocr=reading.ocr,
        notes=(*reading.notes, *layout.notes),
    )


def _open(data: bytes, second: SecondOpinion) -> Any:
    """The file in pdf-oxide; if its cross-references are broken, as pdfium writes it anew."""
    import pdf_oxide

    pdf_oxide.disable_logging()
    for rebuilt in (False, True):
        try:
            return pdf_oxide.PdfDocument.from_bytes(second.saved() if rebuilt else data)
        except (OSError, RuntimeError, ValueError):
            continue
    raise UnreadableError("PDF 文件已损坏，不能打开", remedy="请重新下载或重新导出", code="damaged")


def _read_page(document: Any, index: int, page: SecondPage, reading: _Reading) -> None:
    number = index + 1
    frame = frame_of(document, index)
    chars, sideways = chars_of(document, index, frame)
    if sideways:
        if sideways > len(chars):
            frame = frame._replace(turn=page.turn())
        drawn = page.chars(frame, turned_only=not frame.turn)
        chars = drawn if frame.turn else [*chars, *(c for c in drawn if c.turned)]
    rules, shades = page.clipped_paths(frame) if reading.clipping else paths_of(document, index, frame)
    if not frame.turn and not agree(chars, page.text()):
        chars = _settle(chars, page.chars(frame), rules, reading, number)
    garbled = is_garbled("".join(c.text for c in chars))
    if garbled or (len(chars) < _FEW and page.picture_share() > _PICTURE):
        if garbled:
            reading.notes.append(f"第{number}页的文字层是乱码（字体的编码表有误），不能按文字读取")
        reading.scanned.append(index)
        return
    reading.ocr = reading.ocr or page.is_recognised_scan()
    residual = (frame.turn - int(document.page_rotation(index))) % 360
    if residual:
        reading.turned[number] = residual
    width, height = frame.size
    reading.pages.append(PageContent(number, width, height, chars, rules, shades))


def _settle(
    first: list[Char], second: list[Char], rules: Sequence[Box], reading: _Reading, number: int
) -> list[Char]:
    """The two engines differ on a page: mark figures in dispute."""
    verdict = decide(first, second, rules)
    if verdict.disputed:
        reading.notes.append(f"第{number}页有 {verdict.disputed} 处数字的编码有歧义，没有读作数字")
    return verdict.chars
