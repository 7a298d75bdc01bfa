"""Published things before an application is sent, what is counted of them, and what staff are shown."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from gongkai.kernel.period import Period
from gongkai.law.case import Channel
from gongkai.web.applications import tasks
from gongkai.web.applications.actions import (
    OpenOffer,
    PrepareDraft,
    RecordOffers,
    SendDraft,
    TakeBackOffer,
    TakeOffer,
)
from gongkai.web.applications.models import Case, Draft, OfferedItem, Offering
from gongkai.web.applications.receiving import drafts
from gongkai.web.applications.statistics import offers
from gongkai.web.common import published, registry
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.models import AuditEntry
from gongkai.web.common.published import Offer, Wanted
from gongkai.web.portal.applications import in_hand
from gongkai.web.publishing.actions import AddItem
from gongkai.web.publishing.models import Item
from tests.web.applications import by_form
from tests.web.applications.asking import PDF, register, request, submit, today
from tests.web.publishing.conftest import SYSTEM, entry
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

pytestmark = pytest.mark.django_db
VISITOR = Actor.of(None)
SUBJECT = "2024年高标准农田建设项目"


@pytest.fixture
def item(town: Town) -> Item:
    return AddItem(SYSTEM, agency=town.agency, entry=entry()).run()


def prepared(town: Town) -> tuple[str, list[Offer]]:
    """A draft with what matches it, recorded."""
    token = PrepareDraft(VISITOR, agency=town.agency, request=request(subject=SUBJECT)).run()
    found = published.search(town.agency.pk, Wanted(SUBJECT))
    RecordOffers(VISITOR, token=token, offers=found).run()
    return token, found


class Visitor:
    """A browser that has filled in the form, and is shown the summary."""

    def __init__(self, town: Town, **more: object) -> None:
        self.client = Client()
        self.address = by_form.look(self.client, town.agency.slug, **{"subject": SUBJECT, **more})
        self.page = self.client.get(self.address).content.decode()

    def step(self, name: str, **fields: str) -> tuple[int, str]:
        response = self.client.post(self.address, {"step": name, **fields}, follow=True)
        return response.status_code, response.content.decode()


def test_the_summary_offers_what_matches_and_counts_it(town: Town, item: Item) -> None:
    page = Visitor(town).page
    assert "这些已经公开，是否就是您要的" in page
    assert 'target="_blank" rel="noopener nofollow">' + item.title in page
    assert page.index("这正是我要的，不再申请") < page.index("提交申请</button>")
    offering = Offering.objects.get()
    assert (offering.agency, offering.on, offering.answered) == (town.agency, timezone.localdate(), False)
    assert offering.items.get().title == item.title
    assert Case.objects.count() == 0


def test_nothing_found_nothing_shown_nothing_counted(town: Town, item: Item) -> None:
    page = Visitor(town, subject="某地块出让合同").page
    assert "是否就是您要的" not in page
    assert "提交申请</button>" in page
    assert not Offering.objects.exists()


def test_it_is_what_was_wanted(town: Town, item: Item) -> None:
    visitor, offer = Visitor(town), f"catalogue:{item.pk}"
    for _ in range(2):  # a second click gets the same page and is not counted again
        status, page = visitor.step("found", offer=offer)
        assert status == 200
        assert "● 没有提交申请" in page
        assert "保留到" in page
        assert item.title in page
        assert '<a href="https://kunyang.example/1.html"' in page
    assert list(OfferedItem.objects.values_list("answered", flat=True)) == [True]
    assert offers.counted([town.agency.pk], Period.of_year(timezone.localdate().year)).total[1:] == (1, 0, 1)
    changing = visitor.client.get(f"/apply/to/{town.agency.slug}/?draft={visitor.address.split('/')[-2]}")
    assert changing.headers["Location"] == visitor.address, "which says how it ended"
    assert not Case.objects.exists()


@pytest.mark.parametrize("how", ["restored", "sent after going back", "filled in once more"])
def test_a_wrong_click_costs_nothing_that_was_written(town: Town, item: Item, how: str) -> None:
    visitor = Visitor(town, details="项目区在城东")
    visitor.step("found", offer=f"catalogue:{item.pk}")
    assert Offering.objects.get().answered
    if how == "restored":
        for _ in range(2):  # clicked twice nothing else happens
            status, page = visitor.step("not_found")
            assert (status, "核对申请" in page, "项目区在城东" in page) == (200, True, True)
        assert not Offering.objects.get().answered
    if how == "filled in once more":
        token = in_hand_of(visitor)
        wanted = drafts.of_token(token)
        assert wanted is not None
        again = [PrepareDraft(VISITOR, agency=town.agency, request=wanted, form="once").run() for _ in "ab"]
        RecordOffers(VISITOR, token=again[0], offers=published.search(town.agency.pk, Wanted(SUBJECT))).run()
        TakeOffer(VISITOR, token=again[0], key=f"catalogue:{item.pk}").run()
        assert PrepareDraft(VISITOR, agency=town.agency, request=wanted, form="once").run() == again[1]
        assert not Offering.objects.last().answered  # type: ignore[union-attr]
    status, page = visitor.step("send")
    assert (status, "申请回执" in page) == (200, True)
    assert Case.objects.get().details == "项目区在城东"
    assert not Offering.objects.first().answered  # type: ignore[union-attr]
    assert not OfferedItem.objects.filter(answered=True).exists()
    with pytest.raises(ActionRefused, match="已经提交"):
        TakeBackOffer(VISITOR, token=in_hand_of(visitor)).run()


def test_only_what_waits_is_taken_back(town: Town, item: Item) -> None:
    token, found = prepared(town)
    TakeOffer(VISITOR, token=token, key=found[0].key).run()
    bare = PrepareDraft(VISITOR, agency=town.agency, request=request()).run()
    Draft.objects.filter(token_hash=drafts.token_hash(token)).update(
        created_at=timezone.now() - drafts.WAITS * 2
    )
    for one in (token, bare, "guessed"):
        with pytest.raises(ActionRefused, match="已经过期"):
            TakeBackOffer(VISITOR, token=one).run()
    assert Offering.objects.get().answered


def in_hand_of(visitor: Visitor) -> str:
    found = in_hand.of(visitor.client.get(visitor.address).wsgi_request, visitor.address.split("/")[-2])
    assert found is not None
    return found.token


def link_of(page: str, item: Item) -> str:
    found = re.search(rf'href="([^"]+)"[^>]*>{item.title}<', page)
    assert found
    return found[1].replace("&amp;", "&")


def test_that_an_offer_is_opened_is_counted_once(town: Town, item: Item) -> None:
    visitor = Visitor(town)
    link = link_of(visitor.page, item)
    public = f"/agencies/{town.agency.slug}/catalogue/{item.pk}/"
    for _ in range(3):
        assert visitor.client.get(link).headers["Location"] == public
    assert visitor.client.get(public).status_code == 200
    (entry,) = AuditEntry.objects.filter(code="applications.open_offer")
    assert entry.details == {"offering": Offering.objects.get().pk}
    period = Period.of_year(timezone.localdate().year)
    found = offers.counted([town.agency.pk], period)
    assert found.total[1:] == (1, 1, 0)
    assert [tuple(one) for one in found.things] == [(item.title, 1, 1, 0)]
    visitor.step("found", offer=f"catalogue:{item.pk}")
    assert offers.counted([town.agency.pk], period).total[1:] == (1, 1, 1)


def test_whoever_has_not_filled_in_the_form_goes_on_uncounted(town: Town, item: Item) -> None:
    visitor = Visitor(town)
    link = link_of(visitor.page, item)
    public = f"/agencies/{town.agency.slug}/catalogue/{item.pk}/"
    crawler = Client().get(link)
    assert (crawler.headers["Location"], dict(crawler.cookies)) == (public, {})
    for purpose in ("Sec-Purpose", "X-Moz", "Purpose"):
        assert visitor.client.get(link, headers={purpose: "prefetch;prerender"}).status_code == 302
    assert visitor.client.head(link).headers["Location"] == public
    assert not OfferedItem.objects.get().opened
    visitor.step("send")
    assert visitor.client.get(link).headers["Location"] == public
    assert not Offering.objects.get().opened, "after it was sent"
    assert visitor.client.post(link).status_code == 405
    assert visitor.client.get(f"{visitor.address}see/?offer=catalogue:https://a.example").status_code == 404


def test_what_goes_wrong_with_counting_keeps_nobody_away(
    town: Town, item: Item, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: OpenOffer) -> None:
        raise OperationalError("locked")

    visitor = Visitor(town)
    monkeypatch.setattr(OpenOffer, "check", fail)
    assert visitor.client.get(link_of(visitor.page, item)).status_code == 302
    assert "was not counted" in caplog.text


def test_what_was_attached_is_deleted_with_the_draft(
    town: Town, item: Item, django_capture_on_commit_callbacks: object
) -> None:
    from gongkai.web.applications import sealed
    from gongkai.web.applications.receiving import intake

    wanted = request(subject=SUBJECT, uploads=(intake.Upload("material", "说明.pdf", PDF),))
    token = PrepareDraft(VISITOR, agency=town.agency, request=wanted).run()
    found = published.search(town.agency.pk, Wanted(SUBJECT))
    RecordOffers(VISITOR, token=token, offers=found).run()
    _, kept = sealed.storage().listdir("applications/drafts")
    assert len(kept) == 1
    TakeOffer(VISITOR, token=token, key=found[0].key).run()
    assert sealed.storage().listdir("applications/drafts")[1] == kept
    Draft.objects.update(created_at=timezone.now() - drafts.WAITS * 2)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        tasks.forget_drafts()
    assert sealed.storage().listdir("applications/drafts")[1] == []


def test_once_for_each_draft(town: Town, item: Item) -> None:
    token, found = prepared(town)
    RecordOffers(VISITOR, token=token, offers=found).run()
    assert Offering.objects.count() == OfferedItem.objects.count() == 1


def test_only_what_was_offered(town: Town, item: Item) -> None:
    token, _ = prepared(town)
    for key in ("catalogue:987654", "catalogue", "", "reports:1"):
        with pytest.raises(ActionRefused, match="没有提示过这条信息"):
            TakeOffer(VISITOR, token=token, key=key).run()
    assert drafts.of_token(token) is not None
    bare = PrepareDraft(VISITOR, agency=town.agency, request=request()).run()
    with pytest.raises(ActionRefused, match="已经过期"):
        TakeOffer(VISITOR, token=bare, key=f"catalogue:{item.pk}").run()
    with pytest.raises(ActionRefused, match="已经过期"):
        TakeOffer(VISITOR, token="guessed", key=f"catalogue:{item.pk}").run()


def test_what_was_sent_is_withdrawn_and_not_taken_back_so(town: Town, item: Item) -> None:
    token, found = prepared(town)
    SendDraft(VISITOR, token=token).run()
    with pytest.raises(ActionRefused, match="已经提交"):
        TakeOffer(VISITOR, token=token, key=found[0].key).run()
    assert not Offering.objects.get().answered


def test_nothing_is_left_of_who_asked(town: Town, item: Item) -> None:
    token, found = prepared(town)
    TakeOffer(VISITOR, token=token, key=found[0].key).run()
    told = [
        entry.details
        for entry in AuditEntry.objects.filter(
            code__in=["applications.record_offers", "applications.take_offer"]
        )
    ]
    assert len(told) == 2
    assert SUBJECT not in str(told)
    Draft.objects.update(created_at=timezone.now() - drafts.REMEMBERED - drafts.WAITS)
    tasks.forget_drafts()
    assert not Draft.objects.exists()
    assert Offering.objects.get().draft is None
    assert offers.counted([town.agency.pk], Period.of_year(timezone.localdate().year)).total[1:] == (1, 0, 1)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> list[Offer]:
        raise RuntimeError("no search today")

    own = registry.Registry(published.PROVIDERS)
    own.register("broken", fail)
    monkeypatch.setitem(registry._registries, published.PROVIDERS, own)


@pytest.mark.usefixtures("broken")
def test_a_search_that_fails_stops_nobody(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    visitor = Visitor(town)
    assert "是否就是您要的" not in visitor.page
    assert visitor.step("send")[0] == 200
    assert Case.objects.count() == 1
    assert "searching what broken has published failed" in caplog.text


def test_counting_that_fails_stops_nobody(town: Town, item: Item, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: RecordOffers) -> None:
        raise ActionRefused("不能计数")

    monkeypatch.setattr(RecordOffers, "check", refuse)
    visitor = Visitor(town)
    assert "是否就是您要的" not in visitor.page
    assert visitor.step("send")[0] == 200


def offering(town: Town, on: date, *, answered: bool, title: str = "实施方案", opened: bool = False) -> None:
    how = {"answered": answered, "opened": opened}
    made = Offering.objects.create(agency=town.agency, on=on, **how)
    made.items.create(source="catalogue", reference="1", title=title, url="/x/", address="x", **how)


def test_figures_by_month(town: Town) -> None:
    offering(town, date(2023, 12, 31), answered=True)
    offering(town, date(2024, 1, 1), answered=False, opened=True)
    offering(town, date(2024, 1, 31), answered=True)
    offering(town, date(2024, 3, 5), answered=True, title="年度报告")
    found = offers.counted([town.agency.pk], Period.of_year(2024))
    assert [tuple(month) for month in found.months] == [("2024年1月", 2, 1, 1), ("2024年3月", 1, 0, 1)]
    assert found.total == ("合计", 3, 1, 2)
    assert [tuple(one) for one in found.things] == [("实施方案", 2, 1, 1), ("年度报告", 1, 0, 1)]
    assert offers.counted([town.neighbour.pk], Period.of_year(2024)).months == []


def test_the_figures_page_and_its_tables_to_save(town: Town) -> None:
    offering(town, date(2024, 1, 31), answered=True, opened=True)
    clerk, query = signed_in(town.clerk), f"?agency={town.agency.pk}&year=2024"
    page = clerk.get(f"/admin/applications/figures/{query}").content.decode()
    assert "2024年1月" in page
    assert "三十六条第（一）项" in page
    saved = clerk.get(f"/admin/applications/figures/offers.csv{query}").content.decode("utf-8-sig")
    assert saved.splitlines() == [
        "月份,提示已公开信息（次）,点开查看（次）,因此不再申请（次）", "2024年1月,1,1,1", "合计,1,1,1",
    ]  # fmt: skip
    assert "提示1次，点开1次，1次正是所要的" in page
    book = load_workbook(BytesIO(clerk.get(f"/admin/applications/figures/offers.xlsx{query}").content))
    assert [cell.value for cell in book.active[2]] == ["2024年1月", 1, 1, 1]
    assert clerk.get(f"/admin/applications/figures/offers.exe{query}").status_code == 404
    other = signed_in(town.other_clerk).get(f"/admin/applications/figures/offers.csv{query}")
    assert "2024年1月" not in other.content.decode("utf-8-sig")


def test_staff_see_the_same_and_begin_the_reply_with_it(town: Town, item: Item) -> None:
    asked = request(subject=SUBJECT, channel=Channel.IN_PERSON)
    case = register(town.as_clerk, town.agency, today(), asked)
    clerk = signed_in(town.clerk)
    page = clerk.get(f"/admin/applications/{case.pk}/").content.decode()
    told = (
        "《昆阳镇2024年高标准农田建设项目实施方案》，文号：昆政〔2024〕6号，索引号：000014349/2024-00001，"
        "公开日期：2024年3月1日，获取途径：https://kunyang.example/1.html。"
    )
    assert "可能已经公开" in page
    assert told in page
    link = f"/admin/applications/{case.pk}/letters/new/reply/?published=catalogue%3A{item.pk}"
    assert link in page
    letter = clerk.get(link).content.decode()
    assert f"请查阅{told}" in letter
    assert '<option value="already_public" selected>' in letter
    plain = clerk.get(
        f"/admin/applications/{case.pk}/letters/new/reply/?published=catalogue:987654"
    ).content.decode()
    assert "请查阅《" not in plain
    other = submit(town.agency, request(subject="某地块出让合同", details="")).case
    assert "可能已经公开" not in clerk.get(f"/admin/applications/{other.pk}/").content.decode()


def test_no_reply_is_begun_where_the_law_allows_none_yet(town: Town, item: Item) -> None:
    case = submit(town.agency, request(subject=SUBJECT)).case  # nobody has confirmed that it came
    page = signed_in(town.clerk).get(f"/admin/applications/{case.pk}/").content.decode()
    assert "可能已经公开" in page
    assert "用这一条拟" not in page
