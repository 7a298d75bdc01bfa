"""Cases of the demo, in every state, with days around today. All belong to the town that does not exist."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from gongkai.law.case import Channel
from gongkai.web.agencies.models import Agency, Person
from gongkai.web.applications import tasks
from gongkai.web.applications.actions import (
    AddNote,
    AddParty,
    DraftLetter,
    SetRegister,
    SignLetter,
    Submit,
    TakeOver,
)
from gongkai.web.applications.demo import (
    counter,
    enclosed,
    group,
    helpers,
    offers,
    office,
    parts,
    play,
    stories,
)
from gongkai.web.applications.demo.play import Story
from gongkai.web.applications.demo.stories import asked, before
from gongkai.web.applications.models import Case, State
from gongkai.web.applications.permissions import SETUP
from gongkai.web.common.actor import Actor
from gongkai.web.common.demo import Part, at
from gongkai.web.common.sms import client as sms

_TOWN: Final = "shili-qingshi"
_SYSTEM: Final = Actor.system(SETUP)
#: A service number of an operator, known from its own advertisements: nobody's own. Nothing is sent to it.
_MOBILE: Final = "13800138000"


def load(samples: Path, say: Callable[[str], None]) -> None:  # noqa: ARG001 - what every part takes
    """Load the cases where there are none."""
    town = Agency.objects.filter(slug=_TOWN).first()
    if town is None or Case.objects.filter(agency=town).exists():
        return
    say("正在载入依申请公开的演示申请……")
    today = timezone.localdate()
    _play(town, stories.stories(today))
    _unconfirmed(town)
    offers.load(town, asked(0, "", Channel.INTERNET))
    office.give_out(town, [one for one in map(_one, ("clerk", "head")) if one is not None])
    office.load([asked(1, "示例县2025年重大行政决策事项目录", Channel.INTERNET)])
    _desk(town)
    if (clerk := _person("clerk")) is not None:
        signers = [one for one in map(_person, ("clerk", "head", "secrecy", "leader")) if one is not None]
        group.load(town, signers, before(today, 4))
        counter.load(town, clerk, asked(1, "", Channel.IN_PERSON).requester)
        parts.load(town, clerk, asked(2, parts.SENT, Channel.IN_PERSON))
        wanted = asked(0, enclosed.SUBJECT, Channel.IN_PERSON)
        enclosed.load(town, clerk, wanted, before(today, 3), _MOBILE)
        helpers.load(town, clerk, _person("head") or clerk)
        helpers.refused(town, asked(1, "青石镇2025年环境卫生整治资金使用情况", Channel.INTERNET))


def _play(town: Agency, stories: list[Story]) -> None:
    """Play what can be; the others are taken over as from an old system, which asks for no letters."""
    first = min(story.steps[0].on for story in stories)
    with at(datetime.combine(first, time(8), timezone.get_current_timezone())):
        SetRegister(
            _SYSTEM, agency=town, pattern="青公申{year}-{number:04d}", mark="青公",
            reconsideration_body="示例县人民政府", court="示例县人民法院",
        ).run()  # fmt: skip
    signers = [one for one in map(_person, ("clerk", "head", "secrecy", "leader")) if one is not None]
    played = [story for story in stories if signers and story.can_be_played()]
    for story in sorted(stories, key=lambda one: one.steps[0].on):
        if story not in played:
            _take_over(town, story)
    play.play(play.Office(town, signers), played)
    tasks.refresh_open()  # as every night: what time alone has changed since


def _take_over(town: Agency, story: Story) -> None:
    TakeOver(
        _SYSTEM, agency=town, request=story.request, history=story.history, outcome_code=story.outcome
    ).run()


def _unconfirmed(town: Agency) -> None:
    """Two that came over the internet and wait to be confirmed: one is another agency's to answer, the sender
    of the other wants text messages.
    """
    subject = "示例县水利局2025年水库除险加固资金安排"
    Submit(Actor.of(None), agency=town, request=asked(1, subject, Channel.INTERNET)).run()
    wanted = asked(0, "青石镇2026年重点民生实事项目清单", Channel.INTERNET)
    who = replace(wanted.requester, phone=_MOBILE)
    Submit(
        Actor.of(None), agency=town, request=replace(wanted, requester=who, tell_by_sms=sms.available())
    ).run()


def _desk(town: Agency) -> None:
    """Something under way: a note, a party with its letter, a reply that waits for the leader."""
    clerk, leader = (_person(end) for end in ("clerk", "leader"))
    if clerk is None or leader is None:
        return
    running = Case.objects.filter(agency=town, state=State.RUNNING).order_by("due", "id")
    for case, text in zip(running, ("已电话联系申请人，说明正在调取档案。",), strict=False):
        AddNote(clerk, case_id=case.pk, kind="note", text=text).run()
        AddNote(clerk, case_id=case.pk, kind="publish", text="申请人建议公开：涉及本村各户，需要周知。").run()
    plan = running.filter(due__gt=timezone.localdate()).last()
    if plan is None:
        return
    typed = {
        "查明事实": "本机关检索了党政综合办公室和有关站所的档案，查得所申请的信息一份。",
        "提供方式": "随本答复书提供复制件一份。",
    }
    letter = DraftLetter(clerk, case_id=plan.pk, kind="reply", outcome="provided", typed=typed).run()
    for signer in (clerk, _person("head"), _person("secrecy")):
        if signer is not None:
            SignLetter(signer, case_id=plan.pk, letter_id=letter.pk).run()
    party = running.filter(due__gt=timezone.localdate()).exclude(pk=plan.pk).last()
    if party is not None:
        AddParty(clerk, case_id=party.pk, party="third_party", name="示例青石水泥厂").run()


def _person(end: str) -> Actor | None:
    found = _one(end)
    return Actor.of(found) if found else None


def _one(end: str) -> Person | None:
    return Person.objects.filter(username=f"{_TOWN}-{end}").first()


def pages(address: str) -> list[str]:
    """What there is to see."""
    return [
        f"  提出申请　{address}{reverse('portal:apply_to', args=[_TOWN])}",
        f"  到期申请　{address}{reverse('applications:due')}",
    ]


def notes() -> list[str]:
    """What there is to do; one case can be followed as its applicant."""
    case = Case.objects.filter(agency__slug=_TOWN, state=State.AWAITING_CORRECTION).first()
    if case is None or not getattr(settings, "DEMO_PASSWORD", ""):
        return []
    lines = [f"  以申请人身份查询　登记号 {case.register_no}，查询码 {case.code}"]
    folder = settings.SMS_GATEWAY.get("OPTIONS", {}).get("folder")
    return [*lines, f"  短信　不外发，写成文件放在 {folder}（21时至次日8时不发）"] if folder else lines


PART: Final = Part(load, pages, notes)
