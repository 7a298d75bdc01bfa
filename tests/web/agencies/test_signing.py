"""At least two different people sign."""

from datetime import timedelta
from itertools import product
from types import SimpleNamespace

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.agencies.actions import SetChain, StepWanted
from gongkai.web.agencies.models import Leave, Matter, Person, Role, SigningChain
from gongkai.web.agencies.signing import Step, may_sign, problems, steps_of
from gongkai.web.common.actor import Actor
from gongkai.web.common.audit import AuditEntry
from gongkai.web.common.errors import ActionRefused, Denied

from .conftest import person

people = st.frozensets(st.integers(1, 4), max_size=4)
chains = st.lists(people, max_size=4).map(
    lambda sets: [Step(f"步骤{n}", some) for n, some in enumerate(sets)]
)


def ways_to_sign(steps: list[Step]) -> list[tuple[int, ...]]:
    return list(product(*(sorted(step.people) for step in steps)))


@given(chains)
def test_a_chain_holds_exactly_where_two_different_people_can_sign_it(steps: list[Step]) -> None:
    possible = len(steps) >= 2 and any(len(set(way)) >= 2 for way in ways_to_sign(steps))
    assert (problems(steps) == []) is possible


@given(chains)
def test_whoever_follows_the_rule_never_signs_alone_and_never_gets_stuck(steps: list[Step]) -> None:
    if problems(steps):
        return
    open_ways: list[tuple[int, ...]] = [()]
    for step in steps:
        following = []
        for signed in open_ways:
            fitting = [who for who in sorted(step.people) if may_sign(steps, signed, who) is None]
            assert fitting, (signed, steps)
            following += [(*signed, who) for who in fitting]
        open_ways = following
    assert all(len(set(way)) >= 2 for way in open_ways)
    assert {way for way in ways_to_sign(steps) if len(set(way)) >= 2} == set(open_ways)


def test_what_is_said_to_whom_may_not_sign() -> None:
    steps = [Step("拟稿", frozenset({1})), Step("签发", frozenset({1, 2}))]
    assert may_sign(steps, [], 1) is None
    assert may_sign(steps, [], 2) == "您不是“拟稿”步骤的签批人"
    assert may_sign(steps, [1], 1) == "至少要有两名不同的人员签批，本步骤须由另一人签批"
    assert may_sign(steps, [1], 2) is None
    assert may_sign(steps, [1, 2], 2) == "各步骤均已签批"


TWO_STEPS = (StepWanted("拟稿", Role.CLERK), StepWanted("签发", Role.LEADER))


def test_a_chain_is_set_replaced_and_logged(world: SimpleNamespace) -> None:
    actor = Actor.of(world.leader)
    SetChain(actor, agency=world.town, matter=Matter.REPORT, steps=TWO_STEPS).run()
    named = (*TWO_STEPS, StepWanted("复核", Role.SECTION_HEAD, world.head))
    chain = SetChain(actor, agency=world.town, matter=Matter.REPORT, steps=named).run()
    assert SigningChain.objects.get() == chain
    assert steps_of(chain, timezone.localdate()) == [
        Step("拟稿", frozenset({world.clerk.pk})),
        Step("签发", frozenset({world.leader.pk})),
        Step("复核", frozenset({world.head.pk})),
    ]
    entry = AuditEntry.objects.filter(agency_id=world.town.pk).last()
    assert entry.details["steps"][2] == ["section_head", world.head.pk]


def test_a_chain_one_person_could_sign_alone_is_refused(world: SimpleNamespace) -> None:
    actor = Actor.of(world.administrator)
    alone = person("alone", world.bureau, Role.CLERK)
    world.bureau.posts.create(person=alone, role=Role.LEADER, from_day=timezone.localdate())
    for agency, steps, words in (
        (world.bureau, TWO_STEPS, "同一人"),
        (world.town, TWO_STEPS[:1], "两个步骤"),
        (world.town, (), "两个步骤"),
        (world.town, (*TWO_STEPS, StepWanted("保密审查", Role.SECRECY_REVIEWER)), "没有可以签批的人员"),
        (world.town, (StepWanted("拟稿", Role.CLERK, world.leader), TWO_STEPS[1]), "没有可以签批的人员"),
        (world.town, (StepWanted("拟稿", "chief"), TWO_STEPS[1]), "没有这样的岗位"),
    ):
        with pytest.raises(ActionRefused, match=words):
            SetChain(actor, agency=agency, matter=Matter.REPLY, steps=steps).run()
    assert not SigningChain.objects.exists()


def test_only_the_agencys_leader_and_administrators_set_chains(world: SimpleNamespace) -> None:
    for who in (world.clerk, world.head, world.office, world.other_administrator):
        with pytest.raises(Denied):
            SetChain(Actor.of(who), agency=world.town, matter=Matter.REPORT, steps=TWO_STEPS).run()


def test_a_deputy_signs_for_the_absent_and_the_disclosure_office_is_the_nearest_above(
    world: SimpleNamespace,
) -> None:
    steps = (StepWanted("拟稿", Role.DISCLOSURE_OFFICE), StepWanted("签发", Role.LEADER))
    chain = SetChain(Actor.of(world.leader), agency=world.town, matter=Matter.REPORT, steps=steps).run()
    today = timezone.localdate()
    Leave.objects.create(
        person=world.leader, deputy=world.head, from_day=today, until_day=today + timedelta(days=1)
    )
    assert steps_of(chain, today) == [
        Step("拟稿", frozenset({world.office.pk})),
        Step("签发", frozenset({world.leader.pk, world.head.pk})),
    ]
    assert steps_of(chain, today + timedelta(days=2))[1].people == {world.leader.pk}
    Person.objects.filter(pk=world.head.pk).update(is_active=False)
    assert steps_of(chain, today)[1].people == {world.leader.pk}
