"""Applications a person handles that are open, with their deadlines, or whose applicant has not been told of
something yet: they pass to the successor.
"""

from typing import Final

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from gongkai.web.agencies.duties import Duty
from gongkai.web.applications.delivery import undelivered
from gongkai.web.applications.models import OPEN, Case
from gongkai.web.common.days import chinese


class CaseDuties:
    """Cases that wait for their handler."""

    def open_duties(self, person_id: int) -> list[Duty]:
        """One for each case, by its last day."""
        return [
            Duty(
                f"{case.register_no}号申请（{self._until(case)}）",
                case.agency_id,
                reverse("applications:case", args=[case.pk]),
            )
            for case in self._open(person_id).order_by(F("due").asc(nulls_last=True), "id")
        ]

    def reassign(self, person_id: int, successor_id: int) -> int:
        """The successor handles them; under a new revision, so that no page of before changes them."""
        return self._open(person_id).update(handler_id=successor_id, revision=F("revision") + 1)

    @staticmethod
    def _until(case: Case) -> str:
        if not case.is_open:
            return f"{case.get_state_display()}，还没有告知申请人"
        return f"最晚{chinese(case.due)}答复" if case.due else str(case.get_state_display())

    @staticmethod
    def _open(person_id: int) -> QuerySet[Case]:
        cases = Case.objects.filter(handler_id=person_id)
        untold = undelivered.waiting(cases).order_by().values("case_id")
        return cases.filter(Q(state__in=OPEN) | Q(pk__in=untold))


CASES: Final = CaseDuties()
