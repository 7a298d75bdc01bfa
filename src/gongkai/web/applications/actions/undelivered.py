"""What is done about what did not reach the applicant, or has to be told by telephone: the call, another way,
the mail again.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, ClassVar

from django.utils import timezone

from gongkai.web.applications import clock, permissions
from gongkai.web.applications.actions.base import CaseAction
from gongkai.web.applications.delivery import undelivered
from gongkai.web.applications.models import CallResult, Note, Notice
from gongkai.web.applications.receiving import receipt
from gongkai.web.common import outbox
from gongkai.web.common.days import chinese, chinese_moment
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import REASON_LENGTH, person_of, reason_of


@dataclass(kw_only=True)
class NoticeAction(CaseAction[Notice]):
    """A change of a notice that was given up, or of a call to make."""

    notice_id: int
    notice: Notice = field(init=False, repr=False)

    def check(self) -> None:
        """It is of the case, waits, and nobody has seen to it."""
        super().check()
        found = undelivered.waiting().filter(pk=self.notice_id, case=self.case).first()
        if found is None:
            raise ActionRefused(
                "这条通知已经发出，或已登记另行告知",
                place=str(self.case),
                remedy="请刷新页面，看还有没有要告知的",
            )
        self.notice = found

    def audit_details(self) -> dict[str, Any]:
        """With the notice and what it told."""
        return {**super().audit_details(), "notice": self.notice.pk, "about": str(self.notice.about)}


@dataclass(kw_only=True)
class RecordCall(CaseAction[list[Notice]]):
    """Record a telephone call to the applicant: when, who answered, what came of it.

    Who was told was told of everything that waited in the case on that day; a letter put on the site has then
    reached them. After any other result all of it waits on.
    """

    code: ClassVar = "applications.record_call"
    permission: ClassVar = permissions.HANDLE

    on: date
    at: time
    result: str
    who: str = ""
    note: str = ""

    def check(self) -> None:
        """By a person; a time that is over, something to tell by then, and who took the call."""
        super().check()
        self._person = person_of(self.actor)
        if self.result not in CallResult.values:
            raise ActionRefused("请选择通话的结果", place=str(self.case))
        if self.result in {CallResult.TOLD, CallResult.OTHER}:
            self.who = reason_of(self.who, "谁接听的", remedy="例如：申请人本人、代理人王某、申请人家属")
        self._moment = datetime.combine(self.on, self.at, timezone.get_current_timezone())
        if self._moment > timezone.now():
            raise ActionRefused(
                "通话时间在现在之后", place=chinese_moment(self._moment), remedy="请填写实际通话的日期和时间"
            )
        everything = undelivered.of_case(self.case)
        if not everything:
            raise ActionRefused(
                "没有要电话告知的事项，或已登记告知",
                place=str(self.case),
                remedy="请刷新页面，看还有没有要告知的",
            )
        self._waiting = [one for one in everything if _since(one.notice) <= self.on]
        if not self._waiting:
            raise ActionRefused("这一天还没有要告知的事项", place=chinese(self.on), remedy="请核对通话的日期")

    def apply(self) -> list[Notice]:
        """A note of the case; what was told is done with, and the clock hears of it."""
        said = "；".join(one.notice.get_about_display() for one in self._waiting)
        came = CallResult(self.result).label
        who, more = (f"，接听人：{self.who}" if self.who else ""), self.note.strip()[:REASON_LENGTH]
        Note.objects.create(
            case=self.case, kind=Note.Kind.NOTE, person_id=self._person, at=timezone.now(),
            text=f"电话告知：{chinese_moment(self._moment)}致电申请人{who}。结果：{came}。"
            f"事项：{said}。{more}",
        )  # fmt: skip
        told = [one.notice for one in self._waiting] if self.result == CallResult.TOLD else []
        for notice in told:
            notice.called_at = self._moment
            notice.save(update_fields=["called_at"])
            _settle(notice, self._person)
        if any(notice.letter_id for notice in told):
            clock.heard(self.case)
        else:
            self.touch()
        return told

    def audit_details(self) -> dict[str, Any]:
        """With the time, the result and what was told; not who answered."""
        return {
            **super().audit_details(), "at": self._moment.isoformat(), "result": self.result,
            "notices": [one.notice.pk for one in self._waiting],
        }  # fmt: skip


def _since(notice: Notice) -> date:
    """The first day on which there was something to tell."""
    if notice.letter is not None:
        return notice.letter.delivery.on
    return timezone.localdate(notice.call_since or notice.case.submitted_at)


def _settle(notice: Notice, person: int) -> None:
    """Somebody has reached the applicant; a mail that never left is emptied."""
    notice.settled_at, notice.settled_by_id = timezone.now(), person
    notice.save(update_fields=["settled_at", "settled_by"])
    if notice.mail is not None:
        outbox.empty(notice.mail)


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
        (one,) = undelivered.told([self.notice])
        Note.objects.create(
            case=self.case, kind=Note.Kind.NOTE, person_id=self._person, at=timezone.now(),
            text=f"{one.said}（{chinese_moment(one.at)}）。另行告知：{self.how}",
        )  # fmt: skip
        _settle(self.notice, self._person)
        self.touch()
        return self.notice


@dataclass(kw_only=True)
class MailAgain(NoticeAction):
    """Put a mail that was given up back into the queue, once the server takes mails again."""

    code: ClassVar = "applications.mail_again"
    permission: ClassVar = permissions.HANDLE

    def check(self) -> None:
        """A mail, as of a message nobody may know whether it arrived; not with a code that was replaced, and
        not blanked meanwhile (``common.tidy``).
        """
        super().check()
        if self.notice.call_since is not None:
            raise ActionRefused("申请人没有留电子邮箱", place=str(self.case), remedy="请电话告知申请人")
        if self.notice.mail is None:
            raise ActionRefused(
                "短信不能重发：网关可能已经发出", place=str(self.case), remedy="请用其他方式告知申请人"
            )
        if self.notice.mail.erased_at is not None:
            raise ActionRefused(
                "邮件没有发出已久，内容已按保存期限清除，不能再发",
                place=str(self.case),
                remedy="请另行告知申请人，再登记“另行告知”；需要查询码的，可以更换查询码",
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
