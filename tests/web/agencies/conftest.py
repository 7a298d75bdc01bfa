"""A county with two towns, beside another county; and somebody in every role."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.web.agencies import content
from gongkai.web.agencies.models import Agency, AgencyKind, Person, Post, Region, Role
from gongkai.web.common.actor import Actor

SINCE = date(2020, 1, 1)


def agency(slug: str, name: str, region: Region, above: Agency | None = None, **fields: object) -> Agency:
    fields.setdefault("kind", AgencyKind.TOWN)
    made = Agency.objects.create(
        code=slug, slug=slug, full_name=name, short_name=name, region=region, supervisor=above, **fields
    )
    return content.ensure_space(made)


def person(username: str, at: Agency | None = None, role: str | None = None, **fields: object) -> Person:
    made = Person.objects.create_user(username, "correct-horse-battery", name=f"姓名{username}", **fields)
    if at is not None and role is not None:
        Post.objects.create(person=made, agency=at, role=role, from_day=SINCE)
    return made


@pytest.fixture
def world(db: None) -> SimpleNamespace:
    province = Region.objects.create(code="330000", name="浙江省")
    city = Region.objects.create(code="330300", name="温州市", parent=province)
    county = Region.objects.create(code="330326", name="平阳县", parent=city)
    next_county = Region.objects.create(code="330327", name="苍南县", parent=city)
    government = agency("pingyang", "平阳县人民政府", county, kind=AgencyKind.GOVERNMENT)
    town = agency("kunyang", "平阳县昆阳镇人民政府", county, government)
    bureau = agency("jiaoyu", "平阳县教育局", county, government, kind=AgencyKind.DEPARTMENT)
    outpost = agency("zhan", "昆阳镇便民服务中心", county, town, kind=AgencyKind.OUTPOST)
    other = agency("cangnan", "苍南县人民政府", next_county, kind=AgencyKind.GOVERNMENT)
    other_town = agency("lingxi", "苍南县灵溪镇人民政府", next_county, other)
    return SimpleNamespace(
        province=province, county=county, next_county=next_county, government=government, town=town,
        bureau=bureau, outpost=outpost, other=other, other_town=other_town,
        administrator=person("county-admin", government, Role.ADMINISTRATOR),
        office=person("county-office", government, Role.DISCLOSURE_OFFICE),
        clerk=person("town-clerk", town, Role.CLERK),
        head=person("town-head", town, Role.SECTION_HEAD),
        leader=person("town-leader", town, Role.LEADER),
        other_clerk=person("other-clerk", other_town, Role.CLERK),
        other_administrator=person("other-admin", other, Role.ADMINISTRATOR),
        root=Person.objects.create_superuser("root", "correct-horse-battery", name="全站管理员"),
    )  # fmt: skip


@pytest.fixture
def sign_in() -> Callable[[Person], Client]:
    def signed_in(who: Person) -> Client:
        client = Client()
        client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


@pytest.fixture
def acting() -> Callable[[Person], Actor]:
    return Actor.of
