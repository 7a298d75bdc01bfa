"""Any file to all its words, by its content: what it is called does not count."""

import re
from collections.abc import Callable
from html import unescape
from typing import Final

from gongkai.kernel import UnreadableError
from gongkai.report.read import office, ole2
from gongkai.report.read.exhaustive import package, pdf
from gongkai.report.read.exhaustive.pieces import Everything, Unread, run_over
from gongkai.report.read.limits import MAX_TEXT
from gongkai.report.read.sniff import is_picture
from gongkai.report.read.text.decode import decode
from gongkai.report.sizes import refuse_size

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_TAG: Final = re.compile(r"<[^<>]*>")
#: Files within files within files: as deep as anybody means.
_DEEPEST: Final = 3
#: What programs leave in an old Office file of text that was deleted: figures in one or two bytes each.
_LEFT: Final = (re.compile(rb"[0-9Xx -]{11,60}"), re.compile(rb"(?:[0-9Xx -]\x00){11,60}"))

#: Reads a file into ``Everything``; gives back the files within it.
_Reader = Callable[[bytes, Everything], list[tuple[str, bytes]]]


def read_everything(data: bytes, depth: int = 0) -> Everything:
    """All words of a file, and of the files within it, with what could not be read of them.

    Raises nothing for what is wrong with the file: what cannot be read is ``unread``, with the reason.
    """
    everything = Everything()
    try:
        refuse_size(len(data))
        within = _reader(data)(data, everything)
    except UnreadableError as error:
        everything.unread.append(Unread("文件", error.message, error.code))
        return everything
    for place, content in within:
        if depth >= _DEEPEST:
            everything.unread.append(Unread(place, "在文件中嵌得太深"))
        else:
            everything.within(place, read_everything(content, depth + 1))
    return everything


def _reader(data: bytes) -> _Reader:
    head = data[:1024]
    if not data.strip():
        return lambda _data, _everything: []
    if b"%PDF-" in head:
        return pdf.read
    if head.startswith(_ZIP):
        return package.read
    if head.startswith(ole2.MAGIC) or head.lstrip().startswith(b"{\\rtf"):
        return _old_office
    if is_picture(head):
        raise UnreadableError("是图片", code="pictures")
    return _text


def _old_office(data: bytes, everything: Everything) -> list[tuple[str, bytes]]:
    """By LibreOffice, which keeps deletions and hidden text; beside it what is left in the file's bytes."""
    for pattern, codec in zip(_LEFT, ("ascii", "utf-16-le"), strict=True):
        left = [found[0].decode(codec) for found in pattern.finditer(data)]
        everything.add("文件内留存的文字", "\n".join(left), strict=True)
    return package.read(office.converted(data), everything)


def _text(data: bytes, everything: Everything) -> list[tuple[str, bytes]]:
    refuse_size(len(data), MAX_TEXT)
    text = decode(data).text
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        everything.add(f"第{number}行", line)
    for over in run_over(lines):
        everything.add("换行处", over, strict=True)
    if "<" in text and ">" in text:
        everything.add("标记之间", unescape(_TAG.sub("", text)))
    return []
