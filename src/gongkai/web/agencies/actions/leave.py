"""Leave with a deputy, recorded and taken back."""

from dataclasses import KW_ONLY, dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.utils import timezone

from gongkai.web.agencies.actions.checks import active, everywhere, not_oneself, valid
from gongkai.web.agencies.models import Leave, Person
from gongkai.web.agencies.selectors import agencies_of, agency_of, colleagues
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused

#: Asked in addition where it is not one's own leave.
OTHERS = "agencies.record_leave_of_others"


@dataclass
class RecordLeave(Action[Leave]):
    """Say on which days a person is away and who acts for them on these days."""

    code: ClassVar = "agencies.record_leave"
    permission: ClassVar = "agencies.record_leave"

    actor: Actor
    _: KW_ONLY
    person: Person
    deputy: Person
    from_day: date
    until_day: date

    def agency_id(self) -> int:
        """The agency the absent person works in."""
        return agency_of(self.person)

    def check(self) -> None:
        """A colleague who is there acts; nobody makes themselves the deputy of another."""
        active(self.person)
        active(self.deputy)
        if self.actor.person_id != self.person.pk:
            everywhere(self.actor, OTHERS, self.person)
            not_oneself(self.actor, self.deputy, "指定自己代理他人")
        if self.until_day < timezone.localdate():
            raise ActionRefused("结束日期已过", remedy="已过去的请假不再登记代理")
        self._leave = Leave(
            person=self.person, deputy=self.deputy, from_day=self.from_day, until_day=self.until_day
        )
        if self.person.pk == self.deputy.pk:
            raise ActionRefused("代理人不能是本人")
        valid(self._leave)
        self._one_at_a_time()
        self._deputy_is_there()

    def _one_at_a_time(self) -> None:
        if Leave.objects.overlapping(self.from_day, self.until_day).filter(person=self.person).exists():
            raise ActionRefused(f"“{self.person}”在此期间已登记请假", remedy="请先撤回原有登记")

    def _deputy_is_there(self) -> None:
        if Leave.objects.overlapping(self.from_day, self.until_day).filter(person=self.deputy).exists():
            raise ActionRefused(f"“{self.deputy}”在此期间也已请假", remedy="请另选代理人")
        places = set(agencies_of(self.person).values_list("pk", flat=True))
        if not colleagues(places).filter(pk=self.deputy.pk).exists():
            raise ActionRefused(f"“{self.deputy}”与请假人不在同一机关任职", remedy="请选择本机关在岗人员")

    def apply(self) -> Leave:
        """Record it."""
        self._leave.save()
        return self._leave

    def audit_details(self) -> dict[str, Any]:
        """Who is away, who acts, when."""
        return {
            "leave": self._leave.pk,
            "person": self.person.pk,
            "deputy": self.deputy.pk,
            "from": self.from_day.isoformat(),
            "until": self.until_day.isoformat(),
        }


@dataclass
class CancelLeave(Action[None]):
    """Take back a leave that has not begun, or let one that has begun end yesterday: the person is back."""

    code: ClassVar = "agencies.cancel_leave"
    permission: ClassVar = "agencies.record_leave"

    actor: Actor
    _: KW_ONLY
    leave: Leave

    def agency_id(self) -> int:
        """The agency the absent person works in."""
        return agency_of(self.leave.person)

    def check(self) -> None:
        """One's own, or with the permission for others'; not over yet."""
        self.leave = Leave.objects.select_for_update(of=("self",)).get(pk=self.leave.pk)
        if self.actor.person_id != self.leave.person_id:
            everywhere(self.actor, OTHERS, self.leave.person)
        if self.leave.until_day < timezone.localdate():
            raise ActionRefused("请假已经结束")

    def apply(self) -> None:
        """The days on which the deputy acted stay on record."""
        self._details = {"leave": self.leave.pk, "person": self.leave.person_id}
        today = timezone.localdate()
        if self.leave.from_day >= today:
            self.leave.delete()
            return
        self.leave.until_day = today - timedelta(days=1)
        self.leave.save()

    def audit_details(self) -> dict[str, Any]:
        """Which leave, whose."""
        return self._details
