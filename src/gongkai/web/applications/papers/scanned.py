"""Scanned pages as one file of the case."""

from collections.abc import Sequence
from typing import Final

from gongkai.documents import scanned

#: As the pages were drawn: A4 at this many pixels to the inch.
_DPI: Final = 200.0


def one_pdf(pages: Sequence[bytes]) -> bytes:
    """One PDF of the pictures, in their order."""
    return scanned.to_pdf(pages, dpi=_DPI)
