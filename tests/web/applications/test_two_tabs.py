"""Two pages, two cases, one browser: what stands on the page of one case is never done to the other."""

from datetime import date
from urllib.parse import urlsplit

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.web.applications.models import Applicant, Case, Rating
from tests.web.applications.asking import PDF
from tests.web.applications.following import CORRECT, FOLLOWED, TRACK, key, of, opened
from tests.web.applications.playing import Office, confirmed, on
from tests.web.portal.accounts.holder import MINE, Holder
from tests.web.reporting.people import Town

DAY = date(2024, 3, 7)


def act(name: str) -> str:
    return reverse("portal:act_on_case", args=[name])


def steps(page: bytes) -> list[lxml.html.HtmlElement]:
    """The forms of a case's page that do something with the case; leaving closes whatever is open."""
    forms = lxml.html.fromstring(page).xpath("//main//form")
    return [form for form in forms if form.get("action") != reverse("portal:leave_case")]


@pytest.fixture
def asked(town: Town, office: Office) -> Case:
    case = confirmed(town)
    office.send(case, "correction", {"补正事项": "名称", "期限": "10"}, date(2024, 3, 6))
    return case


@pytest.fixture
def answered(town: Town, office: Office) -> Case:
    case = confirmed(town)
    office.reply(case, "provided", date(2024, 3, 6))
    return case


def test_withdrawing_on_the_page_of_one_case_withdraws_no_other(town: Town) -> None:
    first, second = confirmed(town), confirmed(town)
    with on(DAY):
        citizen = opened(first)
        citizen.post(TRACK, key(second))
        answer = citizen.post(act("withdraw"), of(first, sure="1"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"没有办理：这个浏览器后来打开了另一件申请（{second.register_no}）" in page
    assert f'value="{first.register_no}"' in page, "its number is asked for again with the code alone"
    for case in (first, second):
        case.refresh_from_db()
        assert case.is_open
    with on(DAY):
        assert citizen.post(TRACK, key(first)).status_code == 302
        assert citizen.post(act("withdraw"), of(first, sure="1")).status_code == 302
    first.refresh_from_db()
    assert first.state == "withdrawn"


@pytest.mark.parametrize("how", ["sent", "in large print", "without a case"])
def test_a_correction_goes_to_its_case_or_nowhere_and_its_words_are_kept(
    town: Town, asked: Case, how: str
) -> None:
    other = confirmed(town)
    with on(DAY):
        citizen = opened(asked)
        citizen.post(TRACK, key(other))
        sent = of(asked, text="人民路北侧", files=[SimpleUploadedFile("图.pdf", PDF)])
        if how == "in large print":
            sent["display"] = "large"
        if how == "without a case":
            citizen.post(TRACK, key(asked))
            del sent["case"]
        answer = citizen.post(CORRECT, sent)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "人民路北侧</textarea>" in page
        assert "文件需要重新选择" in page
        asked.refresh_from_db()
        assert (asked.state, asked.attachments.filter(purpose="correction").count()) == (
            "awaiting_correction", 0,
        )  # fmt: skip
        carried = {"step": "correct", "text": "人民路北侧", "case": asked.pk}
        wrong = citizen.post(TRACK, key(other) | carried)
        assert wrong.status_code == 409, "the words are not put into the form of another case"
        assert "不是为这件申请写的" in wrong.content.decode()
        assert "人民路北侧</textarea>" in wrong.content.decode()
        back = citizen.post(TRACK, key(asked) | carried)
        (form, *_) = steps(back.content)
        assert form.xpath("string(.//textarea)").strip() == "人民路北侧"
        assert citizen.post(CORRECT, of(asked, text="人民路北侧")).status_code == 302
    asked.refresh_from_db()
    assert asked.state == "running"
    assert other.details in Case.objects.get(pk=other.pk).details
    assert "人民路" not in Case.objects.get(pk=other.pk).details


def test_nor_are_a_rating_and_messages_another_cases(town: Town, office: Office, answered: Case) -> None:
    other = confirmed(town)
    office.reply(other, "provided", date(2024, 3, 6))
    Applicant.objects.update(tell_by_sms=True)
    with on(DAY):
        citizen = opened(answered)
        citizen.post(TRACK, key(other))
        rated = citizen.post(act("rate"), of(answered, stars="1", text="太慢"))
        assert rated.status_code == 409
        assert "太慢</textarea>" in rated.content.decode()
        assert citizen.post(act("sms"), of(answered, wanted="0")).status_code == 409
    assert not Rating.objects.exists()
    assert not Applicant.objects.filter(tell_by_sms=False).exists()


def test_a_download_is_of_the_page_it_stands_on(town: Town, answered: Case) -> None:
    other = confirmed(town)
    with on(DAY):
        citizen = opened(answered)
        page = lxml.html.fromstring(citizen.get(FOLLOWED).content)
        links = [
            link for link in page.xpath("//main//a/@href") if urlsplit(link).path.startswith("/apply/case/")
        ]
        assert len(links) == 6, "the reply and two papers of one's own, each as PDF and DOCX"
        assert {citizen.get(link).status_code for link in links} == {200}
        citizen.post(TRACK, key(other))
        for link in links:
            answer = citizen.get(link)
            assert answer.status_code == 409, link
            assert "没有下载" in answer.content.decode()
            assert citizen.get(urlsplit(link).path).status_code == 409, "nor without saying whose it is"


def test_a_case_opened_from_the_list_closes_the_page_of_the_one_before(town: Town) -> None:
    first, second = confirmed(town), confirmed(town)
    holder = Holder("chen@example.cn").sign_in()
    for case in (first, second):
        holder.client.post(f"{MINE}add/", key(case))
    holder.open(first.pk)
    holder.open(second.pk)
    assert holder.client.post(act("withdraw"), of(first, sure="1")).status_code == 409
    assert holder.client.post(act("withdraw"), of(second, sure="1")).status_code == 302
    assert [Case.objects.get(pk=case.pk).state for case in (first, second)] == ["running", "withdrawn"]


def test_what_csrf_refuses_is_not_shown_on_the_page_of_another_case(town: Town, asked: Case) -> None:
    other = confirmed(town)
    citizen = Client(enforce_csrf_checks=True)
    with on(DAY):
        for case in (asked, other):
            token = citizen.get(TRACK).context["csrf_token"]
            citizen.post(TRACK, {**key(case), "csrfmiddlewaretoken": str(token)})
        answer = citizen.post(CORRECT, of(asked, text="人民路北侧"))
    assert answer.status_code == 403
    assert "刚才填写的文字" in answer.content.decode()
    assert other.subject not in answer.content.decode()


@pytest.mark.parametrize("which", ["asked", "answered"])
def test_every_form_of_the_page_says_whose_it_is(which: str, request: pytest.FixtureRequest) -> None:
    case = request.getfixturevalue(which)
    who = case.applicant
    who.phone, who.tell_by_sms = "13800138000", True
    who.save()
    with on(DAY):
        found = steps(opened(case).get(FOLLOWED).content)
    assert {form.get("action") for form in found} >= (
        {CORRECT, act("withdraw"), act("sms")} if which == "asked" else {act("rate")}
    )
    for form in found:
        assert form.xpath("string(.//input[@name='case']/@value)") == str(case.pk), form.get("action")
