"""Whatever the bytes: a document or our own error, never another exception, never a hang."""

from functools import cache
from io import BytesIO

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.kernel import UnreadableError
from gongkai.report.grid import Document, Table
from gongkai.report.read import read_document
from tests.report.read.ofd_writer import Page, written
from tests.report.read.support import repacked, unpacked

ROWS = [["规章", "0", "1"], ["许可", "", "3"], ["处罚", "5", "6"]]


@cache
def example(kind: str) -> bytes:
    buffer = BytesIO()
    if kind == "docx":
        document = docx.Document()
        document.add_heading("一、总体情况", 1)
        table = document.add_table(3, 3)
        for row, texts in enumerate(ROWS):
            for col, text in enumerate(texts):
                table.cell(row, col).text = text
        document.save(buffer)
    elif kind == "xlsx":
        workbook = openpyxl.Workbook()
        for texts in ROWS:
            workbook.active.append(texts)
        workbook.save(buffer)
    elif kind == "ofd":
        page = Page()
        page.text(30, 30, "一、总体情况")
        page.grid(30, 50, [40, 20, 20], ROWS)
        return written([page])
    elif kind == "html":
        cells = "".join(
            f"<tr>{''.join(f'<td colspan=1>{text}</td>' for text in texts)}</tr>" for texts in ROWS
        )
        return f"<html><meta charset=utf-8><p>一、总体情况<table>{cells}</table>".encode()
    else:
        return ("一、总体情况\n" + "\n".join("\t".join(texts) for texts in ROWS) + "\n甲|1|\n|乙\n").encode()
    return buffer.getvalue()


#: Pictures and PDF have readers, and tests, of their own.
OTHERS = (b"\x89PNG", b"\xff\xd8", b"GIF8", b"BM", b"II", b"MM", b"RIFF")


def survive(data: bytes) -> None:
    if data.startswith(OTHERS) or b"%PDF" in data[:1024]:
        return
    try:
        document = read_document(data)
    except UnreadableError as refusal:
        error = refusal
        document = None
    if document is None:
        assert error.message
        assert error.remedy
        return
    assert isinstance(document, Document)
    for block in document.blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                assert 0 <= cell.row < cell.row + cell.rowspan <= block.n_rows
                assert 0 <= cell.col < cell.col + cell.colspan <= block.n_cols


@given(st.binary(max_size=400))
def test_random_bytes(data: bytes) -> None:
    survive(data)


@given(
    st.sampled_from(
        [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rt", b"<table>", b"\xff\xfe", b"{"]
    ),
    st.binary(max_size=1500),
)
def test_random_bytes_behind_a_mark(mark: bytes, data: bytes) -> None:
    survive(mark + data)


_edits = st.lists(
    st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 12)), min_size=1, max_size=4
)


def edited(data: bytes, edits: list[tuple[float, bytes, int]]) -> bytes:
    for where, new, cut in edits:
        at = int(where * len(data))
        data = data[:at] + new + data[at + cut :]
    return data


@pytest.mark.parametrize("kind", ["docx", "xlsx", "ofd", "html", "text"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=_edits)
def test_damaged_files(kind: str, edits: list[tuple[float, bytes, int]]) -> None:
    survive(edited(example(kind), edits))


PARTS = {
    "docx": ["word/document.xml", "word/styles.xml", "_rels/.rels"],
    "xlsx": ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"],
    "ofd": ["OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"],
}
_tokens = st.sampled_from(
    [b"", b"0", b"-1", b"99999999999", b"&amp;", b'"', b"<", b"/>", b"x", b"1e400", "三".encode()]
)


@pytest.mark.parametrize("kind", list(PARTS))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(part=st.integers(0, 2), where=st.floats(0, 1), token=_tokens, cut=st.integers(0, 30))
def test_whole_archives_with_damaged_xml(kind: str, part: int, where: float, token: bytes, cut: int) -> None:
    data, name = example(kind), PARTS[kind][part]
    content = unpacked(data, name).encode()
    survive(repacked(data, {name: edited(content, [(where, token, cut)])}))


_numbers = st.sampled_from([b"0", b"-1", b"1", b"65535", b"4294967296", b"", b"x", b"1.5", "三".encode()])


@settings(max_examples=80, deadline=None)
@given(st.lists(_numbers, min_size=12, max_size=12), st.sampled_from(["docx", "html"]))
def test_absurd_spans(values: list[bytes], kind: str) -> None:
    numbers = iter(values)
    if kind == "html":
        cells = b"".join(
            b"<tr>"
            + b"".join(b"<td rowspan=%s colspan=%s>1</td>" % (next(numbers), next(numbers)) for _ in range(2))
            for _ in range(3)
        )
        survive(b"<table>" + cells + b"</table>")
        return
    row = b"".join(
        b'<w:tc><w:tcPr><w:gridSpan w:val="%s"/><w:vMerge w:val="'
        b'%s"/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>'
        % (next(numbers).replace("三".encode(), b"z"), [b"restart", b"continue"][index % 2])
        for index in range(4)
    )
    before = b'<w:trPr><w:gridBefore w:val="%s"/></w:trPr>' % next(numbers)
    xml = (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:tbl>'
        + b"".join(b"<w:tr>" + before + row + b"</w:tr>" for _ in range(3))
        + b"</w:tbl></w:body></w:document>"
    )
    survive(repacked(example("docx"), {"word/document.xml": xml}))


@pytest.mark.parametrize("kind", ["docx", "xlsx", "ofd"])
def test_a_file_cut_off_anywhere_is_refused(kind: str) -> None:
    data = example(kind)
    for end in range(100, len(data) - 1, max(1, len(data) // 40)):
        with pytest.raises(UnreadableError):
            read_document(data[:end])
