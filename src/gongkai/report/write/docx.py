"""A report as DOCX in the official layout."""

from gongkai.documents.docx import to_docx
from gongkai.report.model import Report
from gongkai.report.write.paper import compose


def write_docx(report: Report) -> bytes:
    """The report as DOCX: A4, statutory tables with merged cells and repeated header rows."""
    return to_docx(compose(report))
