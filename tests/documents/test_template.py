"""Templates an office edits: what is filled in, and what is left out."""

import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from gongkai.documents import template


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

    def slow(program: str, docx: bytes) -> bytes:
        began.set()
        assert go_on.wait(20)
        return b"%PDF-"

    monkeypatch.setattr(template, "office", lambda: "soffice")
    monkeypatch.setattr(template, "_converted", slow)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(template.to_pdf, b"")
        assert began.wait(20)
        assert template.to_pdf(b"", wait=0) is None
        second = pool.submit(template.to_pdf, b"")
        go_on.set()
        assert (first.result(), second.result()) == (b"%PDF-", b"%PDF-")
    assert template.to_pdf(b"", wait=0) == b"%PDF-"


def test_what_a_killed_conversion_left_is_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(template, "office", lambda: "/bin/false")
    for name, minutes in (("gongkai-letter-old", 20), ("gongkai-letter-running", 0), ("other", 20)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "letter.docx").write_bytes(b"PK")
        os.utime(tmp_path / name, times=(time.time() - 60 * minutes,) * 2)
    assert template.to_pdf(b"PK") is None
    assert sorted(one.name for one in tmp_path.iterdir()) == ["gongkai-letter-running", "other"]


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
