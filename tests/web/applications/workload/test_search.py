"""Names and numbers of people are looked for without standing in any address, nor plain in any session."""

import csv
import io
import re
from datetime import date
from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.web.applications import selectors
from gongkai.web.applications.models import Case, State
from tests.web.applications.asking import IDENTITY, request, requester, submit
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

URL = reverse("applications:due")
LOOK = reverse("applications:look")
NAME = "陈一心"


@pytest.fixture
def cases(town: Town) -> tuple[Case, Case]:
    """The one looked for, and another."""
    other = requester(name="李二", identity_number="330326195503151230")
    return submit(town.agency).case, submit(town.agency, request(other, subject="防汛预案")).case


def listed(client: Client, address: str) -> list[str]:
    page = client.get(address).content.decode()
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)


@pytest.mark.parametrize("typed", [NAME, IDENTITY, "0577-63700000"])
def test_what_is_typed_finds_and_stands_in_no_address(
    town: Town, cases: tuple[Case, Case], typed: str
) -> None:
    client = signed_in(town.clerk)
    answer = client.post(LOOK, {"q": f" {typed} ", "bucket": "unconfirmed", "handler": "none", "on": ""})
    to = answer.headers["Location"]
    assert re.fullmatch(rf"{URL}\?bucket=unconfirmed&handler=none&s=\w{{12}}", to)
    page = client.get(to).content.decode()
    found = cases[:1] if typed != "0577-63700000" else cases
    assert set(listed(client, to)) == {one.register_no for one in found}
    assert f'name="q" value="{typed}"' in page, "it stands in its field again"
    addresses = re.findall(r'(?:href|action)="([^"]*)"', page)
    assert addresses
    assert not [one for one in addresses if typed in one or quote(typed) in one]
    again = client.post(LOOK, {"q": typed, "bucket": "unconfirmed", "handler": "none"})
    assert again.headers["Location"] == to


def test_it_lies_encrypted_in_the_session(town: Town, cases: tuple[Case, Case]) -> None:
    client = signed_in(town.clerk)
    client.post(LOOK, {"q": NAME})
    kept = Session.objects.get(pk=client.session.session_key).get_decoded()
    assert "applications.looked_for" in kept
    assert NAME not in str(kept)


def test_calendar_and_export_go_by_it_too(town: Town, cases: tuple[Case, Case]) -> None:
    client = signed_in(town.clerk)
    query = client.post(LOOK, {"q": NAME}).headers["Location"].partition("?")[2]
    saved = client.get(f"{reverse('applications:export', args=['csv'])}?{query}").content.decode("utf-8-sig")
    assert [cases[0].register_no in row for row in map(str, csv.reader(io.StringIO(saved)))][1:] == [True]
    assert f"?{query}" in client.get(f"{reverse('applications:month')}?{query}").content.decode()


def test_an_address_with_the_words_goes_on_to_one_without(town: Town, cases: tuple[Case, Case]) -> None:
    client = signed_in(town.clerk)
    for path in (URL, reverse("applications:month"), reverse("applications:export", args=["xlsx"])):
        to = client.get(path, {"q": NAME, "bucket": "soon"}).headers["Location"]
        assert re.fullmatch(rf"{path}\?bucket=soon&s=\w{{12}}", to)


def test_another_session_is_told_that_it_sees_all(town: Town, cases: tuple[Case, Case]) -> None:
    to = signed_in(town.clerk).post(LOOK, {"q": NAME, "bucket": "unconfirmed"}).headers["Location"]
    other = signed_in(town.second_clerk)
    query = to.partition("?")[2]
    for path in (URL, reverse("applications:export", args=["csv"])):
        answer = other.get(f"{path}?{query}")
        assert answer.headers["Location"] == f"{URL}?bucket=unconfirmed"
        assert "查找的文字没有保留" in other.get(answer.headers["Location"]).content.decode()
    assert NAME not in other.get(URL).content.decode()


def test_the_last_twenty_are_kept(town: Town, cases: tuple[Case, Case]) -> None:
    client = signed_in(town.clerk)
    first = client.post(LOOK, {"q": NAME}).headers["Location"]
    for number in range(19):
        client.post(LOOK, {"q": f"2024-{number:04d}"})
    assert listed(client, first) == [cases[0].register_no]
    client.post(LOOK, {"q": "另一个人"})
    assert client.get(first).headers["Location"] == URL


@pytest.fixture
def answered(town: Town, cases: tuple[Case, Case]) -> Case:
    """The first of the two, ended."""
    case = cases[0]
    closed = date(2024, 3, 20)
    Case.objects.filter(pk=case.pk).update(
        state=State.ANSWERED, outcome="granted", received_on=date(2024, 3, 4), closed_on=closed
    )
    case.refresh_from_db()
    return case


