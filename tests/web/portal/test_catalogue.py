"""The public catalogue of an agency, and published reports offered to whoever is about to ask for them."""

from datetime import date

import pytest
from django.test import Client

from gongkai.web.agencies.models import Agency
from gongkai.web.common import published
from gongkai.web.common.published import Wanted
from gongkai.web.portal import public_state
from gongkai.web.publishing.actions import AddItem, ChangeItem
from gongkai.web.publishing.models import Item
from gongkai.web.reporting.models import ReportRecord
from gongkai.web.reporting.states import State
from tests.web.portal.conftest import MakeAgency, Publish
from tests.web.portal.test_feeds import locations
from tests.web.publishing.conftest import SYSTEM, entry

pytestmark = pytest.mark.django_db
CATALOGUE = "/agencies/kunyang/catalogue/"


@pytest.fixture
def town(make_agency: MakeAgency) -> Agency:
    return make_agency("kunyang", "昆阳镇人民政府", "昆阳镇", phone="0375-0000000")


@pytest.fixture
def item(town: Agency) -> Item:
    return AddItem(SYSTEM, agency=town, entry=entry()).run()


def text(path: str, status: int = 200) -> str:
    response = Client().get(path)
    assert response.status_code == status
    return response.content.decode()


def test_an_item_has_its_page_with_tags_and_the_way_out(item: Item) -> None:
    page = text(f"{CATALOGUE}{item.pk}/")
    assert '<meta name="ArticleTitle" content="昆阳镇2024年高标准农田建设项目实施方案">' in page
    assert '<meta name="PubDate" content="2024-03-01 00:00">' in page
    assert '<meta name="ContentSource" content="昆阳镇人民政府">' in page
    assert '<meta name="ColumnType" content="信息公开目录">' in page
    for shown in ("000014349/2024-00001", "昆政〔2024〕6号", "2024年2月26日", "2024年3月1日"):
        assert shown in page
    assert '<a href="https://kunyang.example/1.html" rel="noopener noreferrer">' in page


def test_the_list_is_searched(town: Agency, item: Item) -> None:
    AddItem(SYSTEM, agency=town, entry=entry(index_number="99/2", title="敬老院改造", number="")).run()
    assert "敬老院改造" in text(CATALOGUE)
    found = text(f"{CATALOGUE}?q=农田")
    assert "高标准农田" in found
    assert "敬老院改造" not in found
    assert "目录中没有名称含有“水库”的信息" in text(f"{CATALOGUE}?q=水库")
    assert "noindex" in text(f"{CATALOGUE}?q=水库")


@pytest.mark.parametrize("query", ["?p=99999999999999999999", "?p=x", "?p=２", "?q=%00", "?q=" + "农" * 500])
def test_whatever_stands_in_the_address(item: Item, query: str) -> None:
    text(CATALOGUE + query)


def test_what_is_withdrawn_or_anothers_is_not_there(make_agency: MakeAgency, item: Item) -> None:
    make_agency("chengguan", "城关镇人民政府")
    text(f"/agencies/chengguan/catalogue/{item.pk}/", 404)
    assert "还没有在本网站编列公开目录" in text("/agencies/chengguan/catalogue/")
    Item.objects.update(withdrawn_on=date(2025, 1, 1))
    text(f"{CATALOGUE}{item.pk}/", 404)
    assert "高标准农田" not in text(CATALOGUE)
    text("/agencies/nowhere/catalogue/", 404)


def test_the_agencys_page_leads_there_and_is_made_anew(town: Agency) -> None:
    assert "公开目录" not in text("/agencies/kunyang/")
    before = public_state.mark()
    made = AddItem(SYSTEM, agency=town, entry=entry()).run()
    assert public_state.mark() != before
    assert "共1条" in text("/agencies/kunyang/")
    before = public_state.mark()
    ChangeItem(SYSTEM, item_id=made.pk, entry=entry(title="新的名称")).run()
    assert public_state.mark() != before


def offered(town: Agency, subject: str, details: str = "") -> list[str]:
    return [one.title for one in published.search(town.pk, Wanted(subject, details))]


def test_a_published_report_of_the_year_asked_for(town: Agency, publish: Publish) -> None:
    for year in (2023, 2024):
        publish(town, year)
    of_2023 = "昆阳镇人民政府2023年政府信息公开工作年度报告"
    assert offered(town, "2023年政府信息公开工作年度报告") == [of_2023]
    assert offered(town, "政府信息公开年报", "要2023年度的") == [of_2023]
    assert offered(town, "昆阳镇政府信息公开年报") == [of_2023.replace("2023", "2024")]
    assert offered(town, "2022年政府信息公开工作年度报告") == []
    assert offered(town, "2023年企业年报") == []
    assert offered(town, "2023年财政年度报告") == []
    (found,) = published.search(town.pk, Wanted("2023年政府信息公开年报"))
    assert text(found.url)
    assert found.address.endswith("/agencies/kunyang/reports/2023/")
    assert found.day == date(2024, 1, 20)


def test_a_report_that_is_not_public_is_not_offered(town: Agency, publish: Publish) -> None:
    publish(town, 2024)
    ReportRecord.objects.update(state=State.WITHDRAWN)
    assert offered(town, "2024年政府信息公开工作年度报告") == []


def test_the_sitemap_lists_catalogues_and_what_is_public_in_them(make_agency: MakeAgency, item: Item) -> None:
    make_agency("chengguan", "城关镇人民政府")
    withdrawn = AddItem(SYSTEM, agency=item.agency, entry=entry(index_number="99/2")).run()
    Item.objects.filter(pk=withdrawn.pk).update(withdrawn_on=date(2025, 1, 1))
    found = [one for one in locations(Client()) if "/catalogue/" in one]
    assert found == [CATALOGUE, f"{CATALOGUE}{item.pk}/"]
