"""ZIP archives: which of the formats that are archives a file is in."""

from gongkai.kernel import UnreadableError
from gongkai.report.grid import Document
from gongkai.report.read.limits import Archive
from gongkai.report.read.ooxml import main_part


def read(data: bytes) -> Document:
    """Read DOCX, XLSX, OFD, ODT or ODS. Raises UnreadableError for any other archive."""
    archive = Archive(data)
    if "OFD.xml" in archive.names:
        from gongkai.report.read.ofd import document as ofd

        return ofd.read_archive(archive)
    main = main_part(archive)
    folder = main.rpartition("/")[0].partition("/")[0] if main else ""
    if folder == "word":
        from gongkai.report.read.docx import document as docx

        return docx.read_archive(archive, main)
    if folder == "xl":
        from gongkai.report.read import xlsx

        return xlsx.read_archive(archive, data, main)
    if "content.xml" in archive.names and "mimetype" in archive.names:
        from gongkai.report.read import office

        return office.read(data)
    if folder == "ppt":
        raise UnreadableError(
            "这是演示文稿，不是年度报告", remedy="请提供年度报告的 DOCX、PDF 或网页", code="format"
        )
    raise UnreadableError(
        "这是压缩包，不是可读的报告文件", remedy="请先解压，再读取其中的年度报告", code="format"
    )
