"""Who adds up over the agencies below another hears when they change."""

from functools import partial
from types import SimpleNamespace

import pytest

from gongkai.web.agencies import actions, supervision
from gongkai.web.common import registry
from gongkai.web.common.actor import Actor
from tests.web.days import TODAY

from .test_actions import new_agency

pytestmark = pytest.mark.usefixtures("still_today")


def test_whoever_adds_up_is_told_when_others_stand_below(world: SimpleNamespace) -> None:
    told: list[frozenset[int]] = []
    registry.of(supervision.REGISTRY).register("test", told.append)
    try:
        who = Actor.of(world.root)
        move = partial(actions.MoveAgency, who, agency=world.outpost)
        move(supervisor=world.bureau, region=world.county).run()
        move(supervisor=world.bureau, region=world.next_county).run()
        actions.AbolishAgency(who, agency=world.outpost, day=TODAY).run()
        new_agency(world, who).run()
    finally:
        registry.of(supervision.REGISTRY)._entries.pop("test")
    assert told == [
        {world.town.pk, world.bureau.pk}, {world.bureau.pk}, {world.government.pk}
    ]  # fmt: skip
