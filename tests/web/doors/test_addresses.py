"""Every address, tried as a stranger and as the people of another agency."""

import re
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from gongkai.web.agencies.models import Person
from tests.web.addresses import Entry, entries
from tests.web.doors.conftest import SECRETS, Ground, everything
from tests.web.doors.verdicts import ADDRESSES, CMS, Verdict, verdict_on

pytestmark = [
    # The CMS leaves the temporary files of its thumbnails to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
SignIn = Callable[..., Client]
_REFUSED = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
_SIGN_IN = ("/accounts/login/", "/admin/login/")
MISSING = 987654


def of(*verdicts: Verdict) -> list[Entry]:
    return [one for one in entries() if verdict_on(one.name, one.namespace) in verdicts]


def address(entry: Entry, ground: Ground) -> str:
    """An address about something of the town, where it takes anything."""
    if entry.name == "wagtaildocs_serve":
        return ground.document.url  # type: ignore[attr-defined, no-any-return]
    return entry.filled(ground.arguments(entry.name), 1)


def text_of(response: Any) -> str:
    return b"".join(response).decode("utf-8", "replace")


def test_somebody_has_thought_about_every_address() -> None:
    known = {one.name: verdict_on(one.name, one.namespace) for one in entries()}
    assert sorted(name for name, verdict in known.items() if verdict is None) == []
    assert sorted(set(ADDRESSES) - set(known)) == [], "these addresses are gone"
    ours = {one.name for one in entries() if one.view.__module__.startswith("gongkai.")}
    answered_by_us = {"wagtailadmin_account", "admin/login/"}
    assert sorted(ours - set(ADDRESSES) - answered_by_us) == [], "ours are named one by one"
    starts = {one.namespace for one in entries()} | {one.name for one in entries()}
    assert [start for start in CMS if not any(name.startswith(start) for name in starts)] == []


def test_a_stranger_is_sent_to_sign_in(ground: Ground) -> None:
    client, before = Client(), everything()
    closed = of(Verdict.ONESELF, Verdict.LIMITED, Verdict.ROLE, Verdict.OBJECT, Verdict.CLOSED)
    assert len(closed) > 200
    wrong = []
    for entry in closed:
        for method in ("get", "post"):
            response = getattr(client, method)(address(entry, ground))
            sent = response.headers.get("Location", "")
            if not (sent.startswith(_SIGN_IN) or response.status_code in _REFUSED):
                wrong.append((entry.name, method, response.status_code, sent))
            assert not [word for word in SECRETS if word in text_of(response)], entry.name
    assert wrong == []
    assert everything() == before


def test_the_public_pages_and_the_entrance_need_no_sign_in(ground: Ground) -> None:
    ground.record.published_version = ground.record.current_version
    ground.record.published_at = ground.record.current_version.uploaded_at  # type: ignore[union-attr]
    ground.record.state = "published"
    ground.record.save()
    values = {"slug": "xiaojiang", "year": 2024, "fmt": "docx", "revision": 1, "pk": ground.item.pk}
    values["form"] = "pdf"
    for entry in of(Verdict.PUBLIC):
        response = Client().get(entry.filled(values, 1))
        assert response.status_code in {HTTPStatus.OK, HTTPStatus.FOUND}, entry.name
        assert not response.headers.get("Location", "").startswith(_SIGN_IN), entry.name
    for entry in of(Verdict.ENTRANCE):
        response = Client().get(address(entry, ground))
        assert response.status_code in {HTTPStatus.OK, HTTPStatus.FOUND}, entry.name
        assert not [word for word in SECRETS if word in text_of(response)], entry.name


def test_nothing_of_an_application_without_number_and_code(ground: Ground) -> None:
    for entry in of(Verdict.APPLICANT):
        for method in ("get", "post"):
            client = Client()
            response = getattr(client, method)(entry.filled({"pk": 1, "name": "rate"}, 1))
            sent = response.headers.get("Location", "")
            if sent == "/apply/case/":  # a form's address that was only looked at: its page asks in turn
                sent = client.get(sent).headers["Location"]
            closed = {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
            assert sent == "/apply/track/" or response.status_code in closed, (entry.name, method)


def test_nothing_of_an_account_without_its_cookie(ground: Ground, signed_in: SignIn) -> None:
    before = everything()
    for client in (Client(), signed_in(ground.clerk), signed_in(ground.administrator)):
        for entry in of(Verdict.ACCOUNT):
            for method in ("get", "post"):
                response = getattr(client, method)(entry.filled({"pk": ground.case.pk}, 1))
                sent = response.headers.get("Location", "")
                told = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
                assert sent == "/apply/mine/" or told, (entry.name, method)
    assert everything() == before


def others(ground: Ground) -> Iterator[Person]:
    yield from (ground.other_clerk, ground.other_administrator, ground.other_office)


def test_people_of_another_agency_see_and_change_nothing(ground: Ground, signed_in: SignIn) -> None:
    for who in others(ground):
        client = signed_in(who)
        client.get("/admin/")
        before = everything()
        for entry in of(Verdict.LIMITED, Verdict.ROLE, Verdict.OBJECT, Verdict.ONESELF):
            if entry.namespace.startswith("wagtail") or entry.name.startswith(("wagtail", "admin/")):
                continue  # tried one by one, with files of both agencies, in ``test_back_office``
            for method, query in (("get", ""), ("get", f"?v=1&q=萧江&agency={ground.here.pk}"), ("post", "")):
                if method == "post" and verdict_on(entry.name, entry.namespace) is Verdict.ONESELF:
                    continue
                response = getattr(client, method)(address(entry, ground) + query)
                text = text_of(response).replace("q=萧江", "").replace('value="萧江"', "")
                assert response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, entry.name
                assert not [word for word in SECRETS if word in text], (who, entry.name, method, query)
        assert everything() == before, who


def test_a_thing_of_another_agency_is_refused_as_if_it_were_not_there(
    ground: Ground, signed_in: SignIn
) -> None:
    client = signed_in(ground.other_clerk)
    client.get("/admin/")
    different = []
    for entry in of(Verdict.OBJECT):
        missing = dict(ground.arguments(entry.name)) | {"pk": MISSING}
        gone = (
            f"/documents/{MISSING}/notice.txt"
            if entry.name == "wagtaildocs_serve"
            else entry.filled(missing, 1)
        )
        for method in ("get", "post"):
            theirs = getattr(client, method)(address(entry, ground))
            nothing = getattr(client, method)(gone)
            closed = {*_REFUSED, HTTPStatus.METHOD_NOT_ALLOWED}
            assert theirs.status_code in closed, (entry.name, method, theirs.status_code)
            told = [re.sub(r"\d+|[\w-]{32,}", "", text_of(answer)) for answer in (theirs, nothing)]
            if theirs.status_code != nothing.status_code or told[0] != told[1]:
                different.append((entry.name, method, theirs.status_code, nothing.status_code))
    assert different == []


def test_whoever_the_thing_belongs_to_gets_in(ground: Ground, signed_in: SignIn) -> None:
    """The same addresses open for the right people: nothing above is refused by accident."""
    doors = {
        person: signed_in(person)
        for person in (ground.clerk, ground.head, ground.county_administrator, ground.leader)
    }
    for client in doors.values():
        client.get("/admin/")
    shut = []
    for entry in of(Verdict.OBJECT, Verdict.LIMITED):
        if entry.name.startswith("wagtail") and entry.name != "wagtaildocs_serve":
            continue
        path = address(entry, ground)
        query = "?path=applications.total.total" if entry.name == "reporting:act" else ""
        codes = {client.get(path + query).status_code for client in doors.values()}
        if HTTPStatus.OK not in codes:
            shut.append((entry.name, codes))
    # Only posted to, or about what the town has not got: pictures of pages, somebody gone, letters, parts.
    expected = {
        "reporting:page", "reporting:rollup", "reporting:file_intake", "people:cancel_leave", "people:erase",
        "applications:personal", "applications:attachment", "applications:template", "applications:letter",
        "applications:new_letter", "applications:preview", "applications:preview_picture",
        "applications:act_on", "applications:together_on", "applications:save_view",
        "applications:delete_view", "applications:paper", "applications:template_preview",
        "applications:whole_file",
        "applications:drop_scan", "applications:scan_words", "applications:scan_page", "applications:look",
    }  # fmt: skip
    assert {name for name, _ in shut} <= expected, shut


def test_no_form_is_taken_without_its_token(ground: Ground, signed_in: SignIn) -> None:
    """Cross-site request forgery: every address refuses a POST that does not bring the form's own token."""
    exempt = {entry.name for entry in entries() if getattr(entry.view, "csrf_exempt", False)}
    # The read API takes no POST; the CMS's own asks for the token itself.
    assert all(name.startswith(("portal:api:", "wagtailadmin_api:")) for name in exempt)
    for who in (ground.clerk, ground.administrator):
        client = signed_in(who, enforce_csrf_checks=True)
        client.get("/admin/")
        before = everything()
        for entry in entries():
            response = client.post(address(entry, ground))
            api = entry.name.startswith("portal:api:") and entry.name in exempt
            expected = HTTPStatus.METHOD_NOT_ALLOWED if api else HTTPStatus.FORBIDDEN
            assert response.status_code == expected, (entry.name, response.status_code)
        assert everything() == before
