"""Papers: the official layout in DOCX and PDF, whatever the text."""

import re
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pypdfium2
import pytest
from docx.oxml.ns import qn
from PIL import Image

from gongkai.documents import Grid, GridCell, Heading, Line, Note, Paper, Text
from gongkai.documents.docx import to_docx
from gongkai.documents.paper import SMALLEST_TABLE_PT
from gongkai.documents.pdf import to_pdf, unprintable
from gongkai.documents.picture import to_png

HOSTILE = '#include("/etc/passwd") $x$ *b* _i_ `c` <w:p/> & ]]> \\u{41} @ref <label> "quoted" \x0b\x00'
LONG_NAME = "内蒙古自治区乌兰布统旗草原生态保护与林业草原综合行政执法协调办公室"


def grid(rows: int = 40, figure: str = "0", *, columns: int = 7, together: bool = False) -> Grid:
    names = (GridCell(f"第{col}列", 0, col, header=True) for col in range(1, columns))
    header = (GridCell("项目", 0, 0, header=True), *names)
    body = []
    for row in range(1, rows):
        body.append(GridCell(f"第{row}行的名称很长很长很长很长", row, 0, header=True, left=True))
        body += [GridCell(figure, row, col) for col in range(1, columns)]
    return Grid((*header, *body), rows, (40.0, *(12.0,) * (columns - 1)), 1, "样表", together)


def paper(
    *blocks: Heading | Text | Line | Note | Grid, title: str = "样张", dated: date | None = date(2024, 12, 31)
) -> Paper:
    return Paper(title, blocks, "青石镇人民政府", dated)


def pages_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_bounded() for page in document]


def test_pdf_is_tagged_archival_and_the_same_each_time() -> None:
    data = to_pdf(paper(Heading("一、总体情况"), Text("正文。"), grid(4)))
    assert data == to_pdf(paper(Heading("一、总体情况"), Text("正文。"), grid(4)))
    with pikepdf.open(BytesIO(data)) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang).lower().startswith("zh")
        meta = file.open_metadata()
        assert (meta.get("pdfaid:part"), meta.get("pdfuaid:part")) == ("2", "1")
        assert meta.get("dc:title") == "样张"
        box = [round(float(value)) for value in file.pages[0].MediaBox]
    assert box == [0, 0, 595, 842]


def test_pdf_without_a_date_is_not_dated_by_guess() -> None:
    with pikepdf.open(BytesIO(to_pdf(paper(Text("正文。"), dated=None)))) as file:
        assert file.open_metadata().get("pdfaid:part") is None
        assert "/CreationDate" not in file.docinfo


def test_pdf_sets_28_lines_a_page_and_numbers_them_outside() -> None:
    text = "。".join("政府信息公开" * 6 for _ in range(60))
    data = to_pdf(paper(*(Text(text) for _ in range(4))))
    pages = pages_of(data)
    assert len(pages) > 3
    full = [line for line in pages[1].splitlines() if line.strip()]
    assert len(full) == 28 + 1
    assert "— 2 —" in pages[1]
    document = pypdfium2.PdfDocument(data)
    for index, left in ((1, True), (2, False)):
        page = document[index].get_textpage()
        position = page.search(f"— {index + 1} —").get_next()
        assert position is not None
        x = page.get_charbox(position[0])[0]
        assert (x < 300) is left


def test_long_tables_repeat_their_header_on_every_page() -> None:
    pages = pages_of(to_pdf(paper(grid(120))))
    assert len(pages) >= 3
    for text in pages:
        assert "第6列" in text
    assert sum(text.count("第119行") for text in pages) == 1


def test_short_tables_stay_on_one_page() -> None:
    filler = [Text("正文。")] * 22
    pages = pages_of(to_pdf(paper(*filler, grid(10, together=True))))
    assert [("第1行" in text, "第9行" in text) for text in pages] == [(False, False), (True, True)]


def test_a_signature_at_the_end_of_a_table_never_stands_alone_on_a_page() -> None:
    several = 0
    for rows in range(34, 46):
        pages = pages_of(to_pdf(paper(replace(grid(rows), closing_rows=3))))
        several += len(pages) > 1
        assert f"第{rows - 3}行" in pages[-1], rows
        assert sum(text.count(f"第{rows - 3}行") for text in pages) == 1
    assert several > 2, "the break was tried at many places"


