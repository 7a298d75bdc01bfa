"""Personal data in files that go out: found wherever it stands, and nothing else taken for it."""

import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx import Document
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from gongkai.report import personal
from gongkai.report.personal import Searched, search_bytes
from gongkai.report.read import office
from tests.report.read import exhaustive_cases as cases
from tests.report.read import ofd_writer
from tests.report.read.exhaustive_cases import deleted, docx, inserted, run, xlsx
from tests.report.read.pdf_bare import bare_pdf, show
from tests.report.read.support import packed, repacked

ID, MOBILE, CARD = "330102199003071230", "13800138000", "6222021234567890128"


def found(data: bytes) -> dict[str, str]:
    """By number the first place, of a file that was read as a whole."""
    searched = search_bytes(data)
    assert searched.unread == ()
    return {one.number: one.places[0] for one in searched.found}


def with_notes() -> bytes:
    """A hidden stamp, a note, a form field, a layer that is off, a bookmark and an attached file."""
    numbers = iter(f"1380000000{at}" for at in range(10))
    pdf = pikepdf.open(BytesIO(bare_pdf(show("a", 50, 50))))
    page = pdf.pages[0]
    stamp = pikepdf.Stream(pdf, show(next(numbers), 0, 0))
    stamp.Type, stamp.Subtype, stamp.Resources = Name.XObject, Name.Form, page.Resources
    stamp.BBox = [0, 0, 300, 50]
    look = Dictionary(N=pdf.make_indirect(stamp))
    shared: Any = {"Type": Name.Annot, "Rect": [10, 10, 310, 60]}
    annotations = [
        Dictionary(Subtype=Name.Stamp, AP=look, F=2, **shared),
        Dictionary(Subtype=Name.Text, Contents=String(next(numbers)), **shared),
        Dictionary(Subtype=Name.Widget, FT=Name.Tx, T=String("a"), V=String(next(numbers)), **shared),
    ]
    placed = [pdf.make_indirect(one) for one in annotations]
    page.Annots = pdf.make_indirect(Array(placed))
    pdf.Root.AcroForm = Dictionary(Fields=Array(placed[-1:]))
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("l")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    page.Resources.Properties = Dictionary(L=layer)
    drawn = page.Contents.read_bytes() + b"\n/OC /L BDC " + show(next(numbers), 100, 300) + b" EMC"
    page.Contents = pikepdf.Stream(pdf, drawn)
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(next(numbers), 0))
    pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(pdf, next(numbers).encode(), filename="a.txt")
    buffer = BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def encrypted(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as opened:
        buffer = BytesIO()
        opened.save(buffer, encryption=pikepdf.Encryption(user="geheim", owner="geheim"))
    return buffer.getvalue()


def png(side: int) -> bytes:
    buffer = BytesIO()
    Image.new("L", (side, side)).save(buffer, "PNG")
    return buffer.getvalue()


def table(*rows: list[str]) -> bytes:
    document = Document()
    made = document.add_table(len(rows), len(rows[0]))
    for line, row in zip(made.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = text
    return cases.saved(document)


@pytest.mark.parametrize("make", [cases.covered_pdf, cases.white_pdf, cases.overwritten_pdf])
@pytest.mark.parametrize("number", [ID, MOBILE])
def test_covering_or_whitening_a_number_in_a_pdf_does_not_take_it_out(
    make: Callable[[str], bytes], number: str
) -> None:
    assert found(make(number)) == {number: "第1页"}


def test_invisible_or_beside_the_page_or_on_its_side() -> None:
    assert found(bare_pdf(show("a", 9, 9), show(ID, 100, 700, mode=3))) == {ID: "第2页"}
    assert found(bare_pdf(show("a", 9, 9) + show(ID, -400, 700))) == {ID: "第1页"}
    turned = b"BT 0 1 -1 0 300 300 Tm /F1 12 Tf (%s) Tj ET\n" % MOBILE.encode()
    assert found(bare_pdf(turned)) == {MOBILE: "第1页"}


def test_drawn_figure_by_figure_in_boxes() -> None:
    boxes = b"".join(show(digit, 150 + 25 * at, 700) for at, digit in enumerate(ID))
    assert found(bare_pdf(show("身份证号", 50, 700) + boxes)) == {ID: "第1页"}


def test_in_notes_fields_layers_bookmarks_and_attachments_of_a_pdf() -> None:
    notes = "第1页的批注或表单"
    assert found(with_notes()) == {
        "13800000000": notes,
        "13800000001": notes,
        "13800000002": notes,
        "13800000003": "第1页",
        "13800000004": "书签、标题",
        "13800000005": "内嵌的文件“a.txt”第1行",
    }


def test_what_a_pdf_held_before_it_was_changed() -> None:
    before, after = bare_pdf(show(ID, 100, 700)), bare_pdf(show("covered", 100, 700))
    assert found(before + b"\n" + after) == {ID: "第1页（文件中留存的改动前内容）"}


def test_a_picture_or_garbled_page_or_file_nobody_can_read_is_told() -> None:
    pixels = b"/W 100 /H 100 /BPC 8 /CS /G ID " + bytes(10000)
    image = b"q 500 0 0 700 50 50 cm BI " + pixels + b" EI Q\n"
    assert search_bytes(bare_pdf(image)).unread == (("第1页", "是图片，没有文字"),)
    both = search_bytes(bare_pdf(image + show(ID, 100, 700)))
    assert both.unread == (("第1页", "有图片1幅"),)
    assert [one.number for one in both.found] == [ID]
    assert search_bytes(bare_pdf(show("\ue001" * 12, 100, 700))).unread == (("第1页", "文字层是乱码"),)
    assert search_bytes(bare_pdf(b"0 0 m 100 100 l S\n")).unread == (("第1页", "只有图形，没有文字"),)
    assert search_bytes(b"\xff\xd8\xff\xe0 picture").unread == (("文件", "是图片"),)
    assert search_bytes(encrypted(bare_pdf(show(ID, 9, 9)))).unread == (("文件", "PDF 已加密，打开需要密码"),)
    pictures = {f"word/media/{side}.png": png(side) for side in (20, 200)}
    assert search_bytes(repacked(docx(run("a")), pictures)).unread == (("文件", "有图片1幅"),)
    assert search_bytes(packed({"a.txt": ID})).unread == (("文件", "是压缩包或不认识的文件"),)
    assert search_bytes(b"%PDF-1.4 cut").unread == (("文件", "PDF 文件已损坏，不能打开"),)


def test_deleted_with_changes_tracked_hidden_or_in_white() -> None:
    assert found(docx(run("名单") + deleted(ID))) == {ID: "正文第1段（修订中已删除的文字）"}
    assert found(docx(run(MOBILE, "<w:vanish/>"))) == {MOBILE: "正文第1段（隐藏文字）"}
    assert found(docx(run(ID, '<w:color w:val="FFFFFF"/>'))) == {ID: "正文第1段"}
    halves = run("证件" + ID[:10]) + deleted(ID[10:]) + inserted("****")
    assert found(docx(halves)) == {ID: "正文第1段（修订中已删除的文字）"}


def test_a_word_in_one_place_says_nothing_of_a_number_in_the_next() -> None:
    assert found(f"a\n{MOBILE}".encode()) == {MOBILE: "第2行"}
    assert found(f"合同编号\n{MOBILE}".encode()) == {MOBILE: "第2行"}
    assert found(xlsx([["办公电话", 1]], note=MOBILE)) == {MOBILE: "批注"}


def test_in_runs_headers_tables_and_notes_of_a_document() -> None:
    assert found(docx(run(ID[:7]) + run(ID[7:], "<w:b/>"))) == {ID: "正文第1段"}
    assert found(docx(run("a"), header=f"经办 {MOBILE}")) == {MOBILE: "页眉"}
    data = table(["姓名", "身份证号", "手机"], ["甲", ID, MOBILE])
    assert found(data) == {ID: "正文表格1第2行", MOBILE: "正文表格1第2行"}
    inner = f'<w:comment w:id="1"><w:p>{run(ID)}</w:p></w:comment>'
    comment = f"<w:comments {cases.W}>{inner}</w:comments>"
    assert found(repacked(docx(run("a")), {"word/comments.xml": comment.encode()})) == {ID: "批注"}


def test_every_sheet_and_comment_of_a_workbook() -> None:
    assert found(xlsx([["姓名", "手机"], ["甲", int(MOBILE)]])) == {MOBILE: "工作表“Sheet”第2行"}
    assert found(xlsx([["a"]], hidden=[["x"], [ID]])) == {ID: "隐藏的工作表“底稿”第2行"}
    assert found(xlsx([["a"]], note=f"电话{MOBILE}")) == {MOBILE: "批注"}


def test_ofd_and_text_and_a_file_within_a_file() -> None:
    first, second = ofd_writer.Page(), ofd_writer.Page()
    first.text(20, 20, "名单")
    second.text(20, 20, ID)
    assert found(ofd_writer.written([first, second])) == {ID: "第2页"}
    assert found(f"一\n身份证{ID}\n".encode("gb18030")) == {ID: "第2行"}
    assert found(f"<p>33010219<b>900307</b>1230</p><p>{'字' * 20}</p>".encode()) == {ID: "标记之间"}
    inner = repacked(docx(run("a")), {"word/embeddings/book.xlsx": xlsx([[ID]])})
    assert found(inner) == {ID: "内嵌的文件“book.xlsx”工作表“Sheet”第1行"}


@pytest.mark.parametrize(
    "spelled",
    [
        "330102 19900307 1230",
        "330102-19900307-1230",
        "３３０１０２１９９００３０７１２３０",
        "330102\u00a019900307\u00a01230",
        "33010219\u200b9003071230",
        "2024 330102199003071230",
        "1 330102199003071230 13800138000",
        "身份证编号330102199003071230",
        "SFZ330102199003071230a",
        "330102  19900307  1230",
    ],
)
def test_however_it_is_spelled(spelled: str) -> None:
    assert ID in found(spelled.encode())


def test_running_over_the_end_of_a_line() -> None:
    assert found(f"{'字' * 10}{ID[:9]}\n{ID[9:]}{'字' * 5}\n短".encode()) == {ID: "换行处"}


@pytest.mark.parametrize(
    "text",
    [
        "合同编号：330102199003071230",
        "项目金额（元） 13800138000",
        "共13800138000.00",
        "金额13800138000元",
        "办公电话：13800138000",
        "统一社会信用代码 11330102002500123X",
        "电话：0571-87654321",
        "2023 2024 138 1234",
        "订单A13800138000",
        "330102199003071239",
        "发票号码 20240115001200",
        "20240101120000123456789012",
        "1,380,013,800.00  62.5%",
    ],
)
def test_no_false_alarm_in_text(text: str) -> None:
    assert found(text.encode()) == {}


def test_no_false_alarm_in_tables_of_figures() -> None:
    assert found(table(["合同编号", "办公电话"], [CARD, MOBILE])) == {}
    assert found(xlsx([["年", "月", "数"], [138, 1234, 5678], [1, 3, 8]])) == {}
    assert found(xlsx([["金额（元）"], [13800138000], [13912345678]])) == {}
    counts: list[object] = [1, 3, 8, 0, 0, 1, 3, 8, 0, 0, 0]
    assert found(xlsx([["数"] * 11, counts])) == {}
    columns = show("138", 100, 700) + show("1234", 160, 700) + show("5678", 240, 700)
    assert found(bare_pdf(columns)) == {}
    left = show("办公电话", 50, 700) + show(MOBILE, 200, 700)
    assert found(bare_pdf(left)) == {}


def test_of_a_long_list_the_first_are_kept_and_all_are_counted() -> None:
    searched = search_bytes(xlsx([[f"139001{at:05d}"] for at in range(personal.KEPT + 30)] + [[ID]]))
    assert len(searched.found) == personal.KEPT + 1
    assert dict(searched.counts) == {"手机号码": personal.KEPT + 30, "身份证号": 1}
    assert personal.from_json(personal.to_json(searched)) == searched


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_old_document_is_converted_with_what_is_deleted_in_it() -> None:
    old = office._convert(docx(run("a") + deleted(ID), run(MOBILE, "<w:vanish/>")), "docx", "doc")
    assert found(old) == {ID: "正文第2段（修订中已删除的文字）", MOBILE: "正文第1段（隐藏文字）"}


def test_a_search_that_wants_libreoffice_is_made_again_once_it_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    searched = search_bytes(rb"{\rtf1\ansi a}")
    assert searched.passing
    assert "LibreOffice" in searched.unread[0][1]
    assert not search_bytes(b"\xff\xd8\xff\xe0 picture").passing


def test_a_worker_searches_and_says_what_it_could_not(tmp_path: Path) -> None:
    one = tmp_path / "a.pdf"
    one.write_bytes(cases.covered_pdf(ID))
    searched = personal.search(str(one))
    assert [(hit.kind, hit.masked, hit.places) for hit in searched.found] == [
        ("身份证号", "330*************30", ("第1页",))
    ]
    one.write_bytes(b"")
    assert personal.search(str(one)) == Searched((), (("文件", "文件是空的"),))
