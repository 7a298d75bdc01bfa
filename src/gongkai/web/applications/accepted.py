"""Which files may come in: by their size, their ending, and what their content says they are."""

import io
import lzma
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from gongkai.web.common.errors import ActionRefused

LARGEST: Final = 20 * 2**20
_ZIP: Final = b"PK\x03\x04"
_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What may come in: the ending, its media type, and how such a file begins.
_KINDS: Final = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".doc": ("application/msword", (_OLD,)),
    ".wps": ("application/vnd.ms-works", (_OLD, _ZIP)),
    ".docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (_ZIP,),
    ),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (_ZIP,)),
    ".ofd": ("application/ofd", (_ZIP,)),
    ".txt": ("text/plain", ()),
}
#: For the file field of forms.
ACCEPTED: Final = ",".join(_KINDS)
#: What to send in place of what may not come in.
INSTEAD: Final = "请用 PDF、JPG、PNG、DOC、DOCX、WPS、XLSX、OFD 或 TXT 文件"
#: The part each package has, whatever program made it; part names know no capitals.
_PARTS: Final = {".docx": "[content_types].xml", ".xlsx": "[content_types].xml", ".ofd": "ofd.xml"}
_TYPES: Final = "[content_types].xml"
_MACROS: Final = ("vbaproject.bin", "vbadata.xml")
#: A part with macros may have any name, but not any type; in old files it is a stream of this name.
_MACRO_TYPES: Final = (b"macroenabled", b"vbaproject")
_MACRO_STREAM: Final = "_VBA_PROJECT".encode("utf-16-le")
#: A list of types is a few thousand signs.
_MOST_TYPES: Final = 2**20
#: What becomes of a package that was cut off, locked, or made to mislead.
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, UnicodeDecodeError,
)  # fmt: skip


def clean_name(name: str) -> str:
    """The bare name of an uploaded file, at most 120 characters, ending kept."""
    bare = PurePosixPath(name.replace("\\", "/")).name.strip() or "未命名"
    suffix = PurePosixPath(bare).suffix[:10]
    return bare if len(bare) <= 120 else bare[: 120 - len(suffix)] + suffix


def refuse_large(name: str, size: int) -> None:
    """Raise ``ActionRefused`` where a file is too large."""
    if size > LARGEST:
        raise ActionRefused(
            f"文件有{size / 2**20:.0f}MB，超过{LARGEST // 2**20}MB",
            place=name,
            remedy="请压缩图片或分成几个文件",
        )


def media_type(name: str, content: bytes) -> str:
    """What a file is, by its content. Raises ``ActionRefused`` where it may not come in."""
    name = clean_name(name)
    if not content:
        raise ActionRefused("文件是空的", place=name, remedy="请重新选择文件")
    refuse_large(name, len(content))
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in _KINDS:
        raise ActionRefused(
            f"不能接收“{suffix or '没有扩展名'}”的文件",
            place=name,
            remedy=INSTEAD,
        )
    kind, beginnings = _KINDS[suffix]
    package = _Package.of(content) if content.startswith(_ZIP) else None
    fits = content.startswith(beginnings) if beginnings else _is_text(content)
    if not fits or (package and _PARTS.get(suffix, "") not in {"", *package.names}):
        raise ActionRefused(
            "文件内容与扩展名不符", place=name, remedy="请检查文件能否正常打开，或另存为 PDF 后再上传"
        )
    if package.macros if package else content.startswith(_OLD) and _MACRO_STREAM in content:
        raise ActionRefused("文件含有宏", place=name, remedy="请另存为不含宏的文件或 PDF 后再上传")
    return kind


def _is_text(content: bytes) -> bool:
    if b"\x00" in content:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


class _Package(NamedTuple):
    """What a file of zipped parts says of itself: nothing else of it is unpacked here."""

    names: frozenset[str]
    macros: bool

    @classmethod
    def of(cls, content: bytes) -> "_Package":
        """Raises ``ActionRefused`` where it is broken."""
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                parts = {one.filename.lower(): one for one in package.infolist()}
                types = parts.get(_TYPES)
                said = package.open(types).read(_MOST_TYPES).lower() if types else b""
        except _BROKEN as error:
            raise ActionRefused("文件已损坏", remedy="请重新保存后再上传") from error
        named = any(name.rsplit("/", 1)[-1] in _MACROS for name in parts)
        return cls(frozenset(parts), named or any(kind in said for kind in _MACRO_TYPES))