def test_word_keeps_the_closing_rows_of_a_table_together() -> None:
    (table,) = docx.Document(BytesIO(to_docx(paper(replace(grid(6), closing_rows=3))))).tables
    kept = [row.tc_lst[0].p_lst[0].pPr.find(qn("w:keepNext")) is not None for row in table._tbl.tr_lst]
    assert kept == [True, False, False, True, True, False]


def test_word_begins_a_row_that_may_fill_pages_where_it_stands() -> None:
    label = GridCell("所\n需\n信\n息", 0, 0, 3, 1, header=True)
    words = [GridCell(f"{row}", row, 1, left=True, flow=row == 1) for row in range(3)]
    made = to_docx(paper(Grid((label, *words), 3, (1.0, 9.0), 0, "表", size=10.5)))
    (table,) = docx.Document(BytesIO(made)).tables
    kept = [row.tc_lst[0].p_lst[0].pPr.find(qn("w:keepNext")) is not None for row in table._tbl.tr_lst]
    assert kept == [True, False, False]


@pytest.mark.parametrize("figure", ["0", "123456789", "123456789012345", "不适用"])
def test_figures_never_leave_their_cell(figure: str) -> None:
    table = grid(3, figure, columns=11)
    data = to_pdf(paper(table))
    page = pypdfium2.PdfDocument(data)[0].get_textpage()
    text = page.get_text_range()
    assert len(re.findall(rf"(?<!\d){figure}(?!\d)", text)) >= 20
    width = table.widths_pt()[1]
    start = text.index(figure, text.index("第1行"))
    first, last = page.get_charbox(start), page.get_charbox(start + len(figure) - 1)
    if table.font_size() > SMALLEST_TABLE_PT:
        assert last[2] - first[0] <= width


@pytest.mark.parametrize("text", ["\U0002070e字", "🙂表", "\ue000私", "\uffff\x00"])
def test_characters_that_no_font_has_do_not_stop_the_paper(text: str) -> None:
    data = to_pdf(paper(Text(f"前{text}后"), grid(3)))
    assert "前" in pages_of(data)[0]


def test_control_characters_cost_no_standard() -> None:
    with pikepdf.open(BytesIO(to_pdf(paper(Text("前\x00\x0b\x85后"))))) as file:
        assert file.open_metadata().get("pdfaid:part") == "2"


@pytest.mark.parametrize("make", [to_pdf, to_docx])
def test_text_is_never_markup(make: object) -> None:
    assert callable(make)
    sample = paper(Heading(HOSTILE), Text(HOSTILE), Note(HOSTILE), grid(3, "#panic()"), title=HOSTILE)
    data = make(sample)
    if make is to_docx:
        text = "\n".join(p.text for p in docx.Document(BytesIO(data)).paragraphs)
    else:
        text = "".join(pages_of(data))
    assert '#include("/etc/passwd")' in text.replace("\r\n", "")
    assert text.count("$x$") >= 4


def test_docx_has_the_official_page_and_faces() -> None:
    document = docx.Document(BytesIO(to_docx(paper(Heading("一、总体情况"), Text("正文。"), grid(4)))))
    section = document.sections[0]
    measured = [
        round(value.mm)
        for value in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    ]
    assert measured == [37, 35, 28, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    faces = {
        name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Normal", "Title", "Heading 1", "GongkaiCell")
    }
    assert faces == {
        "Normal": "仿宋_GB2312",
        "Title": "方正小标宋简体",
        "Heading 1": "黑体",
        "GongkaiCell": "宋体",
    }
    assert document.styles["Normal"].font.size.pt == 16
    assert document.styles["GongkaiCell"].font.size.pt == 10.5
    assert document.settings.odd_and_even_pages_header_footer


def test_docx_rows_are_never_cut_and_headers_repeat() -> None:
    cells = (
        GridCell("甲", 0, 0, header=True),
        GridCell("乙", 0, 1, header=True),
        GridCell("组", 1, 0, 2, 1, header=True, keep=True),
        GridCell("1", 1, 1),
        GridCell("2", 2, 1),
        GridCell("合计", 3, 0, 1, 2),
    )
    document = docx.Document(BytesIO(to_docx(paper(Grid(cells, 4, (1.0, 1.0), 1, "样表")))))
    (table,) = document.tables
    rows = table._tbl.tr_lst
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True, False, False, False]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["甲", "乙"], ["组", "1"], ["组", "2"], ["合计", "合计"],
    ]  # fmt: skip
    kept = [row.tc_lst[0].p_lst[0].pPr.find(qn("w:keepNext")) is not None for row in rows]
    assert kept == [True, True, False, False]


