"""A report as PDF in the official layout."""

from gongkai.documents.pdf import to_pdf
from gongkai.report.model import Report
from gongkai.report.write.paper import compose


def write_pdf(report: Report) -> bytes:
    """The report as tagged PDF (PDF/A-2a, PDF/UA-1)."""
    return to_pdf(compose(report))
