"""Two clerks at one case: whoever is second is told, with every form there is, and nothing is overwritten."""

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from gongkai.web.agencies.models import Person
from gongkai.web.applications.actions import (
    AddFile,
    AddNote,
    AddParty,
    AskSection,
    DraftLetter,
    RecordEvent,
)
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import Case, Notice
from gongkai.web.applications.receiving import intake
from gongkai.web.applications.views.acts import ACTS
from gongkai.web.common.models import OutboxMail
from tests.web.applications.asking import PDF, submit, today
from tests.web.doors.conftest import everything
from tests.web.reporting.people import Town


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    client.get("/admin/")
    return client


class Desk:
    """A case with one of everything an act can be about, on the screen of a head who was first to look."""

    def __init__(self, town: Town) -> None:
        self.town = town
        clerk, pk = town.as_clerk, submit(town.agency).case.pk
        event = RecordEvent(clerk, case_id=pk, kind="confirmed", on=today()).run()
        party = AddParty(clerk, case_id=pk, party="third_party", name="某公司").run()
        errand = AskSection(clerk, case_id=pk, section="科室", question="x", answer_by=today()).run()
        letter = DraftLetter(clerk, case_id=pk, kind="reply", typed={}, outcome="provided").run()
        OutboxMail.objects.filter(notice__case_id=pk).update(failed_at=now())
        notice = Notice.objects.get(case_id=pk)
        paper = AddFile(
            clerk, case_id=pk, purpose="internal", upload=intake.Upload("internal", "底稿.pdf", PDF)
        ).run()
        note = AddNote(clerk, case_id=pk, kind="publish", text="多人申请，可以主动公开").run()
        self.about = {
            "note": note.pk, "event": event.pk, "consultation": party.pk, "errand": errand.pk,
            "letter": letter.pk, "notice": notice.pk, "file": paper.pk, "": 0,
        }  # fmt: skip
        self.case = Case.objects.get(pk=pk)
        self.client = signed_in(town.head)

    def somebody_else_is_first(self) -> None:
        AddNote(self.town.as_second_clerk, case_id=self.case.pk, kind="note", text="先办一步").run()

    def address(self, name: str) -> str:
        on = ACTS[name].on
        args: list[Any] = [self.case.pk, name]
        return reverse(
            "applications:act_on" if on else "applications:act",
            args=[*args, self.about[on]][: 3 if on else 2],
        )

    def filled(self, name: str) -> dict[str, Any]:
        """The act's form as its page shows it, filled with what its fields take.

        Where the page refuses to show it, what somebody had opened before it was refused.
        """
        shown = self.client.get(self.address(name)).context
        form = shown["form"] if "form" in shown else ACTS[name].form()
        return {field: value(field, one) for field, one in form.fields.items()}


def value(name: str, field: forms.Field) -> Any:
    """Something the field takes."""
    if isinstance(field, forms.FileField):
        return SimpleUploadedFile("x.pdf", PDF)
    if isinstance(field, forms.ChoiceField):
        return next(key for key, _ in field.choices if key)
    if isinstance(field, forms.DateField):
        return today().isoformat()
    if isinstance(field, forms.TimeField):
        return "00:00"
    if isinstance(field, forms.BooleanField):
        return "on"
    return "甲\n乙" if name == "subjects" else "1"


@pytest.fixture
def desk(town: Town) -> Desk:
    return Desk(town)


def told(answer: Any, name: str = "") -> None:
    assert answer.status_code == 409, name
    assert "刚刚被其他人改动过" in answer.content.decode(), name


def test_the_second_is_told_on_every_act(desk: Desk) -> None:
    desk.somebody_else_is_first()
    before = everything()
    for name in ACTS:
        given = desk.filled(name) | {"revision": desk.case.revision}
        answer = desk.client.post(desk.address(name), given)
        told(answer, name)
        # Sent once more from that page it is refused again: what changed has to be looked at first.
        again = desk.filled(name) | {"revision": answer.context["revision"]}
        told(desk.client.post(desk.address(name), again), name)
        assert everything() == before, name


