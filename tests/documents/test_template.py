"""Templates an office edits: what is filled in, and what is left out."""

from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from threading import Event, Thread
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from gongkai.documents import template
from gongkai.kernel import office as kernel_office


def made(*paragraphs: str) -> bytes:
    document: Any = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def filled(content: bytes, **values: str) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(BytesIO(template.fill(content, values))).paragraphs]


def test_a_label_does_not_stand_without_its_field() -> None:
    content = made("正文。", "办公地址：{{ 办公地址 }}", "联系电话: {{联系电话}}", "{{ 理由 }}")
    assert filled(content, 办公地址="", 联系电话=" ", 理由="") == ["正文。"]
    assert filled(content, 办公地址="解放路1号", 联系电话="", 理由="见附件") == [
        "正文。", "办公地址：解放路1号", "见附件",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["因{{ 理由 }}", "理由：{{ 理由 }}。", "本机关决定如下。理由：{{ 理由 }}", "{{ 理由 }}{{ 文号 }}"]
)
def test_a_sentence_stays(text: str) -> None:
    """It would say something else without its paragraph; that it has a gap is for the check of the letter."""
    assert len(filled(made("正文。", text), 理由="", 文号="")) == 2


def test_each_line_of_a_field_is_a_paragraph_like_its_own() -> None:
    document: Any = docx.Document()
    document.add_paragraph("根据条例，{{ 决定 }}特此告知。").paragraph_format.first_line_indent = Pt(32)
    document.add_table(1, 1).cell(0, 0).text = "{{ 决定 }}"
    buffer = BytesIO()
    document.save(buffer)
    made = docx.Document(
        BytesIO(template.fill(buffer.getvalue(), {"决定": "一、甲\r\n\n二、乙\f丙\n三、丁。"}))
    )
    told = [(one.text, one.paragraph_format.first_line_indent) for one in made.paragraphs]
    lines = ["根据条例，一、甲", "二、乙", "丙", "三、丁。特此告知。"]
    assert told == [(line, Pt(32)) for line in lines]
    cell = made.tables[0].cell(0, 0)
    assert [one.text for one in cell.paragraphs] == ["一、甲", "二、乙", "丙", "三、丁。"]


def test_runs_are_read_together() -> None:
    document: Any = docx.Document()
    paragraph = document.add_paragraph("联系电话：{{ ")
    paragraph.add_run("联系电话").bold = True
    paragraph.add_run(" }}")
    buffer = BytesIO()
    document.save(buffer)
    assert filled(buffer.getvalue(), 联系电话="") == []


@pytest.mark.parametrize("text", ["{{ 理由.x.y }}", "{{ 理由[1].a.b }}"])
def test_what_cannot_be_worked_out_is_told(text: str) -> None:
    with pytest.raises(template.TemplateError, match="模板不能填写"):
        template.fill(made(text), {"理由": "见附件"})


def test_one_file_is_converted_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    began, go_on = Event(), Event()

    def slow(*_: object, **__: object) -> bytes:
        began.set()
        assert go_on.wait(20)
        return b"%PDF-"

    monkeypatch.setattr(template, "office", lambda: "soffice")
    monkeypatch.setattr(kernel_office, "convert", slow)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(template.to_pdf, b"")
        assert began.wait(20)
        assert template.to_pdf(b"", wait=0) is None
        second = pool.submit(template.to_pdf, b"")
        go_on.set()
        assert (first.result(), second.result()) == (b"%PDF-", b"%PDF-")
    assert template.to_pdf(b"", wait=0) == b"%PDF-"


