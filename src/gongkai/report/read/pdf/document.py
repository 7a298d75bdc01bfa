"""PDF to the neutral grid: characters and ruling lines by pdf-oxide, each page's text read a second time.

That is our own look-up where the file is plainly built (:mod:`gongkai.report.read.pdf.plain`), else pdfium's.
"""

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
from gongkai.report.read.pdf.plain import plain_texts
from gongkai.report.read.pdf.scan import read_scanned
from gongkai.report.read.pdf.second import MAX_SIDE, SecondOpinion, SecondPage
from gongkai.report.read.pdf.source import Frame, chars_of, frame_of, paths_of
from gongkai.report.read.pdf.streams import refuse_cut_off, unpacked_streams
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
    return _read(data, plain_texts(data, unpacked_streams(data)))


def _read(data: bytes, texts: Sequence[str], *, flat: bool = False) -> Document:
    """Read a file of which ``texts`` are known to stand on its pages, or none.

    ``flat`` is True once what stands in form fields is drawn on the pages.
    """
    with SecondOpinion(data) as second:
        document = _open(data, second)
        if int(document.page_count) != len(second):
            raise UnreadableError("PDF 文件已损坏，页数不一致", remedy="请重新导出", code="damaged")
        reading = _Reading(is_clipping(data))
        plain = len(texts) == len(second) and not reading.clipping
        for index in range(len(second)):
            if plain and _read_plain_page(document, index, texts[index], reading):
                continue
            page = second.page(index)
            if not flat and page.has_fields():
                return _read(second.flattened(), (), flat=True)
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


def _read_plain_page(document: Any, index: int, text: str, reading: _Reading) -> bool:
    """Read a page of upright text if it holds what is known to stand there; False if pdfium must be asked."""
    frame = frame_of(document, index)
    chars, sideways = chars_of(document, index, frame)
    sound = not sideways and len(chars) >= _FEW and max(frame.size) <= MAX_SIDE
    if not sound or not agree(chars, text) or is_garbled("".join([c.text for c in chars])):
        return False
    _add_page(document, index, frame, chars, paths_of(document, index, frame), reading)
    return True


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
    _add_page(document, index, frame, chars, (rules, shades), reading)


def _add_page(
    document: Any,
    index: int,
    frame: Frame,
    chars: list[Char],
    paths: tuple[list[Box], list[Box]],
    reading: _Reading,
) -> None:
    residual = (frame.turn - int(document.page_rotation(index))) % 360
    if residual:
        reading.turned[index + 1] = residual
    reading.pages.append(PageContent(index + 1, *frame.size, chars, *paths))


def _settle(
    first: list[Char], second: list[Char], rules: Sequence[Box], reading: _Reading, number: int
) -> list[Char]:
    """The two engines differ on a page: mark figures in dispute."""
    verdict = decide(first, second, rules)
    if verdict.disputed:
        reading.notes.append(f"第{number}页有 {verdict.disputed} 处数字的编码有歧义，没有读作数字")
    return verdict.chars
