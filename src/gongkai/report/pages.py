"""Any document's pages as pictures, and its words, found in a worker process: scanned mail is no report.

What a stranger has sent is decoded there alone; what comes back are pictures written anew.
"""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from gongkai.kernel import UnreadableError
from gongkai.report import patience
from gongkai.report.limited import Pool
from gongkai.report.worker import LIMITS

#: Pixels of the long side of a page of A4 at 200 dpi: small writing can be read.
LONG_SIDE: Final = 2339
_QUALITY: Final = 80


class Page(NamedTuple):
    """A page as a picture: JPEG of a picture file, at most ``LONG_SIDE`` pixels long; of a PDF a PNG."""

    content: bytes
    media_type: str


def draw(path: str) -> tuple[Page, ...]:
    """The pages of a PDF (40 at most) or of a picture file.

    Raises UnreadableError: damaged, cut off, too large, or nothing that can be drawn.
    """
    return msgspec.msgpack.decode(_pool(draw_in_worker).run(path), type=tuple[Page, ...])


def words(path: str) -> str:
    """The words of a document in lines; those of a scan by optical recognition, with its mistakes.

    Raises UnreadableError, also where recognition is needed and not installed (code ``needs-ocr``).
    """
    return _pool(words_in_worker).run(path).decode()


def draw_in_worker(path: str) -> bytes:
    """The worker's side of :func:`draw`."""
    from gongkai.report.read.ocr.picture import open_pages
    from gongkai.report.read.page_images import count_pages, page_pictures

    data = Path(path).read_bytes()
    patience.announce("pictures")
    if b"%PDF-" in data[:1024]:
        pages = tuple(Page(one.png, "image/png") for one in page_pictures(data))
        if (count := count_pages(data)) > len(pages) > 0:
            raise UnreadableError(
                f"PDF 有{count}页，最多显示{len(pages)}页",
                remedy="请只扫描来件，附件另行上传",
                code="too-large",
            )
    else:
        pages = tuple(Page(_jpeg(one), "image/jpeg") for one in open_pages(data))
    if not pages:
        raise UnreadableError("这个文件没有可以显示的页", remedy="请重新扫描，或另存为 PDF", code="damaged")
    return msgspec.msgpack.encode(pages)


def _jpeg(array: object) -> bytes:
    from PIL import Image

    picture = Image.fromarray(array)  # type: ignore[arg-type]
    picture.thumbnail((LONG_SIDE, LONG_SIDE))
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return buffer.getvalue()


def words_in_worker(path: str) -> bytes:
    """The worker's side of :func:`words`."""
    from gongkai.report.grid import Table
    from gongkai.report.read import read_document

    lines: list[str] = []
    for block in read_document(Path(path).read_bytes(), source=path).blocks:
        if isinstance(block, Table):
            lines += [" ".join(cell.text for cell in row if cell.text) for row in block.rows()]
        else:
            lines.append(block.text)
    return "\n".join(line for line in lines if line.strip()).encode()


@cache
def _pool(function: Callable[[str], bytes]) -> Pool:
    return Pool(f"{__name__}:{function.__name__}", LIMITS)
