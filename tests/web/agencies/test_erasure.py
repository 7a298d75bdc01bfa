"""The personal data of somebody who has gone is erased; what they did, and the audit log, stay whole."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessLog
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from gongkai.web.agencies import actions, erasure
from gongkai.web.agencies.models import Person, Post, Role
from gongkai.web.common import audit, registry
from gongkai.web.common.actor import Actor
from gongkai.web.common.audit import AuditEntry
from gongkai.web.common.errors import ActionRefused, Denied
from tests.web.days import TODAY

from .conftest import SINCE

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.usefixtures("still_today")
REASON = "离任满三年，不再需要"
#: What names the person, each unlike any other text in the database.
PERSONAL = ("欧阳清风", "ouyang.qf", "0577-63721234", "qingfeng@example.com", "党政办公室副主任甲")


@pytest.fixture
def gone(world: SimpleNamespace) -> Person:
    """Somebody with data in every place, who signed in, acted, and handed over."""
    who = Person.objects.create_user(
        "ouyang.qf", "correct-horse-battery", name="欧阳清风", phone=PERSONAL[2], email=PERSONAL[3]
    )
    Post.objects.create(
        person=who, agency=world.town, role=Role.CLERK, from_day=SINCE, title="党政办公室副主任甲"
    )
    Client().post(reverse("account_login"), {"login": "ouyang.qf", "password": "correct-horse-battery"})
    Client().post(reverse("account_login"), {"login": "ouyang.qf", "password": "wrong"})
    assert AccessLog.objects.filter(username="ouyang.qf").exists()
    UserProfile.get_for_user(who)
    Authenticator.objects.create(user=who, type=Authenticator.Type.TOTP, data={"secret": "x"})
    actions.RecordLeave(
        Actor.of(who), person=who, deputy=world.head, from_day=TODAY, until_day=TODAY + timedelta(days=1)
    ).run()
    actions.PersonHandsOver(
        Actor.of(world.administrator), person=who, successor=world.head, last_day=TODAY
    ).run()
    return Person.objects.get(pk=who.pk)


def everywhere(word: str) -> list[str]:
    """Tables in which a text still stands, whatever the column."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(word in str(value) for row in cursor.fetchall() for value in row):
                found.append(table)
    return found


def erase(who: Actor, person: Person, reason: str = REASON) -> Person:
    return actions.ErasePerson(who, person=person, reason=reason).run()


def test_nothing_that_names_the_person_is_left_and_the_log_still_holds(
    world: SimpleNamespace, gone: Person
) -> None:
    for word in PERSONAL:
        assert everywhere(word), "the test looks for what was there"
    before = AuditEntry.objects.filter(actor_id=gone.pk).count()
    assert before > 0
    erased = erase(Actor.of(world.administrator), gone)
    assert {word: everywhere(word) for word in PERSONAL} == {word: [] for word in PERSONAL}
    assert (erased.name, erased.username) == (f"已离任人员（{gone.pk}号）", f"erased-{gone.pk}")
    assert erased.erased_at is not None
    assert not Authenticator.objects.filter(user=erased).exists()
    assert audit.verify() == []
    assert AuditEntry.objects.filter(actor_id=gone.pk).count() == before
    entry = AuditEntry.objects.get(code="agencies.erase_person")
    assert (entry.agency_id, entry.details["person"]) == (world.town.pk, gone.pk)
    assert REASON not in str(entry.details)
    post = erased.posts.get()
    assert (post.role, post.from_day, post.until_day, post.title) == (Role.CLERK, SINCE, TODAY, "")


def test_the_command_verifies_the_log_when_it_has_erased(gone: Person) -> None:
    said = StringIO()
    call_command("erase_person", "ouyang.qf", reason=REASON, stdout=said)
    assert "将清除 欧阳清风" in said.getvalue()
    assert Person.objects.get(pk=gone.pk).name == "欧阳清风"
    call_command("erase_person", "ouyang.qf", reason=REASON, yes=True, stdout=said)
    assert "审计日志核验相符" in said.getvalue()
    call_command("verify_audit", stdout=said)
    assert everywhere("欧阳清风") == []
    with pytest.raises(CommandError, match="没有登录名"):
        call_command("erase_person", "ouyang.qf", reason=REASON, yes=True)
    with pytest.raises(CommandError, match="已经清除"):
        call_command("erase_person", f"erased-{gone.pk}", reason=REASON, yes=True)


def test_somebody_who_is_still_there_is_not_erased(world: SimpleNamespace) -> None:
    with pytest.raises(ActionRefused, match="还在使用"):
        erase(Actor.of(world.administrator), world.clerk)
    with pytest.raises(ActionRefused, match="自己"):
        erase(Actor.of(world.administrator), world.administrator)


def test_it_takes_a_reason_and_is_done_once(world: SimpleNamespace, gone: Person) -> None:
    who = Actor.of(world.administrator)
    with pytest.raises(ActionRefused, match="没有写清除理由"):
        erase(who, gone, " ")
    erase(who, gone)
    with pytest.raises(ActionRefused, match="已经清除"):
        erase(who, gone)


def test_only_whoever_looks_after_every_agency_they_worked_in(world: SimpleNamespace, gone: Person) -> None:
    for stranger in (world.clerk, world.leader, world.other_administrator):
        with pytest.raises(Denied):
            erase(Actor.of(stranger), gone)
    Post.objects.create(
        person=gone, agency=world.other_town, role=Role.CLERK, from_day=SINCE, until_day=SINCE
    )
    with pytest.raises(Denied):
        erase(Actor.of(world.administrator), gone)
    erase(Actor.of(world.root), gone)
    assert everywhere("欧阳清风") == []


def test_an_app_erases_its_own_and_where_it_cannot_nothing_is_erased(
    world: SimpleNamespace, gone: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = registry.Registry(erasure.REGISTRY)
    for key, eraser in registry.of(erasure.REGISTRY).items():
        mine.register(key, eraser)
    monkeypatch.setitem(registry._registries, erasure.REGISTRY, mine)

    def fails(person: Person) -> int:
        raise OSError(person.username)

    mine.register("tests.fails", fails)
    with pytest.raises(OSError, match="ouyang"):
        erase(Actor.of(world.administrator), gone)
    assert Person.objects.get(pk=gone.pk).name == "欧阳清风"
    assert AccessLog.objects.filter(username="ouyang.qf").exists()


def test_the_screen_says_what_goes_and_what_stays_and_asks_for_the_name_again(
    world: SimpleNamespace, gone: Person, sign_in: SignIn
) -> None:
    client = sign_in(world.administrator)
    detail, form = reverse("people:detail", args=[gone.pk]), reverse("people:erase", args=[gone.pk])
    assert form in client.get(detail).content.decode()
    page = client.get(form).content.decode()
    for said in ("欧阳清风", "将清除", "将保留", f"已离任人员（{gone.pk}号）", "不能恢复"):
        assert said in page
    refused = client.post(form, {"reason": REASON, "username": "somebody"}).content.decode()
    assert "与此人的登录名不符" in refused
    assert client.post(form, {"reason": REASON, "username": "ouyang.qf"}).status_code == 302
    page = client.get(detail).content.decode()
    assert "个人信息已于" in page
    assert "欧阳清风" not in page
    assert form not in page
    assert sign_in(world.head).get(form).status_code == 403
