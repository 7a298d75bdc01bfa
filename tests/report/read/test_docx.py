from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.text import WD_BREAK

from gongkai.report.grid import Document, Paragraph
from gongkai.report.read import read_document
from gongkai.report.read.docx.numbering import format_number
from tests.report.read.support import code_of, paragraphs, repacked, rows, spread, tables, unpacked

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\nIDATx\x9cc\0\x01\0"
    b"\0\x05\0\x01\r\n-\xb4\0\0\0\0IEND\xaeB`\x82"
)


def saved(document: Any) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def made(build: Callable[[Any], None]) -> Document:
    document = docx.Document()
    build(document)
    return read_document(saved(document))


def body(xml: str) -> bytes:
    """A document whose body is this XML; ``w:`` and ``mc:`` are declared."""
    data = saved(docx.Document())
    whole = (
        f'<w:document {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f'xmlns:wps="x" xmlns:v="urn:schemas-microsoft-com:vml"><w:body>{xml}</w:body></w:document>'
    )
    return repacked(data, {"word/document.xml": whole.encode()})


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def test_paragraphs_headings_breaks_and_tabs() -> None:
    def build(document: Any) -> None:
        document.add_heading("一、总体情况", 1)
        run = document.add_paragraph("第一").add_run("行")
        run.add_break(WD_BREAK.LINE)
        run.add_text("第二\t行")
        document.add_paragraph("  ")

    document = made(build)
    assert paragraphs(document) == ["一、总体情况", "第一行", "第二\t行"]
    first, _, third = document.blocks
    assert isinstance(first, Paragraph)
    assert first.heading
    assert (third.place.paragraph, third.place.start, third.place.end) == (2, 4, 8)


def test_merged_cells_become_grid_positions() -> None:
    def build(document: Any) -> None:
        table = document.add_table(4, 4)
        for row in range(4):
            for col in range(4):
                table.cell(row, col).text = f"{row}{col}"
        table.cell(0, 0).merge(table.cell(1, 1)).text = "角"
        table.cell(0, 2).merge(table.cell(0, 3)).text = "头"
        table.cell(2, 0).merge(table.cell(3, 0)).text = "三"

    (table,) = tables(made(build))
    assert spread(table) == [
        ["角", "角", "头", "头"],
        ["角", "角", "12", "13"],
        ["三", "21", "22", "23"],
        ["三", "31", "32", "33"],
    ]
    assert table.aligned