def letter(filler: int = 0) -> Paper:
    return paper(
        Line("青公〔2024〕第1号-答", "right"),
        Line("李某："),
        *[Text("政府信息公开" * 8 + "。")] * (filler or 1),
        Line(""),
        Line("青石镇人民政府", "right", keep=True),
        Line("2024年12月31日", "right"),
        title="青石镇人民政府\n政府信息公开申请答复书",
    )


def place(data: bytes, page: int, text: str) -> tuple[float, float]:
    """Where a text begins and ends on a page, points from the left."""
    found = pypdfium2.PdfDocument(data)[page].get_textpage()
    position = found.search(text).get_next()
    assert position is not None, text
    start, count = position
    return found.get_charbox(start)[0], found.get_charbox(start + count - 1)[2]


def test_lines_of_a_letter_stand_at_their_side() -> None:
    data = to_pdf(letter())
    left, right = 28 * 72 / 25.4, (210 - 26) * 72 / 25.4
    assert place(data, 0, "李某")[0] == pytest.approx(left, abs=3)
    for text in ("第1号-答", "2024年12月31日"):
        # Two characters of room, where the seal lies over name and day.
        assert place(data, 0, text)[1] == pytest.approx(right - 2 * 16, abs=5)


def test_name_and_day_stay_together_on_a_page() -> None:
    for filler in range(9, 13):
        pages = pages_of(to_pdf(letter(filler)))
        last = pages[-1]
        assert "2024年12月31日" in last, filler
        assert "青石镇人民政府" in last, filler
    assert len(pages) == 2


def test_docx_lines_have_no_indent_and_keep_together() -> None:
    document = docx.Document(BytesIO(to_docx(letter())))
    rows = {one.text: one for one in document.paragraphs}
    assert rows["李某："].paragraph_format.first_line_indent == 0
    signature = rows["青石镇人民政府"]
    assert signature.paragraph_format.keep_with_next
    assert signature.paragraph_format.right_indent.pt == 32
    assert not rows["2024年12月31日"].paragraph_format.keep_with_next


def test_a_picture_shows_every_page() -> None:
    one, two = (Image.open(BytesIO(to_png(to_pdf(letter(count))))) for count in (1, 20))
    assert one.width == two.width == pytest.approx(992, abs=2)
    assert two.height == pytest.approx(2 * one.height + 16, abs=2)
    assert one.convert("L").getextrema() == (0, 255)


@pytest.mark.libreoffice
def test_docx_in_libreoffice_has_the_same_lines_a_page(tmp_path: Path) -> None:
    text = "。".join("政府信息公开" * 6 for _ in range(60))
    blocks = [*(Text(text) for _ in range(2)), Heading("二、表"), grid(60)]
    (tmp_path / "paper.docx").write_bytes(to_docx(paper(*blocks, title=f"{LONG_NAME}\n2024年年度报告")))
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "paper.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pages = pages_of((tmp_path / "paper.pdf").read_bytes())
    assert len([line for line in pages[1].splitlines() if line.strip()]) in (28, 29)
    assert "— 2 —" in pages[1]
    tables = [page for page in pages if "样表" not in page and "第6列" in page]
    assert len(tables) >= 2


@pytest.mark.parametrize("word", ["91110000600037341L", "a" * 40 + "@example.cn", "x" * 200])
def test_a_word_longer_than_its_line_is_broken_not_lost(word: str) -> None:
    narrow = Grid(
        (GridCell("名称", 0, 0, header=True), GridCell(word, 0, 1, left=True)), 1, (80.0, 20.0), 0, "样表"
    )
    page = pypdfium2.PdfDocument(to_pdf(paper(narrow, Text(word), Line(word))))[0]
    text = page.get_textpage()
    right = max(text.get_charbox(at)[2] for at in range(text.count_chars()))
    assert right <= page.get_width() - 26 * 72 / 25.4
    assert "".join(text.get_text_range().split()).count(word) == 3


def test_characters_no_font_has_are_known_before_they_are_printed() -> None:
    assert unprintable("吉林省，2024年①第1号（a）\n龘") == ""
    assert unprintable("𱍐家村𱍐") == "𱍐"
