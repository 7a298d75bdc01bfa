"""Number and code of an application just entered, or one with a new code, told once on the page that follows.

The code waits for that page encrypted: sessions lie in the database, and whoever has the code passes for the
applicant.
"""

import json
from typing import Final

from django.contrib import messages
from django.http import HttpRequest

from gongkai.law.case import Channel
from gongkai.web.applications.actions import Submitted
from gongkai.web.applications.models import Case, State
from gongkai.web.common import keys

_KEY: Final = "application_entered"
_CONTEXT: Final = "applications.receipt.session"


def hand_over(request: HttpRequest, made: Submitted) -> None:
    """Keep it for the next page."""
    stands_there = made.case.channel == Channel.IN_PERSON
    slip = "请打印回执交给申请人。" if stands_there else "请把登记号和查询码告知申请人。"
    told = f"已登记：{made.case.register_no}，查询码 {made.code}。{slip}"
    _keep(request, told, made.code)


def hand_over_new(request: HttpRequest, made: Submitted) -> None:
    """Keep the code that replaces another for the next page."""
    _keep(request, f"{made.case.register_no}的新查询码：{made.code}。原查询码已经作废。", made.code)


def _keep(request: HttpRequest, told: str, code: str) -> None:
    request.session[_KEY] = keys.encrypt(json.dumps([told, code]), _CONTEXT)


def tell(request: HttpRequest) -> str:
    """Say it, once; the code, which the receipt printed from this page bears. Empty where none waits."""
    waiting = keys.still_opens(request.session.pop(_KEY, ""), _CONTEXT)
    if not waiting:
        return ""
    told, code = json.loads(waiting)
    messages.success(request, told)
    return str(code)


def unconfirmed(case: Case) -> str:
    """What is to be done first of an application whose receipt has to be confirmed (条例 31); else empty."""
    if case.state != State.UNCONFIRMED:
        return ""
    if case.channel == Channel.ORDINARY_MAIL:
        return (
            "平常信函：政府信息公开工作机构应当于收到的当日与申请人确认，确认之日为收到申请之日（条例第三十一条第"
            "（二）项）。请今天就联系申请人，确认后登记“确认收到”，答复期限从那时起算。"
        )
    return (
        f"{Channel(case.channel).word}：以双方确认之日为收到申请之日（条例第三十一条第（三）项）。请联系申请人，"
        "确认后登记“确认收到”，答复期限从那时起算。"
    )
