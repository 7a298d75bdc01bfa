"""Names and numbers of people are looked for without standing in any address, nor plain in any session."""

import csv
import io
import re
from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from gongkai.web.applications.models import Case
from tests.web.applications.asking import IDENTITY, request, requester, submit
from tests.web.applications.test_screens import signed_in
from tests.web.reporting.people import Town

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