def packed(content: bytes, **parts: bytes | str) -> bytes:
    """The DOCX with some of its parts put in place of others."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for one in old.infolist():
            new.writestr(one.filename, parts.pop(one.filename, None) or old.read(one))
        for name, part in parts.items():
            new.writestr(name, part)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "{{ 1/0 }}",
        "{{ 名称 + 1 }}",
        "{{ 'x' * 3000000000 }}",
        "{% include 'x' %}",
        "{{ range(9**9) | list }}",
        "{{ 名称 ~ 名称 }}",
        "{% for one in 名称 %}{{ one }}{% endfor %}",
        "{% set a = 名称 %}",
    ],
)
def test_a_template_does_not_compute(text: str) -> None:
    with pytest.raises(template.TemplateError, match="只能写字段和条件"):
        template.fields(made("{{ 名称 }}", text))


def test_a_condition_on_fields_is_no_computing() -> None:
    content = made("{% if 电话 and not 传真 %}电话在此{% endif %}")
    assert template.fields(content) == {"电话", "传真"}
    assert filled(content, 电话="1", 传真="") == ["电话在此"]


def test_what_is_broken_or_swells_is_refused() -> None:
    with pytest.raises(template.TemplateError, match="已损坏"):
        template.fields(packed(made("a"), **{"word/document.xml": "<w:document"}))
    with pytest.raises(template.TemplateError, match="超过50MB"):
        template.fields(packed(made("a"), **{"word/media/image1.png": bytes(51 * 2**20)}))


def relation(kind: str) -> str:
    space = "http://schemas.openxmlformats.org"
    return (
        f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{space}/officeDocument/2006/relationships/{kind}" Target="http://127.0.0.1:9/x" '
        'TargetMode="External"/></Relationships>'
    )


@pytest.mark.parametrize(
    ("kind", "taken"),
    [("image", False), ("attachedTemplate", False), ("oleObject", False), ("hyperlink", True)],
)
def test_nothing_is_fetched_from_outside(kind: str, taken: bool) -> None:
    content = packed(made("{{ 名称 }}"), **{"word/_rels/settings.xml.rels": relation(kind)})
    if taken:
        assert template.fields(content) == {"名称"}
        return
    with pytest.raises(template.TemplateError, match="外部"):
        template.fields(content)


@pytest.mark.parametrize("kind", ["aFChunk", "subDocument", "control"])
def test_no_other_file_stands_in_a_template(kind: str) -> None:
    """What it says is in no list of fields, and no check of the letter reads it."""
    inside = relation(kind).replace(' TargetMode="External"', "").replace("http://127.0.0.1:9/x", "a.bin")
    with pytest.raises(template.TemplateError, match="其他文件"):
        template.fields(packed(made("{{ 名称 }}"), **{"word/_rels/settings.xml.rels": inside}))


FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def with_footnote(text: str) -> bytes:
    document: Any = docx.Document()
    document.add_paragraph("正文。")
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    notes = (
        f'<w:footnotes xmlns:w="{space}"><w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, notes.encode(), document.part.package)
    document.part.relate_to(
        part, f"{space.replace('wordprocessingml', 'officeDocument')}/relationships/footnotes"
    )
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_field_in_a_footnote_is_a_field() -> None:
    content = with_footnote("见{{ 文号 }}")
    assert template.fields(content) == {"文号"}
    filled_in = template.fill(content, {"文号": "昆公〔2026〕1号"})
    with ZipFile(BytesIO(filled_in)) as package:
        assert "见昆公〔2026〕1号" in package.read("word/footnotes.xml").decode()


def test_a_footnote_does_not_compute() -> None:
    with pytest.raises(template.TemplateError, match="只能写字段和条件"):
        template.fields(with_footnote("{% for a in range(9) %}{% endfor %}"))


def test_a_letter_does_not_say_who_wrote_its_template() -> None:
    document: Any = docx.Document()
    document.add_paragraph("{{ 名称 }}")
    for name in ("author", "last_modified_by", "comments", "keywords", "subject", "category"):
        setattr(document.core_properties, name, "王小明")
    document.core_properties.title = "答复书"
    buffer = BytesIO()
    document.save(buffer)
    content = packed(
        buffer.getvalue(), **{"docProps/app.xml": "<Properties><Company>王小明</Company></Properties>"}
    )
    made_of_it = template.fill(content, {"名称": "甲"})
    with ZipFile(BytesIO(made_of_it)) as package:
        assert not [
            one for one in package.namelist() if "王小明" in package.read(one).decode("utf-8", "ignore")
        ]
    assert docx.Document(BytesIO(made_of_it)).core_properties.title == "答复书"


@pytest.mark.parametrize("text", ["{{ 名称 }}", "{% for a in range(9) %}长{% endfor %}", "{{ 9 * 9 }}"])
def test_nothing_is_worked_out_in_what_the_file_says_of_itself(text: str) -> None:
    """Its title, author and comments stand on no page: no check would see what is filled in there."""
    document: Any = docx.Document()
    document.add_paragraph("{{ 名称 }}")
    document.core_properties.title = document.core_properties.comments = text
    buffer = BytesIO()
    document.save(buffer)
    properties = docx.Document(BytesIO(template.fill(buffer.getvalue(), {"名称": "秘密"}))).core_properties
    assert (properties.title, properties.comments) == ("", "")


def linked(address: str) -> bytes:
    """A picture that lies elsewhere, by a link as they are for clicking on."""
    document: Any = docx.Document()
    document.add_paragraph("{{ 名称 }}")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = document.part.relate_to(address, kind, is_external=True)
    size = '<wp:extent cx="900000" cy="900000"/>'
    shape = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/>'
    picture = (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:link="{link}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f"<pic:spPr>{shape}</pic:spPr></pic:pic>"
    )
    drawing = (
        f"<w:r {nsdecls('w', 'r', 'a', 'pic', 'wp')}><w:drawing><wp:inline>{size}"
        '<wp:docPr id="1" name="x"/><a:graphic><a:graphicData '
        f'uri="http://schemas.openxmlformats.org/drawingml/2006/picture">{picture}</a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
    document.add_paragraph()._p.append(parse_xml(drawing))
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.skipif(template.office() is None, reason="no LibreOffice")
def test_making_a_pdf_fetches_nothing_from_elsewhere() -> None:
    """It would say who makes a letter when, and reach what only the server reaches."""
    asked: list[str] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_OPTIONS = do_HEAD = do_GET  # noqa: N815 - the names are the server's

        def log_message(self, *_: object) -> None:
            """Nothing on the screen."""

    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        letter = linked(f"http://127.0.0.1:{server.server_port}/x.png")
        made_of_it = template.to_pdf(template.fill(letter, {"名称": "甲"}))
        server.shutdown()
    assert made_of_it is not None
    assert made_of_it.startswith(b"%PDF-")
    assert asked == []
