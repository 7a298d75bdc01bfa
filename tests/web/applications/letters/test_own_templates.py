"""Templates of an agency's own: judged anew whenever they are used, and the letter made from them too."""

from io import BytesIO, StringIO
from typing import Any

import docx
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from gongkai.documents import template, visible
from gongkai.web.agencies import desk
from gongkai.web.agencies.models import Person, Role
from gongkai.web.applications.actions import SetTemplate, SignLetter
from gongkai.web.applications.letters import check, making, own_templates
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import Case, Letter
from gongkai.web.applications.papers import making as papers
from gongkai.web.applications.papers.kinds import FORM
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import today
from tests.web.applications.letters.templating import (
    drafted,
    kept_before_the_rule,
    text_of,
    usual,
    with_line,
    without,
)
from tests.web.reporting.people import Town, person
from tests.web.sessions import signed_in

pytestmark = pytest.mark.usefixtures("judged_anew")


def signed(town: Town, letter: Letter) -> Letter:
    for actor in (town.as_clerk, town.as_head, town.as_secrecy, town.as_leader):
        letter = SignLetter(actor, case_id=letter.case_id, letter_id=letter.pk).run()
    return letter


def test_one_without_the_remedy_is_not_used_and_the_letter_has_it(town: Town, case: Case) -> None:
    kept_before_the_rule(town.agency, with_line(without("reply", "救济"), "本机关旧样式"))
    letter = drafted(town, case)
    assert check.problems(letter, today()) == []
    made = making.make(letter, today())
    assert "本机关旧样式" not in text_of(made.docx)
    assert "行政复议" in text_of(made.docx)
    assert made.pdf is not None, "the usual wording needs no LibreOffice"
    assert signed(town, letter).state == "signed"


def test_one_that_fits_is_used(town: Town, case: Case) -> None:
    kept_before_the_rule(town.agency, with_line(usual(), "本机关样式"))
    letter = drafted(town, case)
    assert check.problems(letter, today()) == []
    assert "本机关样式" in text_of(making.make(letter, today()).docx)
    assert own_templates.unfit(town.agency.pk, kinds()["reply"]) is None


def test_what_was_signed_over_a_template_that_fell_out_of_use_is_signed_anew(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_before_the_rule(town.agency, without("reply", "查明事实"))
    with monkeypatch.context() as before:
        before.setattr(own_templates, "needed", lambda _kind: frozenset({"救济"}))
        letter = drafted(town, case)
        SignLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk).run()
    own_templates._verdict.cache_clear()
    with pytest.raises(ActionRefused, match="签批之后变了"):
        SignLetter(town.as_head, case_id=case.pk, letter_id=letter.pk).run()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lambda: without("reply", "救济"), "缺少必备的字段：救济"),
        (lambda: with_line(without("reply", "救济"), "{{ 救济 }}", hidden=True), "救济（写在隐藏文字"),
        (lambda: with_line(without("reply", "救济"), "{% if False %}{{ 救济 }}{% endif %}"), "印不出来"),
        (lambda: with_line(usual(), "{{ 旧字段 }}"), "未知的字段：旧字段"),
        (lambda: with_line(usual(), "{{ 救济 // 2 }}"), "只能写字段和条件"),
        (lambda: with_line(usual(), "附件：｛｛ 附件 ｝｝"), "“｛｛ 附件 ｝｝”没有被认作字段"),
        (lambda: with_line(usual(), "附件：{附件}"), "“{附件}”没有被认作字段"),
        (lambda: with_line(usual(), "附件：{{ 附件 }"), "字段写法有误"),
        (lambda: b"PK no docx", "这不是 DOCX 文件"),
    ],
)
def test_why_one_is_not_used(content: Any, said: str, town: Town) -> None:
    (fault,) = own_templates.faults(kinds()["reply"], content())
    assert said in fault
    with pytest.raises(ActionRefused, match=said):
        SetTemplate(town.as_head, agency=town.agency, kind="reply", name="新.docx", content=content()).run()


@pytest.mark.parametrize(
    "line",
    [
        "{% if 所需信息 != '昆阳镇财政决算' %}{{ 救济 }}{% endif %}",
        "{{ 救济[:5] }}",
        "{% if '【' in 救济 %}{{ 救济 }}{% endif %}",
    ],
)
def test_the_letter_itself_is_looked_at(town: Town, line: str, case: Case) -> None:
    """A template that prints each part in the trial and not in this letter: the letter is not signed."""
    Case.objects.filter(pk=case.pk).update(subject="昆阳镇财政决算")
    content = with_line(without("reply", "救济"), line)
    assert own_templates.faults(kinds()["reply"], content) == ()
    kept_before_the_rule(town.agency, content)
    letter = drafted(town, case)
    letter = Letter.objects.get(pk=letter.pk)
    (said,) = check.problems(letter, today())
    assert "文书中印不出必备的内容：救济" in said
    with pytest.raises(ActionRefused, match="印不出必备的内容：救济"):
        SignLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk).run()


