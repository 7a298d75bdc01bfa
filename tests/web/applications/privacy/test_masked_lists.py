"""What is asked for often bears the name and number of whoever asks: in lists they are masked too."""

import pytest

from gongkai.web.applications.actions import DraftLetter, SignLetter
from gongkai.web.applications.models import Case, State
from gongkai.web.applications.privacy import masking
from tests.web.applications.asking import IDENTITY, register, request, requester, today
from tests.web.applications.test_screens import signed_in
from tests.web.reporting.people import Town

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
