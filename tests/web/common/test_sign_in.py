import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django.fixtures import Settings

from tests.web.sessions import totp_code

pytestmark = pytest.mark.django_db
PASSWORD = "昆阳-correct-horse"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def person() -> Any:
    return get_user_model().objects.create_superuser("zhangsan", PASSWORD, name="张三")


def sign_in(client: Client, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(reverse("account_login"), {"login": "zhangsan", "password": password}, **extra)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_page_is_chinese_and_asks_no_outside_host(client: Client) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert '<html lang="zh-Hans">' in page
    assert "用户名" in page
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", page)
    words = re.sub(r"<[^>]+>", " ", page[page.index("<body") :])
    assert not re.search(r"[A-Za-z]{4,}", words), words


@pytest.mark.usefixtures("person")
def test_name_and_password_sign_in(client: Client) -> None:
    assert sign_in(client).status_code == 302
    assert signed_in(client)


@pytest.mark.usefixtures("person")
def test_a_wrong_password_is_told_in_chinese_and_does_not(client: Client) -> None:
    page = sign_in(client, "wrong").content.decode()
    assert re.search("用户名.*密码.*不正确|不正确|错误", page)
    assert not signed_in(client)


@pytest.mark.usefixtures("person")
def test_five_wrong_passwords_lock_the_name_whatever_the_address(client: Client) -> None:
    for number in range(5):
        name = ["zhangsan", " ZhangSan"][number % 2]
        form = {"login": name, "password": "wrong"}
        answer = Client().post(reverse("account_login"), form, REMOTE_ADDR=f"10.0.0.{number}")
    assert answer.status_code == 429
    assert "暂停登录" in answer.content.decode()
    page = sign_in(client, REMOTE_ADDR="10.0.0.99").content.decode()
    assert not signed_in(client), "not even with the right password"
    assert "过多" in page
    cache.clear()  # the lock is in the database; the limit, which is quicker, is not
    answer = sign_in(client, REMOTE_ADDR="10.0.0.99")
    assert answer.status_code == 429
    assert not signed_in(client)


@pytest.mark.usefixtures("person")
def test_the_lock_ends_by_itself(client: Client, settings: Settings) -> None:
    for number in range(5):
        sign_in(Client(), "wrong", REMOTE_ADDR=f"10.0.0.{number}")
    settings.AXES_COOLOFF_TIME = timedelta(0)
    cache.clear()
    sign_in(client)
    assert signed_in(client)


def test_guessing_many_names_from_one_address_is_slowed(client: Client) -> None:
    pages = [
        client.post(reverse("account_login"), {"login": f"name{n}", "password": "x"}).content.decode()
        for n in range(12)
    ]
    assert "过多" in pages[-1]
    assert "过多" not in pages[0]


def test_nobody_signs_up_and_nothing_is_reset_by_mail(client: Client) -> None:
    for name in ("account_signup", "account_reset_password", "account_email"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert client.get("/accounts/signup/").status_code == 404
    assert client.get("/admin/password_reset/").status_code == 404


@pytest.mark.usefixtures("person")
def test_the_cms_has_no_sign_in_of_its_own(client: Client) -> None:
    answer = client.post("/admin/login/?next=/admin/pages/", {"username": "zhangsan", "password": PASSWORD})
    assert answer["Location"] == "/accounts/login/?next=%2Fadmin%2Fpages%2F"
    assert client.get("/admin/login/?next=//evil.example/")["Location"] == "/accounts/login/"
    assert not signed_in(client)
    assert client.get("/admin/")["Location"].startswith("/accounts/login/")


class TestSecondFactor:
    @pytest.fixture(autouse=True)
    def _required(self, settings: Settings) -> None:
        settings.SECOND_FACTOR_REQUIRED = True

    @pytest.mark.usefixtures("person")
    def test_who_has_none_sets_one_up_first(self, client: Client) -> None:
        sign_in(client)
        answer = client.get("/admin/")
        assert answer["Location"] == reverse("mfa_activate_totp")
        again = client.get(answer["Location"])["Location"]
        assert again.startswith(reverse("account_reauthenticate")), (
            "a session left open is not enough for this"
        )
        page = client.post(again, {"password": PASSWORD}, follow=True)
        assert page.status_code == 200
        assert "data:image/svg+xml" in page.content.decode()
        assert "验证器" in page.content.decode()

    def test_a_password_alone_is_not_enough(self, client: Client, person: Any) -> None:
        totp.TOTP.activate(person, SECRET)
        answer = sign_in(client)
        assert answer["Location"].startswith(reverse("mfa_authenticate"))
        assert not signed_in(client)
        page = client.get(answer["Location"]).content.decode()
        assert re.search("验证", page)
        assert client.get("/admin/")["Location"].startswith("/accounts/login/")

    def test_the_code_signs_in_once(self, client: Client, person: Any) -> None:
        totp.TOTP.activate(person, SECRET)
        sign_in(client)
        now = totp_code(SECRET)
        client.post(reverse("mfa_authenticate"), {"code": now})
        assert signed_in(client)
        other = Client()
        sign_in(other)
        other.post(reverse("mfa_authenticate"), {"code": now})
        assert not signed_in(other), "a code that was seen over a shoulder is worth nothing"

    def test_guessing_codes_is_stopped(self, client: Client, person: Any) -> None:
        totp.TOTP.activate(person, SECRET)
        sign_in(client)
        pages = [
            client.post(reverse("mfa_authenticate"), {"code": f"{n:06}"}).content.decode() for n in range(7)
        ]
        assert "过多" in pages[-1]
        client.post(reverse("mfa_authenticate"), {"code": totp_code(SECRET)})
        assert not signed_in(client)

    def test_the_secret_is_stored_encrypted(self, person: Any) -> None:
        totp.TOTP.activate(person, SECRET)
        assert SECRET not in str(Authenticator.objects.get().data)


@pytest.mark.usefixtures("person")
class TestSessions:
    def test_idle_for_half_an_hour_is_out(self, client: Client, settings: Settings) -> None:
        sign_in(client)
        assert client.get("/accounts/sessions/").status_code == 200
        session = client.session
        session["seen_at"] -= settings.SESSION_IDLE.total_seconds() + 1
        session.save()
        assert client.get("/accounts/sessions/").status_code == 302
        assert not signed_in(client)

    def test_a_working_day_is_the_longest(self, client: Client, settings: Settings) -> None:
        sign_in(client)
        client.get("/accounts/sessions/")
        session = client.session
        session["started_at"] -= settings.SESSION_LONGEST.total_seconds() + 1
        session.save()
        client.get("/accounts/sessions/")
        assert not signed_in(client)

    def test_a_click_keeps_the_session(self, client: Client) -> None:
        sign_in(client)
        client.get("/accounts/sessions/")
        session = client.session
        session["seen_at"] = before = session["seen_at"] - 600
        session.save()
        client.get("/accounts/sessions/")
        assert client.session["seen_at"] > before

    def test_signing_in_changes_the_session(self, client: Client) -> None:
        client.get(reverse("account_login"))
        session = client.session
        session["planted"] = 1
        session.save()
        before = session.session_key
        client.cookies["sessionid"] = before
        sign_in(client)
        assert client.session.session_key != before

    def test_who_may_no_longer_sign_in_is_out_at_once(self, client: Client, person: Any) -> None:
        sign_in(client)
        person.is_active = False
        person.save()
        assert client.get("/accounts/sessions/").status_code == 302

    def test_a_new_password_ends_the_other_sessions(self, client: Client, person: Any) -> None:
        sign_in(client)
        person.set_password("another long 密码")
        person.save()
        assert client.get("/accounts/sessions/").status_code == 302

    def test_signing_out_takes_a_post(self, client: Client) -> None:
        sign_in(client)
        client.get(reverse("account_logout"))
        assert signed_in(client)
        old = client.session.session_key
        client.post(reverse("account_logout"))
        assert not signed_in(client)
        assert not Session.objects.filter(pk=old).exists()


@pytest.mark.parametrize(
    "name",
    ["account_change_password", "mfa_index", "usersessions_list", "account_logout", "account_reauthenticate"],
)
def test_own_pages_are_chinese(client: Client, person: Any, name: str) -> None:
    client.force_login(person)
    answer = client.get(reverse(name))
    if answer.status_code == 302:
        answer = client.get(answer["Location"])
    page = answer.content.decode()
    words = re.sub(r"(?s)<(style|script)\b.*?</\1>|<[^>]+>", " ", page[page.index("<main") :])
    english = {w for w in re.findall(r"[A-Za-z]{4,}", words) if w.lower() not in {"zhangsan", "none"}}
    assert not english, english
