"""What is measured: our reader, the libraries people use instead, and the floor under each format.

A contender is a function from the bytes of a file to its figures by path (None where it reads nothing), and
the paths of the rows it declares uncertain. Floors give no figures.
"""

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

from benchmarks.figures import NONE_MARKS, Number
from gongkai.report import form

Figures = dict[str, Number | None]
Contender = Callable[[bytes], Figures]
Rows = list[list[str]]

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SPACE = re.compile(r"\s+")


def ours(data: bytes) -> Any:
    """The report, as every other part of the system gets it."""
    from gongkai.report import api

    return api.read_bytes(data)


def pandas_html(data: bytes) -> Figures:
    """pandas.read_html over lxml, nothing converted; rows it takes for headers are rows all the same."""
    import pandas as pd

    tables = []
    for table in pd.read_html(io.StringIO(data.decode()), header=None, keep_default_na=False):
        rows = [[_text(cell) for cell in row] for row in table.to_numpy().tolist()]
        names = [name if isinstance(name, tuple) else (name,) for name in table.columns]
        headers = [[_text(cell) for cell in level] for level in zip(*names, strict=True)]
        tables.append(headers + rows)
    return mapped(tables)


def _text(cell: object) -> str:
    return "" if cell is None or cell != cell else str(cell)  # noqa: PLR0124 - NaN is not equal to itself


def python_docx(data: bytes) -> Figures:
    """python-docx, each row's cells as it gives them."""
    import docx

    document = docx.Document(io.BytesIO(data))
    return mapped([[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables])


def pdfplumber_pdf(data: bytes) -> Figures:
    """The tables pdfplumber finds, page after page."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        tables = [table for page in document.pages for table in page.extract_tables()]
    return mapped([[[cell or "" for cell in row] for row in table] for table in tables])


def mapped(tables: list[Rows]) -> Figures:
    """Tables of any library to figures: the leaf label equal once white space is gone, then seven columns."""
    figures: Figures = {}
    columns: tuple[form.Column, ...] = ()
    for table in tables:
        for row in table:
            cells = [_SPACE.sub("", cell) for cell in row]
            columns = _block_columns(cells) or columns
            _map_row(figures, cells, columns)
    return figures


@cache
def _labels() -> dict[str, str]:
    rows = {row.label: row.key for row in (*form.application_rows(False), *form.SINGLE_OTHER)}
    return {_SPACE.sub("", label): key for label, key in rows.items()}


@cache
def _blocks() -> dict[tuple[str, ...], tuple[form.Column, ...]]:
    return {
        tuple(column.label for column in block.columns): block.columns
        for edition in form.EDITIONS.values()
        for block in edition.proactive
    }


@cache
def _proactive_rows() -> dict[str, str]:
    return {
        row.label: row.key
        for edition in form.EDITIONS.values()
        for block in edition.proactive
        for row in block.rows
    }


def _block_columns(cells: list[str]) -> tuple[form.Column, ...]:
    if not cells or cells[0] != form.PROACTIVE_LABEL:
        return ()
    return _blocks().get(tuple(dict.fromkeys(cell for cell in cells[1:] if cell)), ())


def _map_row(figures: Figures, cells: list[str], columns: tuple[form.Column, ...]) -> None:
    if len(cells) == 15 and all(_is_value(cell) for cell in cells):
        figures.update({path: _value(cell) for path, cell in zip(form.dispute_paths(), cells, strict=True)})
        return
    key = next((_labels()[cell] for cell in reversed(cells[:-7]) if cell in _labels()), None)
    if key and len(cells) >= 8:
        for column, cell in zip(form.COLUMNS, cells[-7:], strict=True):
            figures[f"applications.{key}.{column.key}"] = _value(cell)
    elif cells and cells[0] in _proactive_rows():
        row = _proactive_rows()[cells[0]]
        for column, cell in zip(columns, cells[1:], strict=False):
            figures[f"proactive.{row}.{column.key}"] = _value(cell)


def _is_value(cell: str) -> bool:
    return not cell or cell in NONE_MARKS or _NUMBER.fullmatch(cell) is not None


def _value(cell: str) -> Number | None:
    from decimal import Decimal

    if cell in NONE_MARKS:
        return 0
    signed = re.sub(r"^(?:增加?|\+)", "", re.sub(r"^减少?", "-", cell))
    if not _NUMBER.fullmatch(signed):
        return None
    return Decimal(signed) if "." in signed else int(signed)


def lexbor(data: bytes) -> None:
    """Parse the page, nothing else."""
    from selectolax.lexbor import LexborHTMLParser

    LexborHTMLParser(data)


def unzip_and_parse(data: bytes) -> None:
    """Unpack the main part and parse its XML."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        etree.fromstring(archive.read("word/document.xml"))


def characters_and_paths(data: bytes) -> None:
    """Every character and path of every page."""
    import pdf_oxide

    pdf_oxide.disable_logging()
    document = pdf_oxide.PdfDocument.from_bytes(data)
    for page in range(document.page_count()):
        document.extract_chars(page)
        document.extract_paths(page)


_TOKENS = re.compile(r"\d+(?:\.\d+)?|[^\s\d|]+|\n|\t|\|")


def one_regex(data: bytes) -> None:
    """Decode, and one pass of a regular expression."""
    _TOKENS.findall(data.decode())


def nothing(data: bytes) -> None:
    """The process itself."""


#: By format: name shown, function, and whether it is ours ("ours"), another library ("other") or a floor.
_HTML = (
    ("gongkai", ours, "ours"),
    ("pandas.read_html", pandas_html, "other"),
    ("lexbor parse", lexbor, "floor"),
)
CONTENDERS: dict[str, tuple[tuple[str, Callable[[bytes], Any], str], ...]] = {
    "text": (("gongkai", ours, "ours"), ("one regex pass", one_regex, "floor")),
    "html": _HTML,
    "html-published": _HTML,
    "docx": (
        ("gongkai", ours, "ours"),
        ("python-docx", python_docx, "other"),
        ("unzip + XML parse", unzip_and_parse, "floor"),
    ),
    "pdf-typst": (
        ("gongkai", ours, "ours"),
        ("pdfplumber", pdfplumber_pdf, "other"),
        ("characters + paths", characters_and_paths, "floor"),
    ),
    "pdf-libreoffice": (
        ("gongkai", ours, "ours"),
        ("pdfplumber", pdfplumber_pdf, "other"),
        ("characters + paths", characters_and_paths, "floor"),
    ),
}
