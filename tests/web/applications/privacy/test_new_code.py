"""A code that was lost or leaked is replaced: the old one opens nothing any more."""

from dataclasses import replace

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from gongkai.web.applications.actions import (
    HandInCorrection,
    NewCode,
    PrepareDraft,
    SendDraft,
    Submitted,
)
from gongkai.web.applications.models import Case, Draft
from gongkai.web.applications.receiving import proven
from gongkai.web.applications.receiving.codes import proof
from gongkai.web.common import audit
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.models import AuditEntry, OutboxMail
from tests.web.applications.asking import request, requester
from tests.web.applications.at_desks import Desk, track
from tests.web.applications.reading import words
from tests.web.reporting.people import Town, work
from tests.web.sessions import signed_in

WHY = {"reason": "申请人遗失回执", "identified": "本人持身份证到场核对"}
CITIZEN = Actor.of(None)


class Sent:
    """An application that was sent, and the token it was sent with."""

    def __init__(self, town: Town, email: str = "chen@example.cn") -> None:
        asked = request(replace(requester(), email=email))
        self.token = PrepareDraft(CITIZEN, agency=town.agency, request=asked).run()
        self.old = SendDraft(CITIZEN, token=self.token).run()

    @property
    def case(self) -> Case:
        """As it is now."""
        return Case.objects.get(pk=self.old.case.pk)


@pytest.fixture
def sent(town: Town) -> Sent:
    """One with an address."""
    return Sent(town)


def renew(town: Town, sent: Sent, **more: object) -> Submitted:
    return NewCode(town.as_clerk, case_id=sent.case.pk, **(WHY | more)).run()


def test_the_old_code_opens_nothing_any_more(town: Town, sent: Sent) -> None:
    browser = Client()
    typed = {"number": sent.case.register_no, "code": sent.old.code}
    browser.post(reverse("portal:track"), typed)
    assert browser.get(reverse("portal:followed")).status_code == 200
    new = renew(town, sent).code
    assert new != sent.old.code
    assert browser.get(reverse("portal:followed")).status_code == 302, "what it had opened is closed"
    assert proven.case_of(sent.case.register_no, sent.old.code) is None
    assert Client().post(reverse("portal:track"), typed).status_code == 403
    with pytest.raises(ActionRefused, match="查询码不对"):
        HandInCorrection(CITIZEN, case_id=sent.case.pk, proof=proof(sent.old.code), text="补").run()
    with pytest.raises(ActionRefused, match="已经过期"):
        SendDraft(CITIZEN, token=sent.token).run()
    assert Case.objects.count() == 1
    found = proven.case_of(sent.case.register_no, new)
    assert found is not None
    assert found.pk == sent.case.pk


def test_what_staff_entered_stays_remembered(town: Town, sent: Sent) -> None:
    """A second click on an entry of staff enters nothing, though the code was replaced between the two."""
    remembered = Draft.objects.get(case=sent.case)
    remembered.content = "keyed hash of what was said"
    remembered.save()
    renew(town, sent)
    assert Draft.objects.filter(case=sent.case).exists()


def test_why_and_who_are_on_record_and_no_code(town: Town, sent: Sent) -> None:
    new = renew(town, sent).code
    note = sent.case.notes.get()
    assert note.text == "更换查询码。理由：申请人遗失回执\n身份核对：本人持身份证到场核对"
    assert note.person == town.clerk
    entry = AuditEntry.objects.filter(code="applications.new_code").latest("pk")
    assert WHY["identified"] not in str(entry.details)
    for code in (new, sent.old.code):
        assert code not in str(entry.details)
        assert code not in note.text
    assert audit.verify() == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": " "}, "没有写更换的理由"), ({"identified": ""}, "没有写怎样核对了身份"),
        ({"identified": "长" * 501}, "最多500字"), ({"revision": 0}, "改动过"),
    ],
)  # fmt: skip
def test_not_without_saying_why(town: Town, sent: Sent, given: dict[str, object], said: str) -> None:
    with pytest.raises(ActionRefused, match=said):
        renew(town, sent, **given)
    assert sent.case.code == sent.old.code


def test_not_by_another_agency_nor_by_whoever_only_sees(town: Town, sent: Sent) -> None:
    for actor in (Actor.of(town.other_clerk), town.as_leader, CITIZEN):
        with pytest.raises(Denied):
            NewCode(actor, case_id=sent.case.pk, **WHY).run()
    assert sent.case.code == sent.old.code