@pytest.mark.parametrize("how", ["number", "full width", "name", "identity"])
def test_what_has_ended_is_found_and_shown_as_that(
    town: Town, answered: Case, cases: tuple[Case, Case], how: str
) -> None:
    wide = answered.register_no.translate({ord(a): ord(a) + 0xFEE0 for a in "0123456789-"})
    typed = {"number": answered.register_no, "full width": wide, "name": NAME, "identity": IDENTITY}[how]
    client = signed_in(town.clerk)
    page = client.post(LOOK, {"q": typed}, follow=True).content.decode()
    open_ones, _, ended = page.partition("已办结的，也符合要查找的内容")
    assert "没有符合条件的申请" not in page
    assert "未办结的申请中没有符合条件的，已办结的见下" in open_ones
    assert answered.register_no in ended
    assert "（一）予以公开" in ended
    assert cases[1].register_no not in page


def test_an_open_one_is_found_by_a_number_in_full_width(town: Town, cases: tuple[Case, Case]) -> None:
    typed = cases[1].register_no.replace("-", "－").replace("2", "２")
    client = signed_in(town.clerk)
    to = client.post(LOOK, {"q": typed}).headers["Location"]
    assert listed(client, to) == [cases[1].register_no]


def test_nothing_that_is_seen_finds_nothing(town: Town, answered: Case) -> None:
    assert not selectors.ended(town.as_clerk, "\u200b")
    assert not selectors.ended(town.as_clerk, "没有此人")


def test_what_has_ended_elsewhere_is_not_found(town: Town, answered: Case) -> None:
    assert [one.pk for one in selectors.ended(town.as_clerk, answered.register_no)] == [answered.pk]
    assert not selectors.ended(town.as_other_clerk, answered.register_no)


def test_of_many_the_last_are_shown_and_that_there_are_more(
    town: Town, cases: tuple[Case, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    Case.objects.update(state=State.WITHDRAWN, received_on=date(2024, 3, 4))
    monkeypatch.setattr(selectors, "MOST_ENDED", 1)
    found = selectors.ended(town.as_clerk, "-0")
    assert [one.pk for one in found] == [cases[1].pk, cases[0].pk]
    page = signed_in(town.clerk).post(LOOK, {"q": "-0"}, follow=True).content.decode()
    assert "只列出后收到的1件" in page


@pytest.mark.skipif(connection.vendor != "sqlite", reason="chooses by what is in the table: here nothing")
@pytest.mark.parametrize("text", ["没有这个人", "2026-99999", NAME])
def test_what_has_ended_is_found_without_walking_all_cases(
    town: Town, cases: tuple[Case, Case], text: str
) -> None:
    Case.objects.filter(pk=cases[0].pk).update(state=State.WITHDRAWN)
    with CaptureQueriesContext(connection) as asked:
        found = selectors.ended(town.as_clerk, text)
    assert found == ([cases[0]] if text == NAME else [])
    steps = []
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            if "applications_" in query["sql"]:
                cursor.execute("EXPLAIN QUERY PLAN " + query["sql"].replace("%", "%%"))
                steps += [step for *_, step in cursor.fetchall()]
    on_cases = [step for step in steps if "applications_case" in step]
    scans = [step for step in on_cases if step.startswith("SCAN")]
    part = ["SCAN applications_case USING COVERING INDEX case_register_key"] if text[0].isdigit() else []
    assert scans == part, on_cases
    assert all(step.endswith(("(rowid=?)", "(register_key=?)")) for step in on_cases if step not in scans)


def test_what_is_a_whole_number_elsewhere_may_be_part_of_one_here(town: Town, answered: Case) -> None:
    theirs, number = submit(town.neighbour).case, "2024-0077"
    Case.objects.filter(pk=theirs.pk).update(register_no=number, register_key=number, state=State.WITHDRAWN)
    Case.objects.filter(pk=answered.pk).update(register_no=f"昆{number}", register_key=f"昆{number}")
    assert [one.pk for one in selectors.ended(town.as_clerk, number)] == [answered.pk]
    assert [one.pk for one in selectors.ended(town.as_other_clerk, number)] == [theirs.pk]


def test_of_many_that_have_ended_the_last_are_shown(
    town: Town, cases: tuple[Case, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors, "_FEW", 0)
    Case.objects.update(state=State.WITHDRAWN)
    assert selectors.ended(town.as_clerk, str(cases[0].year)) == [cases[1], cases[0]]
    assert selectors.ended(town.as_clerk, "0577-63700000") == [cases[1], cases[0]]
    assert selectors.ended(town.as_other_clerk, "0577-63700000") == []