def test_a_term_is_not_taken_for_the_figures_of_a_year() -> None:
    assert own_templates.stands_in("请于15个工作日内补正", "15")
    assert not own_templates.stands_in("2015年", "15")
    assert own_templates.stands_in(own_templates.plain("见 附件\n一"), "见附\n件一")


def test_the_file_is_looked_at_once_more_when_it_is_made(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = drafted(town, case)
    for actor in (town.as_clerk, town.as_head, town.as_secrecy):
        SignLetter(actor, case_id=case.pk, letter_id=letter.pk).run()
    empty = BytesIO()
    docx.Document().save(empty)
    monkeypatch.setattr(making, "printed", lambda *_: making.Made(empty.getvalue(), b"%PDF-"))
    with pytest.raises(ActionRefused, match=r"文书没有签发：文件中没有.*救济"):
        SignLetter(town.as_leader, case_id=case.pk, letter_id=letter.pk).run()
    letter.refresh_from_db()
    assert (letter.state, letter.document_no) == ("signing", "")


@pytest.mark.parametrize("code", sorted(kinds()))
def test_every_usual_letter_has_what_it_needs(code: str) -> None:
    """What ``missing_in`` asks for stands in the usual wording, with the names of the fields for values."""
    kind = kinds()[code]
    given = {name: f"【{name}】" for name in own_templates.known(kind)}
    filled = making.template.fill(usual(code), given)
    assert own_templates.missing_in(kind, given, visible.text(filled)) == []
    gone = given | {"救济": "", "收件人": ""}
    lacking = own_templates.missing_in(kind, gone, visible.text(filled))
    assert ("救济" in lacking) == ("救济" in own_templates.needed(kind))


def test_a_paper_that_lost_a_part_is_printed_the_usual_way(town: Town, case: Case) -> None:
    kept_before_the_rule(town.agency, with_line(usual("errand"), "旧申请表"), FORM)
    made = papers.make(FORM, case, today())
    assert "旧申请表" not in text_of(made.docx)
    page = signed_in(town.clerk)
    page.post(reverse("applications:papers", args=[case.pk]), {"reason": "打印存档"})
    shown = page.get(reverse("applications:papers", args=[case.pk])).content.decode()
    assert "没有用本机关的模板“旧样式.docx”" in shown


def test_the_clerk_and_whoever_sets_up_are_told(town: Town, case: Case) -> None:
    kept_before_the_rule(town.agency, without("reply", "救济"))
    letter = drafted(town, case)
    page = reverse("applications:letter", args=[case.pk, letter.pk])
    told = signed_in(town.clerk).get(page).content.decode()
    assert "没有用本机关的模板“旧样式.docx”" in told
    assert "缺少必备的字段：救济" in told
    url = reverse("applications:settings", args=[town.agency.pk])
    assert url not in told
    assert url in signed_in(town.head).get(page).content.decode()
    settings = signed_in(town.head).get(url).content.decode()
    assert "没有使用" in settings
    assert "缺少必备的字段：救济" in settings
    start = f"{reverse('applications:template', args=[town.agency.pk, 'reply'])}?start"
    assert start in settings
    assert "救济" in template.fields(signed_in(town.head).get(start).content)


def test_it_waits_on_the_desk_until_it_is_replaced(town: Town) -> None:
    kept_before_the_rule(town.agency, without("reply", "救济"))
    keeper = person("keeper", "管理员", town.county, Role.ADMINISTRATOR)
    chief: Person = Person.objects.create_superuser("chief", "zhengfu-xinxi-2025", name="站点管理员")
    stranger = person("keeper-2", "邻镇管理员", town.neighbour, Role.ADMINISTRATOR)
    for who in (keeper, town.head, chief):
        (pile,) = piles(who)
        assert (pile.count, pile.items[0].label) == (1, f"{town.agency.short_name} 政府信息公开申请答复书")
        assert pile.url == reverse("applications:settings", args=[town.agency.pk])
    assert piles(town.clerk) == piles(stranger) == []
    SetTemplate(town.as_head, agency=town.agency, kind="reply", name="新.docx", content=usual()).run()
    assert piles(keeper) == []


def piles(who: Person) -> list[desk.Pile]:
    found = [tray for tray in desk.trays(Actor.of(who), today()) if tray.title.endswith("待更换的模板")]
    return [pile for tray in found for pile in tray.piles]


def test_all_are_checked_by_a_command(town: Town) -> None:
    def checked() -> str:
        said = StringIO()
        call_command("check_letter_templates", stdout=said)
        return said.getvalue()

    kept_before_the_rule(town.neighbour, usual())
    assert "共1份模板，都合格" in checked()
    kept_before_the_rule(town.agency, without("reply", "救济"))
    said = StringIO()
    with pytest.raises(CommandError, match="共2份模板，1份不合格"):
        call_command("check_letter_templates", stdout=said)
    assert f"{town.agency.full_name} 政府信息公开申请答复书（旧样式.docx）" in said.getvalue()


def test_nobody_else_downloads_it(town: Town) -> None:
    kept_before_the_rule(town.agency, without("reply", "救济"))
    url = reverse("applications:template", args=[town.agency.pk, "reply"])
    assert signed_in(town.other_clerk).get(url).status_code == 404
    assert Client().get(url).status_code == 302
