"""Signing in without a password: a code by mail, typed in the browser that asked for it."""

from dataclasses import KW_ONLY, dataclass, field
from datetime import datetime
from enum import Enum
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
from gongkai.web.portal.accounts import address, lasting, permissions, secret, selectors
from gongkai.web.portal.accounts.models import Account, SharedCode, SignedIn, SignInCode

MOST_TRIES: Final = 5


def gone() -> ActionRefused:
    """There is no code for this browser, whatever the reason."""
    return ActionRefused(
        "这个浏览器没有等待输入的登录码：可能已过期、已用过、输错次数过多，或不是在这个浏览器里申请的",
        remedy="请在申请登录的浏览器中输入登录码，或重新获取",
        code="no-code",
    )


class Mailing(Enum):
    """Which mail a request for a code may bring about, as the limits have it."""

    #: One with a code for this browser alone.
    OWN = "own"
    #: One with a code for every browser that asks, unless such a code is still valid.
    SHARED = "shared"
    #: None: a valid code of that kind, or nothing.
    NONE = "none"


@dataclass
class AskForCode(Action[str]):
    """Mail a code to an address, for this browser alone. The browser's new secret.

    Nobody's account is looked up: the answer, the mail and the time they take are the same for an address
    with an account and for one without. ``form``: the key of the form; sent twice, it mails one code.
    ``mailing``: where an address was asked for too often, its codes are shared (``SharedCode``).
    """

    code: ClassVar = "portal.ask_for_code"
    permission: ClassVar = permissions.SIGN_IN

    actor: Actor
    _: KW_ONLY
    email: str = field(repr=False)
    before: str = field(default="", repr=False)
    form: str = field(default="", repr=False)
    mailing: Mailing = Mailing.OWN

    def agency_id(self) -> int:
        """The site's."""
        return SITE

    def check(self) -> None:
        """An address a mail can go to, and a code that may be mailed or was."""
        self.email = address.normal(self.email)
        valid_since = timezone.now() - settings.CITIZEN_SHARED_CODE_VALID
        self._valid = selectors.shared_of(self.email).filter(created_at__gte=valid_since)
        if self.mailing is Mailing.NONE and not self._valid.exists():
            raise ActionRefused(
                "这个网络地址获取登录码的次数较多，这次没有寄出",
                remedy="请再点一次“获取登录码”，这次要先验证约半分钟；仍然没有寄出的，或者浏览器没有脚本功能的，请一小时后再试。"
                "不登录也可以凭登记号和查询码查询",
                code="too-many",
            )

    def apply(self) -> str:
        """The code of before is worth nothing any more; the mail leaves with this transaction."""
        browser, now = secret.of_form(self.form, self.email), timezone.now()
        mine = SignInCode.objects.filter(browser_hash=secret.hashed(browser))
        mine.filter(created_at__lt=now - settings.CITIZEN_CODE_VALID).delete()
        if self.before != browser:
            SignInCode.objects.filter(browser_hash=secret.hashed(self.before)).delete()
        if self.mailing is Mailing.OWN:
            self._mail_own(browser, now)
        else:
            shared = self._valid.first() or self._mail_shared(now)
            waiting = {"email": self.email, "shared": shared, "created_at": now}
            SignInCode.objects.get_or_create(browser_hash=secret.hashed(browser), defaults=waiting)
        return browser

    def _mail_own(self, browser: str, now: datetime) -> None:
        code = secret.new_code()
        waiting = {"email": self.email, "code_hash": secret.code_hash(code, browser), "created_at": now}
        _, new = SignInCode.objects.get_or_create(browser_hash=secret.hashed(browser), defaults=waiting)
        if new:
            outbox.post(self.email, "“我的申请”登录码", _letter(code))

    def _mail_shared(self, now: datetime) -> SharedCode:
        """Mail one; where another request does so at the same moment, its code is the one."""
        code, email = secret.new_code(), self.email
        selectors.shared_of(email).filter(created_at__lt=now - settings.CITIZEN_SHARED_CODE_VALID).delete()
        try:
            with transaction.atomic():
                made = SharedCode.objects.create(
                    email=email, code_hash=secret.shared_hash(code, email), created_at=now
                )
        except IntegrityError:
            return selectors.shared_of(email).get()
        outbox.post(
            email,
            f"“我的申请”登录码（{lasting.words(settings.CITIZEN_SHARED_CODE_VALID)}有效）",
            _letter(code, shared=True),
        )
        return made

    def audit_details(self) -> dict[str, Any]:
        """That somebody asked."""
        return {}


def _letter(code: str, *, shared: bool = False) -> str:
    valid = lasting.words(settings.CITIZEN_SHARED_CODE_VALID if shared else settings.CITIZEN_CODE_VALID)
    where = "请在申请登录的那个浏览器中输入，或者在那个浏览器中打开下面的网址，再点“登录”：\n"
    if shared:
        where = (
            "短时间内多次有人用这个邮箱获取登录码。为了不再打扰您，这个登录码有效期间不再寄新的：您要登录时，"
            "先在网页上点“获取登录码”，再输入这个登录码，或者在同一个浏览器中打开下面的网址：\n"
        )
    link = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('portal:account_code')}?{urlencode({'code': code})}"
    return (
        f"您好：\n\n有人用这个邮箱登录{settings.PORTAL_NAME or identity.site_name()}的“我的申请”。\n\n"
        f"登录码：{code}\n\n"
        f"{where}"
        f"{link}\n\n"
        f"{valid}内有效，只能用一次。不要转发，也不要告诉任何人，工作人员不会向您索要。\n"
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

        An account is locked before its codes, here as where it is deleted, and a shared code before those of
        the browsers that wait for it, which go with it.
        """
        mine, now = SignInCode.objects.filter(browser_hash=secret.hashed(self.token)), timezone.now()
        email, shared = mine.values_list("email", "shared_id").first() or ("", None)
        if not email:
            raise gone()
        self._known = selectors.accounts_of(email).select_for_update().first()
        since = now - settings.CITIZEN_SHARED_CODE_VALID
        valid = selectors.shared_of(email).filter(created_at__gte=since).select_for_update()
        self._shared = valid.first() if shared is not None else None
        waiting = mine.select_for_update().first()
        if waiting is None or waiting.created_at < now - settings.CITIZEN_CODE_VALID:
            raise gone()
        if waiting.shared_id != (self._shared.pk if self._shared else None):
            raise gone()
        self._waiting = waiting
        self._account: Account | None = None

    def apply(self) -> Entered:
        """Used or guessed at too often, a code is gone."""
        waiting = self._waiting
        if self._fits():
            (self._shared or waiting).delete()
            return Entered(self._sign_in(waiting.email), 0)
        waiting.tries += 1
        if waiting.tries >= MOST_TRIES:
            waiting.delete()
        else:
            waiting.save(update_fields=["tries"])
        return Entered("", MOST_TRIES - waiting.tries)

    def _fits(self) -> bool:
        if self._shared is not None:
            return secret.shared_fits(self.typed, self._shared.email, self._shared.code_hash)
        return secret.code_fits(self.typed, self.token, self._waiting.code_hash)

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
