"""What the tests of readers share: how to look at a grid, and how to see a refusal."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

import pytest

from gongkai.kernel import UnreadableError
from gongkai.report.grid import Document, Paragraph, Table
from gongkai.report.read import read_document


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def rows(table: Table) -> list[list[str]]:
    """Texts of the cells that begin in each row."""
    return [[cell.text for cell in row] for row in table.rows()]


def spread(table: Table) -> list[list[str]]:
    """The whole grid, a merged cell's text in each position it covers; ``#`` where there is no cell."""
    grid = [["#"] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            for col in range(cell.col, cell.col + cell.colspan):
                grid[row][col] = cell.text
    return grid


def code_of(data: bytes) -> str:
    """The code the file is refused with; the refusal must say in Chinese what is wrong and what to do."""
    with pytest.raises(UnreadableError) as caught:
        read_document(data)
    error = caught.value
    assert any("\u4e00" <= char <= "\u9fff" for char in error.message), error.message
    assert any("\u4e00" <= char <= "\u9fff" for char in error.remedy), error.message
    return error.code


def packed(entries: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of these entries."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def repacked(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The same archive with some entries replaced or added."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    return packed(entries | dict(changed))


def unpacked(data: bytes, name: str) -> str:
    """One entry of an archive as text."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()
