"""Accounts as an attacker tries them: sessions, other people's cases, the staff, the caches."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as live
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings
from wagtail.snippets.models import get_snippet_models

from gongkai.web.agencies.models import Person
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.models import AuditEntry
from gongkai.web.portal.accounts.actions import DeleteAccount, EraseAccount
from gongkai.web.portal.accounts.models import Account, ListedCase
from tests.web.addresses import entries
from tests.web.applications.asking import submit
from tests.web.portal.accounts.holder import CODE, MINE, Holder, last_code, text, told
from tests.web.reporting.people import Town

WRONG = "2222-2222"
ADDRESSES = [one for one in entries() if one.name.startswith("portal:account")]
VISITOR = Actor.of(None)


# --- sessions ----------------------------------------------------------------------------------------------
def test_a_session_somebody_planted_is_not_the_one_that_is_signed_in(town: Town) -> None:
    holder = Holder("chen@example.cn")
    holder.client.cookies[live.CITIZEN_COOKIE] = "planted-by-somebody-else"
    holder.client.cookies[live.CITIZEN_ASKING_COOKIE] = "planted-too"
    holder.sign_in()
    assert holder.token not in {"", "planted-by-somebody-else"}
    for planted in ("planted-by-somebody-else", "planted-too", ""):
        attacker = Holder("chen@example.cn")
        attacker.client.cookies[live.CITIZEN_COOKIE] = planted
        assert not attacker.signed_in


def test_signing_in_again_ends_what_the_browser_held_before(town: Town, other: Holder) -> None:
    before = other.token
    other.email = "chen@example.cn"
    other.sign_in()
    assert other.token != before
    thief = Holder("other@example.cn")
    thief.client.cookies[live.CITIZEN_COOKIE] = before
    assert not thief.signed_in


def test_a_session_copied_before_signing_out_is_worth_nothing_after(chen: Holder) -> None:
    thief = Holder(chen.email)
    thief.client.cookies[live.CITIZEN_COOKIE] = chen.token
    assert thief.signed_in
    chen.client.post(f"{MINE}leave/")
    assert not thief.signed_in


def test_the_session_of_an_opened_case_is_a_new_one(chen: Holder, town: Town) -> None:
    sent = submit(town.agency)
    chen.add(sent)
    session = chen.client.session  # one that somebody else may know
    session["known"] = "to somebody"
    session.save()
    known = session.session_key
    assert known
    chen.client.cookies[live.SESSION_COOKIE_NAME] = known
    chen.open(sent.case.pk)
    assert chen.sees_case()
    assert chen.client.cookies[live.SESSION_COOKIE_NAME].value != known
    assert not Session.objects.filter(session_key=known).exists()


def test_an_account_deleted_while_signed_in_elsewhere_is_gone_there_too(chen: Holder, town: Town) -> None:
    sent, elsewhere = submit(town.agency), chen.elsewhere()
    chen.add(sent)
    elsewhere.open(sent.case.pk)
    assert elsewhere.sees_case()
    asking = Holder(chen.email)
    asking.ask()
    code = last_code()
    chen.client.post(f"{MINE}delete/", {"sure": "1"})
    assert not elsewhere.sees_case()
    assert elsewhere.client.post("/apply/case/withdraw/", {"sure": "1"}).status_code == 302
    for entry in ADDRESSES:
        for method in ("get", "post"):
            answer = getattr(elsewhere.client, method)(entry.filled({"pk": sent.case.pk}, 1))
            assert answer.status_code != 500, entry.name
            assert sent.case.register_no not in text(answer), entry.name
    assert asking.enter(code).status_code == 403, "a code on its way to the address is worth nothing either"
    assert Account.objects.count() == 0
    with pytest.raises(ActionRefused):
        DeleteAccount(VISITOR, token=elsewhere.token).run()


# --- other people's cases ----------------------------------------------------------------------------------
def test_nobody_reaches_a_case_on_another_list(chen: Holder, other: Holder, town: Town) -> None:
    sent = submit(town.agency)
    chen.add(sent)
    for who in (other, Holder("nobody@example.cn")):
        for step in ("open", "remove"):
            answer = who.client.post(f"{MINE}{sent.case.pk}/{step}/")
            assert answer.status_code in {302, 409}
            assert sent.case.subject not in text(answer)
        assert not who.sees_case()
    missing = other.client.post(f"{MINE}{sent.case.pk + 999}/open/")
    assert told(missing) == told(other.client.post(f"{MINE}{sent.case.pk}/open/")), "nor whether it is there"
    assert ListedCase.objects.count() == 1


def test_a_case_is_not_added_without_its_code(chen: Holder, town: Town, settings: Settings) -> None:
    mine, theirs = submit(town.agency), submit(town.neighbour)
    assert mine.case.register_no == theirs.case.register_no, "two agencies, one number"
    for code in ("", WRONG, "2222-2222-2222", mine.code[:-1], "*", "%"):
        answer = chen.add(mine, code)
        assert answer.status_code == 403
        assert "登记号或查询码不对" in text(answer)
    unknown = chen.client.post(f"{MINE}add/", {"number": "2099-0001", "code": mine.code})
    assert unknown.status_code == 403
    assert "登记号或查询码不对" in text(unknown)
    assert ListedCase.objects.count() == 0
    chen.add(theirs)
    assert list(ListedCase.objects.values_list("case_id", flat=True)) == [theirs.case.pk]
    settings.ACCOUNT_RATE_LIMITS = live.ACCOUNT_RATE_LIMITS | {"wrong_code": "2/h/key"}
    assert [chen.add(mine, WRONG).status_code for _ in range(3)][-1] == 429


def test_a_form_sent_from_another_site_does_nothing(town: Town) -> None:
    holder = Holder("chen@example.cn").sign_in()
    sent = submit(town.agency)
    holder.add(sent)
    forged = Client(enforce_csrf_checks=True)
    forged.cookies[live.CITIZEN_COOKIE] = holder.token
    for entry in ADDRESSES:
        answer = forged.post(
            entry.filled({"pk": sent.case.pk}, 1), {"sure": "1", "step": "drop", "email": "x@y.cn"}
        )
        assert answer.status_code == 403, entry.name
    assert Account.objects.count() == 1
    assert ListedCase.objects.count() == 1
    assert holder.signed_in


def test_the_cookie_is_out_of_reach_of_scripts_and_of_posts_from_elsewhere(chen: Holder) -> None:
    cookie = chen.client.cookies[live.CITIZEN_COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"], "gone with the browser"


# --- the back office ---------------------------------------------------------------------------------------
def test_an_account_opens_no_door_of_the_staff(chen: Holder, town: Town) -> None:
    people = Person.objects.count()
    for door in ("/admin/", "/admin/applications/", "/admin/people/", "/accounts/password/change/"):
        assert chen.client.get(door).headers["Location"].startswith(("/accounts/login/", "/admin/login/")), (
            door
        )
    assert live.SESSION_COOKIE_NAME not in chen.client.cookies
    assert Person.objects.count() == people
    swapped = Client()
    swapped.cookies[live.SESSION_COOKIE_NAME] = chen.token
    assert swapped.get("/admin/").headers["Location"].startswith(("/accounts/login/", "/admin/login/"))


def test_staff_see_no_accounts_and_act_on_none(chen: Holder, town: Town) -> None:
    models = [
        one
        for one in apps.get_app_config("portal").get_models()
        if one.__module__.endswith("accounts.models")
    ]
    assert len(models) == 6
    assert not {*models} & {*get_snippet_models()}
    assert all(not one._meta.default_permissions for one in models)
    root = Person.objects.create_superuser("root", "correct-horse-battery", name="全站管理员")
    client = Client()
    client.force_login(root, backend="allauth.account.auth_backends.AuthenticationBackend")
    for page in ("/admin/", "/admin/people/", "/admin/people/?q=chen", "/admin/applications/"):
        assert "chen@example.cn" not in text(client.get(page, follow=True))
    assert "已登录：" not in text(client.get(MINE)), "a member of staff is nobody here"
    for actor in (Actor.of(root), town.as_clerk, Actor.system("applications.tidier")):
        with pytest.raises(Denied):
            DeleteAccount(actor, token=chen.token).run()
        with pytest.raises(Denied):
            EraseAccount(actor, account_id=chen.account.pk).run()
    with pytest.raises(ActionRefused):
        EraseAccount(Actor.system("portal.accounts_keeper"), account_id=chen.account.pk).run()
    assert chen.signed_in


def test_staff_who_have_an_account_act_on_it_as_a_visitor(chen: Holder, town: Town) -> None:
    sent = submit(town.agency)
    chen.client.force_login(town.clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    chen.add(sent)
    entry = AuditEntry.objects.filter(code="portal.list_case").get()
    assert (entry.actor_kind, entry.actor_id) == ("public", None)


# --- caches ------------------------------------------------------------------------------------------------
@pytest.fixture
def keeping(settings: Settings) -> Iterator[Any]:
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test-accounts"}
    settings.CACHES = settings.CACHES | {"pages": memory}
    yield caches["pages"]
    caches["pages"].clear()


def test_no_page_is_kept_from_whoever_is_signed_in_nor_given_to_them(chen: Holder, keeping: Any) -> None:
    keeping.clear()
    for page in ("/", "/agencies/", "/reports/"):
        chen.client.get(page)
    assert not keeping._cache
    Client().get("/agencies/")
    assert len(keeping._cache) == 1
    with CaptureQueriesContext(connection) as given:
        Client().get("/agencies/")
    with CaptureQueriesContext(connection) as made:
        chen.client.get("/agencies/")
    assert len(given) == 1 < len(made)


def test_what_shows_an_account_is_stored_nowhere(chen: Holder, town: Town) -> None:
    shown = [MINE, f"{MINE}particulars/", f"{MINE}delete/", f"/apply/to/{town.agency.slug}/"]
    for page in shown:
        answer = chen.client.get(page)
        assert answer.status_code == 200
        assert {"no-store", "private"} <= set(answer.headers["Cache-Control"].split(", ")), page
    for entry in ADDRESSES:
        answer = Client().get(entry.filled({}, 1))
        assert "no-store" in answer.headers["Cache-Control"], entry.name


def test_a_stranger_gets_no_session_and_no_cookie_of_an_account(town: Town) -> None:
    stranger = Client()
    for page in ("/", "/apply/", MINE, CODE):
        stranger.get(page)
    assert set(stranger.cookies) <= {live.CSRF_COOKIE_NAME}
    assert Session.objects.count() == 0


def test_a_key_no_database_can_hold_leads_nowhere(chen: Holder) -> None:
    for step in ("open", "remove"):
        assert chen.client.post(f"{MINE}{'9' * 18}/{step}/").status_code == 409
        for length in (19, 23):
            assert chen.client.post(f"{MINE}{'9' * length}/{step}/").status_code == 404