def test_by_mail_it_goes_to_the_address_of_the_application(town: Town, sent: Sent) -> None:
    work()
    mail.outbox.clear()
    new = renew(town, sent, by_mail=True).code
    work()
    (told,) = mail.outbox
    assert told.to == ["chen@example.cn"]
    assert new in told.body
    assert new not in told.subject
    assert "陈一心" not in told.body + told.subject


def test_handed_out_it_is_in_no_mail_but_the_applicant_hears_of_it(town: Town, sent: Sent) -> None:
    new = renew(town, sent).code
    last = OutboxMail.objects.latest("pk")
    assert "已更换查询码" in last.body
    assert new not in last.body
    nobody = Sent(town, email="")
    before = OutboxMail.objects.count()
    renew(town, nobody)
    assert OutboxMail.objects.count() == before
    with pytest.raises(ActionRefused, match="没有留电子邮箱"):
        renew(town, nobody, by_mail=True)


def test_the_page_tells_it_once_and_prints_it(town: Town, sent: Sent) -> None:
    clerk = signed_in(town.clerk)
    address = reverse("applications:new_code", args=[sent.case.pk])
    assert clerk.post(address, WHY | {"reason": "", "revision": sent.case.revision}).status_code == 422
    answer = clerk.post(address, WHY | {"revision": sent.case.revision})
    new = sent.case.code
    assert new != sent.old.code
    assert new not in str(dict(clerk.session))
    first, second = (clerk.get(answer["Location"]).content.decode() for _ in range(2))
    assert new in first
    assert new not in second
    slip = reverse("applications:paper", args=[sent.case.pk, "receipt_slip", "pdf"])
    assert new in words(clerk.post(slip, {"reason": "交申请人", "query_code": new}).content)
    assert new not in words(clerk.get(slip).content)
    refused = clerk.post(slip, {"reason": "交申请人", "query_code": sent.old.code}, follow=True)
    assert "查询码已经更换" in refused.content.decode()


def test_mailed_the_page_does_not_show_it(town: Town, sent: Sent) -> None:
    clerk = signed_in(town.clerk)
    address = reverse("applications:new_code", args=[sent.case.pk])
    answer = clerk.post(address, WHY | {"by_mail": "on", "revision": sent.case.revision}, follow=True)
    assert "寄往申请人的电子邮箱" in answer.content.decode()
    assert sent.case.code not in answer.content.decode()
    nobody = Sent(town, email="")
    page = clerk.get(reverse("applications:new_code", args=[nobody.case.pk])).content.decode()
    assert "by_mail" not in page


def test_after_an_entry_the_receipt_is_printed_with_the_code(town: Town) -> None:
    clerk = signed_in(town.clerk)
    who = requester()
    given = {
        "once": "y" * 43, "agency": town.agency.pk, "came_by": "in_person", "received_on": "2024-03-04",
        "kind": who.kind, "name": who.name, "identity_kind": who.identity_kind, "phone": who.phone,
        "identity_number": who.identity_number, "subject": "预算", "form_wanted": "paper",
        "way_wanted": "pick_up",
    }  # fmt: skip
    page = clerk.get(clerk.post(reverse("applications:register"), given)["Location"]).content.decode()
    code = Case.objects.get().code
    assert f'name="query_code" value="{code}"' in page
    again = clerk.get(reverse("applications:registered", args=[Case.objects.get().pk])).content.decode()
    assert code not in again
    assert "更换查询码" in again


@pytest.mark.django_db(transaction=True)
def test_at_the_counter(town: Town, live_server: LiveServer, browser: Browser) -> None:
    sent = Sent(town)
    desk = Desk(live_server.url, browser, town.clerk)
    page = desk.open(f"{sent.case.pk}/")
    page.get_by_role("link", name="更换查询码").click()
    page.get_by_label("更换的理由").fill(WHY["reason"])
    page.get_by_label("怎样核对了身份").fill(WHY["identified"])
    with page.expect_navigation():
        page.get_by_role("button", name="更换查询码").click()
    new = sent.case.code
    assert new in page.locator("main").inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="打印回执（PDF）").click()
    assert new in words(download.value.path().read_bytes())
    track(page, live_server.url, sent.case.register_no, new)
