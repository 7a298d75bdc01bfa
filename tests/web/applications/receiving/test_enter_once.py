"""A form of staff that is sent twice is one case: at the counter, from a scan, on the spot."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.web.applications.actions import EnterOnce, RegisterByStaff
from gongkai.web.applications.models import Attachment, Case, Draft
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import IDENTITY, PDF, request, today
from tests.web.applications.receiving.scanning import take_in
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

URL = "/admin/applications/new/"
FOUND = "经检索，本机关保存有该信息。"


def once_of(client: Client, url: str = URL) -> str:
    found = re.search(r'name="once" value="([^"]{20,})"', client.get(url).content.decode())
    assert found is not None
    return found[1]


@pytest.fixture
def filled(town: Town) -> dict[str, object]:
    return {
        "agency": town.agency.pk, "came_by": "in_person", "received_on": today().isoformat(),
        "kind": "natural_person", "name": "陈一心", "identity_kind": "identity_card",
        "identity_number": IDENTITY, "phone": "0577-63700000", "subject": "昆阳镇防汛预案",
        "form_wanted": "paper", "way_wanted": "pick_up",
    }  # fmt: skip


def test_the_counter_s_form_sent_twice_is_one_case_with_one_code(
    town: Town, filled: dict[str, object]
) -> None:
    clerk = signed_in(town.clerk)
    filled["once"] = once_of(clerk)
    pages = [clerk.post(URL, filled, follow=True).content.decode() for _ in range(2)]
    case = Case.objects.get()
    assert all(case.register_no in page and case.code in page for page in pages)


def test_the_next_applicant_typed_over_a_form_already_sent_is_not_swallowed(
    town: Town, filled: dict[str, object]
) -> None:
    clerk = signed_in(town.clerk)
    filled["once"] = once_of(clerk)
    clerk.post(URL, filled)
    first = Case.objects.get()
    filled |= {"name": "林二木", "identity_number": "11010519491231002X", "subject": "昆阳镇敬老院名单"}
    told = clerk.post(URL, filled)
    page = told.content.decode()
    assert told.status_code == 409
    assert f"已经登记为{first.register_no}号" in page
    assert "昆阳镇敬老院名单" in page
    again = re.search(r'name="once" value="([^"]+)"', page)
    assert again is not None
    assert again[1] != filled["once"]
    for _ in range(2):
        clerk.post(URL, filled | {"once": again[1]})
    assert list(Case.objects.order_by("pk").values_list("subject", flat=True)) == [
        "昆阳镇防汛预案", "昆阳镇敬老院名单",
    ]  # fmt: skip


def test_another_file_is_another_form(town: Town) -> None:
    def entered(content: bytes) -> RegisterByStaff:
        from gongkai.web.applications.receiving.intake import Upload

        wanted = request(uploads=(Upload("request", "图.pdf", content),))
        return RegisterByStaff(town.as_clerk, agency=town.agency, request=wanted, received_on=today())

    first = EnterOnce(town.as_clerk, token="t", registration=entered(PDF)).run()
    assert EnterOnce(town.as_clerk, token="t", registration=entered(PDF)).run() == first
    with pytest.raises(ActionRefused, match="与登记时不同"):
        EnterOnce(town.as_clerk, token="t", registration=entered(PDF + b"%")).run()
    other = EnterOnce(town.as_head, token="t", registration=entered(PDF)).run()
    assert other.case != first.case, "a token is one person's own"
    assert first.case.subject not in "".join(Draft.objects.values_list("content", flat=True))


def test_without_its_token_a_form_is_refused(town: Town, filled: dict[str, object]) -> None:
    told = signed_in(town.clerk).post(URL, filled)
    assert told.status_code == 409
    assert "表单不完整" in told.content.decode()
    assert not Case.objects.exists()


def test_a_faulty_form_keeps_its_token_and_makes_no_case(town: Town, filled: dict[str, object]) -> None:
    clerk = signed_in(town.clerk)
    filled["once"] = once_of(clerk)
    told = clerk.post(URL, filled | {"name": ""})
    assert told.status_code == 422
    assert f'value="{filled["once"]}"' in told.content.decode()
    assert clerk.post(URL, filled).status_code == 302
    assert Case.objects.count() == 1


def test_a_scan_entered_twice_is_one_case(town: Town, filled: dict[str, object]) -> None:
    clerk, url = signed_in(town.clerk), f"{URL}?scan={take_in(town).pk}"
    filled |= {"once": once_of(clerk, url), "came_by": "signed_mail"}
    pages = [clerk.post(url, filled, follow=True).content.decode() for _ in range(2)]
    case = Case.objects.get()
    assert all(case.code in page for page in pages)
    changed = clerk.post(url, filled | {"subject": "别的"})
    assert changed.status_code == 409
    assert f"请打开{case.register_no}号办理" in changed.content.decode()
    assert clerk.get(url).status_code == 404
    assert Case.objects.count() == 1


def test_an_answer_on_the_spot_sent_twice_is_one_letter(town: Town) -> None:
    case = RegisterByStaff(
        town.as_clerk, agency=town.agency, request=request(channel="in_person"), received_on=today()
    ).run().case  # fmt: skip
    clerk, url = signed_in(town.clerk), reverse("applications:on_the_spot", args=[case.pk])
    given = {
        "revision": Case.objects.get().revision, "outcome": "provided", "field_0": FOUND,
        "field_2": "当面提供纸质复制件。",
    }  # fmt: skip
    letter = reverse("applications:letter", args=[case.pk, 1])[:-2]
    answers = [clerk.post(url, given | {"disclosed": SimpleUploadedFile("预案.pdf", PDF)}) for _ in range(2)]
    assert answers[0].status_code == 302, answers[0].content.decode()
    assert answers[0]["Location"] == answers[1]["Location"]
    assert answers[0]["Location"].startswith(letter)
    assert Attachment.objects.filter(purpose="disclosed").count() == 1
    other = clerk.post(url, given | {"disclosed": SimpleUploadedFile("预案.pdf", PDF + b"%")})
    assert other.status_code == 409, "another file is not taken for the one that is there"


@pytest.mark.parametrize(
    ("came_by", "told", "not_told"),
    [
        ("ordinary_mail", "应当于收到的当日与申请人确认", "交给申请人"),
        ("fax", "以双方确认之日为收到申请之日", "交给申请人"),
        ("signed_mail", "把登记号和查询码告知申请人", "与申请人确认"),
        ("in_person", "请打印回执交给申请人", "与申请人确认"),
    ],
)
def test_what_is_told_after_entering_is_what_the_way_it_came_asks_for(
    town: Town, filled: dict[str, object], came_by: str, told: str, not_told: str
) -> None:
    clerk = signed_in(town.clerk)
    filled |= {"once": once_of(clerk), "came_by": came_by}
    page = clerk.post(URL, filled, follow=True).content.decode()
    assert told in page
    assert not_told not in page
    assert (f"/{Case.objects.get().pk}/do/confirm/" in page) is (came_by in {"ordinary_mail", "fax"})
