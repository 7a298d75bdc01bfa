"""The home page: what the apps lay on the desk; its title."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from gongkai.web.agencies import desk
from gongkai.web.agencies.models import Person
from gongkai.web.common import registry
from gongkai.web.common.actor import Actor

SignIn = Callable[[Person], Client]


def test_each_app_lays_its_work_on_the_desk_of_whom_it_concerns(
    world: SimpleNamespace, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def letters(actor: Actor, day: date) -> desk.Tray | None:
        if actor.person_id != world.clerk.pk:
            return None
        pile = desk.Pile(
            "逾期", 7, "/late/", [desk.Item("2024-0001号", "/case/1/")], urgent=True, at_least=True
        )
        return desk.Tray("文书", "/letters/", [pile])

    monkeypatch.setattr(registry.of(desk.REGISTRY), "_entries", {"letters": (1, letters)})
    page = sign_in(world.clerk).get("/admin/").content.decode()
    for words in ("文书", "逾期", "至少7件", "2024-0001号", 'href="/case/1/"', "■"):
        assert words in page
    assert "文书" not in sign_in(world.head).get("/admin/").content.decode()


def test_pages_are_titled_with_the_name_of_the_site(
    world: SimpleNamespace, sign_in: SignIn, settings: Settings
) -> None:
    client = sign_in(world.administrator)
    settings.PORTAL_NAME = "平阳县政府信息公开"
    for address in ("/admin/", "/admin/agencies/", f"/admin/people/{world.clerk.pk}/"):
        assert "- 平阳县政府信息公开</title>" in client.get(address).content.decode(), address
    settings.PORTAL_NAME = ""
    assert f"- {settings.WAGTAIL_SITE_NAME}</title>" in client.get("/admin/").content.decode()


def test_the_page_of_an_agency_leads_to_what_other_apps_set_there(
    world: SimpleNamespace, sign_in: SignIn
) -> None:
    page, settings_page = (
        f"/admin/agencies/{world.town.pk}/",
        f"/admin/applications/settings/{world.town.pk}/",
    )
    for who, may in ((world.head, True), (world.administrator, True), (world.clerk, False)):
        client = sign_in(who)
        assert (settings_page in client.get(page).content.decode()) is may
        assert client.get(settings_page).status_code == (200 if may else 404)
