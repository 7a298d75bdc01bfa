"""What an applicant does with a case, proven by its code: correct, withdraw, rate."""

import hashlib
from abc import ABC
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from django.utils import timezone

from gongkai.kernel import GongkaiError
from gongkai.law.case import Kind
from gongkai.law.outcomes import given_up
from gongkai.web.applications import clock, files, permissions
from gongkai.web.applications.actions.base import CaseAction, today
from gongkai.web.applications.models import CaseEvent, Purpose, Rating, State
from gongkai.web.applications.receiving import codes, corrections, intake
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import REASON_LENGTH
from gongkai.web.common.typed import lines

_RATING_LENGTH = 1000
T = TypeVar("T")


@dataclass(kw_only=True)
class AsApplicant(CaseAction[T], ABC):
    """A change by whoever knows the code of the case; ``proof`` is ``codes.proof`` of it.

    A step that was taken is not refused when it is sent again with the same content: who has pressed twice on
    a slow line sees the last answer alone, and it was done.
    """

    permission: ClassVar = permissions.AS_APPLICANT

    proof: str
    #: What the same step with the same content has brought about before.
    before: T | None = field(init=False, repr=False, default=None)

    def check(self) -> None:
        """The code is this case's. What does not fit is told apart from what does not exist by nobody."""
        super().check()
        if not codes.proves(self.proof, self.case.code):
            raise ActionRefused("登记号或查询码不对", remedy="请核对回执上的登记号和查询码")
        with suppress(GongkaiError):  # what is kept beside the case may be of the day before
            clock.look(self.case, clock.account(self.case))

    @staticmethod
    def require_said(what: str, text: str, uploads: Sequence[intake.Upload], remedy: str) -> None:
        """Words or papers, and no more words than an application takes. Raises ``ActionRefused``."""
        if not text and not uploads:
            raise ActionRefused(f"没有填写{what}", remedy=remedy)
        if len(text) > intake.DETAILS_LENGTH:
            raise ActionRefused(
                f"{what}最多{intake.DETAILS_LENGTH}字，现在有{len(text)}字",
                remedy="更多内容请作为附件上传",
            )

    def last(self, kind: Kind) -> CaseEvent | None:
        """The applicant's own last event of a kind, where it is in force."""
        own = self.case.events.filter(kind=kind, recorded_by=None, voids=None, voided_by=None)
        return own.order_by("on", "number").last()

    def audit_details(self) -> dict[str, Any]:
        """With a word where nothing was changed."""
        return {**super().audit_details(), **({"again": True} if self.before is not None else {})}


@dataclass(kw_only=True)
class HandInCorrection(AsApplicant[CaseEvent]):
    """Send what a correction notice asked for; the reply clock starts anew from today (条例 30)."""

    code: ClassVar = "applications.hand_in_correction"

    text: str
    uploads: tuple[intake.Upload, ...] = ()

    def check(self) -> None:
        """While a correction is asked for, with something in it."""
        super().check()
        self.text = lines(self.text)
        self.before = self._done_before()
        if self.before is not None:
            return
        if self.case.outcome == given_up(Kind.CORRECTION_REQUESTED, today()).row:
            raise ActionRefused(
                "补正期限已过，视为放弃申请",
                place=str(self.case),
                remedy="逾期有正当理由的，请与受理机关联系说明；需要时也可以重新申请",
            )
        if self.case.state != State.AWAITING_CORRECTION:
            raise ActionRefused("现在没有需要补正的内容", place=str(self.case), remedy="请查看办理进度")
        self.require_said("补正内容", self.text, self.uploads, "请按补正告知书写明，或上传材料")

    def apply(self) -> CaseEvent:
        """The text joins the application, the files the case; the earlier text stays."""
        if self.before is not None:
            return self.before
        corrections.add(self.case, today(), self.text)
        for one in self.uploads:
            files.add(self.case, self.actor, purpose=Purpose.CORRECTION, name=one.name, content=one.content)
        return self.append(Kind.CORRECTED, today())

    def _done_before(self) -> CaseEvent | None:
        """The same text with the same files, handed in before: they are looked for by what they hold."""
        event = self.last(Kind.CORRECTED)
        if event is None or self.case.state == State.AWAITING_CORRECTION:
            return None
        papers = self.case.attachments.filter(purpose=Purpose.CORRECTION)
        kept = sorted(papers.values_list("sha256", flat=True))
        sent = sorted(hashlib.sha256(one.content).hexdigest() for one in self.uploads)
        same = corrections.text_of(self.case, event.on) == self.text and kept == sent
        return event if same else None


@dataclass(kw_only=True)
class WithdrawApplication(AsApplicant[CaseEvent]):
    """Take the application back; it is not handled further."""

    code: ClassVar = "applications.withdraw"

    reason: str = ""

    def check(self) -> None:
        """While it is open."""
        super().check()
        self.reason = lines(self.reason)[:REASON_LENGTH]
        done = self.last(Kind.WITHDRAWN) if self.case.state == State.WITHDRAWN else None
        self.before = done if done is not None and done.note == self.reason else None
        if self.before is None:
            self.require_open()

    def apply(self) -> CaseEvent:
        """An event, with what the applicant said."""
        return self.before or self.append(Kind.WITHDRAWN, today(), note=self.reason)


@dataclass(kw_only=True)
class Rate(AsApplicant[Rating]):
    """Say how it was handled, once, after the end."""

    code: ClassVar = "applications.rate"

    stars: int
    text: str = ""

    def check(self) -> None:
        """After the end, once, one to five."""
        super().check()
        if self.case.is_open:
            raise ActionRefused("办结后才能评价", place=str(self.case), remedy="办结后可以在查询页评价")
        self.text = lines(self.text)
        self.before = Rating.objects.filter(case=self.case).first()
        if self.before is not None:
            if (self.before.stars, self.before.text) != (self.stars, self.text):
                raise ActionRefused("已经评价过了", place=str(self.case), remedy="评价只能提交一次")
            return
        if self.stars not in range(1, 6):
            raise ActionRefused("没有选择满意程度", remedy="请在“非常满意”到“非常不满意”中选一项")
        if len(self.text) > _RATING_LENGTH:
            raise ActionRefused(
                f"意见最多{_RATING_LENGTH}字，现在有{len(self.text)}字", remedy="请删减后再提交"
            )

    def apply(self) -> Rating:
        """Keep it; the handling does not change by it."""
        if self.before is not None:
            return self.before
        self.touch()
        return Rating.objects.create(case=self.case, stars=self.stars, text=self.text, at=timezone.now())

    def audit_details(self) -> dict[str, Any]:
        """With the stars."""
        return {**super().audit_details(), "stars": self.stars}
