"""The proof of work that makes sending many applications costly, and the limits that stand beside it.

A browser with scripts solves a small puzzle while the form is filled in, and is limited mildly. Without
scripts the limit is stricter; nobody is refused for having none.
"""

from datetime import timedelta
from typing import Any, Final

from allauth.core import ratelimit
from altcha import v1 as altcha
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from gongkai.web.common.errors import ActionRefused

_VALID: Final = timedelta(hours=3)
_HARD: Final = 60_000  # hashes at most: about a second on an old phone


def new() -> dict[str, Any]:
    """A puzzle for the page's script: find the number whose hash with the salt is the challenge."""
    options = altcha.ChallengeOptions(
        max_number=_HARD, hmac_key=_key(), expires=timezone.now() + _VALID, algorithm="SHA-256"
    )
    return altcha.create_challenge(options).to_dict()


def solved(payload: str) -> bool:
    """Whether this is the answer to a puzzle of ours, in time, and used for the first time."""
    if not payload or len(payload) > 2000:
        return False
    right, _ = altcha.verify_solution(payload, _key(), check_expires=True)
    return right and cache.add(f"portal.challenge:{payload}"[:240], 1, _VALID.total_seconds())


def limit(request: HttpRequest, payload: str) -> None:
    """Count one application. Raises ``ActionRefused`` where there were too many from this address."""
    with_proof = solved(payload)
    if not ratelimit.consume(request, action="apply" if with_proof else "apply_without_scripts"):
        raise ActionRefused(
            "这个网络地址短时间内提交的申请较多，本次没有提交",
            remedy="请一小时后再试，或当面、邮寄提交；您填写的内容请先保存"
            + ("" if with_proof else "。打开浏览器的脚本功能后限制会放宽"),
            code="too-many",
        )


def limit_tracking(request: HttpRequest, number: str) -> None:
    """Count one try of number and code; raises ``ActionRefused`` where there were too many."""
    if not ratelimit.consume(request, action="track", key=number):
        raise ActionRefused("查询次数过多", remedy="请一小时后再试，或与受理机关联系", code="too-many")


def _key() -> str:
    return f"portal.challenge:{settings.SECRET_KEY}"
