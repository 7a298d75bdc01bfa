"""The workbench's screens and the citizen's pages, asked as those who use them and as strangers."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.documents import template
from gongkai.web.applications.actions import AddParty, DraftLetter, RecordEvent
from gongkai.web.applications.letters import making
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import Case, LetterTemplate
from tests.web.applications.asking import IDENTITY, register, submit, today
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in


@pytest.fixture
def case(town: Town) -> Case:
    made = submit(town.agency).case
    RecordEvent(town.as_clerk, case_id=made.pk, kind="confirmed", on=today()).run()
    return Case.objects.get(pk=made.pk)


def screens(case: Case) -> list[str]:
    return [
        reverse("applications:due"),
        reverse("applications:due") + "?bucket=soon",
        reverse("applications:month"),
        reverse("applications:month") + "?m=2099-01",
        reverse("applications:register"),
        reverse("applications:assistance"),
        reverse("applications:figures"),
        reverse("applications:behind", args=["new", "total"]),
        reverse("applications:case", args=[case.pk]),
        reverse("applications:new_letter", args=[case.pk, "reply"]),
        reverse("applications:act", args=[case.pk, "note"]),
    ]


def test_every_screen_opens_for_the_clerk(town: Town, case: Case) -> None:
    client = signed_in(town.clerk)
    for url in screens(case):
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert IDENTITY not in answer.content.decode(), url


def test_another_agency_learns_nothing(town: Town, case: Case) -> None:
    client = signed_in(town.other_clerk)
    for url in screens(case)[8:]:
        assert client.get(url).status_code == 404, url
    assert case.register_no not in client.get(reverse("applications:due")).content.decode()


def test_personal_data_opens_with_a_reason(town: Town, case: Case) -> None:
    client = signed_in(town.clerk)
    page = client.get(reverse("applications:case", args=[case.pk])).content.decode()
    assert "陈*心" in page
    assert "陈一心" not in page
    refused = client.post(reverse("applications:personal", args=[case.pk]), {"reason": " "}, follow=True)
    assert "陈一心" not in refused.content.decode()
    opened = client.post(reverse("applications:personal", args=[case.pk]), {"reason": "核对邮寄地址"})
    assert IDENTITY in opened.content.decode()
    assert case.openings.get().reason == "核对邮寄地址"


def test_a_second_clerk_gets_a_conflict(town: Town, case: Case) -> None:
    url = reverse("applications:act", args=[case.pk, "note"])
    given = {"revision": case.revision, "kind": "note", "text": "已电话联系"}
    assert signed_in(town.clerk).post(url, given).status_code == 302
    second = signed_in(town.second_clerk).post(url, given)
    assert second.status_code == 409
    assert "刚刚被其他人改动过" in second.content.decode()
    assert case.notes.count() == 1


def test_a_letter_from_form_to_preview(town: Town, case: Case) -> None:
    client = signed_in(town.clerk)
    url = reverse("applications:new_letter", args=[case.pk, "reply"])
    given = {"revision": case.revision, "outcome": "provided", "field_0": "已检索档案"}
    answer = client.post(url, given)
    letter = case.letters.get()
    page = reverse("applications:letter", args=[case.pk, letter.pk])
    assert answer["Location"] == page
    assert "提供的方式" in client.get(page).content.decode()  # still missing
    case.refresh_from_db()
    given = {"revision": case.revision, "outcome": "provided", "field_0": "已检索档案", "field_2": "随函附上"}
    assert client.post(page, given).status_code == 302
    shown = client.get(page).content.decode()
    assert "签批前需要补正" not in shown
    preview = client.get(reverse("applications:preview", args=[case.pk, letter.pk]))
    assert preview.content.startswith(b"%PDF")


def test_what_the_law_does_not_allow_says_why(town: Town, case: Case) -> None:
    page = signed_in(town.clerk).get(reverse("applications:case", args=[case.pk])).content.decode()
    assert "没有发出过补正告知" in page
    assert "《政府信息公开条例》第三十条" in page


def test_settings_and_own_templates(town: Town) -> None:
    client = signed_in(town.head)
    url = reverse("applications:settings", args=[town.agency.pk])
    assert client.get(url).status_code == 200
    bad = client.post(url, {"pattern": "{number}", "mark": "昆公"})
    assert bad.status_code == 409
    good = {"pattern": "昆公申{year}{number:03d}", "mark": "昆公", "court": "平阳县人民法院"}
    assert client.post(url, good).status_code == 302
    assert register(town.as_clerk, town.agency, date(2024, 3, 4)).register_no == "昆公申2024001"
    download = client.get(reverse("applications:template", args=[town.agency.pk, "reply"]))
    assert template.fields(download.content) >= {"决定", "救济", "查明事实"}
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("答复.docx", download.content)
    assert client.post(url, {"kind": "reply", "template": upload}).status_code == 302
    assert LetterTemplate.objects.get().kind == "reply"
    wrong = SimpleUploadedFile("答复.docx", making.starting_template(kinds()["fee"]))
    assert client.post(url, {"kind": "reply", "template": wrong}).status_code == 409
    assert signed_in(town.other_clerk).get(url).status_code == 404


def test_the_citizen_applies_and_follows(town: Town) -> None:
    client = Client()
    url = reverse("portal:apply_to", args=[town.agency.slug])
    assert client.get(reverse("portal:apply")).status_code == 200
    assert client.get(url).status_code == 200
    wrong = client.post(url, {"step": "look", "kind": "natural_person"})
    assert wrong.status_code == 422
    assert "请填写姓名" in wrong.content.decode()
    filled = {
        "step": "look", "kind": "natural_person", "name": "陈一心", "identity_kind": "identity_card",
        "identity_number": IDENTITY, "phone": "13800000000", "subject": "昆阳镇财政决算",
        "form_wanted": "electronic", "way_wanted": "online",
    }  # fmt: skip
    summary = client.post(url, filled, follow=True)
    assert summary.status_code == 200
    assert Case.objects.count() == 0
    draft = summary.redirect_chain[0][0]
    change = client.get(url, {"draft": summary.context["key"]})
    assert "昆阳镇财政决算" in change.content.decode()
    receipt = client.post(draft, {"step": "send"}, follow=True)
    again = client.post(draft, {"step": "send"}, follow=True)
    case, code = Case.objects.get(), receipt.context["code"]
    assert again.context["code"] == code
    track = reverse("portal:track")
    assert client.post(track, {"number": case.register_no, "code": "AAAA-AAAA-AAAA"}).status_code == 403
    assert client.get(reverse("portal:followed")).status_code == 302
    opened = client.post(track, {"number": case.register_no, "code": code}, follow=True)
    assert "等待受理机关与您确认收到" in opened.content.decode()
    assert Client().get(reverse("portal:followed")).status_code == 302
    sure = {"case": case.pk, "sure": "1"}
    assert client.post(reverse("portal:act_on_case", args=["withdraw"]), sure).status_code == 302
    case.refresh_from_db()
    assert case.state == "withdrawn"
    client.post(reverse("portal:leave_case"))
    assert client.get(reverse("portal:followed")).status_code == 302


def test_many_wrong_codes_are_slowed_down(town: Town) -> None:
    client, case = Client(), submit(town.agency).case
    given = {"number": case.register_no, "code": "AAAA-AAAA-AAAA"}
    answers = [client.post(reverse("portal:track"), given).status_code for _ in range(12)]
    assert answers[:10] == [403] * 10
    assert answers[10:] == [429] * 2


def test_a_party_is_asked_from_the_case_page(town: Town, case: Case) -> None:
    party = AddParty(town.as_clerk, case_id=case.pk, party="third_party", name="某地产公司").run()
    page = signed_in(town.clerk).get(reverse("applications:case", args=[case.pk])).content.decode()
    assert f"?party={party.pk}" in page
    letter = DraftLetter(
        town.as_clerk, case_id=case.pk, kind="consult_third_party", consultation_id=party.pk,
        typed={"征求内容": "陈一心申请的补偿协议", "权益": "商业秘密"},
    ).run()  # fmt: skip
    from gongkai.web.applications.letters import check

    assert any("不应透露申请人是谁" in text for text in check.problems(letter, today()))
