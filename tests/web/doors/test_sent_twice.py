"""The same form sent twice, by a double click or a reload: nothing is stored, mailed or numbered twice."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.syndication.views import Feed
from django.core.serializers import serialize
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from gongkai.law.calendar import FOLDER_VARIABLE
from gongkai.web.agencies.models import Person
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import (
    AssistanceRequest,
    Case,
    Draft,
    IncomingScan,
    LetterTemplate,
    Offering,
    Opening,
    SavedView,
)
from gongkai.web.applications.views.acts import ACTS
from gongkai.web.common.models import OutboxMail
from gongkai.web.publishing.models import Item
from tests.web.addresses import entries
from tests.web.applications.playing import Office, on
from tests.web.applications.test_conflicts import Desk
from tests.web.doors.twice import DAY, Stage
from tests.web.doors.twice_of_citizens import SCENES
from tests.web.publishing.conftest import Enter, enter
from tests.web.reporting.conftest import town
from tests.web.reporting.people import Town

__all__ = ["enter", "town"]

#: The log says that a form came again; sessions and limits are no record of anything.
_NOT_STORED = {
    "common.auditentry", "common.auditchain", "sessions.session", "usersessions.usersession",
}  # fmt: skip
#: Posts that keep nothing: what is opened, closed or looked for on the device at hand.
KEEPS_NOTHING = {
    "applications:look", "portal:track", "portal:leave_case", "portal:account_open", "portal:onward",
}  # fmt: skip
#: Gone over act by act, and letter by letter, below; what is done for a group is done for each case of it.
BELOW = {"applications:act", "applications:act_on", "applications:together_on"}
#: What adds something: by a key of the form, or a rule of the database, one of those sent at once.
AT_ONCE = (
    "applications:assistance", "applications:paper", "applications:register", "applications:save_view",
    "applications:scan", "applications:settings template", "portal:account", "portal:apply_to",
    "portal:draft sent", "publishing:add",
)  # fmt: skip


def stored() -> str:
    """All that is on record of the town."""
    models = [model for model in apps.get_models() if model._meta.label_lower not in _NOT_STORED]
    rows = "".join(serialize("json", model._default_manager.order_by("pk")) for model in models)
    return re.sub(r'"(last_login|access_synced_on|groups)": (?:"[^"]*"|null|\[[^\]]*\]),? ?', "", rows)


@pytest.fixture
def stage(town: Town, enter: Enter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Stage]:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "calendar"))
    root = Person.objects.create_superuser("root", "correct-horse-battery", name="全站管理员")
    with on(DAY):
        yield Stage(town, Office(town), enter, root)


def test_somebody_has_thought_about_every_form() -> None:
    known = {name.partition(" ")[0] for name in SCENES} | KEEPS_NOTHING | BELOW
    ours = [one for one in entries() if one.namespace in {"applications", "publishing", "portal"}]
    assert known <= {one.name for one in ours}
    taking = set()
    for one in ours:
        if not isinstance(one.view, Feed) and "POST" in _methods(one.view):
            taking.add(one.name)
    assert taking == known


def _said(answer: Any) -> str:
    """What a page tells, without its tags and what stands around it."""
    page = answer.content.decode().partition('id="main"')[2]
    return " ".join(re.sub(r"<script.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL).split())


def _methods(view: Any) -> set[str]:
    """What a view or Django's decorators let through; all where there is none of them."""
    if hasattr(view, "view_class"):
        return {name.upper() for name in ("get", "post") if hasattr(view.view_class, name)}
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            found = cell.cell_contents
            if isinstance(found, list | tuple) and found and set(found) <= {"GET", "HEAD", "POST"}:
                return set(found)
        view = getattr(view, "__wrapped__", None)
    return {"GET", "POST"}


def ways() -> Iterator[tuple[str, str]]:
    """Each form sent once more; where a cookie comes with the answer, also as it was before the answer."""
    for name in sorted(SCENES):
        yield name, "once more"
        if name.startswith("portal:"):
            yield name, "double click"


def _twin(client: Client) -> Client:
    """The same browser as it is now."""
    other = Client()
    other.cookies = client.cookies.copy()  # type: ignore[assignment]
    return other


@pytest.mark.parametrize(("name", "way"), list(ways()))
def test_sent_twice_it_is_done_once(stage: Stage, name: str, way: str) -> None:
    client, url, data = SCENES[name](stage)
    second = _twin(client) if way == "double click" else client
    empty = stored()
    first = client.post(url, data())
    assert first.status_code in {HTTPStatus.OK, HTTPStatus.FOUND}, _said(first)
    done = stored()
    assert done != empty, "it does something"
    again = second.post(url, data())
    assert again.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    assert stored() == done


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", AT_ONCE)
def test_sent_three_times_at_once_it_is_done_once(stage: Stage, name: str) -> None:
    client, url, data = SCENES[name](stage)

    def send(_: int) -> Any:
        try:
            return _twin(client).post(url, data())
        finally:
            connection.close()

    counted = {model: model._default_manager.count() for model in _rows_of_forms()}
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(send, range(3)))
    codes = {one.status_code for one in answers}
    assert codes <= {HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.CONFLICT}, codes
    assert codes != {HTTPStatus.CONFLICT}
    more = {model: model._default_manager.count() - before for model, before in counted.items()}
    assert set(more.values()) == {0, 1}, more


def _rows_of_forms() -> list[type[Model]]:
    """What the forms sent at once add one of."""
    return [
        AssistanceRequest, Case, Draft, IncomingScan, Item, LetterTemplate, Offering, Opening, OutboxMail,
        SavedView,
    ]  # fmt: skip


def test_every_act_on_a_case_sent_twice_is_done_once(stage: Stage) -> None:
    desk, done = Desk(stage.town), set()
    for name in sorted(ACTS):
        with transaction.atomic():
            for number in range(2):
                before = stored()
                answer = desk.client.post(
                    desk.address(name), desk.filled(name) | {"revision": desk.case.revision}
                )
                if number == 0 and answer.status_code == HTTPStatus.FOUND:
                    done.add(name)
                else:
                    assert answer.status_code == HTTPStatus.CONFLICT, name
                    assert stored() == before, name
            transaction.set_rollback(True)
    assert done >= {
        "assign", "take", "note", "file", "errand", "errand-answer", "party", "drop", "withdrawn",
        "void-event", "decide-publishing", "called",
    }, done  # fmt: skip


def test_every_kind_of_letter_sent_twice_is_drafted_once(stage: Stage) -> None:
    desk, drafted = Desk(stage.town), set()
    for code, kind in kinds().items():
        typed = {
            f"field_{number}": one.choices[0] if one.choices else "2030-01-01" if one.kind == "date" else "1"
            for number, one in enumerate(kind.fields)
        }
        given = {"revision": desk.case.revision, "outcome": "provided", "party": desk.about["consultation"]}
        url = reverse("applications:new_letter", args=[desk.case.pk, code])
        with transaction.atomic():
            first = desk.client.post(url, given | typed)
            drafted |= {code} if first.status_code == HTTPStatus.FOUND else set()
            before = stored()
            assert desk.client.post(url, given | typed).status_code == HTTPStatus.CONFLICT, code
            assert stored() == before, code
            transaction.set_rollback(True)
    assert len(drafted) > 3, drafted
    assert Case.objects.get().revision == desk.case.revision
