"""What of a DOCX is printed and can be read: by its styles alone, and on the page as it is drawn."""

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

from gongkai.documents import Paper, Text, legible, template, visible
from gongkai.documents.docx import to_docx
from gongkai.documents.pdf import to_pdf

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:v="urn:schemas-microsoft-com:vml"'
)
WHITE = RGBColor(255, 255, 255)
BOX = (
    '<w:r {ns}><w:pict><v:shape style="position:absolute;margin-left:{left}pt;margin-top:0;width:200pt;'
    'height:40pt" stroked="f"><v:textbox><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def xml(element: str) -> Any:
    name, _, rest = element.partition(" ")
    return parse_xml(f"<{name} {_NS} {rest}/>")


def saved(document: Any) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


class Sheet:
    """A document with words of every look; each names what it is."""

    def __init__(self) -> None:
        self.document: Any = docx.Document()

    def run(self, text: str, **font: Any) -> Any:
        found = self.document.add_paragraph().add_run(text)
        for name, value in font.items():
            setattr(found.font, name, value)
        return found

    def coloured(self, text: str, colour: RGBColor, *elements: str) -> Any:
        found = self.run(text)
        found.font.color.rgb = colour
        for element in elements:
            found._r.get_or_add_rPr().append(xml(element))
        return found

    def style(self, name: str, kind: WD_STYLE_TYPE, base: str = "") -> Any:
        made = self.document.styles.add_style(name, kind)
        if base:
            made.base_style = self.document.styles[base]
        return made

    def boxed(self, text: str, left: int) -> None:
        self.document.add_paragraph()._p.append(parse_xml(BOX.format(ns=_NS, left=left, text=text)))

    def cell(self, table: Any, row: int, text: str, fill: str = "") -> None:
        cell = table.cell(row, 0)
        cell.paragraphs[0].add_run(text).font.color.rgb = WHITE
        if fill:
            cell._tc.get_or_add_tcPr().append(xml(f'w:shd w:val="clear" w:color="auto" w:fill="{fill}"'))


@pytest.fixture(scope="module")
def every_look() -> bytes:
    sheet = Sheet()
    for text, size in (("普通", 16), ("小字", 4.5), ("表注", 6.5), ("针尖", 1)):
        sheet.run(text, size=Pt(size))
    sheet.run("不显示", hidden=True)
    sheet.coloured("白色", WHITE)
    sheet.coloured("近白", RGBColor(0xFA, 0xFA, 0xFA))
    sheet.coloured("黄色", RGBColor(0xFF, 0xFF, 0))
    sheet.coloured("浅灰", RGBColor(0xB0, 0xB0, 0xB0))
    sheet.coloured("红头", RGBColor(0xFF, 0, 0))
    sheet.coloured("反白", WHITE, 'w:shd w:val="clear" w:color="auto" w:fill="1F3864"')
    sheet.coloured("白底反白", WHITE, 'w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"')
    sheet.coloured("黑上黑", RGBColor(0, 0, 0), 'w:shd w:val="clear" w:color="auto" w:fill="000000"')
    sheet.coloured("荧光", RGBColor(0, 0, 0), 'w:highlight w:val="yellow"')
    sheet.run("主题白")._r.get_or_add_rPr().append(xml('w:color w:val="FFFFFF" w:themeColor="background1"'))
    sheet.run("压扁")._r.get_or_add_rPr().append(xml('w:w w:val="3"'))
    sheet.run("半宽", size=Pt(16))._r.get_or_add_rPr().append(xml('w:w w:val="50"'))
    sheet.style("藏", WD_STYLE_TYPE.PARAGRAPH).font.hidden = True
    sheet.style("再藏", WD_STYLE_TYPE.PARAGRAPH, "藏")
    sheet.document.add_paragraph("样式藏", style="再藏")
    shown = sheet.document.add_paragraph("", style="再藏").add_run("又显示")
    shown.font.hidden = False
    sheet.style("淡", WD_STYLE_TYPE.CHARACTER).font.color.rgb = WHITE
    sheet.document.add_paragraph().add_run("样式白", style="淡")
    sheet.style("细", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(2)
    sheet.document.add_paragraph("样式小", style="细")
    table = sheet.document.add_table(2, 1, style="Table Grid")
    sheet.cell(table, 0, "深色表头", "2E74B5")
    sheet.cell(table, 1, "白格白字")
    return saved(sheet.document)


HIDDEN = {"不显示", "样式藏"}
SMALL = {"小字", "针尖", "压扁", "样式小"}
FAINT = {"白色", "近白", "黄色", "白底反白", "黑上黑", "主题白", "样式白", "白格白字"}
SEEN = {"普通", "表注", "浅灰", "红头", "反白", "荧光", "半宽", "又显示", "深色表头"}


def test_what_is_seen_and_why_the_rest_is_not(every_look: bytes) -> None:
    found = {one.text: one.why for line in visible.words(every_look) for one in line}
    assert {text for text, why in found.items() if why == visible.HIDDEN} == HIDDEN
    assert {text for text, why in found.items() if why == legible.SMALL} == SMALL
    assert {text for text, why in found.items() if why == legible.FAINT} == FAINT
    assert {text for text, why in found.items() if not why} == SEEN
    assert set(visible.text(every_look).split()) == SEEN


def test_what_only_the_page_can_tell_counts_as_seen() -> None:
    sheet = Sheet()
    table = sheet.document.add_table(1, 1, style="Medium Shading 1 Accent 1")
    sheet.cell(table, 0, "表样式")
    sheet.coloured("荧光白", WHITE, 'w:highlight w:val="darkBlue"')
    sheet.coloured("花纹", WHITE, 'w:shd w:val="pct50" w:color="000000" w:fill="FFFFFF"')
    assert set(visible.text(saved(sheet.document)).split()) == {"表样式", "荧光白", "花纹"}
    banner = Sheet()
    banner.coloured("横幅", WHITE)
    shape = (
        '<w:r {ns}><w:pict><v:rect style="position:absolute; z-index: -1" fillcolor="red"/></w:pict></w:r>'
    )
    banner.document.add_paragraph()._p.append(parse_xml(shape.format(ns=_NS)))
    assert visible.text(saved(banner.document)).split() == ["横幅"]


def test_letters_without_filling_are_hidden() -> None:
    sheet = Sheet()
    effect = f"<w14:textFill {_NS}><w14:noFill/></w14:textFill>"
    sheet.run("无填充")._r.get_or_add_rPr().append(parse_xml(effect))
    assert [one.why for line in visible.words(saved(sheet.document)) for one in line] == [visible.HIDDEN]


@pytest.mark.libreoffice
def test_the_page_says_the_same(every_look: bytes) -> None:
    page = legible.read(template.to_pdf(every_look) or b"")
    assert all(text in page.text for text in SEEN)
    hidden = {
        why: "".join(one.words for one in page.hidden if one.why == why)
        for why in (legible.FAINT, legible.SMALL)
    }
    assert all(text in hidden[legible.FAINT] for text in FAINT - {"黑上黑"})
    assert all(text in hidden[legible.SMALL] for text in SMALL)
    assert not any(text in page.text for text in HIDDEN | SMALL | (FAINT - {"黑上黑"}))
    assert {one.page for one in page.hidden} == {1}


@pytest.mark.libreoffice
def test_what_lies_off_the_page_is_not_read() -> None:
    sheet = Sheet()
    sheet.run("正文")
    sheet.boxed("框里", 100)
    sheet.boxed("框外", -3000)
    sheet.document.add_paragraph("缩到页外").paragraph_format.left_indent = Pt(-2000)
    page = legible.read(template.to_pdf(saved(sheet.document)) or b"")
    assert "正文" in page.text
    assert "框里" in page.text
    assert "框外" not in page.text
    assert "缩到页外" not in page.text


def test_every_word_of_a_usual_paper_can_be_read() -> None:
    first, second = "一、“丨”也是字。", "12,345.67元——2024年〔2024〕第1号"
    paper = Paper("政府信息公开申请答复书", (Text(first), Text(second)))
    page = legible.read(to_pdf(paper))
    assert page.hidden == ()
    assert first in page.text
    assert second in page.text
    assert second in visible.text(to_docx(paper))


def test_only_what_is_printed_is_visible_text() -> None:
    document: Any = docx.Document()
    document.add_paragraph("正文")
    document.add_table(1, 1).cell(0, 0).text = "表中"
    hidden = document.add_paragraph("").add_run("隐藏")
    hidden.font.hidden = True
    section = document.sections[0]
    section.header.paragraphs[0].text = "页眉"
    section.even_page_header.paragraphs[0].text = "双数页"
    section.first_page_header.paragraphs[0].text = "首页"
    buffer = BytesIO()
    document.save(buffer)
    text = visible.text(buffer.getvalue())
    assert all(word in text for word in ("正文", "表中", "页眉"))
    assert not any(word in text for word in ("隐藏", "双数页", "首页"))
    section.different_first_page_header_footer = True
    hidden.font.hidden = False
    again = BytesIO()
    document.save(again)
    assert all(word in visible.text(again.getvalue()) for word in ("首页", "隐藏"))
