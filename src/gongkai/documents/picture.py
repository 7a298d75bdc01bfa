"""A paper as a picture: what a screen shows where a browser has no reader for PDF."""

from io import BytesIO
from threading import Lock
from typing import Final

_SCALE: Final = 96 / 72 * 1.25  # a page 992 px wide: sharp on a screen, small to send
_GAP: Final = 16  # px between two pages
_GREY: Final = "#8a93a0"
#: PDFium is not safe to be used by two threads at once.
PDFIUM: Final = Lock()


def to_png(pdf: bytes) -> bytes:
    """All pages of a PDF of ours, one below the other. For papers of a few pages."""
    import pypdfium2
    from PIL import Image

    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        pages = [page.render(scale=_SCALE).to_pil().convert("RGB") for page in document]
    height = sum(page.height + _GAP for page in pages) - _GAP
    sheet = Image.new("RGB", (max(page.width for page in pages), height), _GREY)
    top = 0
    for page in pages:
        sheet.paste(page, (0, top))
        top += page.height + _GAP
    buffer = BytesIO()
    sheet.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
