"""An account in the demo: somebody who does not exist, with a list of the invented town's cases."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.conf import settings
from django.urls import reverse

from gongkai.web.applications.models import Case
from gongkai.web.common.actor import Actor
from gongkai.web.common.demo import Part
from gongkai.web.common.models import OutboxMail
from gongkai.web.portal.accounts import selectors
from gongkai.web.portal.accounts.actions import AskForCode, EnterCode, KeepParticulars, ListCase, SignOut

_TOWN: Final = "shili-qingshi"
_EMAIL: Final = "linyifan@gongkai.example"
_NAME: Final = "林一帆"
_PARTICULARS: Final = {
    "kind": "natural_person", "name": _NAME, "identity_kind": "other", "identity_number": "演示-0000",
    "phone": "0990-0000000",
}  # fmt: skip


def load(samples: Path, say: Callable[[str], None]) -> None:  # noqa: ARG001 - what every part takes
    """The account with its list, where there is none; signed in to as a person would, by the mailed code."""
    cases = [case for case in Case.objects.filter(agency__slug=_TOWN) if case.applicant.name == _NAME]
    if not cases or selectors.account_of(_EMAIL) is not None:
        return
    say("正在建立演示的公众账号……")
    citizen = Actor.of(None)
    browser = AskForCode(citizen, email=_EMAIL).run()
    found = re.search(r"登录码：(\S+)", OutboxMail.objects.latest("pk").body)
    token = EnterCode(citizen, token=browser, typed=found[1] if found else "").run().token
    for case in cases:
        ListCase(citizen, token=token, number=case.register_no, typed=case.code).run()
    KeepParticulars(citizen, token=token, given=_PARTICULARS).run()
    SignOut(citizen, token=token).run()


def pages(address: str) -> list[str]:
    """What there is to see."""
    return [f"  我的申请　{address}{reverse('portal:account')}"]


def notes() -> list[str]:
    """How to sign in: the mails of the demo lie in a folder."""
    if selectors.account_of(_EMAIL) is None:
        return []
    folder = getattr(settings, "EMAIL_FILE_PATH", "")
    return [f"  我的申请　用邮箱 {_EMAIL} 登录，登录码在文件夹 {folder} 的新邮件里"]


PART: Final = Part(load, pages, notes)
