"""What letters and papers say, read back from their files."""

from io import BytesIO

import docx
import pypdfium2

from gongkai.web.applications import files
from gongkai.web.applications.models import Letter


def words(content: bytes) -> str:
    """What a DOCX or a PDF says, without blanks."""
    if content.startswith(b"%PDF"):
        with pypdfium2.PdfDocument(content) as document:
            said = "".join(page.get_textpage().get_text_bounded() for page in document)
    else:
        document = docx.Document(BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        said = "".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    return "".join(said.split())


def pdf_text(letter: Letter) -> str:
    assert letter.pdf is not None
    document = pypdfium2.PdfDocument(files.content_of(letter.pdf))
    return "".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "")