def test_rows_that_begin_later_and_old_merges_across() -> None:
    xml = (
        "<w:tbl>"
        + tr(tc("甲"), tc("乙"), tc("丙"))
        + tr(tc("1"), tc("2"), properties='<w:trPr><w:gridBefore w:val="1"/></w:trPr>')
        + tr(tc("3", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("4"))
        + "</w:tbl>"
    )
    (table,) = tables(read_document(body(xml)))
    assert spread(table) == [["甲", "乙", "丙"], ["#", "1", "2"], ["3", "3", "4"]]


def test_a_merge_without_a_beginning_is_a_blank_cell() -> None:
    xml = "<w:tbl>" + tr(tc("甲"), tc("乙")) + tr(tc("x", "<w:vMerge/>"), tc("1")) + "</w:tbl>"
    assert rows(tables(read_document(body(xml)))[0]) == [["甲", "乙"], ["", "1"]]


def test_tracked_changes_are_taken_as_accepted() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    xml = (
        f"<w:p>{run.format('共')}<w:del><w:r><w:delText>3</w:delText></w:r></w:del><w:ins>{run.format('5')}</w:ins>"
        f"<w:moveFrom>{run.format('旧')}</w:moveFrom><w:moveTo>{run.format('件')}</w:moveTo></w:p>"
        "<w:tbl>"
        + tr(tc("甲"), tc("1"))
        + tr(tc("删"), tc("9"), properties="<w:trPr><w:del/></w:trPr>")
        + tr(tc("乙"), tc("2"))
        + "</w:tbl>"
    )
    document = read_document(body(xml))
    assert paragraphs(document) == ["共5件"]
    assert rows(tables(document)[0]) == [["甲", "1"], ["乙", "2"]]
    assert any("修订" in note for note in document.notes)


def test_hidden_text_field_codes_and_phonetics_are_not_text() -> None:
    xml = (
        "<w:p><w:r><w:t>见</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>面</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>'
        "<w:r><w:ruby><w:rt><w:r><w:t>zhen</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>镇</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        "</w:p>"
    )
    assert paragraphs(read_document(body(xml))) == ["见面镇"]


def test_a_text_box_is_read_once() -> None:
    content = f"<w:txbxContent>{p('框中')}</w:txbxContent>"
    xml = (
        "<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"{content}</mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>" + p("后")
    )
    assert paragraphs(read_document(body(xml))) == ["前", "框中", "后"]


def test_content_controls_are_looked_into_and_the_contents_list_is_left_out() -> None:
    toc = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    xml = (
        f"<w:sdt>{toc}<w:sdtContent>{p('一、总体情况 1')}</w:sdtContent></w:sdt>"
        f"<w:sdt><w:sdtContent>{p('正文')}<w:tbl><w:sdt><w:sdtContent>"
        + tr(f"<w:sdt><w:sdtContent>{tc('甲')}</w:sdtContent></w:sdt>", tc("1"))
        + "</w:sdtContent></w:sdt></w:tbl></w:sdtContent></w:sdt>"
    )
    document = read_document(body(xml))
    assert paragraphs(document) == ["正文"]
    assert rows(tables(document)[0]) == [["甲", "1"]]


def test_layout_tables_dissolve_and_data_tables_do_not() -> None:
    inner = "<w:tbl>" + tr(tc("甲"), tc("1")) + tr(tc("乙"), tc("2")) + "</w:tbl>"
    xml = f"<w:tbl><w:tr><w:tc>{p('三、标题')}{inner}{p('')}</w:tc></w:tr></w:tbl>"
    document = read_document(body(xml))
    assert paragraphs(document) == ["三、标题"]
    assert rows(tables(document)[0]) == [["甲", "1"], ["乙", "2"]]
    data = tr(tc("1"), tc("2")) + tr(tc("3"), tc("4"))
    xml = f"<w:tbl><w:tr><w:tc>{inner}{p('')}</w:tc>{tc('头')}</w:tr>{data}</w:tbl>"
    (table,) = tables(read_document(body(xml)))
    assert rows(table)[1:] == [["1", "2"], ["3", "4"]]


NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%4"/></w:lvl>
<w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""


def numbered(text: str, level: int, num: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def test_automatic_numbers_are_put_in_as_printed() -> None:
    xml = (
        numbered("总体情况", 0)
        + numbered("主动公开", 1)
        + numbered("依申请公开", 1)
        + numbered("甲", 2)
        + numbered("点", 4)
        + numbered("主动公开情况", 0)
        + numbered("重新", 1)
        + numbered("混合", 3)
        + numbered("问题", 0, num=2)
        + numbered("无", 0, num=0)
        + numbered("没有的", 0, num=77)
    )
    data = repacked(body(xml), {"word/numbering.xml": NUMBERING.encode()})
    assert paragraphs(read_document(data)) == [
        "一、总体情况",
        "（一）主动公开",
        "（二）依申请公开",
        "1.甲",
        "点",
        "二、主动公开情况",
        "（一）重新",
        "2.1混合",
        "五、问题",
        "无",
        "没有的",
    ]


def test_numbers_from_a_style() -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="b">'
        '<w:name w:val="自定"/><w:basedOn w:val="a"/></w:style><w'
        ':style w:styleId="t"><w:name w:val="toc 1"/></w:style>'
        "</w:styles>"
    )
    xml = (
        p("目录 1", '<w:pStyle w:val="t"/>')
        + p("甲", '<w:pStyle w:val="a"/>')
        + p("乙", '<w:pStyle w:val="b"/>')
    )
    data = repacked(body(xml), {"word/numbering.xml": NUMBERING.encode(), "word/styles.xml": styles.encode()})
    document = read_document(data)
    assert paragraphs(document) == ["一、甲", "二、乙"]
    assert [b.heading for b in document.blocks if isinstance(b, Paragraph)] == [True, False]


def test_a_numbered_style_in_a_cell_among_styles_of_tables_and_runs() -> None:
    def style(kind: str, key: str, inner: str) -> str:
        return f'<w:style w:type="{kind}" w:styleId="{key}">{inner}</w:style>'

    numbered = '<w:name w:val="列项"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    other = '<w:name w:val="网格"/><w:tblPr/>'
    kinds = [
        style("character", "c", '<w:name w:val="强调"/>'),
        style("paragraph", "a", numbered),
        style("table", "t", other),
        '<w:style w:type="numbering" w:styleId="n"/>',
        style("paragraph", "b", '<w:name w:val="正文"/>'),
        style("table", "u", other),
    ]
    cells = [
        "<w:tc><w:tcPr/>" + p(text, f'<w:pStyle w:val="{key}"/>') + "</w:tc>"
        for text, key in (("甲", "a"), ("1", "b"), ("乙", "a"), ("2", "t"))
    ]
    xml = f"<w:tbl>{tr(*cells[:2])}{tr(*cells[2:])}</w:tbl>"
    for order in (kinds, kinds[::-1]):
        styles = f"<w:styles {W}><w:docDefaults/>{''.join(order)}</w:styles>".encode()
        for part in (styles, styles.replace(b"</w:styles>", b"<!-- x --></w:styles>")):
            data = repacked(body(xml), {"word/numbering.xml": NUMBERING.encode(), "word/styles.xml": part})
            (table,) = tables(read_document(data))
            assert rows(table) == [["一、甲", "1"], ["二、乙", "2"]]


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        (10, "chineseCounting", "十"),
        (11, "japaneseCounting", "十一"),
        (20, "chineseCountingThousand", "二十"),
        (25, "chineseCounting", "二十五"),
        (105, "chineseCounting", "一百零五"),
        (110, "chineseCounting", "一百一十"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (4, "upperRoman", "IV"),
        (27, "lowerLetter", "aa"),
        (2, "ideographTraditional", "乙"),
        (7, "decimalFullWidth", "７"),
        (10, "ideographDigital", "一〇"),
        (7, "decimalZero", "07"),
        (9, "unheardOf", "9"),
        (5000, "upperRoman", "5000"),
    ],
)
def test_number_formats(value: int, kind: str, shown: str) -> None:
    assert format_number(value, kind) == shown


