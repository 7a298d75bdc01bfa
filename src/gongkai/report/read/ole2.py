"""The old compound files (.doc .xls .wps .et): what is in them, and whether they are whole."""

import struct

from gongkai.kernel import UnreadableError
from gongkai.report.read.limits import encrypted

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE = 0xFFFFFFFF
_LAST_SPECIAL = 0xFFFFFFFA
#: In the header of a Word document's main stream: its mark, and the flag for encryption.
_WORD_MARK = b"\xec\xa5"
_WORD_FLAGS = 0x0A
_WORD_ENCRYPTED = 0x0100


def kind_of(data: bytes) -> str:
    """``doc``, ``xls``, ``ppt`` or "" by the streams inside.

    Raises UnreadableError where the file is cut off or encrypted.
    """
    _refuse_cut_off(data)
    if _has(data, "EncryptedPackage") or _has(data, "EncryptionInfo"):
        raise encrypted()
    if _has(data, "WordDocument"):
        _refuse_encrypted_word(data)
        return "doc"
    if _has(data, "Workbook") or _has(data, "Book"):
        return "xls"
    return "ppt" if _has(data, "PowerPoint Document") else ""


def _has(data: bytes, name: str) -> bool:
    """Whether a stream of this name is in the directory; the name ends with its zero there."""
    return (name + "\0").encode("utf-16-le") in data


def _refuse_encrypted_word(data: bytes) -> None:
    for start in range(512, len(data) - 32, 512):
        if data.startswith(_WORD_MARK, start):
            flags = struct.unpack_from("<H", data, start + _WORD_FLAGS)[0]
            if flags & _WORD_ENCRYPTED:
                raise encrypted()
            return


def _refuse_cut_off(data: bytes) -> None:
    """Raise where the allocation table names sectors behind the end of the file."""
    cut_off = UnreadableError(
        "文件不完整，没有收全", remedy="请重新下载或重新导出完整的文件", code="truncated"
    )
    if len(data) < 1024:
        raise cut_off
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise UnreadableError("文件已损坏", remedy="请在原软件中打开后另存为 DOCX", code="truncated")
    size = 1 << shift
    sectors = (len(data) + size - 1) // size - 1
    for index, table in enumerate(struct.unpack_from("<109I", data, 76)):
        if table >= _LAST_SPECIAL:
            break
        start = (table + 1) * size
        if start + size > len(data):
            raise cut_off
        entries = struct.unpack_from(f"<{size // 4}I", data, start)
        used = max((at for at, entry in enumerate(entries) if entry != _FREE), default=-1)
        if used >= 0 and index * (size // 4) + used >= sectors:
            raise cut_off
