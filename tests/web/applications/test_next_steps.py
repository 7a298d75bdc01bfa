"""What the page of a case offers next: nothing that cannot be done yet, and nothing that is forgotten."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.web.applications import clock
from gongkai.web.applications.actions import AddParty, DraftLetter
from gongkai.web.applications.models import Case
from gongkai.web.applications.views import steps
from gongkai.web.applications.views.acts import ACTS
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import submit
from tests.web.applications.playing import START, Office, confirmed, on, workdays_after
from tests.web.reporting.people import Town

NEXT_DAY = workdays_after(START, 1)


def offered(case: Case) -> list[str]:
    case.refresh_from_db()
    return [step.label for step in steps.of(case) if not step.refusal]


def test_nobody_is_told_of_views_that_were_not_asked_for(town: Town, office: Office) -> None:
    case = confirmed(town)
    with on(NEXT_DAY):
        assert "拟征求意见告知书" not in offered(case)
        office.consult(case, NEXT_DAY)
        assert "拟征求意见告知书" in offered(case)


def test_who_was_entered_is_written_to_before_the_reply(town: Town) -> None:
    case = confirmed(town)
    with on(NEXT_DAY):
        first, second = (
            AddParty(town.as_clerk, case_id=case.pk, party="third_party", name=name).run()
            for name in ("甲公司", "乙公司")
        )
        assert offered(case)[0] == "拟征求意见书（致甲公司，还有1个对象）"
        for party in (first, second):
            DraftLetter(
                town.as_clerk, case_id=case.pk, kind="consult_third_party", consultation_id=party.pk,
                typed={"征求内容": "补偿协议", "权益": "商业秘密"},
            ).run()  # fmt: skip
        assert not any("致" in label for label in offered(case))


@pytest.mark.django_db
def test_before_confirmation_the_page_says_when_the_term_begins(town: Town) -> None:
    case, client = submit(town.agency).case, Client()
    client.force_login(town.clerk)
    page = client.get(reverse("applications:case", args=[case.pk])).content.decode()
    assert "还没有起算：与申请人确认收到之日为收到申请之日" in page


@pytest.mark.parametrize(("name", "asked"), [("withdrawn", False), ("corrected", True), ("paid", True)])
def test_only_what_has_a_term_can_be_late(name: str, asked: bool) -> None:
    assert ("excused" in ACTS[name].form.base_fields) is asked


def test_the_counter_s_form_says_what_must_be_filled_in(town: Town) -> None:
    client = Client()
    client.force_login(town.clerk)
    page = client.get(reverse("applications:register")).content.decode()
    marked = dict(re.findall(r'<label for="id_(\w+)">[^<]*<span class="ap-hint">([^<]+)</span>', page))
    assert marked == {
        "name": "必填", "identity_number": "必填", "subject": "必填", "received_on": "必填",
        "phone": "至少填一种", "email": "至少填一种", "address": "至少填一种",
    }  # fmt: skip


def test_a_party_is_written_to_once_and_each_party_for_itself(town: Town) -> None:
    case = confirmed(town)
    with on(NEXT_DAY):
        first, second = (
            AddParty(town.as_clerk, case_id=case.pk, party="third_party", name=name).run()
            for name in ("甲公司", "乙公司")
        )
        for party in (first, second):
            given = {
                "case_id": case.pk,
                "kind": "consult_third_party",
                "typed": {},
                "consultation_id": party.pk,
            }
            DraftLetter(town.as_clerk, **given).run()
            with pytest.raises(ActionRefused, match="已有一份"):
                DraftLetter(town.as_clerk, **given).run()
    assert case.letters.count() == 2


def test_a_sentence_of_the_law_has_dates_as_people_write_them(town: Town) -> None:
    assert clock.in_words("已于2024-03-09告知（见2024-0001号）") == "已于2024年3月9日告知（见2024-0001号）"
    case = confirmed(town)
    with on(workdays_after(START, 25)):
        refused = [step.refusal for step in steps.of(case) if step.refusal]
    assert any("年3月" in text or "年4月" in text for text in refused), refused
    assert not any("2024-0" in text.replace("2024-0001", "") for text in refused), refused
