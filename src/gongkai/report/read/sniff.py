"""Which format a file is in, by its content; its name is not asked."""

from collections.abc import Callable
from importlib import import_module

from gongkai.kernel import UnreadableError
from gongkai.report.grid import Document
from gongkai.report.sizes import refuse_size

_FORMATS = "请提供文本、网页、DOCX、PDF、XLSX 或 OFD 文件"

_PICTURES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
)
#: Begins with -> (what it is, what to do).
_REFUSED = (
    (b"Rar!\x1a\x07", "RAR 压缩包", "请先解压，再读取其中的年度报告"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", "请先解压，再读取其中的年度报告"),
    (b"\x1f\x8b", "gzip 压缩包", "请先解压，再读取其中的年度报告"),
    (b"\x7fELF", "程序", _FORMATS),
    (b"SQLite format 3\x00", "数据库", _FORMATS),
    (b"PAR1", "数据文件", _FORMATS),
    (b"%!PS", "PostScript 文件", "请转换为 PDF 后再读取"),
)
#: Two or three letters are a mark only where zeros follow; a text may begin with them.
_REFUSED_BINARY = ((b"MZ", "程序", _FORMATS), (b"CAJ", "CAJ 文件", "请转换为 PDF 后再读取"))
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def read_document(data: bytes, *, source: str = "") -> Document:
    """The neutral grid of the file whose bytes are ``data``. ``source`` names it in errors.

    The format is told by content. Raises UnreadableError, in Chinese, where the file is empty, cut off,
    encrypted, hostile, of an unknown format or holds nothing that can be read.
    """
    try:
        refuse_size(len(data))
        return _reader(data)(data)
    except UnreadableError as error:
        if source and not error.place:
            raise UnreadableError(
                error.message, place=source, remedy=error.remedy, code=error.code
            ) from error
        raise


def _reader(data: bytes) -> Callable[[bytes], Document]:
    head = data[:1024]
    if not data.strip():
        raise UnreadableError("文件是空的", remedy="请重新下载或导出", code="empty")
    if b"%PDF-" in head:
        return _load("pdf.document", "read")
    if is_picture(head):
        return _load("ocr.document", "read_image")
    if head.startswith(_ZIP):
        return _load("package", "read")
    if head.startswith(_OLE2) or head.lstrip().startswith(b"{\\rtf"):
        return _load("office", "read")
    refused = _REFUSED + (_REFUSED_BINARY if b"\0" in head[:64] else ())
    for magic, kind, remedy in refused:
        if head.startswith(magic):
            raise UnreadableError(f"这是{kind}，不是年度报告", remedy=remedy, code="format")
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        raise UnreadableError("不能读取 HEIC、AVIF 图片", remedy="请转换为 JPG 或 PNG", code="format")
    return _load("textual", "read")


def is_picture(head: bytes) -> bool:
    """Whether a file that begins so is a picture."""
    if head.startswith(b"BM"):
        return head[6:10] == b"\0\0\0\0"
    return head.startswith(_PICTURES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP")


def _load(module: str, function: str) -> Callable[[bytes], Document]:
    """The reader, imported when it is needed: its libraries are heavy."""
    reader: Callable[[bytes], Document] = getattr(import_module(f"gongkai.report.read.{module}"), function)
    return reader
