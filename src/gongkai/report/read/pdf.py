"""PDF."""

from gongkai.report.grid import Document
from gongkai.report.read.pdf_layout import read_layout
from gongkai.report.read.pdf_source import page_content


def read(data: bytes) -> Document:
    """Read a PDF."""
    import pdf_oxide

    pdf_oxide.disable_logging()
    document = pdf_oxide.PdfDocument.from_bytes(data)
    pages = [page_content(document, index) for index in range(int(document.page_count))]
    layout = read_layout(pages)
    return Document("pdf", layout.blocks, layout=layout.layout, notes=layout.notes)
