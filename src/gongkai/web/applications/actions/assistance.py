"""Requests of other agencies to look something up (协助查询): a register of its own, in no table."""

from dataclasses import KW_ONLY, dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.applications import permissions
from gongkai.web.applications.actions.base import hashed, today
from gongkai.web.applications.models import AssistanceRequest
from gongkai.web.common import once
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of, reason_of


@dataclass
class RecordAssistance(Action[AssistanceRequest]):
    """Enter a request for assistance; a form sent twice (``form``: its key) enters one."""

    code: ClassVar = "applications.record_assistance"
    permission: ClassVar = permissions.REGISTER

    actor: Actor
    _: KW_ONLY
    agency: Agency
    from_agency: str
    subject: str
    received_on: date
    document_no: str = ""
    answer_by: date | None = None
    form: str = field(default="", repr=False)
    made: AssistanceRequest = field(init=False, repr=False)

    def agency_id(self) -> int:
        """The agency that is asked."""
        return self.agency.pk

    def check(self) -> None:
        """From whom, what, and a day that has come."""
        if not self.from_agency.strip() or not self.subject.strip():
            raise ActionRefused("请填写来函机关和协助事项")
        if self.received_on > today():
            raise ActionRefused(
                "收到日期在今天之后", place=chinese(self.received_on), remedy="请核对来函实际收到的日期"
            )
        if self.answer_by is not None and self.answer_by < self.received_on:
            raise ActionRefused(
                "要求反馈的日期早于收到日期", place=chinese(self.answer_by), remedy="请核对来函后再登记"
            )

    def apply(self) -> AssistanceRequest:
        """Keep it; of a form sent again, what it became the first time."""
        said = {
            "from_agency": self.from_agency.strip()[:120], "subject": self.subject.strip(),
            "document_no": self.document_no.strip()[:60],
        }  # fmt: skip
        days = {"received_on": self.received_on, "answer_by": self.answer_by}
        key = once.key(self.actor, self.form, [self.agency.pk, said, *map(str, days.values())])
        more = {
            "agency": self.agency, "recorded_by_id": person_of(self.actor), "recorded_at": timezone.now(),
        }  # fmt: skip
        self.made, self._new = once.add(AssistanceRequest.objects, key, {**said, **days, **more})
        return self.made

    def audit_details(self) -> dict[str, Any]:
        """The entry, and whether the form had been sent before."""
        return {"assistance": self.made.pk, "again": not self._new}


@dataclass
class AnswerAssistance(Action[AssistanceRequest]):
    """What was answered."""

    code: ClassVar = "applications.answer_assistance"
    permission: ClassVar = permissions.REGISTER

    actor: Actor
    _: KW_ONLY
    assistance_id: int
    answer: str

    def agency_id(self) -> int:
        """The agency that was asked."""
        return _asked(self.assistance_id)

    def check(self) -> None:
        """Once, with something in it."""
        self._found = AssistanceRequest.objects.select_for_update().get(pk=self.assistance_id)
        if self._found.answered_on is not None:
            raise ActionRefused("已经反馈过了", remedy="请刷新页面，看已登记的反馈")
        if not self.answer.strip():
            raise ActionRefused("没有填写反馈内容", remedy="请写明向来函机关反馈了什么")

    def apply(self) -> AssistanceRequest:
        """Keep it, with today's day."""
        self._found.answer, self._found.answered_on = self.answer.strip(), today()
        self._found.save()
        return self._found

    def audit_details(self) -> dict[str, Any]:
        """The entry."""
        return {"assistance": self.assistance_id}


@dataclass
class OpenAssistance(Action[AssistanceRequest]):
    """Read a request with its numbers of people, which the register masks; the log has each look."""

    code: ClassVar = "applications.open_assistance"
    permission: ClassVar = permissions.OPEN_PERSONAL

    actor: Actor
    _: KW_ONLY
    assistance_id: int
    reason: str

    def agency_id(self) -> int:
        """The agency that was asked."""
        return _asked(self.assistance_id)

    def check(self) -> None:
        """With a reason."""
        self.reason = reason_of(self.reason, "查看理由")

    def apply(self) -> AssistanceRequest:
        """The request itself."""
        return AssistanceRequest.objects.get(pk=self.assistance_id)

    def audit_details(self) -> dict[str, Any]:
        """The entry, and the hash of the reason."""
        return {"assistance": self.assistance_id, "reason": hashed(self.reason)}


@dataclass
class PurgeAssistance(Action[AssistanceRequest]):
    """Erase what was asked and answered, often about somebody, after the time the file of a case is kept.

    That it was asked, by whom and when, stays.
    """

    code: ClassVar = "applications.purge_assistance"
    permission: ClassVar = permissions.PURGE

    actor: Actor
    _: KW_ONLY
    assistance_id: int

    def agency_id(self) -> int:
        """The agency that was asked."""
        return _asked(self.assistance_id)

    def check(self) -> None:
        """Answered long enough ago."""
        self._found = AssistanceRequest.objects.select_for_update().get(pk=self.assistance_id)
        answered = self._found.answered_on
        if self._found.purged_at is not None or answered is None or answered >= keeps_from():
            raise ActionRefused("没有反馈、还在保存期限内或者已经清除，不能清除", remedy="到期以后由系统清除")

    def apply(self) -> AssistanceRequest:
        """Empty; the row stays."""
        self._found.subject, self._found.answer = "（已按保存期限清除）", ""
        self._found.purged_at = timezone.now()
        self._found.save(update_fields=["subject", "answer", "purged_at"])
        return self._found

    def audit_details(self) -> dict[str, Any]:
        """The entry."""
        return {"assistance": self.assistance_id}


def keeps_from() -> date:
    """The first day of answers that are kept today."""
    kept: timedelta = settings.APPLICATIONS_KEEP_FILE
    return today() - kept


def _asked(assistance_id: int) -> int:
    found = AssistanceRequest.objects.filter(pk=assistance_id).values_list("agency_id", flat=True).first()
    if found is None:
        raise ActionRefused("没有这件协助事项", remedy="请从协助查询的列表中办理")
    return int(found)
