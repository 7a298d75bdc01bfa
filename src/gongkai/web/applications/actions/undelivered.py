"""What is done about a mail or message that did not reach the applicant: told otherwise, or mailed again."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils import timezone

from gongkai.web.applications import permissions
from gongkai.web.applications.actions.base import CaseAction
from gongkai.web.applications.delivery import undelivered
from gongkai.web.applications.models import Note, Notice
from gongkai.web.applications.receiving import receipt
from gongkai.web.common import outbox
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of, reason_of


@dataclass(kw_only=True)
class NoticeAction(CaseAction[Notice]):
    """A change of a notice that was given up."""

    notice_id: int
    notice: Notice = field(init=False, repr=False)

    def check(self) -> None:
        """It is of the case, was given up, and nobody has seen to it."""
        super().check()
        found = undelivered.given_up().filter(pk=self.notice_id, case=self.case).first()
        if found is None:
            raise ActionRefused("这条通知已经发出，或已登记另行告知", place=str(self.case))
        self.notice = found

    def audit_details(self) -> dict[str, Any]:
        """With the notice and what it told."""
        return {**super().audit_details(), "notice": self.notice.pk, "about": str(self.notice.about)}


@dataclass(kw_only=True)
class ToldOtherwise(NoticeAction):
    """Record how the applicant was reached instead; the mail that never left is emptied."""

    code: ClassVar = "applications.told_otherwise"
    permission: ClassVar = permissions.HANDLE

    how: str

    def check(self) -> None:
        """By a person, who says how."""
        super().check()
        self._person = person_of(self.actor)
        self.how = reason_of(self.how, "怎样告知的", remedy="请写明方式、日期，例如：当日电话告知申请人本人")

    def apply(self) -> Notice:
        """A note of the case, and the notice is done with."""
        now = timezone.now()
        (one,) = undelivered.told([self.notice])
        Note.objects.create(
            case=self.case, kind=Note.Kind.NOTE, person_id=self._person, at=now,
            text=f"{one.said}（{timezone.localtime(one.at):%Y-%m-%d %H:%M}）。另行告知：{self.how}",
        )  # fmt: skip
        self.notice.settled_at, self.notice.settled_by_id = now, self._person
        self.notice.save(update_fields=["settled_at", "settled_by"])
        if self.notice.mail is not None:
            outbox.empty(self.notice.mail)
        self.touch()
        return self.notice


@dataclass(kw_only=True)
class MailAgain(NoticeAction):
    """Put a mail that was given up back into the queue, once the server takes mails again."""

    code: ClassVar = "applications.mail_again"
    permission: ClassVar = permissions.HANDLE

    def check(self) -> None:
        """A mail, as of a message nobody may know whether it arrived; not with a code that was replaced."""
        super().check()
        if self.notice.mail is None:
            raise ActionRefused(
                "短信不能重发：网关可能已经发出", place=str(self.case), remedy="请用其他方式告知申请人"
            )
        if receipt.tells_an_old_code(self.case, self.notice.mail):
            raise ActionRefused(
                "邮件里的查询码已经更换，不能再发：申请人收到的会是不能用的查询码",
                place=str(self.case),
                remedy="请另行告知申请人登记号和现在的查询码怎样领取，再登记“另行告知”",
            )

    def apply(self) -> Notice:
        """It is tried again as at first."""
        if self.notice.mail is not None:
            outbox.resend(self.notice.mail)
        self.notice.again_at = timezone.now()
        self.notice.save(update_fields=["again_at"])
        self.touch()
        return self.notice
