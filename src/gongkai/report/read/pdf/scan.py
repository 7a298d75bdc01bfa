"""Pages of a PDF that hold no text: pictures, to be recognised where the extra is installed."""

from collections.abc import Sequence

from gongkai.report.read.pdf.page import PageContent
from gongkai.report.read.pdf.second import SecondOpinion

#: Pixels a point: 216 dpi.
_SCALE = 3.0
#: A page is rendered with at most this many pixels.
_MAX_PIXELS = 20_000_000


def read_scanned(
    second: SecondOpinion, indices: Sequence[int], pages: list[PageContent], notes: list[str]
) -> bool:
    """Recognise pages (from 0) and add them to ``pages``; True if that was done.

    Without the extra: UnreadableError if there is no other page with text, else a note and False.
    """
    from gongkai.report.read.ocr import document as ocr

    numbers = "、".join(str(index + 1) for index in indices)
    if not ocr.is_installed():
        if not pages:
            raise ocr.not_installed("这个 PDF 没有可用的文字层（扫描件或乱码），需要文字识别（OCR）才能读取")
        notes.append(f"第{numbers}页没有可用的文字层，没有读取；{ocr.HOW_TO_INSTALL}后可以识别")
        return False
    for index in indices:
        page = second.page(index)
        width, height = page.size()
        scale = min(_SCALE, (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        pages.append(ocr.recognise(page.render(scale), number=index + 1, scale=scale))
        page.close()
    return True
