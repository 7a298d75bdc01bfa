"""Every role, permission and place; deputies; the system, visitors, nobody."""

from datetime import timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from gongkai.web.agencies import permissions as table
from gongkai.web.agencies.models import Leave, Person, Post, Role
from gongkai.web.agencies.permissions import Scope
from gongkai.web.common import permissions
from gongkai.web.common.actor import Actor
from gongkai.web.common.permissions import ALL, SITE, visible_agencies

from .conftest import SINCE, person

#: What each role may do in its own agency (o), below it (b): the promise, written out by hand.
PROMISED = {
    "agencies.view": {"clerk": "o", "section_head": "o", "secrecy_reviewer": "o", "leader": "ob",
                      "disclosure_office": "ob", "administrator": "ob"},
    "agencies.view_log": {"leader": "o", "disclosure_office": "ob", "administrator": "ob"},
    "agencies.create_administrator": {},
    "agencies.create_region": {},
    "agencies.create_agency": {"administrator": "ob"},
    "agencies.rename_agency": {"administrator": "ob"},
    "agencies.move_agency": {"administrator": "ob"},
    "agencies.abolish_agency": {"administrator": "b"},
    "agencies.edit_agency": {"administrator": "ob", "disclosure_office": "ob", "section_head": "o"},
    "agencies.create_person": {"administrator": "ob"},
    "agencies.edit_person": {"administrator": "ob"},
    "agencies.reset_sign_in": {"administrator": "ob"},
    "agencies.appoint": {"administrator": "ob"},
    "agencies.end_post": {"administrator": "ob"},
    "agencies.record_leave": {"clerk": "o", "section_head": "o", "secrecy_reviewer": "o", "leader": "o",
                              "disclosure_office": "o", "administrator": "ob"},
    "agencies.record_leave_of_others": {"administrator": "ob", "leader": "o"},
    "agencies.hand_over": {"administrator": "ob"},
    "agencies.erase_person": {"administrator": "ob"},
    "agencies.set_chain": {"administrator": "ob", "leader": "o"},
    "agencies.set_office": {"administrator": "ob"},
}  # fmt: skip
NEVER_THE_SITES = {"agencies.record_leave"}


def own_rows() -> set[str]:
    return {permission for permission in table.table() if permission.startswith("agencies.")}


def test_every_permission_of_this_app_is_promised() -> None:
    assert own_rows() == set(PROMISED)


@pytest.mark.parametrize("role", Role.values)
def test_each_role_may_what_is_promised_and_nothing_else(world: SimpleNamespace, role: str) -> None:
    actor = Actor.of(person("anna", world.town, role))
    places = {"own": world.town, "below": world.outpost, "above": world.government, "beside": world.bureau,
              "elsewhere": world.other_town}  # fmt: skip
    for permission, (place, agency) in product(table.table(), places.items()):
        promise = PROMISED.get(permission)
        if promise is None:
            continue  # another app's row, promised in that app's tests
        reach = promise.get(role, "")
        expected = (place == "own" and "o" in reach) or (place == "below" and "b" in reach)
        assert permissions.allowed(actor, permission, agency.pk) is expected, (permission, place)
        assert (agency.pk in table.where(actor, permission)) is expected, (permission, place)
    assert not any(permissions.allowed(actor, permission, SITE) for permission in table.table())


@pytest.mark.parametrize("role", Role.values)
def test_lists_and_questions_agree_for_every_row_of_every_app(world: SimpleNamespace, role: str) -> None:
    actor = Actor.of(person("anna", world.town, role))
    everywhere = (world.town, world.outpost, world.government, world.bureau, world.other, world.other_town)
    for permission in table.table():
        held = table.where(actor, permission)
        assert {a.pk for a in everywhere if permissions.allowed(actor, permission, a.pk)} == held, permission


def test_a_supervisor_sees_below_and_a_clerk_the_own_agency(world: SimpleNamespace) -> None:
    below = {world.government.pk, world.town.pk, world.bureau.pk, world.outpost.pk}
    assert visible_agencies(Actor.of(world.office)) == below
    assert visible_agencies(Actor.of(world.administrator)) == below
    assert visible_agencies(Actor.of(world.clerk)) == {world.town.pk}
    assert visible_agencies(Actor.of(world.other_clerk)) == {world.other_town.pk}


def test_ids_that_begin_alike_are_different_agencies(world: SimpleNamespace) -> None:
    from .conftest import agency

    stranger = agency("stranger", "另一机关", world.county)
    clerk_of = Post.objects.create(
        person=person("bo"), agency=stranger, role=Role.DISCLOSURE_OFFICE, from_day=SINCE
    )
    type(stranger).objects.filter(pk=world.other_town.pk).update(lineage=f"{stranger.pk}9/")
    assert visible_agencies(Actor.of(clerk_of.person)) == {stranger.pk}


@pytest.mark.parametrize("permission", sorted(PROMISED))
def test_the_sites_administrator_looks_after_agencies_and_people(
    world: SimpleNamespace, permission: str
) -> None:
    actor = Actor.of(world.root)
    assert permissions.allowed(actor, permission, world.other_town.pk)
    assert permissions.allowed(actor, permission, SITE)
    assert table.where(actor, permission) == ALL
    assert not permissions.allowed(actor, permission, 10**9)


