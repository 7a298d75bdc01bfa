"""A template whose mandatory parts are there and cannot be read: refused, with where and what to do."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.management import CommandError, call_command
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

from gongkai.web.applications.actions import SetTemplate, SignLetter
from gongkai.web.applications.letters import check, own_templates
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.common.errors import ActionRefused, Denied
from tests.web.applications.asking import register, today
from tests.web.applications.letters.templating import drafted, kept_before_the_rule, usual
from tests.web.reporting.people import Town

pytestmark = pytest.mark.usefixtures("judged_anew")

WHITE = RGBColor(255, 255, 255)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_V = "urn:schemas-microsoft-com:vml"


def changed(change: Callable[[Any, Any], None], field: str = "救济") -> bytes:
    """The usual reply, with something done to the paragraph of a field."""
    document: Any = docx.Document(BytesIO(usual()))
    found = [one for one in document.paragraphs if "{{ " + field + " }}" in one.text]
    change(document, found[0])
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def white(_: Any, paragraph: Any) -> None:
    for run in paragraph.runs:
        run.font.color.rgb = WHITE


def white_by_style(document: Any, paragraph: Any) -> None:
    document.styles.add_style("浅", WD_STYLE_TYPE.PARAGRAPH).font.color.rgb = RGBColor(0xFC, 0xFC, 0xFC)
    document.styles.add_style("更浅", WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["浅"]
    paragraph.style = document.styles["更浅"]


def tiny(_: Any, paragraph: Any) -> None:
    for run in paragraph.runs:
        run.font.size = Pt(1)


def off_the_page(_: Any, paragraph: Any) -> None:
    text = paragraph.text
    paragraph.runs[0].text = ""
    paragraph._p.append(
        parse_xml(
            f'<w:r xmlns:w="{_W}" xmlns:v="{_V}"><w:pict><v:shape style="position:absolute;'
            'margin-left:-3000pt;width:200pt;height:40pt"><v:textbox><w:txbxContent><w:p><w:r>'
            f"<w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    )


def behind_a_shape(document: Any, paragraph: Any) -> None:
    """White words where a shape may lie behind them, and does not: the file alone cannot tell."""
    white(document, paragraph)
    document.add_paragraph()._p.append(
        parse_xml(
            f'<w:r xmlns:w="{_W}" xmlns:v="{_V}"><w:pict><v:rect fillcolor="#1f3864" '
            'style="position:absolute;margin-left:0;margin-top:60pt;width:90pt;height:20pt;z-index:-1"/>'
            "</w:pict></w:r>"
        )
    )


def in_a_dark_head(document: Any, paragraph: Any) -> None:
    cell = document.add_table(1, 1).cell(0, 0)
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd xmlns:w="{_W}" w:val="clear" w:color="auto" w:fill="1F3864"/>')
    )
    cell.paragraphs[0].add_run(paragraph.text).font.color.rgb = WHITE
    paragraph._element.getparent().remove(paragraph._element)


def decorated(document: Any, _: Any) -> None:
    document.add_paragraph().add_run("样式编号0001").font.color.rgb = WHITE
    document.add_paragraph().add_run("底纹").font.size = Pt(1)


def taken(town: Town, content: bytes) -> Any:
    return SetTemplate(
        town.as_head, agency=town.agency, kind="reply", name="样式.docx", content=content
    ).run()


@pytest.mark.parametrize(
    ("change", "why"),
    [(white, "颜色与底色太接近"), (white_by_style, "颜色与底色太接近"), (tiny, "字太小或者压得太窄")],
)
def test_what_the_file_alone_tells(town: Town, change: Any, why: str) -> None:
    """Refused when it is uploaded; one that is there already is not used, with or without LibreOffice."""
    content = changed(change)
    (fault,) = own_templates.faults(kinds()["reply"], content)
    assert fault.startswith("模板中必备的字段印出来看不见：救济（字")
    assert why in fault
    assert "改为深色、五号以上的字" in fault
    with pytest.raises(ActionRefused, match=why):
        taken(town, content)
    kept_before_the_rule(town.agency, content)
    assert own_templates.in_use(town.agency.pk, kinds()["reply"]) is None


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("change", "why"),
    [(off_the_page, r"救济（写在隐藏文字、条件或页面以外"), (behind_a_shape, r"看不见：救济（字的颜色")],
)
def test_what_only_the_printed_page_tells(town: Town, change: Any, why: str) -> None:
    content = changed(change)
    assert own_templates.faults(kinds()["reply"], content) == ()
    with pytest.raises(ActionRefused, match=why):
        taken(town, content)


@pytest.mark.libreoffice
@pytest.mark.parametrize("change", [in_a_dark_head, decorated])
def test_what_can_be_read_or_is_no_part_of_the_letter_is_taken(town: Town, change: Any) -> None:
    assert taken(town, changed(change)).kind == "reply"


@pytest.mark.libreoffice
def test_the_printed_letter_is_looked_at_before_it_is_signed_for_the_last_time(town: Town) -> None:
    kept_before_the_rule(town.agency, changed(behind_a_shape))
    case = register(town.as_clerk, town.agency, today())
    letter = drafted(town, case)
    assert check.problems(letter, today()) == []
    for actor in (town.as_clerk, town.as_head, town.as_secrecy):
        SignLetter(actor, case_id=case.pk, letter_id=letter.pk).run()
    with pytest.raises(ActionRefused, match="文书没有签发：印出来看不见救济（"):
        SignLetter(town.as_leader, case_id=case.pk, letter_id=letter.pk).run()
    letter.refresh_from_db()
    assert (letter.state, letter.document_no) == ("signing", "")
    with pytest.raises(CommandError, match="共1份模板，0份不合格，没有使用，另有1份的文书不能签发"):
        call_command("check_letter_templates", verbosity=0)


def test_nobody_else_has_pages_drawn(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_templates, "unreadable", lambda *_: pytest.fail("drawn for a stranger"))
    with pytest.raises(Denied):
        SetTemplate(town.as_clerk, agency=town.agency, kind="reply", name="样式.docx", content=usual()).run()


def test_one_that_cannot_be_drawn_here_is_not_taken_unseen(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_templates.template, "to_pdf", lambda _docx: None)
    monkeypatch.setattr(own_templates.template, "office", lambda: "/usr/bin/soffice")
    with pytest.raises(ActionRefused, match="没有转成 PDF"):
        taken(town, usual())
    monkeypatch.setattr(own_templates.template, "office", lambda: None)
    assert taken(town, usual()).kind == "reply"
