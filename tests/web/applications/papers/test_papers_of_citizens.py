"""What the public gets on paper: the blank form of an agency; of one's own case the form and the receipt."""

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.web.agencies.models import Agency
from gongkai.web.applications.actions import SetRegister
from gongkai.web.applications.models import Case
from tests.web.applications import by_form
from tests.web.applications.asking import IDENTITY, submit
from tests.web.applications.reading import words
from tests.web.reporting.people import Town


@pytest.fixture
def case(town: Town) -> Case:
    return submit(town.agency).case


def blank(town: Town, form: str = "pdf") -> str:
    return reverse("portal:blank_form", args=[town.agency.slug, form])


def own(case: Case, code: str, form: str = "pdf") -> str:
    return f"{reverse('portal:own_paper', args=[code, form])}?case={case.pk}"


def opened(case: Case) -> Client:
    client = Client()
    client.post(reverse("portal:track"), {"number": case.register_no, "code": case.code})
    return client


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_blank_form_of_an_agency_bears_its_address(town: Town, form: str) -> None:
    where = {"address": "昆阳镇解放街1号", "postcode": "325400", "phone": "0577-63700000"}
    Agency.objects.filter(pk=town.agency.pk).update(**where)
    answer = Client().get(blank(town, form))
    assert answer.status_code == 200
    said = words(answer.content)
    assert all(text in said for text in where.values())
    assert town.agency.full_name in said
    assert f".{form}" in answer["Content-Disposition"]


def test_what_has_changed_is_printed_anew(town: Town) -> None:
    assert "0577-63799999" not in words(Client().get(blank(town)).content)
    Agency.objects.filter(pk=town.agency.pk).update(phone="0577-63799999")
    assert "0577-63799999" in words(Client().get(blank(town)).content)


def test_no_form_of_what_is_not_there(town: Town) -> None:
    assert Client().get(reverse("portal:blank_form", args=["nowhere", "pdf"])).status_code == 404
    assert Client().get(blank(town, "xlsx")).status_code == 404
    page = Client().get(reverse("portal:apply_to", args=[town.agency.slug])).content.decode()
    assert blank(town) in page
    assert blank(town, "docx") in page


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_applicant_gets_form_and_receipt_with_number_and_code(case: Case, form: str) -> None:
    client = opened(case)
    page = client.get(reverse("portal:followed")).content.decode()
    for code, wanted in (("application_form", IDENTITY), ("receipt_slip", case.register_no)):
        assert own(case, code, form) in page
        answer = client.get(own(case, code, form))
        assert answer.status_code == 200
        assert wanted in words(answer.content)
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(("at_once", "says"), [(False, "自确认之日起计算"), (True, "自收到之日起20个工作日")])
def test_the_receipt_says_from_when_the_days_count(town: Town, at_once: bool, says: str) -> None:
    SetRegister(
        town.as_head, agency=town.agency, pattern="{year}-{number:04d}", confirm_at_once=at_once
    ).run()
    client = Client()
    page, _ = by_form.sent(client, town.agency.slug)
    assert says in page
    assert ("会与您确认收到" in page) is not at_once
    assert (Case.objects.get().received_on is not None) is at_once


def test_the_receipt_of_what_was_just_sent(town: Town) -> None:
    client = Client()
    address = by_form.look(client, town.agency.slug)
    receipt = f"{address}receipt.pdf"
    assert client.get(receipt).status_code == 404, "nothing is sent yet"
    page, case = by_form.send(client, address)
    assert receipt in page
    said = words(client.get(receipt).content)
    assert case.register_no in said
    assert case.code in said, "whoever keeps this paper keeps the code"
    assert case.code not in words(opened(case).get(own(case, "receipt_slip")).content), "a later one does not"
    assert Client().get(receipt).status_code == 404, "in another browser"


def test_nothing_without_the_code_and_never_the_internal_sheet(case: Case) -> None:
    stranger = Client()
    stranger.post(reverse("portal:track"), {"number": case.register_no, "code": "AAAA-AAAA-AAAA"})
    for code in ("application_form", "receipt_slip", "register_sheet"):
        assert stranger.get(own(case, code)).headers["Location"] == reverse("portal:track")
    assert opened(case).get(own(case, "register_sheet")).status_code == 404
    assert opened(case).get(own(case, "application_form", "xlsx")).status_code == 404
