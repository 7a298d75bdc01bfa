"""Items found in the database, through the registry the pages ask."""

from datetime import date

import pytest

from gongkai.web.common import published
from gongkai.web.common.published import Wanted
from gongkai.web.publishing import finding
from gongkai.web.publishing.actions import ChangeItem, RestoreItem, WithdrawItem
from gongkai.web.publishing.models import ItemWord
from tests.web.publishing.conftest import Enter, entry
from tests.web.reporting.people import Town

pytestmark = pytest.mark.django_db


def titles(town: Town, subject: str, details: str = "") -> list[str]:
    return [one.title for one in published.search(town.agency.pk, Wanted(subject, details))]


def test_exact_numbers_come_first(town: Town, enter: Enter) -> None:
    enter("昆阳镇2024年高标准农田建设项目实施方案")
    other = enter("昆阳镇森林防火工作方案", number="昆政〔2025〕21号", made_on=date(2024, 1, 2))
    found = published.search(town.agency.pk, Wanted("2024年高标准农田建设项目", "昆政[2025]第21号"))
    assert [one.title for one in found] == [other.title, "昆阳镇2024年高标准农田建设项目实施方案"]
    assert found[0].why == "文号相同"
    assert found[0].score == 1
    by_index = published.search(town.agency.pk, Wanted(f"索引号 {other.index_number}"))
    assert [(one.title, one.why) for one in by_index] == [(other.title, "索引号相同")]


def test_of_two_numbers_that_fit_the_longer_is_meant(town: Town, enter: Enter) -> None:
    enter("甲方案", number="政〔2024〕6号")
    enter("乙方案", number="昆政〔2024〕6号")
    assert titles(town, "昆政〔2024〕6号") == ["乙方案"]
    assert titles(town, "政〔2024〕6号") == ["甲方案"]


def test_another_agencys_items_are_not_offered(town: Town, enter: Enter) -> None:
    enter("2024年高标准农田建设项目实施方案", agency=town.neighbour, number="昆政〔2024〕6号")
    assert titles(town, "2024年高标准农田建设项目", "昆政〔2024〕6号") == []


def test_the_year_asked_for_is_found_among_very_many(town: Town, enter: Enter) -> None:
    for year in range(1990, 2024):
        for part in range(4):
            enter(f"昆阳镇{year}年第{part}期宅基地审批结果公示", made_on=date(year, 12, 1), published_on=None)
    assert len(titles(town, "1992年宅基地审批结果")) == 4
    assert all("1992年" in title for title in titles(town, "1992年宅基地审批结果"))


def test_what_is_withdrawn_or_renamed_is_offered_as_it_is_now(town: Town, enter: Enter) -> None:
    item = enter("昆阳镇2024年高标准农田建设项目实施方案", number="昆政〔2024〕6号")
    assert titles(town, "2024年高标准农田建设项目")
    WithdrawItem(town.as_clerk, item_id=item.pk, reason="地点有误").run()
    assert titles(town, "2024年高标准农田建设项目", "昆政〔2024〕6号") == []
    assert not ItemWord.objects.filter(item=item).exists()
    RestoreItem(town.as_clerk, item_id=item.pk, reason="已核实").run()
    ChangeItem(town.as_clerk, item_id=item.pk, entry=entry(title="昆阳镇敬老院改造方案")).run()
    assert titles(town, "2024年高标准农田建设项目") == []
    assert titles(town, "敬老院改造") == ["昆阳镇敬老院改造方案"]


def test_an_offer_says_where_it_is(town: Town, enter: Enter) -> None:
    item = enter("昆阳镇志", url="", place="便民服务中心二楼")
    (found,) = finding.find(town.agency.pk, Wanted("昆阳镇志"), 5) or [None]
    assert found is None  # the town's own name tells nothing: one character is left
    other = enter("昆阳镇敬老院改造方案")
    (offer,) = finding.find(town.agency.pk, Wanted("敬老院改造"), 5)
    assert offer.url == f"/agencies/{town.agency.slug}/catalogue/{other.pk}/"
    assert offer.address == "https://kunyang.example/1.html"
    assert finding._offer(town.agency, item, 1, "").address == "便民服务中心二楼"


def test_no_more_than_five(town: Town, enter: Enter) -> None:
    for number in range(9):
        enter(f"昆阳镇敬老院改造方案之{number}")
    assert len(titles(town, "敬老院改造")) == published.MOST


def test_an_agency_that_is_not_there_has_nothing() -> None:
    assert finding.find(987654, Wanted("敬老院改造"), 5) == []
