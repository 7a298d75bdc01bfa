"""An application comes in: a number, a code, the receipt; what is acknowledged is on disk."""

from dataclasses import KW_ONLY, dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Final, NamedTuple

from django.utils import timezone

from gongkai.law.case import Channel, Kind
from gongkai.web.agencies.models import Agency
from gongkai.web.applications import clock, files, permissions
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.models import Applicant, Case, CaseEvent, Origin, Purpose
from gongkai.web.applications.receiving import codes, intake, numbers, receipt
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused


class Submitted(NamedTuple):
    """The case and the code that goes with its number."""

    case: Case
    code: str


@dataclass
class Submit(Action[Submitted]):
    """A citizen's own application, by internet. Its clock starts when receipt is confirmed (条例 31)."""

    code: ClassVar = "applications.submit"
    permission: ClassVar = permissions.SUBMIT
    origin: ClassVar = Origin.CITIZEN

    actor: Actor
    _: KW_ONLY
    agency: Agency
    request: intake.Request
    received_on: date | None = None
    confirmed_on: date | None = None
    handler_id: int | None = None
    tell: bool = True
    case: Case = field(init=False, repr=False)

    def agency_id(self) -> int:
        """The agency that is asked."""
        return self.agency.pk

    def check(self) -> None:
        """Everything the law asks for is there, and nothing is wrong with it; the agency still exists."""
        if self.agency.abolished_on is not None:
            raise ActionRefused(
                f"{self.agency.full_name}已撤销，不再受理申请", remedy="请向继续行使其职权的机关提出申请"
            )
        self.request = intake.normal(self.request)
        wrong = self.faults()
        if wrong:
            raise ActionRefused(
                "申请表有" + f"{len(wrong)}处需要改正：" + "；".join(wrong.values()),
                remedy="请改正后重新提交",
            )
        self._on = self.received_on or today()
        if self._on > today():
            raise ActionRefused("收到日期在今天之后", place=chinese(self._on), remedy="请核对日期")

    def faults(self) -> dict[str, str]:
        """What is wrong with it, by field."""
        return intake.faults(self.request)

    def apply(self) -> Submitted:
        """Number, case, applicant, files, first event, receipt: all or nothing."""
        code = codes.new()
        self.case = self._case(code, timezone.now())
        _applicant(self.case, self.request)
        for upload in self.request.uploads:
            files.add(self.case, self.actor, purpose=upload.purpose, name=upload.name, content=upload.content)
        clock.append(self.case, self.actor, Kind.RECEIVED, self._on)
        if self.confirmed_on is not None:
            clock.append(self.case, self.actor, Kind.CONFIRMED, self.confirmed_on)
        elif self._confirms_at_once():
            clock.append(self.case, self.actor, Kind.CONFIRMED, self._on)
        if self.tell:
            self.acknowledge(code)
        return Submitted(self.case, code)

    def acknowledge(self, code: str) -> None:
        """Tell the applicant number and code by mail, in the same transaction."""
        receipt.send(self.case, code)

    def _confirms_at_once(self) -> bool:
        """Where the agency has set it, sending over the internet is what both sides confirm by (条例 31)."""
        by_citizen = self.origin == Origin.CITIZEN and self.request.channel == Channel.INTERNET
        return by_citizen and numbers.register_of(self.agency).confirm_at_once

    def _case(self, code: str, now: datetime) -> Case:
        wanted = self.request
        year = self._on.year
        number = numbers.take(self.agency, year, numbers.CASES)
        return Case.objects.create(
            agency=self.agency,
            year=year,
            number=number,
            register_no=numbers.register_no(self.agency, year, number),
            code=code,
            origin=self.origin,
            channel=wanted.channel,
            applicant_kind=wanted.requester.kind,
            subject=wanted.subject,
            details=wanted.details,
            form_wanted=wanted.form_wanted,
            way_wanted=wanted.way_wanted,
            submitted_at=now,
            handler_id=self.handler_id,
        )

    def audit_details(self) -> dict[str, Any]:
        """The case and its number; nothing of what it says."""
        return {
            "case": self.case.pk,
            "number": self.case.register_no,
            "channel": self.case.channel,
            "files": len(self.request.uploads),
        }


#: What the applicant handed in on the way: with the events it came with it is each part's.
_CAME_SINCE: Final = (Purpose.CORRECTION, Purpose.REASONS)


@dataclass
class SplitOff(Submit):
    """A part of an application that asked for several things, as a case of its own."""

    code: ClassVar = "applications.split_off"
    permission: ClassVar = permissions.HANDLE
    origin: ClassVar = Origin.SPLIT

    split_from: Case | None = None
    #: What has happened to the whole since it was received: it holds for each part (``clock.retold``).
    history: tuple[CaseEvent, ...] = ()

    def faults(self) -> dict[str, str]:
        """Of its subject alone: the rest was accepted with the whole, by the rules of that day."""
        return {name: said for name, said in super().faults().items() if name == "subject"}

    def apply(self) -> Submitted:
        """A case that knows where it came from, with the past and the papers of the whole application.

        Who asks is proven for each part by itself: its files are kept and purged with the part.
        """
        submitted = super().apply()
        clock.retold(submitted.case, self.actor, self.history)
        self._copied = 0
        if self.split_from is not None:
            submitted.case.split_from = self.split_from
            submitted.case.save(update_fields=["split_from"])
            came = (*files.CAME_ALONG, *_CAME_SINCE)
            papers = self.split_from.attachments.filter(purpose__in=came).exclude(path="")
            for paper in papers.order_by("pk"):
                files.copy(paper, submitted.case, self.actor)
                self._copied += 1
        return submitted

    def audit_details(self) -> dict[str, Any]:
        """With the case it was split from, and the files it took along."""
        whole = self.split_from.pk if self.split_from else None
        return {**super().audit_details(), "split_from": whole, "files": self._copied}


@dataclass(kw_only=True)
class RegisterByStaff(Submit):
    """An application handed in, mailed or faxed, or told by word of mouth and written down, entered by staff.

    ``received_on`` is the day by the channel's rule: the day it was handed in, or signed for.
    """

    code: ClassVar = "applications.register"
    permission: ClassVar = permissions.REGISTER
    origin: ClassVar = Origin.STAFF

    spoken: bool = False

    def check(self) -> None:
        """Told by word of mouth only where somebody stood there."""
        super().check()
        if self.spoken and self.request.channel != Channel.IN_PERSON:
            raise ActionRefused(
                "口头申请是当面提出的",
                place=Channel(self.request.channel).word,
                remedy="来件方式请选“当面提交”",
            )

    def apply(self) -> Submitted:
        """A case that knows how it was told."""
        submitted = super().apply()
        if self.spoken:
            submitted.case.spoken = True
            submitted.case.save(update_fields=["spoken"])
        return submitted


def _applicant(case: Case, request: intake.Request) -> Applicant:
    who = request.requester
    said = {name: getattr(who, name) for name in ("identity_kind", *intake.LENGTHS)}
    return Applicant.objects.create(case=case, tell_by_sms=request.tell_by_sms, **said)
