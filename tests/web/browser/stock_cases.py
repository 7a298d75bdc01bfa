"""An application in every state, as it stands on one day late in the last year with published holidays."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from gongkai.law.calendar import published
from gongkai.law.case import Case as LawCase
from gongkai.law.case import Channel, Event, Kind, Party
from gongkai.web.agencies.models import Agency, Person
from gongkai.web.applications.actions import (
    AddFile,
    AddNote,
    AddParty,
    AskSection,
    DeliverLetter,
    DraftLetter,
    ForwardCase,
    Purge,
    RecordEvent,
    SignLetter,
    Split,
    TakeOver,
)
from gongkai.web.applications.models import Case
from gongkai.web.applications.permissions import SETUP, TIDIER
from gongkai.web.applications.receiving import intake
from gongkai.web.common.actor import Actor
from tests.web.applications.asking import PDF, register, request, submit

#: What runs on from here into the next year has no last day yet.
DAY: Final = date(published().last.year, 12, 10)
TYPED: Final = {"查明事实": "已检索本机关档案", "提供方式": "随函附上", "理由": "涉及商业秘密"}
#: By their names: how many working days before ``DAY``, what happened, with what; the reply's outcome.
HISTORIES: Final[dict[str, tuple[list[tuple[int, Kind, dict[str, Any]]], str]]] = {
    "running": ([(8, Kind.RECEIVED, {})], ""),
    "soon": ([(18, Kind.RECEIVED, {})], ""),
    "overdue": ([(23, Kind.RECEIVED, {})], ""),
    "provisional": ([(2, Kind.RECEIVED, {})], ""),
    "extended": ([(22, Kind.RECEIVED, {}), (9, Kind.EXTENDED, {"workdays": 15})], ""),
    "awaiting correction": (
        [(6, Kind.RECEIVED, {}), (4, Kind.CORRECTION_REQUESTED, {"workdays": 10})], "",
    ),
    "paused": (
        [(9, Kind.RECEIVED, {}), (3, Kind.CONSULTATION_STARTED, {"party": Party.THIRD_PARTY, "ref": "1"})],
        "",
    ),
    "awaiting payment": ([(12, Kind.RECEIVED, {}), (2, Kind.FEE_NOTIFIED, {})], ""),
    "answered late": ([(45, Kind.RECEIVED, {}), (20, Kind.REPLIED, {})], "third_party"),
    "lapsed": ([(50, Kind.RECEIVED, {}), (45, Kind.CORRECTION_REQUESTED, {"workdays": 15})], ""),
    "withdrawn": ([(16, Kind.RECEIVED, {}), (11, Kind.WITHDRAWN, {})], ""),
    "purged": ([(80, Kind.RECEIVED, {}), (70, Kind.REPLIED, {})], "provided"),
}  # fmt: skip


def in_every_state(town: Agency) -> dict[str, Case]:
    """The cases by what they show; to be called on ``DAY``."""
    made = {name: _played(town, name, number) for number, name in enumerate(HISTORIES)}
    clerk, leader = (
        Actor.of(Person.objects.get(username=f"{town.slug}-{one}")) for one in ("clerk", "leader")
    )
    made["unconfirmed"] = submit(town, _asked("还没有确认收到的事项")).case
    made |= _worked_on(town, clerk, leader)
    Purge(Actor.system(TIDIER), case_id=made["purged"].pk, whole=True).run()
    return {name: Case.objects.get(pk=case.pk) for name, case in made.items()}


def _before(workdays: int) -> date:
    calendar = published()
    return next(day for day in _back() if calendar.count(day, DAY) == workdays + 1)


def _back() -> Iterator[date]:
    return (date.fromordinal(DAY.toordinal() - back) for back in range(200))


def _asked(subject: str, channel: Channel = Channel.INTERNET) -> intake.Request:
    proof = intake.Upload("identity", "证.pdf", PDF)
    return request(subject=subject, channel=channel, uploads=(proof,))


def _played(town: Agency, name: str, number: int) -> Case:
    rows, outcome = HISTORIES[name]
    history = LawCase(
        Channel.IN_PERSON, tuple(Event(_before(back), kind, **more) for back, kind, more in rows)
    )
    wanted = _asked(f"第{number}项政府信息", Channel.IN_PERSON)
    return TakeOver(
        Actor.system(SETUP), agency=town, request=wanted, history=history, outcome_code=outcome
    ).run().case  # fmt: skip


def _worked_on(town: Agency, clerk: Actor, leader: Actor) -> dict[str, Case]:
    """What takes work: a reply delivered, another being signed, one sent on, one split, two alike."""
    answered = register(clerk, town, _before(3), _asked("补偿方案", Channel.IN_PERSON))
    AddFile(clerk, case_id=answered.pk, purpose="disclosed", upload=intake.Upload("", "方案.pdf", PDF)).run()
    letter = DraftLetter(clerk, case_id=answered.pk, kind="reply", outcome="provided", typed=TYPED).run()
    for signer in (clerk, leader):
        SignLetter(signer, case_id=answered.pk, letter_id=letter.pk).run()
    DeliverLetter(clerk, case_id=answered.pk, letter_id=letter.pk, way="hand", on=DAY).run()
    signing = submit(town, _asked("正在签批的事项")).case
    RecordEvent(clerk, case_id=signing.pk, kind="confirmed", on=DAY).run()
    AddNote(clerk, case_id=signing.pk, kind="meeting", text="联席会议研究，同意公开。").run()
    AskSection(clerk, case_id=signing.pk, section="农业站", question="请提供台账", answer_by=DAY).run()
    AddParty(clerk, case_id=signing.pk, party="third_party", name="某公司").run()
    draft = DraftLetter(clerk, case_id=signing.pk, kind="reply", outcome="process", typed=TYPED).run()
    SignLetter(clerk, case_id=signing.pk, letter_id=draft.pk).run()
    forwarded = register(clerk, town, _before(2), _asked("平阳县财政决算", Channel.IN_PERSON))
    county = town.supervisor_id or 0
    ForwardCase(
        clerk, case_id=forwarded.pk, agency_pk=county, found_out="不属于本机关", consent="电话同意"
    ).run()
    split = register(clerk, town, _before(2), _asked("两项内容", Channel.IN_PERSON))
    part, *_ = Split(clerk, case_id=split.pk, subjects=("第一项", "第二项")).run()
    alike = [register(clerk, town, _before(1), _asked("同样的内容", Channel.IN_PERSON)) for _ in range(2)]
    return {
        "answered": answered, "being signed": signing, "forwarded": forwarded,
        "come from another agency": forwarded.forwarded.to, "split": split, "part": part, "alike": alike[0],
    }  # fmt: skip