def test_an_unknown_permission_or_agency_is_denied_to_everybody(world: SimpleNamespace) -> None:
    actors = [Actor.of(world.root), Actor.of(world.administrator), Actor.system("agencies.setup")]
    for actor in actors:
        assert not permissions.allowed(actor, "agencies.anything", world.town.pk)
        assert not permissions.allowed(actor, "", world.town.pk)
        assert not table.where(actor, "agencies.anything")
    assert not permissions.allowed(Actor.of(world.administrator), "agencies.view", 10**9)


def test_nobody_and_the_public_may_nothing(world: SimpleNamespace) -> None:
    strangers: list[Any] = [None, Actor("public", None, "公众"), "root", world.root]
    for actor in strangers:
        assert not any(permissions.allowed(actor, code, world.town.pk) for code in PROMISED)
        assert visible_agencies(actor) == frozenset()


def test_a_part_of_the_system_may_what_is_its_own(world: SimpleNamespace) -> None:
    setup, reader = Actor.system("agencies.setup"), Actor.system("reporting.reader")
    assert permissions.allowed(setup, "agencies.appoint", world.town.pk)
    assert not permissions.allowed(reader, "agencies.appoint", world.town.pk)
    assert permissions.allowed(reader, "agencies.view", world.town.pk)
    assert visible_agencies(reader) == ALL
    assert not permissions.allowed(reader, "agencies.view", 10**9)


def test_a_post_gives_its_permissions_from_its_first_to_its_last_day(world: SimpleNamespace) -> None:
    today = timezone.localdate()
    actor = Actor.of(world.clerk)
    post = world.clerk.posts.get()
    for first, last, holds in (
        (today, today, True),
        (today, None, True),
        (today + timedelta(days=1), None, False),
        (SINCE, today - timedelta(days=1), False),
    ):
        post.from_day, post.until_day = first, last
        post.save()
        assert permissions.allowed(actor, "agencies.view", world.town.pk) is holds, (first, last)


def test_a_disabled_account_may_nothing_even_as_administrator(world: SimpleNamespace) -> None:
    Person.objects.update(is_active=False)
    for who in (world.root, world.administrator, world.clerk):
        actor = Actor("person", who.pk, "")
        assert not permissions.allowed(actor, "agencies.view", world.town.pk)
        assert visible_agencies(actor) == frozenset()


def leave(who: Person, deputy: Person, first: int, last: int) -> Leave:
    today = timezone.localdate()
    return Leave.objects.create(
        person=who,
        deputy=deputy,
        from_day=today + timedelta(days=first),
        until_day=today + timedelta(days=last),
    )


@pytest.mark.parametrize(
    ("first", "last", "acts"), [(0, 0, True), (-3, 3, True), (1, 4, False), (-4, -1, False), (0, 9, True)]
)
def test_a_deputy_acts_on_the_days_of_the_leave(
    world: SimpleNamespace, first: int, last: int, acts: bool
) -> None:
    leave(world.leader, world.clerk, first, last)
    assert permissions.allowed(Actor.of(world.clerk), "agencies.set_chain", world.town.pk) is acts
    assert not permissions.allowed(Actor.of(world.head), "agencies.set_chain", world.town.pk)
    assert permissions.allowed(Actor.of(world.leader), "agencies.set_chain", world.town.pk)


def test_acting_is_not_passed_on(world: SimpleNamespace) -> None:
    leave(world.leader, world.head, 0, 2)
    leave(world.head, world.clerk, 0, 2)
    clerk = Actor.of(world.clerk)
    assert permissions.allowed(clerk, "agencies.edit_agency", world.town.pk)  # the section head's
    assert not permissions.allowed(clerk, "agencies.set_chain", world.town.pk)  # the leader's


def test_nobody_acts_for_somebody_who_has_gone(world: SimpleNamespace) -> None:
    leave(world.leader, world.clerk, 0, 2)
    Person.objects.filter(pk=world.leader.pk).update(is_active=False)
    assert not permissions.allowed(Actor.of(world.clerk), "agencies.set_chain", world.town.pk)


def test_a_deputy_without_a_post_of_their_own_acts_too_and_a_disabled_one_does_not(
    world: SimpleNamespace,
) -> None:
    guest = person("guest")
    leave(world.leader, guest, 0, 2)
    assert permissions.allowed(Actor.of(guest), "agencies.set_chain", world.town.pk)
    Person.objects.filter(pk=guest.pk).update(is_active=False)
    assert not permissions.allowed(Actor("person", guest.pk, ""), "agencies.set_chain", world.town.pk)


def test_rows_are_added_once_and_only_for_known_holders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_table", dict(table.table()))
    table.extend({"tests.do": {Role.CLERK: Scope.OWN, table.system("tests"): Scope.ALL}})
    table.extend({"tests.do": {Role.CLERK: Scope.OWN, table.system("tests"): Scope.ALL}})
    with pytest.raises(ValueError, match="already defined"):
        table.extend({"tests.do": {Role.LEADER: Scope.OWN}})
    with pytest.raises(ValueError, match="unknown holders"):
        table.extend({"tests.other": {"chief": Scope.OWN}})
