"""Writers: one module per format, all printing from :mod:`gongkai.report.write.layout`."""

from collections.abc import Callable, Sequence

from gongkai.kernel import Finding, GongkaiError
from gongkai.report.grid import Document
from gongkai.report.model import Report
from gongkai.report.write.index_page import IndexEntry, write_index_page
from gongkai.report.write.source_pane import PageImage

__all__ = ["FORMATS", "IndexEntry", "PageImage", "write", "write_index_page"]


def write(
    report: Report,
    fmt: str,
    *,
    findings: Sequence[Finding] = (),
    source_document: Document | None = None,
    page_images: Sequence[PageImage] = (),
) -> bytes:
    """The report in one of :data:`FORMATS`; the last three arguments are for ``check-html`` alone.

    Raises GongkaiError where the format is not one of them.
    """
    if fmt == "check-html":
        from gongkai.report.write.check_page import write_check_page

        return write_check_page(report, findings, source_document, page_images)
    try:
        writer = _WRITERS[fmt]
    except KeyError:
        known = "、".join(FORMATS)
        raise GongkaiError(f"不能写成“{fmt}”格式", remedy=f"可用的格式：{known}", code="format") from None
    return writer(report)


# Each writer is imported when it is first used: the libraries behind DOCX, PDF and XLSX are heavy.
def _html(report: Report) -> bytes:
    from gongkai.report.write.html import write_html

    return write_html(report)


def _docx(report: Report) -> bytes:
    from gongkai.report.write.docx import write_docx

    return write_docx(report)


def _pdf(report: Report) -> bytes:
    from gongkai.report.write.pdf import write_pdf

    return write_pdf(report)


def _xlsx(report: Report) -> bytes:
    from gongkai.report.write.xlsx import write_xlsx

    return write_xlsx(report)


def _csv(report: Report) -> bytes:
    from gongkai.report.write.csv import write_csv

    return write_csv(report)


def _json(report: Report) -> bytes:
    from gongkai.report.write.json import write_json

    return write_json(report)


_WRITERS: dict[str, Callable[[Report], bytes]] = {
    "html": _html,
    "docx": _docx,
    "pdf": _pdf,
    "xlsx": _xlsx,
    "csv": _csv,
    "json": _json,
}
FORMATS = (*_WRITERS, "check-html")