def test_a_picture_behind_a_heading_is_a_note_and_only_pictures_are_refused() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("二、主动公开政府信息情况")
        document.add_paragraph().add_run().add_picture(BytesIO(PNG))

    assert made(build).notes == ("“二、主动公开政府信息情况”之后是图片，图片中的内容没有读取",)
    only = docx.Document()
    only.add_paragraph().add_run().add_picture(BytesIO(PNG))
    assert code_of(saved(only)) == "pictures"
    assert code_of(saved(docx.Document())) == "empty"


def test_strict_open_xml_and_another_name_of_the_main_part() -> None:
    data = body(p("正文"))
    strict = unpacked(data, "word/document.xml").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    relations = unpacked(data, "_rels/.rels").replace("word/document.xml", "/word/document2.xml")
    moved = repacked(data, {"word/document2.xml": strict.encode(), "_rels/.rels": relations.encode()})
    assert paragraphs(read_document(moved)) == ["正文"]


def test_header_and_footer_are_not_text() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("正文")
        document.sections[0].header.paragraphs[0].text = "页眉"
        document.sections[0].footer.paragraphs[0].text = "— 1 —"

    assert paragraphs(made(build)) == ["正文"]


def test_an_embedded_workbook_is_a_note() -> None:
    xml = p("正文") + "<w:p><w:r><w:object/></w:r></w:p>"
    assert read_document(body(xml)).notes == ("文中有 1 个嵌入的对象（如电子表格），其中的内容没有读取",)


def test_python_docx_finds_the_same_cells() -> None:
    document = docx.Document()
    table = document.add_table(28, 10)
    for row in range(28):
        for col in range(10):
            table.cell(row, col).text = str(row * col)
    for row in range(3, 28, 4):
        table.cell(row, 0).merge(table.cell(min(row + 2, 27), 1))
    data = saved(document)
    again = docx.Document(BytesIO(data)).tables[0]
    (ours,) = tables(read_document(data))
    assert spread(ours) == [[again.cell(r, c).text.strip() for c in range(10)] for r in range(28)]


def test_what_a_cell_shows_without_text_is_no_blank_and_a_note_is_no_digit() -> None:
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    picture = '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
    cells = [
        f"<w:r><w:t>12</w:t></w:r>{raised}",
        f"<m:oMath {math}><m:r><m:t>34</m:t></m:r></m:oMath>",
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
    ]
    row = "".join(f"<w:tc><w:p>{cell}</w:p></w:tc>" for cell in cells)
    for more, wanted in (("", []), (f"<w:tc><w:p><w:r>{picture}</w:r></w:p></w:tc>", ["〔图片〕"])):
        document = read_document(body(p("三、标题") + f"<w:tbl><w:tr>{row}{more}</w:tr></w:tbl>"))
        assert rows(tables(document)[0]) == [["12（1）", "34", "□", *wanted]]
        assert document.notes == ()
