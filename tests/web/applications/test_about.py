"""The page of a step names the thing it is about: nobody signs or decides by a number in an address."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.documents import Text
from gongkai.web.agencies.models import Person
from gongkai.web.applications.actions import AddParty, AskSection, DraftLetter, DropLetter, SignLetter
from gongkai.web.applications.letters import compose, making
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import Case
from gongkai.web.applications.views import about
from gongkai.web.applications.views.acts import ACTS
from tests.web.applications.playing import START, Office, confirmed, on, workdays_after
from tests.web.reporting.people import Town

NEXT_DAY = workdays_after(START, 1)


@pytest.fixture
def case(town: Town) -> Case:
    return confirmed(town)


def page(person: Person, case: Case, name: str, about: int) -> str:
    client = Client()
    client.force_login(person)
    answer = client.get(reverse("applications:act_on", args=[case.pk, name, about]))
    assert answer.status_code == 200
    return answer.content.decode()


def facts(text: str) -> dict[str, str]:
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", text))


def test_a_signature_says_on_what(town: Town, office: Office, case: Case) -> None:
    with on(NEXT_DAY):
        typed = {"查明事实": "检索了档案。", "提供方式": "随本答复书提供。"}
        letter = DraftLetter(
            town.as_clerk, case_id=case.pk, kind="reply", typed=typed, outcome="provided"
        ).run()
        SignLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk).run()
        text = page(town.head, case, "sign", letter.pk)
        assert facts(text) == {
            "文书": "政府信息公开申请答复书",
            "办理结果": "予以公开（《政府信息公开条例》第三十六条第（二）项）",
            "签批到": "审核",
        }
        assert reverse("applications:letter", args=[case.pk, letter.pk]) in text


def test_who_has_signed_is_told_what_comes_next(town: Town, office: Office, case: Case) -> None:
    with on(NEXT_DAY):
        typed = {"补正事项": "请写明年度。", "期限": "15"}
        letter = DraftLetter(town.as_clerk, case_id=case.pk, kind="correction", typed=typed).run()
        said = []
        for person in (town.clerk, town.head):
            client = Client()
            client.force_login(person)
            case.refresh_from_db()
            url = reverse("applications:act_on", args=[case.pk, "sign", letter.pk])
            answer = client.post(url, {"revision": case.revision}, follow=True)
            said += [str(one) for one in answer.context["messages"]]
    letter.refresh_from_db()
    assert said == ["已签批，下一步：签发。", f"已签发，{letter.document_no}，请当天登记送达。"]


def test_each_of_several_parties_is_named(town: Town, office: Office, case: Case) -> None:
    with on(NEXT_DAY):
        parties = [
            AddParty(town.as_clerk, case_id=case.pk, party="third_party", name=name).run()
            for name in ("甲公司", "乙公司")
        ]
        for party in parties:
            DraftLetter(
                town.as_clerk, case_id=case.pk, kind="consult_third_party", consultation_id=party.pk,
                typed={"征求内容": "补偿协议", "权益": "商业秘密"},
            ).run()  # fmt: skip
        client = Client()
        client.force_login(town.clerk)
        shown = client.get(reverse("applications:case", args=[case.pk])).content.decode()
        assert "征求第三方意见书</a>（致甲公司）" in shown
        assert "征求第三方意见书</a>（致乙公司）" in shown
        form = reverse("applications:new_letter", args=[case.pk, "consult_third_party"])
        assert "<b>乙公司</b>" in client.get(f"{form}?party={parties[1].pk}").content.decode()
        assert facts(page(town.clerk, case, "decide", parties[0].pk))["征求对象"] == "甲公司（第三方）"
        letter = parties[1].letters.get()
        assert facts(page(town.clerk, case, "drop", letter.pk))["发给"] == "乙公司"


def test_an_event_a_section_and_a_way_wanted_are_named(town: Town, office: Office, case: Case) -> None:
    event = case.events.get(kind="confirmed")
    assert facts(page(town.clerk, case, "void-event", event.pk)) == {
        "登记的事": "与申请人确认收到", "登记的日期": "2024年3月4日",
    }  # fmt: skip
    with on(NEXT_DAY):
        errand = AskSection(
            town.as_clerk, case_id=case.pk, section="农办", question="请查档案。", answer_by=NEXT_DAY
        ).run()
        assert facts(page(town.clerk, case, "errand-answer", errand.pk))["协办科室"] == "农办"
        letter = office.letter(case, "extension", {"延期理由": "档案较多", "期限": "10"})
        said = facts(page(town.clerk, case, "deliver", letter.pk))
    assert said["申请人希望"] == f"{case.get_form_wanted_display()}，{case.get_way_wanted_display()}"


def test_what_is_not_there_has_no_form(town: Town, office: Office, case: Case) -> None:
    client = Client()
    client.force_login(town.clerk)
    assert client.get(reverse("applications:act_on", args=[case.pk, "sign", 10**6])).status_code == 404


def test_every_kind_of_thing_an_act_is_about_can_be_named() -> None:
    assert {act.on for act in ACTS.values() if act.on} == set(about.KINDS)


def test_whoever_waits_for_a_signature_sees_whose_it_is(town: Town, case: Case) -> None:
    with on(NEXT_DAY):
        typed = {"查明事实": "经查，检索了档案。", "提供方式": "随本答复书提供。"}
        letter = DraftLetter(
            town.as_clerk, case_id=case.pk, kind="reply", typed=typed, outcome="provided"
        ).run()
        SignLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk).run()
        client = Client()
        client.force_login(town.clerk)
        text = client.get(reverse("applications:letter", args=[case.pk, letter.pk])).content.decode()
    assert f'审核：<span class="ap-hint">待签批（{town.head}）</span>' in text
    assert f'签发：<span class="ap-hint">待签批（{town.leader}）</span>' in text


def test_words_of_the_letter_typed_again_are_printed_once(town: Town, case: Case) -> None:
    with on(NEXT_DAY):
        printed = {
            given: paper_text(case, town, given)
            for given in ("经查，检索了档案。", "检索了档案。", "经查阅档案，没有找到。")
        }
    assert printed["经查，检索了档案。"] == printed["检索了档案。"] == "经查，检索了档案。"
    assert printed["经查阅档案，没有找到。"] == "经查阅档案，没有找到。"


def paper_text(case: Case, town: Town, facts_found: str) -> str:
    letter = DraftLetter(
        town.as_clerk, case_id=case.pk, kind="reply", outcome="provided",
        typed={"查明事实": facts_found, "提供方式": "随本答复书提供。"},
    ).run()  # fmt: skip
    made = compose.paper(kinds()["reply"], making.values_of(letter, NEXT_DAY), NEXT_DAY)
    DropLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk, reason="另拟").run()
    return next(block.text for block in made.blocks if isinstance(block, Text) and "经查" in block.text)


def test_a_refused_page_leads_back_where_it_came_from(town: Town, case: Case) -> None:
    client = Client()
    client.force_login(town.clerk)
    before = reverse("applications:case", args=[case.pk])
    url = reverse("applications:act", args=[case.pk, "corrected"])
    refused = client.get(url, headers={"referer": f"http://testserver{before}"})
    assert refused.status_code == 409
    assert f'<a href="http://testserver{before}">返回上一页</a>' in refused.content.decode()
    from_elsewhere = client.get(url, headers={"referer": "https://example.org/"})
    assert "返回上一页" not in from_elsewhere.content.decode()
