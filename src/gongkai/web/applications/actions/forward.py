"""An application that reached the wrong agency: its sender is told the right one, or it goes on there."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils import timezone

from gongkai.law.case import Kind
from gongkai.web.agencies.models import Agency
from gongkai.web.applications import clock, files, permissions, selectors
from gongkai.web.applications.actions.base import CaseAction
from gongkai.web.applications.actions.letters import DraftLetter
from gongkai.web.applications.actions.submit import Submit
from gongkai.web.applications.letters.recital import called
from gongkai.web.applications.models import Attachment, Case, Forwarding, Letter, Origin, Purpose
from gongkai.web.applications.receiving import intake
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of, reason_of


@dataclass
class ReceiveForwarded(Submit):
    """A case at the agency in charge, of one that reached another first.

    Run by ``ForwardCase`` alone: nobody at the first agency may register anything at the second. Received
    there today, by its channel's rule (条例 31): what came over the internet is confirmed there first.
    ``sent_on``: the case it is sent on from.
    """

    code: ClassVar = "applications.receive_forwarded"
    permission: ClassVar = permissions.ROUTE
    origin: ClassVar = Origin.FORWARDED

    sent_on: int | None = None

    def faults(self) -> dict[str, str]:
        """None: it was accepted where it came in, by the rules of that day."""
        return {}

    def audit_details(self) -> dict[str, Any]:
        """With the case it is sent on from, and which papers came along."""
        return {**super().audit_details(), "from": self.sent_on, "papers": _counted(self.request)}


@dataclass(kw_only=True)
class ForwardCase(CaseAction[Letter]):
    """Begin the reply of 条例 36(5), naming the right agency with its contact; with consent, send it on too.

    ``consent`` says how and when the applicant agreed; empty: nothing is sent on. The case here is ended by
    its reply, when that is delivered.
    """

    code: ClassVar = "applications.forward"
    permission: ClassVar = permissions.HANDLE

    agency_pk: int
    found_out: str
    consent: str = ""
    made: Case | None = field(init=False, default=None, repr=False)

    def check(self) -> None:
        """An open case, another agency of the same supervision, not sent on before."""
        super().check()
        self.require_open()
        self._person = person_of(self.actor)
        self.found_out = reason_of(self.found_out, "查明的事实")
        self.consent = self.consent.strip()
        around = {one.pk: one for one in selectors.agencies_around([self.case.agency])}
        right = around.get(self.agency_pk)
        if right is None:
            raise ActionRefused(
                "没有选定负责公开的机关",
                place=str(self.case),
                remedy="不在本系统的机关，请直接在答复书的理由中写明名称和联系方式",
            )
        self._right = right
        if Forwarding.objects.filter(case=self.case).exists():
            raise ActionRefused("这件申请已经转办过", place=str(self.case), remedy="转去的登记号见申请页面")

    def apply(self) -> Letter:
        """The draft of the reply; with consent the new case and the link between the two."""
        if self.consent:
            router = Actor.system(permissions.ROUTER)
            self._sent = self._request()
            receiving = ReceiveForwarded(
                router, agency=self._right, request=self._sent, sent_on=self.case.pk
            )  # fmt: skip
            self.made = receiving.run().case
            Forwarding.objects.create(
                case=self.case, to=self.made, consent=self.consent, person_id=self._person, at=timezone.now()
            )
        typed = {"查明事实": self.found_out, "理由": _reason_for(self._right, self.made, called(self.case))}
        return DraftLetter(
            self.actor, case_id=self.case.pk, kind="reply", outcome="other_agency", typed=typed
        ).run()

    def _request(self) -> intake.Request:
        """The application with its papers, and as it was corrected; what this agency added stays here.

        Each is needed there: the application as it came and its attachments, the proof of who asks and who
        acts for them (条例 29). The words of a correction stand in what is asked for; its papers, and the
        notice that asked for it, tell how to read them. What was said to this agency alone, such as reasons
        for the number of applications here (条例 35), is none of the other's business.
        """
        corrected, notices = _correction(self.case)
        wanted = (*files.CAME_ALONG, *((Purpose.CORRECTION,) if corrected else ()))
        kept = self.case.attachments.filter(purpose__in=wanted).exclude(path="").order_by("pk")
        uploads = [intake.Upload(one.purpose, one.name, files.content_of(one)) for one in kept]
        uploads += [intake.Upload(Purpose.INTERNAL, one.name, files.content_of(one)) for one in notices]
        return intake.again(self.case, tuple(uploads))

    def audit_details(self) -> dict[str, Any]:
        """With the agency in charge, the case there and which papers went along."""
        return {
            **super().audit_details(),
            "right": self._right.pk,
            "made": self.made.pk if self.made else None,
            "papers": _counted(self._sent) if self.made else {},
        }


def _correction(case: Case) -> tuple[bool, list[Attachment]]:
    """Whether an application was corrected, and the notices that asked for it, as they were sent."""
    events = clock.in_force(case.events.select_related("letter__pdf", "letter__docx"))
    found = list(events.filter(kind__in=(Kind.CORRECTION_REQUESTED, Kind.CORRECTED)))
    if not any(event.kind == Kind.CORRECTED for event in found):
        return False, []
    papers = (event.letter.pdf or event.letter.docx for event in found if event.letter is not None)
    return True, [one for one in papers if one is not None and one.path]


def _counted(request: intake.Request) -> dict[str, int]:
    """How many papers of each purpose go along."""
    return dict(sorted(Counter(str(one.purpose) for one in request.uploads).items()))


def _reason_for(right: Agency, made: Case | None, you: str) -> str:
    """The reason of the reply: who is in charge, how to reach them, and whether the application is there."""
    ways = [
        f"{label}：{value}"
        for label, value in (("地址", right.address), ("电话", right.phone), ("电子邮箱", right.email))
        if value
    ]
    contact = f"（{'，'.join(ways)}）" if ways else ""
    told = f"经{you}同意，本机关已将{you}的申请转该机关办理。"
    sent_on = told if made is not None else f"请{you}向该机关提出申请。"
    return f"{you}申请公开的信息由{right.full_name}负责公开{contact}。{sent_on}"
