"""Pages ask the database as often with many agencies and reports as with few, and never for all of them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.web.agencies.models import Agency, Region
from gongkai.web.portal import selectors
from tests.web.portal.conftest import MakeAgency, Publish

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "/", "/agencies/", "/agencies/kunyang/", "/reports/2024/", "/agencies/kunyang/reports/2024/",
    "/search/?q=镇", "/sitemap.xml", "/reports.atom",
    "/api/v1/reports", "/api/v1/figures", "/api/v1/agencies",
]  # fmt: skip


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_more_agencies_and_reports_take_no_more_queries(
    client: Client, kunyang: Agency, make_agency: MakeAgency, publish: Publish
) -> None:
    first = {address: queries(client, address) for address in ADDRESSES}
    county = kunyang.region
    for number in range(1, 7):
        town = Region.objects.create(code=f"410422{100 + number}", name=f"第{number}镇", parent=county)
        publish(make_agency(f"town-{number}", f"第{number}镇人民政府", region=town), 2024)
    again = {address: queries(client, address) for address in ADDRESSES}
    # One more level of regions is one more query, however many regions there are on it.
    assert {a: again[a] - first[a] for a in ADDRESSES if again[a] > first[a]}.keys() <= {"/", "/agencies/"}
    assert again["/"] - first["/"] <= 1


def test_a_region_with_very_many_agencies_is_cut_into_pages(
    client: Client, kunyang: Agency, make_agency: MakeAgency, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(7):
        make_agency(f"town-{number}", f"第{number}镇人民政府")
    monkeypatch.setattr(selectors, "ALL_AGENCIES", 3)
    address, seen = "/agencies/?region=410422", list[str]()
    while address:
        register = selectors.register("410422", address.partition("after=")[2])
        assert register is not None
        text = client.get(address).content.decode()
        named = [agency.full_name for place in register.places for agency in place.agencies]
        assert len(named) <= 3
        assert all(name in text for name in named)
        seen += named
        address = f"/agencies/?region=410422&after={register.next_after}" if register.next_after else ""
        assert ("下一页" in text) == bool(address)
    assert sorted(seen) == sorted(agency.full_name for agency in Agency.objects.all())
    assert len(seen) == 8
