"""Files that are text: which of the formats made of text they are in."""

import csv
import re
from collections import Counter
from dataclasses import replace
from email import message_from_bytes, policy
from io import StringIO

from gongkai.kernel import UnreadableError
from gongkai.report.grid import Block, Document, Table
from gongkai.report.read.html import document as html
from gongkai.report.read.limits import MAX_CELLS, MAX_TEXT, refuse_length
from gongkai.report.read.sheets import sheet_blocks
from gongkai.report.read.text import document as text
from gongkai.report.read.text.decode import Decoded, decode
from gongkai.report.sizes import refuse_size

_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|table|tbody|tr|td|div|p|br|span|h[1-6]|ul|ol|font|center"
    r"|article)(?=[\s>/])",
    re.IGNORECASE,
)
#: Tags that say how text flows; without them line breaks are those of the text.
_FLOW_TAG = re.compile(r"<(?:html|body|div|p|br|span|font|center|article)(?=[\s>/])", re.IGNORECASE)
_WHOLE_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_TABLE_TAG = re.compile(r"<(/?)table(?:\s[^<>]*)?>", re.IGNORECASE)
_OFFICE_XML = re.compile(r"progid=\"Word\.Document\"|<w:wordDocument|<office:document[\s>]|<pkg:package")
_LINES_OF_CSV = 5


def read(data: bytes) -> Document:
    """Read text, a web page, CSV, or a web page saved with its pictures in one file (MHTML)."""
    refuse_size(len(data), MAX_TEXT)
    if re.match(rb"(?:From|MIME-Version|Subject|Date|Snapshot-Content-Location):", data[:200], re.IGNORECASE):
        page = _page_of_archive(data)
        if page is not None:
            return html.read(page)
    if b"<" in data and b"\0" not in data:
        return _marked_up(data)
    decoded = decode(data)
    if "<" in decoded.text and _TAG.search(decoded.text):
        return html.read_decoded(decoded)
    return _plain(decoded)


def _marked_up(data: bytes) -> Document:
    declared = html.declared_encoding(data)
    decoded = decode(data, declared)
    head = decoded.text[:4000]
    if head.lstrip().startswith("<?xml") and _OFFICE_XML.search(head):
        from gongkai.report.read import office

        return office.read(data)
    if not _TAG.search(decoded.text):
        if head.lstrip().startswith("<?xml"):
            raise UnreadableError(
                "这是 XML 数据，不是年度报告",
                remedy="请提供文本、网页、DOCX、PDF、XLSX 或 OFD 文件",
                code="format",
            )
        return _plain(decoded)
    tables = _tables_between_text(decoded.text)
    if tables:
        return _text_with_tables(decoded, tables)
    return html.read_decoded(decoded)


def _plain(decoded: Decoded) -> Document:
    rows = _csv_rows(decoded.text)
    if rows is None:
        return text.read_decoded(decoded)
    blocks = sheet_blocks(rows, sheet=None, first_table=1)
    meta = {"encoding": decoded.encoding}
    return Document("text", tuple(blocks), layout="csv", meta=meta, notes=decoded.notes)


def _tables_between_text(content: str) -> list[tuple[int, int]]:
    """Where HTML tables stand in what is otherwise text; none where there are other tags outside of them."""
    found: list[tuple[int, int]] = []
    if _WHOLE_PAGE.match(content):
        return found
    depth = start = end = 0
    for tag in _TABLE_TAG.finditer(content):
        if tag[1]:
            depth = max(0, depth - 1)
            if depth == 0 and start >= end:
                end = tag.end()
                found.append((start, end))
            continue
        if depth == 0:
            start = tag.start()
            if _FLOW_TAG.search(content, end, start):
                return []
        depth += 1
    return [] if depth or _FLOW_TAG.search(content, end) else found


def _text_with_tables(decoded: Decoded, places: list[tuple[int, int]]) -> Document:
    """Text with HTML tables in it, as converters write: its lines are lines."""
    blocks: list[Block] = []
    notes = decoded.notes
    tables = at = 0
    length = len(decoded.text)
    for start, end in [*places, (length, length)]:
        for block in text.blocks_of(decoded.text[at:start], offset=at, first_table=tables + 1)[0]:
            tables += isinstance(block, Table)
            blocks.append(block)
        at = end
        if start < end:
            page = html.read_decoded(Decoded(decoded.text[start:end], decoded.encoding), whole=False)
            for block in page.blocks:
                tables += isinstance(block, Table)
                blocks.append(_renumbered(block, tables) if isinstance(block, Table) else block)
            notes += page.notes
    meta = {"encoding": decoded.encoding}
    return Document("html", tuple(blocks), layout="ruled", meta=meta, notes=tuple(dict.fromkeys(notes)))


def _renumbered(table: Table, number: int) -> Table:
    cells = tuple(cell._replace(place=cell.place._replace(table=number)) for cell in table.cells)
    return replace(table, cells=cells, place=table.place._replace(table=number))


def _csv_rows(content: str) -> list[list[str]] | None:
    """The rows of comma-separated values; None where the text is not clearly that.

    Clearly: nearly all records have the same number of fields, three at least. Prose with commas has not.
    """
    lines = content.count("\n")
    refuse_length(len(content))
    if not 2 * _LINES_OF_CSV <= content.count(",") <= MAX_CELLS or lines < _LINES_OF_CSV or "\t" in content:
        return None
    try:
        rows = [
            [field.strip() for field in row]
            for row in csv.reader(StringIO(content.lstrip("\ufeff"), newline=""), strict=True)
        ]
    except csv.Error:
        return None
    filled = [row for row in rows if any(row)]
    if len(filled) < _LINES_OF_CSV:
        return None
    width, count = Counter(len(row) for row in filled).most_common(1)[0]
    if width < 3 or count < 0.9 * len(filled):
        return None
    most = max(map(len, filled))
    return [row + [""] * (most - len(row)) for row in rows]


def _page_of_archive(data: bytes) -> bytes | None:
    """The first page of an MHTML file; None where the file is no such thing."""
    message = message_from_bytes(data, policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                charset = part.get_content_charset()
                return f'<meta charset="{charset}">'.encode() + content if charset else content
    return None
