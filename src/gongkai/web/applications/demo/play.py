"""The demo's cases played through on their days by the people of the town: entered, written, signed, sent.

What a citizen reads of a case is then what any case has: its letters, what is handed out, when it was done.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple

from django.utils import timezone

from gongkai.law import clock as law_clock
from gongkai.law.calendar import published
from gongkai.law.case import Case as LawCase
from gongkai.law.case import Channel, Event, Kind
from gongkai.web.agencies.models import Agency
from gongkai.web.applications.actions import (
    AddFile,
    AddParty,
    DecideOnParty,
    DeliverLetter,
    DraftLetter,
    RecordAnswer,
    RecordCall,
    RecordEvent,
    RegisterByStaff,
    SignLetter,
    Submit,
    WithdrawApplication,
)
from gongkai.web.applications.delivery import undelivered
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import CallResult, Case, Letter, LetterState, Purpose
from gongkai.web.applications.receiving import codes, intake
from gongkai.web.common.actor import Actor
from gongkai.web.common.demo import at

_OPENS: Final = time(9)
_CITIZEN: Final = Actor.of(None)
#: How a letter reaches whoever applied by a channel.
_WAYS: Final[Mapping[str, str]] = {
    Channel.INTERNET: "online", Channel.IN_PERSON: "hand", Channel.SIGNED_MAIL: "post",
}  # fmt: skip


class Step(NamedTuple):
    """What happens in a case on a day; ``details`` are those of the event."""

    on: date
    kind: Kind
    details: Mapping[str, Any]


@dataclass
class Story:
    """A case from its application to where it stands; ``typed`` is what its letters say, by their fields."""

    request: intake.Request
    steps: Sequence[Step]
    outcome: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    case_id: int = 0
    code: str = ""

    @property
    def history(self) -> LawCase:
        """Its events, as the law's clock takes them."""
        events = (Event(step.on, step.kind, **step.details) for step in self.steps)
        return LawCase(Channel(self.request.channel), tuple(events))

    def can_be_played(self) -> bool:
        """Whether its letters can be written: none is dated in a year whose holidays are not published, and
        none names a new last day there.
        """
        if not all(published().first <= step.on <= published().last for step in self.steps):
            return False
        extended = self.steps[-1].kind is Kind.EXTENDED
        return not extended or law_clock.account(self.history, on=self.steps[-1].on).due is not None


@dataclass(frozen=True)
class Office:
    """The town and its people, in the order in which they sign."""

    town: Agency
    signers: Sequence[Actor]

    @property
    def clerk(self) -> Actor:
        """Who handles the cases."""
        return self.signers[0]


def play(office: Office, stories: Sequence[Story]) -> None:
    """Play all stories together, day by day, so that numbers and records are in the order of the days."""
    steps = [(step.on, number, step) for number, story in enumerate(stories) for step in story.steps]
    for day, number, step in sorted(steps, key=lambda one: one[:2]):
        with at(datetime.combine(day, _OPENS, timezone.get_current_timezone())):
            _PLAYED[step.kind](office, stories[number], step)


def _received(office: Office, story: Story, step: Step) -> None:
    if story.request.channel == Channel.INTERNET:
        made = Submit(_CITIZEN, agency=office.town, request=story.request).run()
    else:
        made = RegisterByStaff(
            office.clerk, agency=office.town, request=story.request, received_on=step.on
        ).run()  # fmt: skip
    story.case_id, story.code = made.case.pk, made.code
    _called(office, story, step.on)


def _called(office: Office, story: Story, day: date) -> None:
    """Who left a telephone number alone is called the same day about what they could not know."""
    case = Case.objects.get(pk=story.case_id)
    if undelivered.to_call([case]):
        now = timezone.localtime()
        RecordCall(
            office.clerk, case_id=case.pk, on=day, at=now.time(), result=CallResult.TOLD, who="申请人本人"
        ).run()  # fmt: skip


def _recorded(office: Office, story: Story, step: Step) -> None:
    RecordEvent(office.clerk, case_id=story.case_id, kind=step.kind, on=step.on).run()


def _withdrawn(office: Office, story: Story, step: Step) -> None:  # noqa: ARG001 - what every step takes
    WithdrawApplication(_CITIZEN, case_id=story.case_id, proof=codes.proof(story.code)).run()


def _asked(office: Office, story: Story, step: Step) -> None:
    party = AddParty(
        office.clerk, case_id=story.case_id, party=str(step.details["party"]), name=story.typed["征求对象"]
    ).run()  # fmt: skip
    _send(office, story, step.on, "consult_third_party", consultation_id=party.pk)


def _answered(office: Office, story: Story, step: Step) -> None:
    """The party objects, and the agency follows it."""
    party = Case.objects.get(pk=story.case_id).consultations.get(ref=str(step.details["ref"]))
    shared: dict[str, Any] = {"case_id": story.case_id, "consultation_id": party.pk}
    RecordAnswer(office.clerk, answer="objects", on=step.on, text=story.typed["对方意见"], **shared).run()
    DecideOnParty(office.clerk, decision="withhold", reason=story.typed["理由"], **shared).run()


def _replied(office: Office, story: Story, step: Step) -> None:
    if story.outcome == "provided":
        content = story.typed["提供的信息"].encode()
        upload = intake.Upload(Purpose.DISCLOSED, f"{story.request.subject}.txt", content)
        AddFile(office.clerk, case_id=story.case_id, purpose=Purpose.DISCLOSED, upload=upload).run()
    _send(office, story, step.on, "reply", outcome=story.outcome)


def _letter(kind: str) -> Callable[[Office, Story, Step], None]:
    def send(office: Office, story: Story, step: Step) -> None:
        _send(office, story, step.on, kind)

    return send


def _send(office: Office, story: Story, day: date, kind: str, **more: Any) -> None:
    letter = DraftLetter(office.clerk, case_id=story.case_id, kind=kind, typed=story.typed, **more).run()
    for signer in office.signers:
        if Letter.objects.get(pk=letter.pk).state != LetterState.SIGNED:
            SignLetter(signer, case_id=story.case_id, letter_id=letter.pk).run()
    way = "post" if letter.consultation_id else _WAYS[story.request.channel]
    tracking = f"演示{letter.pk:08d}" if way == "post" else ""
    DeliverLetter(
        office.clerk, case_id=story.case_id, letter_id=letter.pk, way=way, on=day, tracking=tracking,
        proof=_signed_for(letter, day) if way == "hand" else None,
    ).run()  # fmt: skip
    if kind != "correction":  # of the one on the site nobody has told its applicant yet
        _called(office, story, day)


def _signed_for(letter: Letter, day: date) -> intake.Upload:
    """The slip of a letter handed over; the post office's have not come back yet, which its page says."""
    text = f"送达回证（演示）\n{letter.case.register_no}号，{kinds()[letter.kind].name}\n{day}当面签收\n"
    return intake.Upload(Purpose.PROOF, "送达回证.txt", text.encode())


_PLAYED: Final[Mapping[Kind, Callable[[Office, Story, Step], None]]] = {
    Kind.RECEIVED: _received,
    Kind.CONFIRMED: _recorded,
    Kind.CORRECTION_REQUESTED: _letter("correction"),
    Kind.REASONS_REQUESTED: _letter("reasons"),
    Kind.CONSULTATION_STARTED: _asked,
    Kind.CONSULTATION_ENDED: _answered,
    Kind.FEE_NOTIFIED: _letter("fee"),
    Kind.EXTENDED: _letter("extension"),
    Kind.REPLIED: _replied,
    Kind.WITHDRAWN: _withdrawn,
}
