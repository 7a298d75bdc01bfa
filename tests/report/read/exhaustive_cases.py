"""Files that hold a number where nobody sees it, as the programs of an office write them."""

from collections.abc import Sequence
from io import BytesIO

import openpyxl
from docx import Document
from docx.oxml import parse_xml
from openpyxl.comments import Comment

from tests.report.read.pdf_bare import bare_pdf, show

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def covered_pdf(number: str) -> bytes:
    """A black box drawn over the number, which stays in the text layer."""
    box = b"0 0 0 rg 95 695 200 20 re f\n"
    return bare_pdf(show("发放名单", 50, 760) + show(number, 100, 700) + box)


def overwritten_pdf(number: str) -> bytes:
    """Crosses written over the number."""
    return bare_pdf(show(number, 100, 700) + show("X" * 12, 103, 700))


def white_pdf(number: str) -> bytes:
    """White on white."""
    return bare_pdf(show("公示", 50, 760) + b"1 1 1 rg\n" + show(number, 100, 700))


def docx(*paragraphs: str, header: str = "") -> bytes:
    """Paragraphs of WordprocessingML."""
    document = Document()
    for xml in paragraphs:
        document.element.body.insert(0, parse_xml(f"<w:p {W}>{xml}</w:p>"))
    if header:
        document.sections[0].header.paragraphs[0].text = header
    return saved(document)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def deleted(text: str) -> str:
    """Deleted while changes are tracked."""
    return f'<w:del w:id="1" w:author="a"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def inserted(text: str) -> str:
    return f'<w:ins w:id="2" w:author="a">{run(text)}</w:ins>'


def saved(document: object) -> bytes:
    buffer = BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def xlsx(
    rows: Sequence[Sequence[object]], *, hidden: Sequence[Sequence[object]] = (), note: str = ""
) -> bytes:
    """A sheet, a hidden one beside it, and a comment on the first cell."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    if hidden:
        other = book.create_sheet("底稿")
        other.sheet_state = "veryHidden"
        for row in hidden:
            other.append(row)
    if note:
        sheet["A1"].comment = Comment(note, "a")
    return saved(book)
