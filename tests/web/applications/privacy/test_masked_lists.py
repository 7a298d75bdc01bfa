"""What is asked for often bears the name and number of whoever asks: in lists they are masked too."""

import re

import pytest
from django.urls import reverse

from gongkai.web.applications.actions import AnswerAssistance, DraftLetter, RecordAssistance, SignLetter
from gongkai.web.applications.models import Case, State
from gongkai.web.applications.privacy import masking
from gongkai.web.common.models import AuditEntry
from tests.web.applications.asking import IDENTITY, register, request, requester, today
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

OTHERS = "130503196704010016"
MOBILE = "13912345678"
ASKED = f"陈一心（{IDENTITY}，{MOBILE}）与{OTHERS}的土地承包合同"
MASKED = "陈*心（110*************2X，139****5678）与130*************16的土地承包合同"


@pytest.fixture
def case(town: Town) -> Case:
    wanted = request(requester(phone=MOBILE), subject=ASKED, channel="in_person")
    return register(town.as_clerk, town.agency, today(), wanted)


def test_what_is_known_of_the_applicant_and_the_numbers_of_anybody_are_masked(case: Case) -> None:
    assert masking.asked_for(case) == MASKED


def test_the_name_of_an_organisation_is_no_secret(town: Town) -> None:
    firm = requester(kind="business", name="昆阳建材有限公司", identity_kind="other", identity_number="A-7")
    made = register(town.as_clerk, town.agency, today(), request(firm, subject="昆阳建材有限公司的许可"))
    assert masking.asked_for(made) == "昆阳建材有限公司的许可"


@pytest.mark.parametrize(
    "page", ["", "desk/", "routing/", "export.csv"], ids=["due", "desk", "routing", "export"]
)
def test_no_list_shows_them(town: Town, case: Case, page: str) -> None:
    typed = {"查明事实": "已检索档案", "提供方式": "随函附上"}
    letter = DraftLetter(town.as_clerk, case_id=case.pk, kind="reply", outcome="provided", typed=typed).run()
    SignLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk).run()
    Case.objects.filter(pk=case.pk).update(handler=None)
    reader = town.clerk if page == "routing/" else town.head
    answer = signed_in(reader).get(f"/admin/applications/{page}")
    text = (answer.getvalue() if answer.streaming else answer.content).decode()
    assert case.register_no in text
    assert "陈*心" in text
    assert not [one for one in ("陈一心", IDENTITY, MOBILE, OTHERS) if one in text]


def test_nor_does_that_of_what_has_ended(town: Town, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(state=State.WITHDRAWN, closed_on=today())
    page = signed_in(town.clerk).post("/admin/applications/look/", {"q": case.register_no}, follow=True)
    ended = page.content.decode().partition("已办结的，也符合要查找的内容")[2]
    assert "陈*心" in ended
    assert not [one for one in ("陈一心", IDENTITY, MOBILE, OTHERS) if one in ended]


def test_a_request_of_another_agency_is_masked_and_opens_with_a_reason(town: Town) -> None:
    """Whose numbers they are nobody knows: names stay, numbers go."""
    given = {"agency": town.agency, "from_agency": "某法院", "received_on": today()}
    about, plain = (
        RecordAssistance(town.as_clerk, **given, subject=subject).run()
        for subject in (f"李四（{OTHERS}）的土地承包合同", "某村的土地承包合同")
    )
    AnswerAssistance(town.as_clerk, assistance_id=about.pk, answer=f"查得{MOBILE}").run()
    client, url = signed_in(town.clerk), reverse("applications:assistance")
    page = client.get(url).content.decode()
    assert "李四（130*************16）的土地承包合同" in page
    assert "139****5678" in page
    assert (OTHERS in page, MOBILE in page) == (False, False)
    assert re.findall(r'name="opened" value="(\d+)"', page) == [str(about.pk)], (
        "the other has nothing to open"
    )
    looks = AuditEntry.objects.filter(code="applications.open_assistance")
    refused = client.post(url, {"opened": about.pk, "reason": " \u200b"})
    assert refused.status_code == 409
    assert OTHERS not in refused.content.decode()
    assert not looks.exists()
    opened = client.post(url, {"opened": about.pk, "reason": "按来函查档"}).content.decode()
    assert (OTHERS in opened, MOBILE in opened) == (True, True)
    assert looks.get().details.keys() == {"assistance", "reason"}
    assert "按来函" not in str(looks.get().details)
    assert OTHERS not in client.get(url).content.decode()
    stranger = signed_in(town.other_clerk).post(url, {"opened": about.pk, "reason": "看看"})
    assert OTHERS not in stranger.content.decode()
    assert plain.pk != about.pk
