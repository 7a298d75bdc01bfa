"""The applicant says why so much is applied for, where the agency has asked (条例 35)."""

import hashlib
from dataclasses import dataclass
from typing import ClassVar

from gongkai.law.case import Kind
from gongkai.web.applications import files
from gongkai.web.applications.actions.applicant import AsApplicant
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.models import CaseEvent, Purpose
from gongkai.web.applications.receiving import intake, reasons
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.typed import lines


@dataclass(kw_only=True)
class GiveReasons(AsApplicant[CaseEvent]):
    """Say why, in words or as papers; the reply clock goes on. Also late, as long as there is no reply."""

    code: ClassVar = "applications.give_reasons"

    text: str
    uploads: tuple[intake.Upload, ...] = ()

    def check(self) -> None:
        """While reasons are asked for, with something in it."""
        super().check()
        self.text = lines(self.text)
        self.before = self._done_before()
        if self.before is not None:
            return
        self.require_open()
        if reasons.wanted(self.case) is None:
            raise ActionRefused("现在没有需要说明的理由", place=str(self.case), remedy="请查看办理进度")
        self.require_said("理由", self.text, self.uploads, "请写明申请的理由，或上传材料")

    def apply(self) -> CaseEvent:
        """An event with the words, and the papers among the files."""
        if self.before is not None:
            return self.before
        for one in self.uploads:
            files.add(self.case, self.actor, purpose=Purpose.REASONS, name=one.name, content=one.content)
        return self.append(Kind.REASONS_GIVEN, today(), note=self.text)

    def _done_before(self) -> CaseEvent | None:
        """The same words with the same files, given before: files are looked for by what they hold."""
        event = self.last(Kind.REASONS_GIVEN)
        if event is None or reasons.wanted(self.case) is not None:
            return None
        kept = set(self.case.attachments.filter(purpose=Purpose.REASONS).values_list("sha256", flat=True))
        sent = {hashlib.sha256(one.content).hexdigest() for one in self.uploads}
        return event if event.note == self.text and sent <= kept else None
