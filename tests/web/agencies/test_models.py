"""Regions by their codes, the tree of supervision, names over time, people."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.agencies import selectors
from gongkai.web.agencies.models import Agency, AgencyKind, AgencyName, Leave, Person, Post, Region
from gongkai.web.agencies.models.regions import significant
from gongkai.web.agencies.selectors import find_by_name, region_tree
from gongkai.web.common.actor import Actor

from .conftest import agency


@pytest.mark.parametrize(
    ("code", "digits", "level"),
    [
        ("330000", "33", "省级"),
        ("330300", "3303", "地级"),
        ("330326", "330326", "县级"),
        ("429000", "4290", "地级"),
        ("330326100", "330326100", "乡级"),
        ("330326100000", "330326100", "乡级"),
        ("330326100201", "330326100201", "村级"),
        ("500110", "500110", "县级"),
        ("110100", "1101", "地级"),
    ],
)
def test_the_significant_digits_of_a_division_code(code: str, digits: str, level: str) -> None:
    assert significant(code) == digits
    assert Region(code=code, name="x").level == level


@given(st.from_regex(r"[1-9][0-9]{5}", fullmatch=True))
def test_a_county_lies_inside_its_city_and_province(code: str) -> None:
    for above in (code[:2] + "0000", code[:4] + "00"):
        assert significant(code).startswith(significant(above))


def test_a_region_lies_inside_its_parent(world: SimpleNamespace) -> None:
    for code in ("410100", "330000", "330300"):
        with pytest.raises(ValidationError):
            Region.objects.create(code=code, name="别处", parent=world.county)
    for code in ("33032", "33032a", "030326", "3303261"):
        with pytest.raises(ValidationError):
            Region.objects.create(code=code, name="错码")
    town = Region.objects.create(code="330326100", name="昆阳镇", parent=world.county)
    assert town.full_name == "浙江省温州市平阳县昆阳镇"


def test_the_lineage_follows_an_agency_and_all_below_it(world: SimpleNamespace) -> None:
    town, outpost, other = world.town, world.outpost, world.other
    assert outpost.lineage == f"{world.government.pk}/{town.pk}/{outpost.pk}/"
    assert set(Agency.objects.below(world.government)) == {town, world.bureau, outpost}
    town.supervisor = other
    town.save()
    outpost.refresh_from_db()
    assert outpost.lineage == f"{other.pk}/{town.pk}/{outpost.pk}/"
    assert set(Agency.objects.below(world.government)) == {world.bureau}
    assert set(Agency.objects.below(other)) == {town, outpost, world.other_town}


def test_supervision_is_a_tree(world: SimpleNamespace) -> None:
    world.government.supervisor = world.outpost
    with pytest.raises(ValidationError, match="下级"):
        world.government.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(pk=world.town.pk).update(supervisor=world.town)


def test_which_kinds_are_governments(world: SimpleNamespace) -> None:
    for kind in AgencyKind:
        world.bureau.kind = kind
        world.bureau.save()
        assert world.bureau.is_government is (kind in {AgencyKind.GOVERNMENT, AgencyKind.TOWN})


@pytest.mark.parametrize(
    ("code", "valid"),
    [("bm01000001", True), ("4207000016", True), ("420700001", False), ("bmabcdefgh", False)],
)
def test_site_codes_have_ten_characters(world: SimpleNamespace, code: str, valid: bool) -> None:
    world.town.site_code = code
    if valid:
        world.town.full_clean()
    else:
        with pytest.raises(ValidationError):
            world.town.full_clean()


@pytest.mark.parametrize(
    "name",
    ["平阳县昆阳镇人民政府", "昆阳镇人民政府", "浙江省温州市平阳县昆阳镇人民政府",
     "温州市平阳县昆阳镇人民政府",
     " 平阳县 昆阳镇人民政府 ", "昆阳镇公所", "平阳县昆阳镇公所"],
)  # fmt: skip
def test_an_agency_is_found_by_each_of_its_names(world: SimpleNamespace, name: str) -> None:
    AgencyName.objects.create(
        agency=world.town, full_name="昆阳镇公所", short_name="公所", until_day=date(2010, 5, 31)
    )
    assert find_by_name(name) == [world.town]


@pytest.mark.parametrize(
    "name", ["", "镇人民政府", "人民政府", "苍南县昆阳镇人民政府", "叶县昆阳镇人民政府", "阳镇人民政府"]
)
def test_a_name_that_is_not_an_agencys_finds_none(world: SimpleNamespace, name: str) -> None:
    assert find_by_name(name) == []


def test_several_agencies_of_one_name_are_several(world: SimpleNamespace) -> None:
    twin = agency("twin", "苍南县昆阳镇人民政府", world.next_county, world.other)
    assert {found.pk for found in find_by_name("昆阳镇人民政府")} == {world.town.pk, twin.pk}
    assert find_by_name("苍南县昆阳镇人民政府") == [twin]


def test_the_tree_shows_only_what_the_actor_may_see(world: SimpleNamespace) -> None:
    branches, _ = region_tree(Actor.of(world.clerk))
    assert [(branch.region.name, branch.depth) for branch in branches] == [
        ("浙江省", 0),
        ("温州市", 1),
        ("平阳县", 2),
    ]
    assert [agency for branch in branches for agency in branch.agencies] == [world.town]
    assert region_tree(None)[0] == []


def test_a_large_tree_comes_in_pages_each_under_its_regions(
    world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(selectors, "TREE_PAGE", 3)
    agencies, pages = [], []
    for number in (1, 2):
        with django_assert_num_queries(3):  # who asks, how many, the page itself
            branches, page = region_tree(Actor.of(world.root), number)
        pages.append([(branch.region.name, branch.depth, len(branch.agencies)) for branch in branches])
        agencies += [agency for branch in branches for agency in branch.agencies]
    assert page.paginator.num_pages == 2
    assert agencies == list(Agency.objects.order_by("region__code", "code"))
    assert pages == [
        [("浙江省", 0, 0), ("温州市", 1, 0), ("平阳县", 2, 3)],
        [("浙江省", 0, 0), ("温州市", 1, 0), ("平阳县", 2, 1), ("苍南县", 2, 2)],
    ]


def test_days_that_end_before_they_begin_are_refused_by_the_database(world: SimpleNamespace) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(
            person=world.clerk, agency=world.town, role="leader",
            from_day=date(2024, 2, 1), until_day=date(2024, 1, 1),
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Leave.objects.create(
            person=world.clerk, deputy=world.head, from_day=date(2024, 2, 1), until_day=date(2024, 1, 1)
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Leave.objects.create(
            person=world.clerk, deputy=world.clerk, from_day=date(2024, 1, 1), until_day=date(2024, 1, 1)
        )


@pytest.mark.django_db
def test_without_a_password_nobody_signs_in_as_a_person() -> None:
    person = Person.objects.create_user("quiet", name="某人")
    assert not person.has_usable_password()
    assert not person.check_password("")
    person.must_change_password = True
    person.set_password("a-new-one-of-my-own")
    assert not person.must_change_password
    assert (person.get_full_name(), person.get_short_name(), str(person)) == ("某人", "某人", "某人")
