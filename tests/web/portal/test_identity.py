"""The name of the site, and what it says on every page."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from gongkai.web.agencies.models import Agency, AgencyKind, Region
from gongkai.web.portal import identity
from tests.web.portal.test_pages import page, tags

pytestmark = pytest.mark.django_db


def test_the_site_is_named_by_its_settings_or_after_the_agency_above_all(settings: Settings) -> None:
    assert identity.site_name() == "政府信息公开平台"
    region = Region.objects.create(code="410422", name="叶县")
    named = {"code": "a", "slug": "a", "kind": AgencyKind.GOVERNMENT, "region": region}
    top = Agency.objects.create(full_name="叶县人民政府", short_name="叶县政府", **named)
    assert identity.site_name() == "叶县政府信息公开平台"
    Agency.objects.create(
        full_name="叶县教育局", short_name="教育局", **(named | {"code": "b", "slug": "b", "supervisor": top})
    )
    assert identity.site_name() == "叶县政府信息公开平台"
    settings.PORTAL_NAME, settings.PORTAL_NOTICE = "叶县公开", "系统维护通知"
    home = page(Client(), "/")
    assert tags(home)["SiteName"] == "叶县公开"
    assert home.xpath("//main/p[@role='note']/text()") == ["系统维护通知"]
