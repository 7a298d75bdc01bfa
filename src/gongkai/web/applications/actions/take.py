"""Who handles a case: given out by whoever may, or taken by a clerk where it is nobody's yet."""

from dataclasses import dataclass
from typing import ClassVar

from gongkai.web.applications import permissions
from gongkai.web.applications.actions.base import CaseAction, today
from gongkai.web.applications.actions.work import Assign
from gongkai.web.applications.models import Case
from gongkai.web.applications.workload.handlers import handlers_of
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of
from gongkai.web.common.permissions import allowed


@dataclass(kw_only=True)
class Take(CaseAction[Case]):
    """Take a case that nobody handles: where an office has one clerk, nobody has to give it out first."""

    code: ClassVar = "applications.take"
    permission: ClassVar = permissions.HANDLE

    def check(self) -> None:
        """Open and nobody's; what a colleague handles, the head gives to somebody else."""
        super().check()
        self.require_open()
        self._person_id = person_of(self.actor)
        if self.case.handler_id not in {None, self._person_id}:
            raise ActionRefused(
                f"这件申请由{self.case.handler}办理",
                place=str(self.case),
                remedy="需要换人的，请科室负责人或分管负责人分办",
            )
        if self._person_id not in dict(handlers_of([self.case.agency], today())):
            raise ActionRefused(
                "您不是办理该机关申请的经办人", place=str(self.case), remedy="请科室负责人或分管负责人分办"
            )

    def apply(self) -> Case:
        """The actor handles it."""
        self.case.handler_id = self._person_id
        self.case.save(update_fields=["handler"])
        self.touch()
        return self.case


def giving(actor: Actor, case: Case, person_id: int, *, revision: int | None = None) -> CaseAction[Case]:
    """The action by which a person comes to handle a case: whoever gives out assigns, others take it.

    A clerk who names a colleague is refused by ``Assign``.
    """
    assign = Assign(actor, case_id=case.pk, revision=revision, person_id=person_id)
    if person_id == actor.person_id and not allowed(actor, Assign.permission, case.agency_id):
        return Take(actor, case_id=case.pk, revision=revision)
    return assign
