"""How much of a file is read at most: sizes, ZIP archives, XML. What goes beyond is refused, not cut.

The worker process limits memory and time for what these limits do not foresee.
"""

import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from gongkai.kernel import UnreadableError
from gongkai.report.sizes import MEGABYTE

if TYPE_CHECKING:
    from lxml import etree

#: A text file or a web page with its pictures in it.
MAX_TEXT = 40 * MEGABYTE
#: The characters of a text or, without pictures, of a page. A long report has a hundred thousand.
MAX_CHARACTERS = 6_000_000
#: The cells of a table. The form has about 300.
MAX_CELLS = 200_000
#: A part of an archive that is parsed as XML; the tree takes ten times its size.
MAX_XML = 16 * MEGABYTE
#: All entries of an archive, unpacked.
MAX_UNPACKED = 1000 * MEGABYTE
MAX_ENTRIES = 20_000
#: An archive beyond this size that packs its content more than a hundredfold is a bomb.
_BOMB_SIZE = 50 * MEGABYTE
_BOMB_RATIO = 100

_AGAIN = "请重新下载或重新导出完整的文件"
_WRONG_FILE = "请检查是否选错了文件，或在原软件中另存后再试"


def refuse_length(characters: int, cells: int = 0) -> None:
    """Raise UnreadableError (code ``too-large``) where a text is longer or has more cells than any report."""
    if characters > MAX_CHARACTERS or cells > MAX_CELLS:
        what = f"{cells} 个单元格" if cells > MAX_CELLS else f"{characters} 个字"
        raise UnreadableError(
            f"文件有 {what}，不像年度报告，没有读取", remedy="请检查是否选错了文件", code="too-large"
        )


class Archive:
    """A ZIP archive whose entries can be read one by one, within the limits.

    Raises UnreadableError where the archive is cut off, damaged, encrypted or a bomb.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError) as error:
            raise UnreadableError("文件不完整或已损坏，无法打开", remedy=_AGAIN, code="truncated") from error
        entries = self._zip.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED:
            raise _bomb(unpacked)
        if unpacked > _BOMB_SIZE and unpacked > _BOMB_RATIO * len(data):
            raise _bomb(unpacked)
        if any(entry.flag_bits & 1 for entry in entries):
            raise encrypted()
        self.names = frozenset(entry.filename for entry in entries)

    def read(self, name: str, most: int = MAX_XML) -> bytes:
        """The content of the entry ``name``. Raises UnreadableError also where it is missing."""
        try:
            entry = self._zip.getinfo(name)
            if entry.file_size > most:
                raise UnreadableError(
                    f"文件内的 {name} 展开后有 {entry.file_size // MEGABYTE} MB，没有读取",
                    remedy=_WRONG_FILE,
                    code="too-large",
                )
            return self._zip.read(entry)
        except KeyError:
            raise UnreadableError(f"文件内缺少 {name}，可能已损坏", remedy=_AGAIN, code="truncated") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise UnreadableError("文件不完整或已损坏，无法展开", remedy=_AGAIN, code="truncated") from error

    def xml(self, name: str) -> "etree._Element":
        """The root of the XML entry ``name``."""
        return parse_xml(self.read(name), name)


def _bomb(unpacked: int) -> UnreadableError:
    return UnreadableError(
        f"文件展开后有 {unpacked // MEGABYTE} MB 或条目过多，像是压缩炸弹，没有读取",
        remedy=_WRONG_FILE,
        code="zip-bomb",
    )


def encrypted() -> UnreadableError:
    """The error for a file that asks for a password."""
    return UnreadableError("文件已加密", remedy="请去掉打开密码后再读取", code="encrypted")


def parse_xml(data: bytes, name: str = "") -> "etree._Element":
    """The root element. No document type, no entities, no network; depth and text within the parser's limits.

    Raises UnreadableError (code ``xml``), naming the part ``name``.
    """
    from lxml import etree

    place = f"（{name}）" if name else ""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(
            f"文件内的 XML{place}不完整、有错误或嵌套过深", remedy=_AGAIN, code="xml"
        ) from error
    about: Any = root.getroottree().docinfo
    if about.doctype:
        raise UnreadableError(
            f"文件内的 XML{place}带有文档类型声明，可能有害，没有读取", remedy=_WRONG_FILE, code="xml"
        )
    return root
