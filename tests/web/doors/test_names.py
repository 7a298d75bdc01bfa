"""Signing in tells nobody which names there are."""

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.utils.timezone import localdate

from gongkai.web.agencies.actions import PersonHandsOver
from gongkai.web.agencies.models import Person
from gongkai.web.common.actor import Actor
from tests.web.doors.conftest import Ground

PASSWORD = "correct-horse-battery"  # as ``agencies.conftest.person`` sets it
UNKNOWN = "nobody-of-that-name"


def told(answer: Any, name: str) -> tuple[int, str, str]:
    """Status, where to, and the page without what differs by chance or was typed."""
    page = re.sub(r"[\w-]{32,}|\d+", "", answer.content.decode().replace(name, ""))
    return answer.status_code, answer.headers.get("Location", ""), page


def tried(name: str, password: str = "wrong-password-1", address: str = "10.0.0.1") -> Any:
    form = {"login": name, "password": password}
    return Client().post("/accounts/login/", form, REMOTE_ADDR=address)


@pytest.fixture
def names(ground: Ground) -> list[str]:
    """A name that works, one that has gone, one that has no post, one with a one-time password."""
    Person.objects.filter(pk=ground.leader.pk).update(is_active=False)
    Person.objects.filter(pk=ground.other_clerk.pk).update(must_change_password=True)
    return [one.username for one in (ground.clerk, ground.leader, ground.nobody, ground.other_clerk)]


def test_a_wrong_password_says_the_same_for_any_name(names: list[str]) -> None:
    answers = {told(tried(name), name) for name in (*names, UNKNOWN)}
    assert len(answers) == 1


def test_somebody_who_has_gone_is_a_name_like_any_other(ground: Ground) -> None:
    """A hand-over takes the password away: what was right once is now as wrong as any."""
    gone = ground.leader
    PersonHandsOver(
        Actor.of(ground.county_administrator), person=gone, successor=ground.clerk, last_day=localdate()
    ).run()
    assert told(tried(gone.username, PASSWORD), gone.username) == told(tried(UNKNOWN, PASSWORD), UNKNOWN)


def test_a_name_nobody_has_is_locked_like_any_other(names: list[str]) -> None:
    answers = []
    for name in (names[0], UNKNOWN):
        cache.clear()
        row = [told(tried(name, address=f"10.0.1.{number}"), name) for number in range(6)]
        answers.append(row)
    assert answers[0] == answers[1]
    assert answers[0][-1][0] == 429 or "过多" in answers[0][-1][2]


def test_a_name_nobody_has_takes_the_work_of_a_password_too(
    names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time an answer takes tells nothing: a password is hashed in either case."""
    worked: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        worked.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    counts = []
    for name in (*names, UNKNOWN):
        worked.clear()
        tried(name)
        counts.append(len(worked))
    assert counts[0] > 0
    assert set(counts) == {counts[0]}
