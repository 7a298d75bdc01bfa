import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from pytest_django.fixtures import Settings

from gongkai.web import urls
from gongkai.web.common.accounts import client_address
from gongkai.web.common.errors import ActionRefused, Denied


def denied(request: HttpRequest) -> HttpResponse:
    raise Denied("您没有办理此事的权限", remedy="请联系管理员")


def refused(request: HttpRequest) -> HttpResponse:
    raise ActionRefused("已经发布", place="2024年年报", remedy="先撤下")


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def posted(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)
urlpatterns = [
    path("t/denied", denied),
    path("t/refused", refused),
    path("t/broken", broken),
    path("t/posted", posted),
    *urls.urlpatterns,
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.common.test_pages")]


def policy(answer: Any) -> dict[str, str]:
    parts = (
        part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";") if part.strip()
    )
    return {part[0]: part[1] for part in parts}


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/t/denied", 403, ["您没有办理此事的权限", "请联系管理员"]),
        ("/t/refused", 409, ["2024年年报", "已经发布", "先撤下"]),
        ("/t/broken", 500, ["没有办成"]),
        ("/no-such-page-at-all", 404, ["不存在"]),
    ],
)
def test_what_goes_wrong_is_a_chinese_page(address: str, status: int, words: list[str]) -> None:
    answer = Client(raise_request_exception=False).get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    for word in words:
        assert word in page
    assert '<html lang="zh-Hans">' in page
    assert "Traceback" not in page


def test_a_form_without_its_token_is_a_chinese_page() -> None:
    answer = Client(enforce_csrf_checks=True).post("/t/posted")
    assert answer.status_code == 403
    assert "没有办理" in answer.content.decode()


def test_another_host_is_refused(client: Client) -> None:
    answer = client.get("/healthz", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


def test_public_pages_carry_the_strict_rules(client: Client) -> None:
    answer = client.get("/accounts/login/")
    rules = policy(answer)
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert rules["base-uri"] == rules["object-src"] == "'none'"
    assert rules["form-action"] == rules["frame-ancestors"] == "'self'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_pages_load_from_this_host_only(client: Client) -> None:
    person = get_user_model().objects.create_superuser("admin1", "a long pass phrase", name="管理员")
    client.force_login(person)
    for address in ("/accounts/login/", "/admin/"):
        for name, sources in policy(client.get(address)).items():
            assert "*" not in sources, name
            assert "http" not in sources, name
            assert "unsafe-eval" not in sources, name


def test_only_the_back_office_is_relaxed(client: Client) -> None:
    person = get_user_model().objects.create_superuser("admin1", "a long pass phrase", name="管理员")
    client.force_login(person)
    assert "'unsafe-inline'" in policy(client.get("/admin/"))["style-src"]
    assert "'unsafe-inline'" not in client.get("/accounts/2fa/")["Content-Security-Policy"]


def test_a_page_for_everybody_can_be_kept_by_a_cache(client: Client) -> None:
    answer = client.get("/t/posted")
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies
    assert "no-store" not in answer.get("Cache-Control", "")


def test_what_was_seen_signed_in_is_not_cached(client: Client) -> None:
    client.force_login(
        get_user_model().objects.create_superuser("admin1", "a long pass phrase", name="管理员")
    )
    assert "no-store" in client.get("/accounts/sessions/")["Cache-Control"]


def test_the_back_office_is_chinese_and_asks_no_outside_host(client: Client) -> None:
    client.force_login(
        get_user_model().objects.create_superuser("admin1", "a long pass phrase", name="管理员")
    )
    page = client.get("/admin/").content.decode()
    assert 'lang="zh-hans"' in page.lower()
    assert not re.search(r"""(?:src|action)=["'](?:https?:)?//""", page)
    assert "gravatar" not in page
    assert "releases.wagtail" not in page


def test_a_sign_of_life(client: Client) -> None:
    assert client.get("/healthz").content == b"ok"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "6.6.6.6", "10.0.0.1"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.9", "1.2.3.4"),
    ],
)
def test_an_address_cannot_be_made_up(settings: Settings, proxies: int, forwarded: str, address: str) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="10.0.0.1")
    assert client_address(request) == address


@pytest.mark.parametrize(("files", "text"), [(101, "短"), (0, "长" * 2 * 2**20)])
def test_more_than_can_be_taken_at_once_is_called_that(client: Client, files: int, text: str) -> None:
    """More files than Django takes in one form, more text than it reads: the address is not to blame."""
    chosen = [SimpleUploadedFile(f"{number}.pdf", b"1") for number in range(files)]
    answer = client.post("/accounts/login/", {"login": text, "files": chosen})
    assert answer.status_code == 413
    page = answer.content.decode()
    assert "全部没有提交" in page
    assert "检查网址" not in page
