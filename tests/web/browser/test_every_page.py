"""axe on every page of our making: all that the URLconf, the sitemap and the links on them lead to."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html
from playwright.sync_api import Page

from gongkai.web.agencies.models import Person
from gongkai.web.applications.models import Case
from gongkai.web.reporting.models import ReportRecord
from tests.web.addresses import entries
from tests.web.browser import stock
from tests.web.browser.conftest import Site
from tests.web.browsing import WCAG, audit, hold_still, in_scheme, new_page, overflow
from tests.web.doors.verdicts import ADDRESSES, Verdict, verdict_on

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
#: Of pages that are alike but for what they are about, so many are looked at.
ALIKE = 2
#: The review page has a face for every state of a report; forms of one kind are alike.
FACES = {
    "reporting:review": 14, "reporting:act": 1, "reporting:versions": 1,
    "applications:act": 1, "applications:act_on": 1, "applications:new_letter": 1, "applications:behind": 1,
}  # fmt: skip
#: Findings, source and reading take axe seconds each time, and differ little from state to state.
DESK, DESKS = ".rp-desk", 3
#: Answers that are no pages: files, data, pictures, ways to a page, and what is only posted to.
NOT_PAGES = {
    "account_inactive", "account_reauthenticate", "mfa_authenticate", "mfa_reauthenticate",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "healthz", "favicon.ico", "wagtaildocs_serve", "wagtaildocs_authenticate_with_password",
    "agencies:index_results", "people:index_results", "people:cancel_leave",
    "reporting:progress", "reporting:source", "reporting:page", "reporting:export",
    "reporting:file_intake", "applications:personal", "applications:attachment", "applications:template",
    "applications:preview", "applications:preview_picture", "applications:assign",
    "applications:export", "applications:export_behind", "applications:take_over_template",
    "applications:take_over_workbook",
    "applications:scan_page", "applications:drop_scan", "applications:template_preview", "applications:paper",
    "applications:whole_file",
    "portal:blank_form",
    "applications:save_view", "applications:delete_view", "applications:export_offers", "applications:look",
    "publishing:import_template",
    "portal:agency_feed", "portal:feed", "portal:download", "portal:display", "portal:sitemap",
    "portal:robots", "portal:api:openapi-json", "portal:api:list_agencies", "portal:api:one_agency",
    "portal:api:list_reports", "portal:api:one_report", "portal:api:report_figures", "portal:api:totals",
    "portal:api:api-root", "portal:puzzle", "portal:leave_case", "portal:paper", "portal:act_on_case",
    "portal:onward",
}  # fmt: skip
#: Pages no link leads to: what went wrong, forms filled in, lists narrowed down.
PUBLIC_STARTS = [
    "/", "/nothing/", "/reports/?q=无", "/reports/2024/?q=大口", "/search/?q=镇", "/search/?q=无此机关",
    "/compare/?a=x", "/compare/?a=shili-qingshi&a_year=2023&b=shili-qingshi&b_year=2024",
    "/feedback/?page=/reports/", "/agencies/?region=990121", "/apply/?q=镇", "/apply/to/kunyang/",
    "/apply/track/",
]  # fmt: skip
OFFICE_STARTS = [
    "/admin/", "/admin/nothing/", "/admin/users/new/", "/admin/annual-reports/?q=无此机关",
    "/admin/annual-reports/?state=published", "/admin/agencies/?q=无此机关", "/admin/people/",
]  # fmt: skip
#: What the CMS answers under our screens' frame.
OURS_IN_THE_CMS = {"wagtailadmin_home", "wagtailadmin_account"}


class Found(NamedTuple):
    """An address that is a page, and by which name."""

    name: str
    address: str


def name_of(address: str) -> str:
    """The name of the view; empty for what is not there."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def kind_of(address: str) -> tuple[object, ...]:
    """Addresses alike but for what they are about: the same view, action and questions."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return ("", parts.path)
    words = {key: value for key, value in match.kwargs.items() if key in {"name", "matter", "fmt", "code"}}
    return (match.view_name, *sorted(words.items()), *sorted({key for key, _ in parse_qsl(parts.query)}))


def crawl(client: Client, starts: list[str], inside: tuple[str, ...]) -> Iterator[Found]:
    """The pages that the starts and the links on them lead to, so many of each kind."""
    waiting, known, taken = list(starts), set(starts), dict[tuple[object, ...], int]()
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if taken.get(kind, 0) >= FACES.get(str(kind[0]), ALIKE) and address not in starts:
            continue
        taken[kind] = taken.get(kind, 0) + 1
        answer = client.get(address)
        kept = "text/html" in answer.headers.get("Content-Type", "") and not answer.streaming
        if not kept or not answer.content:
            continue
        yield Found(name_of(address), address)
        for link in html.fromstring(answer.content).xpath("//a/@href"):
            target = urljoin(address, str(link)).partition("#")[0]
            path = urlsplit(target).path
            if target.startswith(inside) and target not in known and _is_ours(path):
                known.add(target)
                waiting.append(target)


def _is_ours(path: str) -> bool:
    name = name_of(path)
    return (name in ADDRESSES or name in OURS_IN_THE_CMS) and name not in {"account_logout", *NOT_PAGES}


@pytest.fixture(scope="module")
def stocked(site: Site) -> Site:
    stock.reports(site.agencies)
    stock.everybody(site.agencies)
    stock.application(site.agencies["kunyang"])
    stock.scanned(site.agencies["kunyang"])
    stock.catalogue(site.agencies["kunyang"])
    return site


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(
        Person.objects.get(username=username), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def sitemap(client: Client) -> list[str]:
    """Every address the sitemap names, through its parts."""
    found, waiting = [], ["/sitemap.xml"]
    while waiting:
        text = client.get(waiting.pop()).content.decode()
        for address in re.findall(r"<loc>https?://[^/]+([^<]*)</loc>", text):
            (waiting if "sitemap" in address else found).append(address.replace("&amp;", "&"))
    return found


def fixed(verdicts: set[Verdict], start: str) -> list[str]:
    """The addresses of the URLconf that take no argument."""
    return [
        one.filled({}, "")
        for one in entries()
        if verdict_on(one.name, one.namespace) in verdicts
        and one.name in ADDRESSES
        and one.name not in NOT_PAGES
        and not one.arguments
        and f"/{one.route}".startswith(start)
    ]


def complaints(page: Page, url: str, found: list[Found], *, public: bool) -> list[str]:
    """What axe says of each page, light and dark; of public ones in large print too; and what is too wide."""
    said, desks = [], 0
    for one in found:
        page.set_viewport_size({"width": 1280, "height": 900})
        in_scheme(page, "light")
        page.goto(url + one.address)
        hold_still(page)
        desks += page.locator(DESK).count()
        but = DESK if desks > DESKS else ""
        heard = audit(page, tags=() if public else WCAG, but=but)
        in_scheme(page, "dark")
        heard += [f"dark: {what}" for what in audit(page, rules=["color-contrast"], but=but)]
        heard += too_wide(page)
        if public:
            heard += in_large_print(page)
        said += [f"{one.address} {what}" for what in heard]
    return said


def too_wide(page: Page) -> list[str]:
    """Pages that are dragged sideways on a telephone."""
    page.set_viewport_size({"width": 320, "height": 800})
    over = overflow(page)
    return [f"{over} px wider than 320 px"] if over > 0 else []


def in_large_print(page: Page) -> list[str]:
    """The contrast of 7 that large print promises, light and dark, and that it fits too."""
    page.evaluate("document.documentElement.classList.add('large')")
    heard = too_wide(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    for scheme in ("dark", "light"):
        in_scheme(page, scheme)
        heard += [f"large, {scheme}: {what}" for what in audit(page, rules=["color-contrast-enhanced"])]
    return heard


def expected(names: set[str]) -> set[str]:
    """What must have been looked at of these names."""
    return names - NOT_PAGES


def test_public_pages(stocked: Site) -> None:
    client = Client()
    starts = [*PUBLIC_STARTS, *sitemap(client), *fixed({Verdict.PUBLIC, Verdict.ENTRANCE}, "/")]
    found = list(crawl(client, [one for one in dict.fromkeys(starts) if "/admin/" not in one], ("/",)))
    pages = [one for one in found if one.name == "" or one.name in ADDRESSES]
    public = {name for name, verdict in ADDRESSES.items() if verdict is Verdict.PUBLIC}
    assert expected(public) - {one.name for one in pages} == set()
    said = complaints(new_page(stocked.browser), stocked.url, limited(pages), public=True)
    assert not said, "\n".join(said)


def limited(found: list[Found]) -> list[Found]:
    """So many of each kind, whatever the sitemap names."""
    taken: dict[tuple[object, ...], int] = {}
    kept = []
    for one in found:
        kind = kind_of(one.address)
        taken[kind] = taken.get(kind, 0) + 1
        if taken[kind] <= FACES.get(one.name, ALIKE):
            kept.append(one)
    return kept


def cookies(client: Client, url: str) -> list[Any]:
    return [
        {
            "name": settings.SESSION_COOKIE_NAME,
            "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
            "url": url,
        }
    ]


def test_pages_of_the_back_office(stocked: Site) -> None:
    client = signed_in("admin")
    client.get("/admin/")
    staff = {Verdict.LIMITED, Verdict.ROLE, Verdict.ONESELF}
    gone, clerk = (Person.objects.get(username=name) for name in ("pingyang-leader", "kunyang-clerk"))
    summed_up = ReportRecord.objects.get(agency__slug="pingyang")
    starts = [
        *OFFICE_STARTS,
        f"/admin/applications/settings/{stocked.agencies['kunyang'].pk}/",
        f"/admin/applications/figures/new/total/?agency={stocked.agencies['kunyang'].pk}",
        f"/admin/applications/{Case.objects.order_by('-pk')[0].pk}/registered/",
        f"/admin/applications/{Case.objects.order_by('-pk')[0].pk}/new-code/given/",
        f"/admin/people/{clerk.pk}/",
        f"/admin/people/{gone.pk}/",
        f"/admin/people/{gone.pk}/erase/",
        f"/admin/annual-reports/{summed_up.pk}/",
        f"/admin/annual-reports/{summed_up.pk}/rollup/",
        *fixed(staff, "/"),
    ]
    found = list(crawl(client, list(dict.fromkeys(starts)), ("/admin/", "/accounts/")))
    names = {name for name, verdict in ADDRESSES.items() if verdict in {*staff, Verdict.OBJECT}}
    assert expected(names) - {one.name for one in found} == set()
    assert not [
        one for one in found if client.get(one.address).status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
    ]
    page = new_page(stocked.browser)
    page.context.add_cookies(cookies(client, stocked.url))
    said = complaints(page, stocked.url, found, public=False)
    assert not said, "\n".join(said)
