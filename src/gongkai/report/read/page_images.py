"""Pictures of a document's pages, for people to look at beside what was read. Nothing is read from them."""

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pypdfium2

#: Pixels for each PDF point; 1.5 is 108 dpi, enough to read a table on a screen.
_SCALE = 1.5
_MOST_PAGES = 40
_MOST_POINTS = 2500.0


class PagePicture(NamedTuple):
    """A PNG of a page, and the page's size in points."""

    png: bytes
    width: float
    height: float


def page_pictures(data: bytes) -> tuple[PagePicture, ...]:
    """Every page of a PDF, up to 40 of them; empty for other formats and for a PDF that cannot be drawn."""
    if b"%PDF-" not in data[:1024]:
        return ()
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return ()
    with document:
        return tuple(_picture(document[index]) for index in range(min(len(document), _MOST_PAGES)))


def count_pages(data: bytes) -> int:
    """How many pages a PDF has; none where it cannot be drawn."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return 0


def _picture(page: "pypdfium2.PdfPage") -> PagePicture:
    width, height = page.get_size()
    scale = min(_SCALE, _SCALE * _MOST_POINTS / max(width, height, 1.0))
    image = page.render(scale=scale).to_pil().quantize(64)
    png = BytesIO()
    image.save(png, "PNG", optimize=True)
    return PagePicture(png.getvalue(), width, height)
