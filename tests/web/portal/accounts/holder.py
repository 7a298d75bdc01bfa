"""Somebody at a browser with an account of their own."""

import re
from typing import Any

from django.conf import settings
from django.test import Client

from gongkai.web.applications.actions import Submitted
from gongkai.web.common.models import OutboxMail
from gongkai.web.portal.accounts.models import Account
from gongkai.web.portal.accounts.selectors import account_of

MINE, CODE = "/apply/mine/", "/apply/mine/code/"


def mails() -> int:
    """How many mails were written."""
    return OutboxMail.objects.count()


def last_code() -> str:
    """The code of the last mail."""
    found = re.search(r"登录码：(\S+)", OutboxMail.objects.latest("pk").body)
    assert found
    return found[1]


def text(response: Any) -> str:
    return str(response.content.decode())


def told(answer: Any) -> tuple[int, str, str]:
    """What an answer tells, without what differs by chance."""
    page = re.sub(r"[\w-]{32,}|\d+", "", text(answer))
    return answer.status_code, answer.headers.get("Location", ""), page


class Holder:
    """A browser, and what its user does with it."""

    def __init__(self, email: str, **options: Any) -> None:
        self.email = email
        self.client = Client(**options)

    def ask(self) -> Any:
        """Ask for a code."""
        return self.client.post(MINE, {"email": self.email})

    def enter(self, code: str) -> Any:
        """Type a code."""
        return self.client.post(CODE, {"code": code})

    def sign_in(self) -> "Holder":
        """Both, with the code that was mailed."""
        assert self.ask().status_code == 302
        assert self.enter(last_code()).headers["Location"] == MINE
        return self

    def elsewhere(self) -> "Holder":
        """The same person signed in on another device."""
        return Holder(self.email).sign_in()

    @property
    def token(self) -> str:
        """What the browser's cookie holds."""
        cookie = self.client.cookies.get(settings.CITIZEN_COOKIE)
        return cookie.value if cookie else ""

    @property
    def account(self) -> Account:
        """The row."""
        found = account_of(self.email.lower())
        assert found
        return found

    @property
    def signed_in(self) -> bool:
        """Whether the list is shown, and not the sign-in."""
        return "已登录：" in text(self.client.get(MINE))

    def page(self) -> str:
        """The list as it reads, without tags."""
        shown = re.sub(r"<[^>]+>", "", text(self.client.get(MINE)))
        return re.sub(r"\s+", "", shown)

    def add(self, sent: Submitted, code: str | None = None) -> Any:
        """Put a case on the list."""
        given = {"number": sent.case.register_no, "code": sent.code if code is None else code}
        return self.client.post(f"{MINE}add/", given)

    def open(self, case_id: int) -> Any:
        """Open a case from the list."""
        return self.client.post(f"{MINE}{case_id}/open/")

    def sees_case(self) -> bool:
        """Whether a case is open on this device."""
        return bool(self.client.get("/apply/case/").status_code == 200)
