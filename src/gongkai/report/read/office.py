"""Formats of other office programs, by way of LibreOffice: .doc .wps .rtf .odt .ods and their kin."""

import re
from dataclasses import replace

from gongkai.kernel import UnreadableError, office
from gongkai.report import patience
from gongkai.report.grid import Document
from gongkai.report.read import ole2

_SECONDS = 50
_INSTALL = (
    "请安装 LibreOffice（Debian：apt-get install libreoffice-writer libreoffice-calc），"
    "或在原软件中另存为 DOCX 或 PDF"
)
_SAVE_AS = "请在原软件中打开，另存为 DOCX 或 PDF 后再读取"


def read(data: bytes) -> Document:
    """Read a compound file (.doc .xls .wps .et), RTF, OpenDocument or Word XML.

    Raises UnreadableError where the file is cut off or encrypted, and where LibreOffice is needed and not
    installed (code ``office-missing``), takes too long or fails.
    """
    kind = _kind(data)
    if kind == "xls":
        from gongkai.report.read import xlsx

        return replace(xlsx.read_old(data), format="xls")
    if kind == "ods":
        from gongkai.report.read import xlsx

        document = xlsx.read(_convert(data, kind, "xlsx"))
    else:
        from gongkai.report.read.docx import document as docx

        document = docx.read(_convert(data, kind, "docx"))
    converted = f"由 LibreOffice 从 {kind.upper()} 转换后读取"
    return replace(document, format=kind, notes=(converted, *document.notes))


def converted(data: bytes) -> bytes:
    """The same file as DOCX or XLSX, with its changes, notes and hidden text. Raises as ``read`` does."""
    kind = _kind(data)
    return _convert(data, kind, "xlsx" if kind in {"xls", "ods"} else "docx")


def _kind(data: bytes) -> str:
    if data.startswith(ole2.MAGIC):
        kind = ole2.kind_of(data)
        if kind in ("doc", "xls"):
            return kind
        what = "演示文稿" if kind == "ppt" else "Office 文件，但不是文档或表格"
        raise UnreadableError(f"这是{what}", remedy="请提供年度报告的 DOCX、PDF 或网页", code="format")
    if data.lstrip()[:5] == b"{\\rtf":
        unescaped = re.sub(rb"\\[\\{}]", b"", data)
        if unescaped.count(b"{") > unescaped.count(b"}"):
            raise UnreadableError(
                "RTF 文件不完整，没有收全", remedy="请重新下载或重新导出完整的文件", code="truncated"
            )
        return "rtf"
    if data.startswith(b"PK"):
        return "ods" if b"opendocument.spreadsheet" in data[:200] else "odt"
    return "xml"


def _convert(data: bytes, kind: str, target: str) -> bytes:
    program = office.program()
    if program is None:
        raise UnreadableError(
            f"读取 {kind.upper()} 文件需要 LibreOffice，这台电脑上没有安装",
            remedy=_INSTALL,
            code="office-missing",
        )
    patience.announce("office")
    try:
        made = office.convert(program, data, kind, target, seconds=_SECONDS)
    except TimeoutError:
        raise UnreadableError(
            f"LibreOffice 转换超过 {_SECONDS} 秒仍未完成", remedy=_SAVE_AS, code="time-limit"
        ) from None
    if made is None:
        raise UnreadableError(
            f"LibreOffice 不能转换这个 {kind.upper()} 文件，文件可能已损坏或已加密",
            remedy=_SAVE_AS,
            code="office",
        )
    return made
