"""Signing in without a password: a code by mail, typed in the browser that asked for it."""

from dataclasses import KW_ONLY, dataclass, field
from typing import Any, ClassVar, Final, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.web.common import outbox
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.permissions import SITE
from gongkai.web.portal import identity
from gongkai.web.portal.accounts import address, permissions, secret, selectors
from gongkai.web.portal.accounts.models import Account, SignedIn, SignInCode

MOST_TRIES: Final = 5


def gone() -> ActionRefused:
    """There is no code for this browser, whatever the reason."""
    return ActionRefused(
        "这个浏览器没有等待输入的登录码：可能已过期、已用过、输错次数过多，或不是在这个浏览器里申请的",
        remedy="请在申请登录的浏览器中输入登录码，或重新获取",
        code="no-code",
    )


@dataclass
class AskForCode(Action[str]):
    """Mail a code to an address, for this browser alone. The browser's new secret.

    Nobody's account is looked up: the answer, the mail and the time they take are the same for an address
    with an account and for one without. ``form``: the key of the form; sent twice, it mails one code.
    """

    code: ClassVar = "portal.ask_for_code"
    permission: ClassVar = permissions.SIGN_IN

    actor: Actor
    _: KW_ONLY
    email: str = field(repr=False)
    before: str = field(default="", repr=False)
    form: str = field(default="", repr=False)

    def agency_id(self) -> int:
        """The site's."""
        return SITE

    def check(self) -> None:
        """An address a mail can go to."""
        self.email = address.normal(self.email)

    def apply(self) -> str:
        """The code of before is worth nothing any more; the mail leaves with this transaction."""
        browser, code, now = secret.of_form(self.form, self.email), secret.new_code(), timezone.now()
        mine = SignInCode.objects.filter(browser_hash=secret.hashed(browser))
        mine.filter(created_at__lt=now - settings.CITIZEN_CODE_VALID).delete()
        if self.before != browser:
            SignInCode.objects.filter(browser_hash=secret.hashed(self.before)).delete()
        _, new = SignInCode.objects.get_or_create(
            browser_hash=secret.hashed(browser),
            defaults={
                "email": self.email, "code_hash": secret.code_hash(code, browser), "created_at": now,
            },
        )  # fmt: skip
        if new:
            outbox.post(self.email, "“我的申请”登录码", _letter(code))
        return browser

    def audit_details(self) -> dict[str, Any]:
        """That somebody asked."""
        return {}


def _letter(code: str) -> str:
    minutes = int(settings.CITIZEN_CODE_VALID.total_seconds() // 60)
    link = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('portal:account_code')}?{urlencode({'code': code})}"
    return (
        f"您好：\n\n有人用这个邮箱登录{settings.PORTAL_NAME or identity.site_name()}的“我的申请”。\n\n"
        f"登录码：{code}\n\n"
        "请在申请登录的那个浏览器中输入，或者在那个浏览器中打开下面的网址，再点“登录”：\n"
        f"{link}\n\n"
        f"{minutes}分钟内有效，只能用一次。不要转发，也不要告诉任何人，工作人员不会向您索要。\n"
        "第一次登录时，会为这个邮箱建立账号。\n"
        "如果不是您本人要登录，不用理会这封邮件。\n"
    )


class Entered(NamedTuple):
    """What came of a code: the session's secret, or how many tries are left."""

    token: str
    tries_left: int


@dataclass
class EnterCode(Action[Entered]):
    """Sign in with the code that was mailed for this browser. A wrong one is counted, so it is no refusal.

    ``token`` is the secret of the browser that asked, ``before`` that of a session it may still have, which
    ends: what a browser held before it signed in opens nothing afterwards.
    """

    code: ClassVar = "portal.enter_code"
    permission: ClassVar = permissions.SIGN_IN

    actor: Actor
    _: KW_ONLY
    token: str = field(repr=False)
    typed: str = field(repr=False)
    before: str = field(default="", repr=False)

    def agency_id(self) -> int:
        """The site's."""
        return SITE

    def check(self) -> None:
        """A code waits for this browser; two tries at once wait for each other.

        An account is locked before its codes, here as where it is deleted.
        """
        mine = SignInCode.objects.filter(browser_hash=secret.hashed(self.token))
        email = mine.values_list("email", flat=True).first()
        if email is None:
            raise gone()
        self._known = selectors.accounts_of(email).select_for_update().first()
        waiting = mine.select_for_update().first()
        if waiting is None or waiting.created_at < timezone.now() - settings.CITIZEN_CODE_VALID:
            raise gone()
        self._waiting = waiting
        self._account: Account | None = None

    def apply(self) -> Entered:
        """Used or guessed at too often, a code is gone."""
        waiting = self._waiting
        if secret.code_fits(self.typed, self.token, waiting.code_hash):
            waiting.delete()
            return Entered(self._sign_in(waiting.email), 0)
        waiting.tries += 1
        if waiting.tries >= MOST_TRIES:
            waiting.delete()
        else:
            waiting.save(update_fields=["tries"])
        return Entered("", MOST_TRIES - waiting.tries)

    def _sign_in(self, email: str) -> str:
        now, token = timezone.now(), secret.new()
        self._account = account = self._known or _made(email)
        account.signed_in_at, account.warned_at = now, None
        account.save(update_fields=["signed_in_at", "warned_at"])
        SignedIn.objects.filter(token_hash=secret.hashed(self.before)).delete()
        SignedIn.objects.create(account=account, token_hash=secret.hashed(token), started_at=now, seen_at=now)
        return token

    def audit_details(self) -> dict[str, Any]:
        """Which account, where the code was right."""
        return {"account": self._account.pk if self._account else None, "right": self._account is not None}


def _made(email: str) -> Account:
    """The account of a proven address, on its first sign-in; two at once make one."""
    now = timezone.now()
    try:
        with transaction.atomic():
            return Account.objects.create(email=email, created_at=now, signed_in_at=now)
    except IntegrityError:
        return selectors.accounts_of(email).get()
