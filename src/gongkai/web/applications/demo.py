"""Cases of the demo, in every state, with days around today. All belong to the town that does not exist."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from gongkai.law.calendar import published
from gongkai.law.case import Case as LawCase
from gongkai.law.case import Channel, Event, Kind, Party
from gongkai.web.agencies.models import Agency, Person
from gongkai.web.applications import demo_counter, demo_group, demo_offers, demo_office, intake
from gongkai.web.applications.actions import (
    AddNote,
    AddParty,
    DraftLetter,
    SetRegister,
    SignLetter,
    Submit,
    TakeOver,
)
from gongkai.web.applications.models import Case, State
from gongkai.web.applications.permissions import SETUP
from gongkai.web.common.actor import Actor
from gongkai.web.common.demo import Part
from gongkai.web.common.sms import client as sms

_TOWN: Final = "shili-qingshi"
_SYSTEM: Final = Actor.system(SETUP)
#: A service number of an operator, known from its own advertisements: nobody's own. Nothing is sent to it.
_MOBILE: Final = "13800138000"
#: People who do not exist; nobody of the demo has an identity number that could be somebody's.
_PEOPLE: Final = (
    ("natural_person", "林一帆", "other", "演示-0000"),
    ("natural_person", "苏小满", "passport", "E00000001"),
    ("business", "示例青石建材有限公司", "other", "演示-0001"),
    ("legal_service", "示例县明理律师事务所", "other", "演示-0002"),
    ("research", "示例省地方治理研究所", "other", "演示-0003"),
)


class _Story(NamedTuple):
    """One case: who, what, and its events as working days before today."""

    person: int
    subject: str
    channel: Channel
    events: Sequence[tuple[int, Kind, dict[str, Any]]]
    outcome: str = ""


_R, _C = Kind.RECEIVED, Kind.CONFIRMED
#: Overdue whenever the demo is started: after the published years it stays where its last day is known.
_OVERDUE: Final = _Story(0, "青石镇2025年道路改造工程中标结果", Channel.IN_PERSON, ((22, _R, {}),))
_STORIES: Final = (
    _OVERDUE,
    _Story(1, "青石镇2025年困难群众救助资金发放情况", Channel.SIGNED_MAIL, ((20, _R, {}),)),
    _Story(2, "青石镇工业园区规划许可文件", Channel.IN_PERSON, ((18, _R, {}),)),
    _Story(3, "青石镇2024年土地征收补偿安置方案", Channel.SIGNED_MAIL, ((6, _R, {}),)),
    _Story(
        0, "青石镇财政决算", Channel.INTERNET,
        ((9, _R, {}), (8, _C, {}), (5, Kind.CORRECTION_REQUESTED, {"workdays": 15})),
    ),
    _Story(
        2, "某地块出让合同", Channel.IN_PERSON,
        ((10, _R, {}), (4, Kind.CONSULTATION_STARTED, {"party": Party.THIRD_PARTY, "ref": "1"})),
    ),
    _Story(
        4, "青石镇历年农村宅基地审批数据", Channel.SIGNED_MAIL,
        ((12, _R, {}), (2, Kind.FEE_NOTIFIED, {})),
    ),
    _Story(
        3, "青石镇行政执法案卷目录", Channel.IN_PERSON, ((25, _R, {}), (8, Kind.EXTENDED, {"workdays": 20}))
    ),
    _Story(
        1, "青石镇敬老院建设资金来源", Channel.INTERNET,
        ((30, _R, {}), (29, _C, {}), (14, Kind.REPLIED, {})), "provided",
    ),
    _Story(
        2, "青石镇招商引资协议", Channel.IN_PERSON, ((45, _R, {}), (28, Kind.REPLIED, {})), "third_party"
    ),
    _Story(
        0, "青石镇水库移民台账", Channel.SIGNED_MAIL, ((60, _R, {}), (41, Kind.REPLIED, {})), "not_existing"
    ),
    _Story(
        4, "青石镇信访事项办理情况", Channel.INTERNET,
        ((16, _R, {}), (15, _C, {}), (11, Kind.WITHDRAWN, {})),
    ),
    _Story(
        1, "青石镇供水管网图", Channel.IN_PERSON,
        ((50, _R, {}), (45, Kind.CORRECTION_REQUESTED, {"workdays": 15})),
    ),
)  # fmt: skip


def load(samples: Path, say: Callable[[str], None]) -> None:  # noqa: ARG001 - what every part takes
    """Load the cases where there are none."""
    town = Agency.objects.filter(slug=_TOWN).first()
    if town is None or Case.objects.filter(agency=town).exists():
        return
    say("正在载入依申请公开的演示申请……")
    SetRegister(
        _SYSTEM, agency=town, pattern="青公申{year}-{number:04d}", mark="青公",
        reconsideration_body="示例县人民政府", court="示例县人民法院",
    ).run()  # fmt: skip
    today = timezone.localdate()
    for story in sorted(_STORIES, key=lambda one: -one.events[0][0]):
        _play(town, story, min(today, published().last) if story is _OVERDUE else today)
    _unconfirmed(town)
    demo_offers.load(town, _request(0, "", Channel.INTERNET))
    demo_office.give_out(town, [one for one in map(_one, ("clerk", "head")) if one is not None])
    demo_office.load([_request(1, "示例县2025年重大行政决策事项目录", Channel.INTERNET)])
    _desk(town)
    if (clerk := _person("clerk")) is not None:
        demo_group.load(town, clerk, _before(today, 4))
        demo_counter.load(town, clerk, _request(1, "", Channel.IN_PERSON).requester)


def _before(today: date, workdays: int) -> date:
    """The working day so many working days before today; Mondays to Fridays in a year not published yet."""
    calendar, day = published(), today
    while workdays:
        day -= timedelta(1)
        working = calendar.look(day).working
        workdays -= day.isoweekday() < 6 if working is None else working
    return day


def _play(town: Agency, story: _Story, today: date) -> Case:
    events = tuple(Event(_before(today, back), kind, **more) for back, kind, more in story.events)
    return TakeOver(
        _SYSTEM, agency=town, request=_request(story.person, story.subject, story.channel),
        history=LawCase(story.channel, events), outcome_code=story.outcome,
    ).run().case  # fmt: skip


def _request(person: int, subject: str, channel: Channel) -> intake.Request:
    kind, name, identity_kind, number = _PEOPLE[person]
    who = intake.Requester(kind, name, identity_kind, number, phone=f"0990-000000{person}")
    return intake.Request(who, subject, channel=channel)


def _unconfirmed(town: Agency) -> None:
    """Two that came over the internet and wait to be confirmed: one is another agency's to answer, the sender
    of the other wants text messages.
    """
    subject = "示例县水利局2025年水库除险加固资金安排"
    Submit(Actor.of(None), agency=town, request=_request(1, subject, Channel.INTERNET)).run()
    wanted = _request(0, "青石镇2026年重点民生实事项目清单", Channel.INTERNET)
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
    plan = running.filter(due__gt=timezone.localdate()).last()
    if plan is None:
        return
    typed = {
        "查明事实": "本机关检索了党政综合办公室和有关站所的档案，查得所申请的信息一份。",
        "提供方式": "随本答复书提供复制件一份。",
    }
    letter = DraftLetter(clerk, case_id=plan.pk, kind="reply", outcome="provided", typed=typed).run()
    SignLetter(clerk, case_id=plan.pk, letter_id=letter.pk).run()
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
