"""A person goes and hands over."""

from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import Q
from django.utils import timezone

from gongkai.web.agencies import duties
from gongkai.web.agencies.actions.checks import active, everywhere, not_oneself, valid
from gongkai.web.agencies.models import HandOver, Leave, Person, Post
from gongkai.web.agencies.selectors import agency_of, served_by
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused


@dataclass
class PersonHandsOver(Action[HandOver]):
    """Pass a person's open duties to a successor, end their posts and leave, and disable the account.

    What is signed, logged and recorded under their name stays under it.
    """

    code: ClassVar = "agencies.hand_over"
    permission: ClassVar = "agencies.hand_over"

    actor: Actor
    _: KW_ONLY
    person: Person
    successor: Person
    last_day: date

    def agency_id(self) -> int:
        """The agency they work in."""
        return agency_of(self.person)

    def check(self) -> None:
        """Not in the future; the successor works where something is open; one administrator stays."""
        self.person = Person.objects.select_for_update().get(pk=self.person.pk)
        if not self.person.is_active:
            raise ActionRefused(f"“{self.person}”已办理移交")
        not_oneself(self.actor, self.person, "为自己办理移交")
        everywhere(self.actor, self.permission, self.person)
        if self.person.pk == self.successor.pk:
            raise ActionRefused("接收人不能是移交人本人")
        active(self.successor)
        if self.last_day > timezone.localdate():
            raise ActionRefused("最后工作日不能晚于今天", remedy="请在离岗当日办理；此前可先登记离任日期")
        if self.person.is_superuser and not self._other_administrator():
            raise ActionRefused("这是最后一名全站管理员", remedy="请先设立另一名全站管理员")
        self._open = duties.of_person(self.person.pk)
        self._successor_is_there()

    def _other_administrator(self) -> bool:
        others = Person.objects.filter(is_superuser=True, is_active=True).exclude(pk=self.person.pk)
        return others.exists()

    def _successor_is_there(self) -> None:
        places = {duty.agency_id for duty in self._open}
        there = set(served_by(self.successor).values_list("pk", flat=True))
        if places - there:
            raise ActionRefused(
                f"“{self.successor}”没有在移交事项所属的机关任职", remedy="请另选接收人，或先任命其岗位"
            )
        if not places and not there and not self.successor.is_superuser:
            raise ActionRefused(f"“{self.successor}”没有在任岗位", remedy="请另选接收人")

    def apply(self) -> HandOver:
        """Reassign, end, disable."""
        counts = duties.reassign(self.person.pk, self.successor.pk)
        posts = Post.objects.filter(person=self.person)
        posts.filter(from_day__gt=self.last_day).delete()
        for post in posts.filter(Q(until_day=None) | Q(until_day__gt=self.last_day)):
            post.until_day = self.last_day
            post.save()
        Leave.objects.filter(person=self.person, from_day__gt=self.last_day).delete()
        self.person.is_active = False
        self.person.is_superuser = False
        self.person.set_password(None)
        self.person.save()
        self._record = HandOver(
            person=self.person, successor=self.successor, day=self.last_day, duties=counts
        )
        valid(self._record)
        self._record.save()
        return self._record

    def audit_details(self) -> dict[str, Any]:
        """Who to whom, and how many duties of each kind."""
        return {
            "hand_over": self._record.pk,
            "person": self.person.pk,
            "successor": self.successor.pk,
            "duties": self._record.duties,
        }
