"""When keys change, what is under way goes on: drafts, numbers accounted for, answers relied on."""

import json

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from gongkai.web.applications import sealed
from gongkai.web.applications.actions import PrepareDraft
from gongkai.web.applications.alike import earlier_answers
from gongkai.web.applications.letters import others_data
from gongkai.web.applications.models import Case, Clearance, Draft, IncomingScan
from gongkai.web.applications.receiving import drafts, intake, scans
from gongkai.web.common import keys
from gongkai.web.common.actor import Actor
from gongkai.web.common.rotation import rotate
from tests.web.applications.alike.test_asked_once import cases
from tests.web.applications.alike.test_earlier_answers import CAME, late, rely
from tests.web.applications.asking import PDF, request
from tests.web.applications.letters.test_clearances import FEE, clear, drafted
from tests.web.applications.playing import START, confirmed, on
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

__all__ = ["cases"]

NAMES = ("ENCRYPTION_KEYS", "HASH_KEYS")


def put_first(settings: Settings) -> None:
    for name in NAMES:
        setattr(settings, name, f"{keys.generate('new')},{getattr(settings, name)}")


def take_old_out(settings: Settings) -> None:
    for name in NAMES:
        setattr(settings, name, getattr(settings, name).partition(",")[0])


def changed(settings: Settings) -> dict[str, int]:
    """The keys change; what was renewed. A second run finds nothing, and the old ones are gone."""
    put_first(settings)
    counts = rotate()
    assert {name for name, count in rotate().items() if count} == set()
    take_old_out(settings)
    return counts


@pytest.mark.django_db(transaction=True)
def test_a_draft_that_waits_can_still_be_sent_with_its_files(town: Town, settings: Settings) -> None:
    wanted = request(uploads=(intake.Upload("request", "附件.pdf", PDF),))
    token = PrepareDraft(Actor.of(None), agency=town.agency, request=wanted).run()
    (before,) = json.loads(Draft.objects.get().content)["uploads"]
    assert changed(settings)["applications.drafts"] == 1
    found = drafts.of_token(token)
    assert found is not None
    assert [(one.name, one.content) for one in found.uploads] == [("附件.pdf", PDF)]
    assert not sealed.storage().exists(before["path"])


def test_a_number_that_was_accounted_for_stays_so(town: Town, settings: Settings) -> None:
    with on(START):
        letter = drafted(town, confirmed(town), **FEE)
        clear(town, letter, "account")
        assert changed(settings)["applications.clearances"] == 1
        letter.refresh_from_db()
        assert others_data.found_in(letter) == []


def test_of_what_was_typed_over_since_nothing_is_known_and_nothing_is_renewed(
    town: Town, settings: Settings
) -> None:
    with on(START):
        letter = drafted(town, confirmed(town), **FEE)
        clear(town, letter, "account")
        old = Clearance.objects.get().digest
        letter.fields = ""
        letter.save()
        assert changed(settings)["applications.clearances"] == 0
    assert Clearance.objects.get().digest == old


def test_an_answer_that_was_relied_on_still_holds(town: Town, cases: list[Case], settings: Settings) -> None:
    case = late(town, cases)
    with on(CAME):
        (offered,) = earlier_answers.asked_before(case)
        made = rely(town, case, offered.first)
    assert changed(settings)["applications.answers"] == 1
    made.refresh_from_db()
    assert earlier_answers.still_holds(made, Case.objects.get(pk=case.pk))


def test_a_scan_whose_file_is_lost_keeps_none_of_the_others_waiting(town: Town, settings: Settings) -> None:
    content = json.dumps({"files": [{"name": "x.pdf", "path": "scans/gone"}], "pages": []})
    IncomingScan.objects.create(
        agency=town.agency, content=content, n_pages=1, uploaded_by=town.clerk, uploaded_at=timezone.now()
    )
    put_first(settings)
    assert rotate()["applications.scans"] == 0
    assert scans.said(IncomingScan.objects.get())["files"][0]["path"] == "scans/gone"


def test_words_looked_for_before_are_forgotten_and_the_list_is_shown(town: Town, settings: Settings) -> None:
    """They lie in the session for some hours, under the key of then."""
    client = signed_in(town.clerk)
    found = client.post("/admin/applications/look/", {"q": "陈一心"})
    put_first(settings)
    take_old_out(settings)
    shown = client.get(found.headers["Location"], follow=True)
    assert shown.status_code == 200
    assert "查找的文字没有保留" in shown.content.decode()
