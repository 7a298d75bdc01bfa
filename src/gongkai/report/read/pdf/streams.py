"""Whether a PDF is whole, and its compressed content unpacks to what was packed.

Engines go on with what they could unpack, be it half a page or a page of wrong bytes, and both go on alike.
Each compressed stream carries a checksum, which tells.
"""

import re
import zlib

from gongkai.kernel import UnreadableError

_STREAM = re.compile(rb"stream\r?\n")
#: Streams packed in other ways, and those whose damage shows in no text: fonts and pictures.
_OTHER = re.compile(
    rb"/(?:ASCII85|ASCIIHex|LZW|RunLength|DCT|JPX|CCITTFax|JBIG2|Crypt)\w*Decode"
    rb"|/Length1\b|/Subtype\s*/(?:CIDFontType0C|Type1C|OpenType|Image)|/FontFile"
)
_DICTIONARY = 1200
_PACKED, _CHUNK = 1 << 14, 1 << 20
#: Unpacked content is handed on if a stream holds less than this, as long as all hold less than that.
_KEPT, _KEPT_IN_ALL = 1 << 20, 1 << 24


def refuse_cut_off(data: bytes) -> None:
    """Raise UnreadableError (code ``damaged``) if the end is missing.

    A PDF ends with the place of its cross-references; a linearized one says its length at the start.
    """
    tail = data[-4096:]
    linear = re.search(rb"/Linearized\b.{0,200}?/L\s+(\d+)", data[:1024], re.DOTALL)
    cut = b"startxref" not in tail or (linear is not None and int(linear[1]) > len(data) + 64)
    if cut:
        raise UnreadableError(
            "PDF 文件不完整（可能没有下载完），没有读取其中的任何内容",
            remedy="请重新下载或重新导出",
            code="damaged",
        )


def unpacked_streams(data: bytes) -> dict[int, bytes]:
    """What the compressed streams hold, by the place in the file where they begin.

    Fonts, pictures and very large streams are left out; encrypted files give none. Raises UnreadableError
    (code ``damaged``) if compressed content is damaged.
    """
    contents: dict[int, bytes] = {}
    if b"/Encrypt" in data:
        return contents
    room = _KEPT_IN_ALL
    for match in _STREAM.finditer(data):
        start = match.start()
        if data[start - 3 : start] == b"end":
            continue
        head = data[max(data.rfind(b" obj", max(start - _DICTIONARY, 0), start), 0) : start]
        if b"/FlateDecode" not in head or _OTHER.search(head):
            continue
        content = _unpacked(data, match.end())
        if content is not None and len(content) <= room:
            room -= len(content)
            contents[match.end()] = content
    return contents


def _unpacked(data: bytes, start: int) -> bytes | None:
    """What the stream that begins at ``start`` holds, None if that is very large or nothing is packed.

    Raises UnreadableError unless it unpacks to its end and its checksum is right or absent: some programs
    leave the checksum out; then ``endstream`` follows at once.
    """
    if _ends(data, start):
        return None
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    checksum, at = 1, start + 2
    pieces: list[bytes] = []
    size = 0
    try:
        while not unpack.eof:
            packed = unpack.unconsumed_tail
            if not packed:
                packed = data[at : at + _PACKED]
                at += len(packed)
            if not packed:
                raise _damaged()
            chunk = unpack.decompress(packed, _CHUNK)
            checksum = zlib.adler32(chunk, checksum)
            size += len(chunk)
            if size <= _KEPT:
                pieces.append(chunk)
    except zlib.error as error:
        raise _damaged() from error
    end = at - len(unpack.unused_data)
    if data[end : end + 4] != checksum.to_bytes(4, "big") and not _ends(data, end):
        raise _damaged()
    return b"".join(pieces) if size <= _KEPT else None


def _ends(data: bytes, at: int) -> bool:
    """True if nothing but the end of a stream follows."""
    return data[at : at + 12].lstrip().startswith(b"endstream")


def _damaged() -> UnreadableError:
    return UnreadableError("PDF 文件已损坏，有内容无法解开", remedy="请重新下载或重新导出", code="damaged")
