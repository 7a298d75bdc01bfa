"""A file that was put on a case by mistake, taken off before it has gone out."""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from gongkai.web.applications import files, permissions
from gongkai.web.applications.actions.base import CaseAction, hashed
from gongkai.web.applications.letters import enclosed
from gongkai.web.applications.models import Attachment, Purpose
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of, reason_of

_OURS: Final = frozenset({Purpose.DISCLOSED, Purpose.INTERNAL})


@dataclass(kw_only=True)
class TakeOffFile(CaseAction[Attachment]):
    """Erase a file staff prepared, with a reason; that it was there, when and by whom, stays on record."""

    code: ClassVar = "applications.take_off_file"
    permission: ClassVar = permissions.HANDLE

    file_id: int
    reason: str

    def check(self) -> None:
        """One of ours, on an open case, which no reply is signed for."""
        super().check()
        person_of(self.actor)
        self.reason = reason_of(self.reason, "移除理由", "请写明为什么，如“传错了文件”")
        found = self.case.attachments.filter(pk=self.file_id, purged_at=None).first()
        if found is None:
            raise ActionRefused(
                "没有这个文件，或已经移除", place=str(self.case), remedy="请刷新页面，看最新的文件"
            )
        if not is_ours(found):
            raise ActionRefused(
                "这个文件不能移除：它是收到的材料、文书或者凭证",
                place=str(self.case),
                remedy="只能移除本机关添加的材料；内容有误的，请添加记录说明",
            )
        self.require_open()
        if found.purpose == Purpose.DISCLOSED and (refused := enclosed.refusal(self.case)):
            raise ActionRefused(
                refused, place=str(self.case), remedy="文件有误的，请先改动答复书，或者在“添加记录”中说明"
            )
        self._file = found

    def apply(self) -> Attachment:
        """The content goes, the row stays."""
        files.erase(self._file)
        self.touch()
        return self._file

    def audit_details(self) -> dict[str, Any]:
        """The file, its content's sum and the hash of the reason."""
        found = self._file
        return {
            **super().audit_details(),
            "file": found.pk,
            "purpose": str(found.purpose),
            "sha256": found.sha256,
            "reason": hashed(self.reason),
        }


def is_ours(found: Attachment) -> bool:
    """Whether a file is one staff prepare, for disclosure or for themselves; all else is evidence and stays.

    The copy of a letter that asked for several cases lies among the papers of each: it is a letter all the
    same.
    """
    if found.purpose not in _OURS:
        return False
    letters = Attachment.objects.filter(purpose=Purpose.LETTER, sha256=found.sha256)
    return found.purpose == Purpose.DISCLOSED or not letters.exists()
