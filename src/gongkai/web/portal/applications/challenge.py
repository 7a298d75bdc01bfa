"""The proof of work that makes sending many applications costly, and the limits that stand beside it.

A browser with scripts solves a small puzzle while the form is filled in, and is limited mildly. Without
scripts the limit is stricter; nobody is refused for having none.
"""

import base64
import hashlib
import json
from datetime import timedelta
from enum import IntEnum
from typing import Any, Final

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from altcha import v1 as altcha
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from gongkai.web.applications.receiving import drafts, intake
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.sms.client import mobile
from gongkai.web.common.typed import folded

_VALID: Final = timedelta(hours=3)
_HASHES: Final = 60_000  # at most: about a second on an old phone
_HARDER: Final = 8  # times as many, where a network has used up what the plain puzzle gives
_HARD: Final = "hard"


class Worth(IntEnum):
    """What an answer is worth: nothing, the plain puzzle, the harder one."""

    NOTHING = 0
    PLAIN = 1
    HARD = 2


def new(*, hard: bool = False) -> dict[str, Any]:
    """A puzzle for the page's script: find the number whose hash with the salt is the challenge.

    ``hard``: one that takes about ten seconds, half a minute on an old phone. The salt says so, and nobody
    can say it of another: it is part of what is hashed.
    """
    options = altcha.ChallengeOptions(
        max_number=_HASHES * (_HARDER if hard else 1), hmac_key=_key(), expires=timezone.now() + _VALID,
        algorithm="SHA-256", params={_HARD: "1"} if hard else {},
    )  # fmt: skip
    return altcha.create_challenge(options).to_dict()


def solved(payload: str) -> bool:
    """Whether this is the answer to a puzzle of ours, in time, and used for the first time."""
    return worth(payload) is not Worth.NOTHING


def proven(payload: str, draft: str) -> bool:
    """Whether a draft's form was sent with a solved puzzle; sent twice, it still was. ``draft``: its name."""
    name = f"portal.proven:{draft}"
    if solved(payload):
        cache.set(name, 1, drafts.WAITS.total_seconds())
        return True
    return cache.get(name) is not None


def worth(payload: str) -> Worth:
    """What this is an answer to; worth nothing where it is wrong, late, or used before."""
    if not payload or len(payload) > 2000:
        return Worth.NOTHING
    try:
        right, _ = altcha.verify_solution(payload, _key(), check_expires=True)
    except (AttributeError, LookupError, TypeError, ValueError):  # JSON, but no solution
        return Worth.NOTHING
    if not right or not cache.add(_mark(payload), 1, _VALID.total_seconds()):
        return Worth.NOTHING
    return Worth.HARD if _HARD in altcha.extract_params(_read(payload)) else Worth.PLAIN


def _mark(payload: str) -> str:
    """One mark for one puzzle, however its solution is written down."""
    puzzle = _read(payload)
    told = f"{puzzle['challenge']}:{puzzle['signature']}".lower()
    return f"portal.challenge:{hashlib.sha256(told.encode()).hexdigest()}"


def _read(payload: str) -> Any:
    return json.loads(base64.b64decode(payload))


def limit_looks(request: HttpRequest) -> None:
    """Count one summary, far above what anybody needs: each is kept for hours with its files.

    Raises ``ActionRefused`` where there were too many from this address.
    """
    if not ratelimit.consume(request, action="look"):
        raise ActionRefused(
            "这个网络地址短时间内核对的次数过多", remedy="请一小时后再试，或当面、邮寄提交", code="too-many"
        )


def limit(request: HttpRequest, *, proven: bool) -> None:
    """Count one application that is sent; ``proven``: its form's puzzle was solved.

    Raises ``ActionRefused`` where there were too many from this address.
    """
    if not ratelimit.consume(request, action="apply" if proven else "apply_without_scripts"):
        raise ActionRefused(
            "这个网络地址短时间内提交的申请较多，本次没有提交",
            remedy="填写的内容还在，两小时内可以再点“提交申请”；也可以当面、邮寄提交"
            + ("" if proven else "。打开浏览器的脚本功能后重新填写，限制会放宽"),
            code="too-many",
        )


def admit(request: HttpRequest, wanted: intake.Request, *, proven: bool) -> bool:
    """Count one application that is being sent, and its receipt; whether the receipt may go out.

    Raises ``ActionRefused`` where there were too many from this address.
    """
    limit(request, proven=proven)
    return may_be_told(request, wanted)


def may_be_told(request: HttpRequest, wanted: intake.Request) -> bool:
    """Count one receipt to each address and number it would go to; whether it may go out.

    Anybody can type anybody's address. The application is taken all the same. A number no message goes to
    counts for nothing: of those whom one helper's telephone stands for each gets a mail of their own.
    """
    who = wanted.requester
    number = mobile(who.phone) if wanted.tell_by_sms else ""
    told = [normal for normal in (who.email.strip().lower(), number) if normal]
    return all(ratelimit.consume(request, action="receipt_to", key=one) for one in told)


def limit_guessing(request: HttpRequest) -> None:
    """Raises ``ActionRefused`` where so many wrong codes came from this address that none is looked at."""
    if not ratelimit.consume(request, action="guess", dry_run=True):
        raise _too_many("请一小时后再试，或与受理机关联系")


def wrong_code(request: HttpRequest, number: str) -> ActionRefused:
    """Count a code that did not fit; what is said of it.

    Only what is wrong counts, by the address it came from: nobody can lock out whoever has the right code.
    """
    ratelimit.consume(request, action="guess")
    if not ratelimit.consume(request, action="wrong_code", key=f"{address(request)} {folded(number)}"):
        return _too_many("请核对回执，正确的查询码仍然可以打开；找不到回执的，请与受理机关联系")
    return ActionRefused(
        "登记号或查询码不对",
        remedy="请核对回执上的登记号和查询码，注意不要漏掉年份",
        code="wrong-code",
    )


def address(request: HttpRequest) -> str:
    """Where a request comes from, as the limits see it."""
    return get_adapter(request).get_client_ip(request)


def _too_many(remedy: str) -> ActionRefused:
    return ActionRefused("输错的次数过多", remedy=remedy, code="too-many")


def _key() -> str:
    return f"portal.challenge:{settings.SECRET_KEY}"