def test_a_form_without_its_number_does_nothing(desk: Desk) -> None:
    before = everything()
    for name in ACTS:
        for number in ("", "x", "-1", "9" * 5000):
            given = desk.filled(name) | {"revision": number}
            assert desk.client.post(desk.address(name), given).status_code == 409, (name, number)
    assert everything() == before


def test_the_second_is_told_on_every_kind_of_letter(desk: Desk) -> None:
    desk.somebody_else_is_first()
    before = everything()
    for code, kind in kinds().items():
        typed = {
            f"field_{number}": one.choices[0] if one.choices else "2030-01-01" if one.kind == "date" else "1"
            for number, one in enumerate(kind.fields)
        }
        given = {"revision": desk.case.revision, "outcome": "provided", "party": desk.about["consultation"]}
        url = reverse("applications:new_letter", args=[desk.case.pk, code])
        told(desk.client.post(url, given | typed), code)
    assert everything() == before


def test_the_second_is_told_on_a_letter_being_changed(desk: Desk) -> None:
    url = reverse("applications:letter", args=[desk.case.pk, desk.about["letter"]])
    given = {"revision": desk.case.revision, "outcome": "partial", "field_0": "改过的"}
    assert signed_in(desk.town.second_clerk).post(url, given).status_code == 302
    before = everything()
    told(desk.client.post(url, given | {"field_0": "另一种改法"}))
    assert everything() == before


def test_what_belongs_to_another_case_is_not_reached_from_this_one(desk: Desk, town: Town) -> None:
    """Ids of another case of the same agency in the address of this one: no letter, party, errand, event."""
    other = Desk(town)
    for name in sorted(name for name in ACTS if ACTS[name].on):
        case = Case.objects.get(pk=desk.case.pk)
        url = reverse("applications:act_on", args=[case.pk, name, other.about[ACTS[name].on]])
        before = everything()
        answer = desk.client.post(url, desk.filled(name) | {"revision": case.revision})
        assert answer.status_code == 409, name
        assert everything() == before, name
    for name in ("letter", "preview"):
        url = reverse(f"applications:{name}", args=[desk.case.pk, other.about["letter"]])
        assert desk.client.get(url).status_code == 404
    new = reverse("applications:new_letter", args=[desk.case.pk, "consult_third_party"])
    assert desk.client.get(f"{new}?party={other.about['consultation']}").status_code == 404


def test_whoever_was_given_a_case_meanwhile_keeps_it(desk: Desk, town: Town) -> None:
    """Giving out from the list: the second list still shows the case as nobody's."""
    url, marked = reverse("applications:assign"), f"{desk.case.pk}-{desk.case.revision}"
    head = signed_in(town.head)
    page = head.get(reverse("applications:due")).content.decode()
    assert f'value="{marked}"' in page
    head.post(url, {"case": marked, "person": town.second_clerk.pk})
    answer = head.post(url, {"case": marked, "person": town.clerk.pk}, follow=True)
    assert "刚刚被其他人改动过" in answer.content.decode()
    for wrong in (str(desk.case.pk), f"{desk.case.pk}-", f"{desk.case.pk}-x"):
        head.post(url, {"case": wrong, "person": town.clerk.pk})
    assert Case.objects.get(pk=desk.case.pk).handler_id == town.second_clerk.pk
    assert head.post(url, {"case": "9" * 5000, "person": "x"}).status_code == 404


def test_numbers_that_are_none_are_no_failure(desk: Desk) -> None:
    case = [desk.case.pk]
    long = "9" * 5000
    for url in (
        reverse("applications:due") + f"?p={long}",
        reverse("applications:month") + "?m=0001-01",
        reverse("applications:month") + "?m=9999-12",
        reverse("applications:figures") + f"?year={long}",
        reverse("applications:behind", args=["new", "total"]) + f"?p={long}&year=0",
        reverse("applications:new_letter", args=[*case, "consult_third_party"]) + f"?party={long}",
    ):
        assert desk.client.get(url).status_code in {200, 404}, url
