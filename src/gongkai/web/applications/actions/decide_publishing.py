"""Deciding on a suggestion to publish what was asked for (条例 44)."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone

from gongkai.web.applications import permissions
from gongkai.web.applications.actions.base import CaseAction
from gongkai.web.applications.models import Note, PublishDecision
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of, reason_of


@dataclass(kw_only=True)
class DecidePublishing(CaseAction[PublishDecision]):
    """Say that what was suggested is public now, and where; or that it will not be, and why.

    On a case that has ended too: what was given to one is often published later.
    """

    code: ClassVar = "applications.decide_publishing"
    permission: ClassVar = permissions.DECIDE_PUBLISHING

    note_id: int
    result: str
    words: str

    def check(self) -> None:
        """Once for each suggestion, by a person, who says where or why."""
        super().check()
        self._person = person_of(self.actor)
        waiting = self.case.notes.filter(kind=Note.Kind.PUBLISH, decision=None)
        found = waiting.filter(pk=self.note_id).first()
        if found is None:
            raise ActionRefused("没有这条建议，或者已经审核过", place=str(self.case), remedy="请刷新页面查看")
        if self.result not in PublishDecision.Result.values:
            raise ActionRefused("没有选择审核结果", place=str(self.case), remedy="请选择一项")
        self.words = reason_of(
            self.words, "在哪里公开，或者不公开的理由", remedy="请写明网址、目录号，或者法律依据"
        )
        self._note = found

    def apply(self) -> PublishDecision:
        """Keep it beside the suggestion."""
        self.touch()
        return PublishDecision.objects.create(
            note=self._note, result=self.result, words=self.words, person_id=self._person, at=timezone.now()
        )

    def audit_details(self) -> dict[str, Any]:
        """With the suggestion and the result."""
        return {**super().audit_details(), "note": self._note.pk, "result": self.result}
