"""Every action, tried by visitors, people of another agency and somebody who has gone."""

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile

import gongkai.web
from gongkai.web.agencies import permissions
from gongkai.web.agencies.models import Person
from gongkai.web.applications.actions import RegisterByStaff
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused, Denied
from tests.web.applications.asking import request as application
from tests.web.doors.conftest import Ground, everything
from tests.web.doors.verdicts import ACTIONS, Doer
from tests.web.publishing.conftest import entry

VISITOR = Actor.of(AnonymousUser())
#: What only the secret of a draft leads to.
OF_A_DRAFT = {
    "applications.send", "applications.record_offers", "applications.open_offer", "applications.take_offer",
    "applications.take_back_offer",
}  # fmt: skip
#: What stands in a field that has nothing to do with the permission.
_PLAIN: dict[str, Any] = {
    "str": "x", "int": 1, "bool": False, "date": date(2024, 3, 4), "dict[str, str]": {}, "Sequence": (),
}  # fmt: skip


def actions() -> list[type[Action[Any]]]:
    """Every action there is that can be run, by its code."""
    for module in pkgutil.walk_packages(gongkai.web.__path__, "gongkai.web."):
        if ".actions" in module.name:
            importlib.import_module(module.name)
    # Other tests define actions of their own, which nobody can reach.
    ours = (one for one in _below(Action) if one.__module__.startswith("gongkai."))
    found = {one for one in ours if not one.__abstractmethods__ and hasattr(one, "code")}
    return sorted(found, key=lambda one: one.code)


def _below(one: type[Any]) -> Iterator[type[Any]]:
    for sub in one.__subclasses__():
        yield sub
        yield from _below(sub)


def about(ground: Ground) -> dict[str, Any]:
    """Things of the town, by the names actions call them."""
    return {
        "agency": ground.here, "supervisor": ground.here, "person": ground.clerk, "successor": ground.leader,
        "deputy": ground.leader, "leave": ground.leave, "post": ground.clerk.posts.get(),
        "record_id": ground.record.pk, "version_id": ground.record.current_version_id,
        "case_id": ground.case.pk, "assistance_id": ground.assistance.pk, "intake": ground.intake,
        "scan_id": ground.scan.pk,
        "home": ground.here, "request": application(), "content": ContentFile(b"x", "x.txt"),
        "item_id": ground.item.pk, "entry": entry(), "rows": (),
        "name": "年报.txt", "region": ground.here.region, "proof": "", "token": "",
        "registration": RegisterByStaff(VISITOR, agency=ground.here, request=application()),
    }  # fmt: skip


def made(action: type[Action[Any]], actor: Actor, ground: Ground) -> Action[Any]:
    """The action on what is the town's; what does not decide the permission is filled with anything."""
    things, given = about(ground), {}
    for field in dataclasses.fields(action):  # type: ignore[arg-type]
        if field.name == "actor" or not field.init:
            continue
        optional = (
            field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
        )
        if field.name in things:
            given[field.name] = things[field.name]
        elif not optional:
            kind = str(getattr(field.type, "__name__", field.type))
            given[field.name] = next((v for k, v in _PLAIN.items() if kind.startswith(k)), None)
    return action(actor, **given)


def outsiders(ground: Ground) -> dict[str, Actor]:
    """Everybody who has no business in the town."""
    gone = ground.administrator
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    return {
        "a visitor": VISITOR,
        "another agency's clerk": Actor.of(ground.other_clerk),
        "the next county's administrator": Actor.of(ground.other_administrator),
        "the next county's disclosure office": Actor.of(ground.other_office),
        "somebody without a post": Actor.of(ground.nobody),
        "somebody who has gone": Actor("person", gone.pk, "x"),
        "a part of the system nobody knows": Actor.system("unknown.part"),
    }


def test_somebody_has_thought_about_every_action() -> None:
    codes = [one.code for one in actions()]
    assert sorted(codes) == sorted(set(codes)), "a code is an action's own"
    assert sorted(set(codes) - set(ACTIONS)) == []
    assert sorted(set(ACTIONS) - set(codes)) == [], "these actions are gone"


def test_every_action_asks_a_permission_that_somebody_holds() -> None:
    table = permissions.table()
    assert {one.code for one in actions() if not table.get(one.permission)} == set()


def test_whom_it_does_not_concern_is_denied_and_nothing_changes(ground: Ground) -> None:
    strangers = outsiders(ground)
    before = everything()
    tried = 0
    for action in actions():
        doer = ACTIONS[action.code]
        for actor in strangers.values():
            if doer is Doer.CITIZEN and actor is VISITOR:
                continue
            # Without its secret nobody learns whose draft it is: no permission can be asked.
            refusal = (Denied, ActionRefused) if action.code in OF_A_DRAFT else Denied
            with pytest.raises(refusal):
                made(action, actor, ground).run()
            tried += 1
    assert tried > 6 * len(ACTIONS)
    assert everything() == before


def test_a_visitor_without_the_secret_changes_nothing(ground: Ground) -> None:
    before = everything()
    for action in actions():
        fields = {field.name for field in dataclasses.fields(action)}  # type: ignore[arg-type]
        if ACTIONS[action.code] is Doer.CITIZEN and {"proof", "token"} & fields:
            with pytest.raises((Denied, ActionRefused)):
                made(action, VISITOR, ground).run()
    assert everything() == before


def test_no_person_does_what_is_the_systems(ground: Ground) -> None:
    root = Person.objects.create_superuser("root", "correct-horse-battery", name="全站管理员")
    before = everything()
    for action in actions():
        if ACTIONS[action.code] is Doer.SYSTEM:
            for person in (root, ground.clerk, ground.leader, ground.administrator):
                with pytest.raises(Denied):
                    made(action, Actor.of(person), ground).run()
    assert everything() == before


def test_whom_it_concerns_may(ground: Ground) -> None:
    """Somebody holds each permission in the town: nothing above was denied for want of a holder."""
    root = Person.objects.create_superuser("root", "correct-horse-battery", name="全站管理员")
    insiders = [
        Actor.of(one)
        for one in (
            ground.clerk,
            ground.head,
            ground.leader,
            ground.administrator,
            ground.county_administrator,
        )
    ]
    holders = {
        Doer.STAFF: insiders,
        Doer.SITE: [Actor.of(root)],
        Doer.SYSTEM: [
            Actor.system(name)
            for name in (
                "reporting.reader",
                "applications.tidier",
                "applications.router",
                "portal.accounts_keeper",
            )
        ],
        Doer.CITIZEN: [VISITOR],
    }
    shut = []
    for action in actions():
        if action.code in OF_A_DRAFT:
            continue
        who = holders[ACTIONS[action.code]]
        if not any(made(action, actor, ground).may() for actor in who):
            shut.append(action.code)
    assert shut == []
