"""Pictures of scanned pages as one PDF."""

from collections.abc import Sequence
from io import BytesIO


def to_pdf(pages: Sequence[bytes], *, dpi: float) -> bytes:
    """One PDF of JPEG pictures of our own making, a page each, in their order; ``dpi`` pixels to the inch.

    Raises ValueError for no pages.
    """
    from PIL import Image

    if not pages:
        message = "a PDF needs a page at least"
        raise ValueError(message)
    first, *rest = [Image.open(BytesIO(page)) for page in pages]
    buffer = BytesIO()
    first.save(buffer, "PDF", save_all=True, append_images=rest, resolution=dpi, quality=80)
    return buffer.getvalue()
