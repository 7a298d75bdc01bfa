"""Suggestions to publish (条例 44) reach whoever decides, and are decided once, with a reason."""

import pytest
from django.urls import reverse

from gongkai.web.applications.actions import AddNote, DecidePublishing, Purge
from gongkai.web.applications.models import Case, Note, PublishDecision, State
from gongkai.web.applications.tasks import _ACTOR
from gongkai.web.applications.workload import suggestions
from gongkai.web.common.errors import ActionRefused, Denied
from tests.web.applications.asking import IDENTITY, submit
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

URL = reverse("applications:suggestions")
WHERE = "县政府网站公开目录，索引号K-2024-8"


@pytest.fixture
def note(town: Town) -> Note:
    """What the clerk suggested."""
    case = submit(town.agency).case
    AddNote(town.as_clerk, case_id=case.pk, kind="note", text="已电话联系").run()
    return AddNote(town.as_clerk, case_id=case.pk, kind="publish", text="涉及多户，建议公开").run()


def decide(town: Town, note: Note, result: str = "published", words: str = WHERE) -> PublishDecision:
    return DecidePublishing(
        town.as_leader, case_id=note.case_id, note_id=note.pk, result=result, words=words
    ).run()


def test_it_waits_for_whoever_decides_and_for_nobody_else(town: Town, note: Note) -> None:
    for actor in (town.as_leader, town.as_head):
        assert list(suggestions.waiting(actor)) == [note]
    for actor in (town.as_clerk, town.as_other_clerk, town.as_office):
        assert not suggestions.waiting(actor)
        assert suggestions.pile(actor, 5) is None
    pile = suggestions.pile(town.as_leader, 5)
    assert pile is not None
    assert (pile.count, [item.label for item in pile.items]) == (1, [note.case.register_no])
    assert "主动公开的建议待审核" in signed_in(town.leader).get("/admin/").content.decode()


def test_from_the_list_to_a_decision_that_all_of_the_agency_see(town: Town, note: Note) -> None:
    client = signed_in(town.leader)
    address = reverse("applications:act_on", args=[note.case_id, "decide-publishing", note.pk])
    assert address in client.get(URL).content.decode()
    given = {"revision": Case.objects.get(pk=note.case_id).revision, "result": "kept"}
    refused = client.post(address, given | {"words": " "})
    assert refused.status_code == 422
    assert client.post(address, given | {"words": "涉及商业秘密"}).status_code == 302
    for page in (URL, reverse("applications:case", args=[note.case_id])):
        shown = signed_in(town.clerk).get(page).content.decode()
        assert "不主动公开：涉及商业秘密" in shown
        assert address not in shown
    assert suggestions.pile(town.as_leader, 5) is None


def test_the_undecided_come_first(town: Town, note: Note) -> None:
    later = AddNote(town.as_clerk, case_id=submit(town.agency).case.pk, kind="publish", text="另一条").run()
    decide(town, later)
    rows = signed_in(town.clerk).get(URL).context["rows"]
    assert [row["note"] for row in rows] == [note, later]


def test_it_is_decided_once_and_with_words(town: Town, note: Note) -> None:
    with pytest.raises(ActionRefused, match="没有写在哪里公开"):
        decide(town, note, words=" ")
    with pytest.raises(ActionRefused, match="没有选择审核结果"):
        decide(town, note, result="perhaps")
    decide(town, note)
    with pytest.raises(ActionRefused, match="已经审核过"):
        decide(town, note)
    other = note.case.notes.exclude(pk=note.pk).get()
    with pytest.raises(ActionRefused, match="没有这条建议"):
        decide(town, other)


def test_who_only_handles_it_does_not_decide(town: Town, note: Note) -> None:
    for actor in (town.as_clerk, town.as_secrecy, town.as_office, town.as_other_clerk):
        with pytest.raises(Denied):
            DecidePublishing(actor, case_id=note.case_id, note_id=note.pk, result="kept", words="x").run()


def test_of_a_case_that_has_ended_too_until_it_is_erased(town: Town, note: Note) -> None:
    Case.objects.filter(pk=note.case_id).update(state=State.WITHDRAWN)
    decision = decide(town, note)
    Purge(_ACTOR, case_id=note.case_id, whole=True).run()
    decision.refresh_from_db()
    assert decision.words == ""
    assert not suggestions.of_actor(town.as_leader)


def test_the_list_shows_no_numbers_or_names_of_people(town: Town) -> None:
    case = submit(town.agency).case
    said = f"{case.applicant.name}（{IDENTITY}）和13912345678的邻居都问过，建议公开"
    AddNote(town.as_clerk, case_id=case.pk, kind="publish", text=said).run()
    page = signed_in(town.leader).get(URL).content.decode()
    assert "139****5678的邻居都问过，建议公开" in page
    for secret in (case.applicant.name, IDENTITY, "13912345678"):
        assert secret not in page
    assert said in signed_in(town.leader).get(reverse("applications:case", args=[case.pk])).content.decode()
