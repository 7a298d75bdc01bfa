"""What every action on a case shares: the locked case, the guard against two at once, events appended."""

from abc import ABC
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.utils import timezone

from gongkai.law.case import Kind
from gongkai.web.agencies.models import Agency
from gongkai.web.applications import clock
from gongkai.web.applications.actions.each import Done
from gongkai.web.applications.delivery import undelivered
from gongkai.web.applications.models import Case, CaseEvent
from gongkai.web.common import keys
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused

T = TypeVar("T")


@dataclass
class CaseAction(Action[T], ABC):
    """A change of one case.

    ``revision`` is the number of the page the actor saw: where the case has changed since, the action is
    refused and nothing is overwritten. None, for parts of the system, asks for no number.
    """

    actor: Actor
    _: KW_ONLY
    case_id: int
    revision: int | None = None
    case: Case = field(init=False, repr=False)
    #: Other cases the change holds for too, where one letter was about several; and those it does not.
    beside: Done = field(init=False, repr=False, default_factory=lambda: Done([], []))

    def agency_id(self) -> int:
        """The agency whose case it is."""
        found = Case.objects.filter(pk=self.case_id).values_list("agency_id", flat=True).first()
        if found is None:
            raise ActionRefused("没有这件申请", remedy="请从申请列表中打开")
        return int(found)

    def check(self) -> None:
        """Lock the case; refuse where it has changed since."""
        self.case = Case.objects.select_for_update().get(pk=self.case_id)
        if self.case.purged_at is not None:
            raise ActionRefused(
                "这件申请已按保存期限清除，不能再改动", place=str(self.case), remedy="统计数字不受影响"
            )
        if self.revision is not None and self.revision != self.case.revision:
            raise ActionRefused(
                "这件申请刚刚被其他人改动过，您看到的不是最新内容，本次操作没有生效",
                place=str(self.case),
                remedy="请刷新页面，看过改动后再操作",
                code="stale",
            )

    def require_open(self) -> None:
        """Refuse on a case that has ended."""
        if not self.case.is_open:
            raise ended(self.case)

    def require_lawful(self, kind: Kind) -> None:
        """Refuse an event the law does not allow now, with the article that stands against it."""
        step = next(step for step in clock.steps(self.case) if step.kind is kind)
        if step.refusal is not None:
            raise ActionRefused(
                clock.told(step.refusal), place=str(self.case), remedy=step.refusal.remedy or clock.LOOK
            )

    def append(self, kind: str, on: date, **fields: Any) -> CaseEvent:
        """Add an event where the law allows it now, and write the clock's new account beside the case.

        Raises ``ActionRefused`` with the article that stands against it.
        """
        row = clock.append(self.case, self.actor, kind, on, **fields)
        if kind == Kind.WITHDRAWN:
            undelivered.answered(self.case)
        elif asked := [one for one, answer in clock.ANSWERED_BY.items() if answer == kind]:
            undelivered.answered(self.case, asked)
        return row

    def touch(self) -> None:
        """A new revision, for changes that are no events."""
        self.case.revision += 1
        self.case.save(update_fields=["revision", "changed_at"])

    def audit_details(self) -> dict[str, Any]:
        """The case, its state and revision."""
        return {"case": self.case.pk, "state": str(self.case.state), "revision": self.case.revision}


def ended(case: Case) -> ActionRefused:
    """What is said of a change that only an open case takes."""
    return ActionRefused(
        f"这件申请已办结（{case.get_state_display()}）",
        place=str(case),
        remedy="办结后只能补充记录和查看",
    )


def one_at_a_time(agency_id: int) -> None:
    """Changes of several cases of one agency follow each other: two at once would wait for each other's."""
    Agency.objects.select_for_update(no_key=True).get(pk=agency_id)


def hashed(text: str) -> str:
    """A text as the audit log holds it: a keyed hash, which shows a change and tells nothing."""
    return keys.keyed_hash(text, "applications.audit") if text else ""


def today() -> date:
    """The day in Asia/Shanghai."""
    return timezone.localdate()
