"""Around a case: who handles it, notes, help from a section, files, opening personal data."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Final

from django.utils import timezone

from gongkai.report import api
from gongkai.web.applications import files, permissions
from gongkai.web.applications.actions.base import CaseAction, hashed, today
from gongkai.web.applications.letters import enclosed
from gongkai.web.applications.models import Attachment, Case, Errand, Note, Opening, Origin, Purpose
from gongkai.web.applications.privacy import searched
from gongkai.web.applications.receiving import intake
from gongkai.web.applications.workload.handlers import handlers_of
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of, reason_of

#: What staff add to a case. Proofs of identity go by their own term, apart from the application's scan.
#: A proof of delivery often comes back later than the letter went out.
ADDED: Final = (
    Purpose.DISCLOSED, Purpose.SCAN, Purpose.IDENTITY, Purpose.AUTHORISATION, Purpose.PROOF, Purpose.INTERNAL,
)  # fmt: skip


@dataclass(kw_only=True)
class Assign(CaseAction[Case]):
    """Give a case to one of the agency's clerks or heads; a clerk's own way to one is ``Take``."""

    code: ClassVar = "applications.assign"
    permission: ClassVar = permissions.ASSIGN

    person_id: int

    def check(self) -> None:
        """To somebody who handles applications in the agency."""
        super().check()
        self.require_open()
        if self.person_id not in dict(handlers_of([self.case.agency], today())):
            raise ActionRefused(
                "只能分给办理该机关申请的经办人或科室负责人",
                place=str(self.case),
                remedy="请另选一人，或先任命其岗位",
            )

    def apply(self) -> Case:
        """The new handler."""
        self.case.handler_id = self.person_id
        self.case.save(update_fields=["handler"])
        self.touch()
        return self.case

    def audit_details(self) -> dict[str, Any]:
        """With the person."""
        return {**super().audit_details(), "handler": self.person_id}


@dataclass(kw_only=True)
class AddNote(CaseAction[Note]):
    """A note, the minutes of a joint meeting, or a suggestion to publish what was asked for (条例 44)."""

    code: ClassVar = "applications.add_note"
    permission: ClassVar = permissions.HANDLE

    kind: str
    text: str

    def check(self) -> None:
        """With something in it."""
        super().check()
        self.text = self.text.strip()
        if not self.text or self.kind not in Note.Kind.values:
            raise ActionRefused("没有填写内容", place=str(self.case), remedy="请写明要记录的内容")

    def apply(self) -> Note:
        """Keep it."""
        self.touch()
        return Note.objects.create(
            case=self.case, kind=self.kind, text=self.text, person_id=person_of(self.actor), at=timezone.now()
        )


@dataclass(kw_only=True)
class AskSection(CaseAction[Errand]):
    """Ask a section of the agency for help (协办), until a day; the clock does not stop.

    ``helper_id``: who of its people is asked, and reminded.
    """

    code: ClassVar = "applications.ask_section"
    permission: ClassVar = permissions.HANDLE

    section: str
    question: str
    answer_by: date
    helper_id: int | None = None

    def check(self) -> None:
        """On an open case, with a question and a day to come."""
        super().check()
        self.require_open()
        if not self.section.strip() or not self.question.strip():
            raise ActionRefused("请填写协办科室和事项", place=str(self.case))
        if self.answer_by < today():
            raise ActionRefused(
                "反馈期限已经过去", place=chinese(self.answer_by), remedy="请选今天或以后的日期"
            )
        able = dict(handlers_of([self.case.agency], today()))
        if self.helper_id is not None and self.helper_id not in able:
            raise ActionRefused(
                "协办人不是本机关的经办人或科室负责人", place=str(self.case), remedy="请另选一人，或不指定"
            )

    def apply(self) -> Errand:
        """Keep it."""
        self.touch()
        return Errand.objects.create(
            case=self.case, section=self.section.strip()[:60], question=self.question.strip(),
            asked_on=today(), answer_by=self.answer_by, asked_by_id=person_of(self.actor),
            helper_id=self.helper_id,
        )  # fmt: skip


@dataclass(kw_only=True)
class AnswerErrand(CaseAction[Errand]):
    """What the section answered."""

    code: ClassVar = "applications.answer_errand"
    permission: ClassVar = permissions.HANDLE

    errand_id: int
    text: str

    def check(self) -> None:
        """One answer to an open question."""
        super().check()
        found = self.case.errands.filter(pk=self.errand_id, answered_on=None).first()
        if found is None or not self.text.strip():
            raise ActionRefused(
                "没有待反馈的协办事项，或没有填写意见",
                place=str(self.case),
                remedy="请写明反馈的意见；已经登记过的，在申请页面查看",
            )
        self._errand = found

    def apply(self) -> Errand:
        """Keep it."""
        self._errand.answer, self._errand.answered_on = self.text.strip(), today()
        self._errand.save()
        self.touch()
        return self._errand


@dataclass(kw_only=True)
class AddFile(CaseAction[Attachment]):
    """Put a file on the case: what will be disclosed, a scan, an internal paper.

    What will be disclosed is signed for with the reply: it comes before the first signature.
    """

    code: ClassVar = "applications.add_file"
    permission: ClassVar = permissions.HANDLE

    purpose: str
    upload: intake.Upload
    _searched: api.personal.Searched | None = field(init=False, repr=False, default=None)

    def prepare(self) -> None:
        """What will be disclosed is searched for personal data."""
        if self.purpose == Purpose.DISCLOSED and self.may():
            self._searched = searched.ahead(self.upload.name, self.upload.content)

    def check(self) -> None:
        """Of a kind staff add; a letter where an old system made it, ours come with their signatures."""
        super().check()
        ours = self.purpose == Purpose.LETTER and self.case.origin == Origin.TAKEN_OVER
        if self.purpose not in ADDED and not ours:
            raise ActionRefused("请选择文件的用途", place=str(self.case))
        if self.purpose == Purpose.DISCLOSED and (refused := enclosed.refusal(self.case)):
            raise ActionRefused(refused, place=str(self.case), remedy="已经办结的，请添加记录说明")

    def apply(self) -> Attachment:
        """Checked, scanned, encrypted; what was found in it is kept."""
        self.touch()
        added = files.add(
            self.case, self.actor, purpose=self.purpose, name=self.upload.name, content=self.upload.content
        )
        if self._searched is not None:
            searched.keep(added.sha256, self._searched)
        return added


@dataclass(kw_only=True)
class OpenPersonal(CaseAction[Opening]):
    """Look at the applicant's data, with a reason that stays on record.

    An opening holds for its day (``openings.opened_today``): the same person with the same reason, a form
    sent twice among it, adds no row then; the log has each look.
    """

    code: ClassVar = "applications.open_personal"
    permission: ClassVar = permissions.OPEN_PERSONAL

    reason: str

    def check(self) -> None:
        """With a reason."""
        super().check()
        self.reason = reason_of(self.reason, "查看理由")[:200]
        if self.case.purged_at is not None:
            raise ActionRefused(
                "个人信息已按保存期限清除",
                place=str(self.case),
                remedy="清除以后不能恢复；办理记录和统计数字还在",
            )

    def apply(self) -> Opening:
        """A row of the log, or the day's that says the same."""
        person = person_of(self.actor)
        todays = Opening.objects.filter(case=self.case, person_id=person, at__date=today())
        self._before = next((one for one in todays if one.reason == self.reason), None)
        return self._before or Opening.objects.create(
            case=self.case, person_id=person, reason=self.reason, at=timezone.now()
        )

    def audit_details(self) -> dict[str, Any]:
        """With the hash of the reason, and whether it was given before that day."""
        again = self._before is not None
        return {**super().audit_details(), "reason": hashed(self.reason), "again": again}
