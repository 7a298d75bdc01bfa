"""Feeds and the sitemap."""

import pytest
from django.test import Client
from lxml import etree
from lxml import html as lxml_html

from gongkai.web.agencies.models import Agency
from gongkai.web.portal.views import feeds

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(client: Client, address: str = "/sitemap.xml") -> list[str]:
    """The addresses a sitemap lists, those of the lists it lists included."""
    tree = etree.fromstring(client.get(address).content)
    found = [node.text.removeprefix("http://testserver") for node in tree.iter(f"{MAP}loc")]
    if tree.tag == f"{MAP}sitemapindex":
        return [one for part in found for one in locations(client, part)]
    return found


def crawled(client: Client) -> set[str]:
    """Every page that can be reached from the first by links that crawlers may follow."""
    seen, waiting = {"/"}, ["/"]
    while waiting:
        response = client.get(waiting.pop())
        assert response.status_code == 200
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        for link in lxml_html.fromstring(response.content.decode()).xpath(
            "//a[not(@download or @rel = 'nofollow')]"
        ):
            href = link.get("href").partition("#")[0]
            plain = href.startswith("/") and "?" not in href and not href.startswith("/display/")
            if plain and href not in seen:
                seen.add(href)
                waiting.append(href)
    return seen


def test_the_sitemap_lists_every_page_and_no_more(client: Client, kunyang: Agency, invented: Agency) -> None:
    listed = locations(client)
    assert len(listed) == len(set(listed))
    found = {one for one in crawled(client) if not one.endswith((".atom", ".xml", ".json"))}
    assert set(listed) == found
    assert "/agencies/yunxi/reports/2021/" in listed


def test_a_long_sitemap_is_an_index_of_lists(
    client: Client, kunyang: Agency, invented: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = locations(client)
    # Lists are cut by id, and ids are not the same on every database: with one row each their number is.
    monkeypatch.setattr(feeds, "_LIST", 1)
    tree = etree.fromstring(client.get("/sitemap.xml").content)
    assert tree.tag == f"{MAP}sitemapindex"
    assert sorted(locations(client)) == sorted(whole)


def test_the_feed_tells_what_was_published_newest_first(
    client: Client, kunyang: Agency, invented: Agency
) -> None:
    response = client.get("/reports.atom")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    tree = etree.fromstring(response.content)
    entries = tree.findall(f"{ATOM}entry")
    assert len(entries) == 5
    assert entries[-1].findtext(f"{ATOM}title") == "云溪镇人民政府2021年政府信息公开工作年度报告"
    assert entries[-1].findtext(f"{ATOM}published") == "2022-01-20T10:30:00+08:00"
    assert tree.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-hans"


def test_an_agency_has_a_feed_of_its_own(client: Client, kunyang: Agency, invented: Agency) -> None:
    tree = etree.fromstring(client.get("/agencies/kunyang/reports.atom").content)
    assert tree.findtext(f"{ATOM}title") == "昆阳镇人民政府政府信息公开年报"
    assert len(tree.findall(f"{ATOM}entry")) == 1
    assert client.get("/agencies/nobody/reports.atom").status_code == 404


def test_robots_are_told_of_the_sitemap(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /admin/" in text
