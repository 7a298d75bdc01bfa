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


def refuse_broken_streams(data: bytes) -> None:
    """Raise UnreadableError (code ``damaged``) if compressed content is damaged. Encrypted files pass."""
    if b"/Encrypt" in data:
        return
    for match in _STREAM.finditer(data):
        start = match.start()
        if data[start - 3 : start] == b"end":
            continue
        head = data[max(data.rfind(b" obj", max(start - _DICTIONARY, 0), start), 0) : start]
        if b"/FlateDecode" in head and not _OTHER.search(head) and not _unpacks(data, match.end()):
            raise UnreadableError(
                "PDF 文件已损坏，有内容无法解开", remedy="请重新下载或重新导出", code="damaged"
            )


def _unpacks(data: bytes, start: int) -> bool:
    """True if the stream that begins at ``start`` unpacks to its end and its checksum is right or absent.

    Some programs leave the checksum out; then ``endstream`` follows at once.
    """
    if data[start : start + 12].lstrip().startswith(b"endstream"):
        return True  # nothing was packed
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    checksum, at = 1, start + 2
    try:
        while not unpack.eof:
            packed = unpack.unconsumed_tail
            if not packed:
                packed = data[at : at + _PACKED]
                at += len(packed)
            if not packed:
                return False
            checksum = zlib.adler32(unpack.decompress(packed, _CHUNK), checksum)
    except zlib.error:
        return False
    end = at - len(unpack.unused_data)
    return data[end : end + 4] == checksum.to_bytes(4, "big") or data[end : end + 12].lstrip().startswith(
        b"endstream"
    )
