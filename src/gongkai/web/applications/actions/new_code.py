"""A new code in place of one that was lost or that others have come to know."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone

from gongkai.web.applications import permissions
from gongkai.web.applications.actions.base import CaseAction, hashed
from gongkai.web.applications.actions.submit import Submitted
from gongkai.web.applications.models import Note
from gongkai.web.applications.receiving import codes, drafts, receipt
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of, reason_of


@dataclass(kw_only=True)
class NewCode(CaseAction[Submitted]):
    """Replace the code of a case by a new one, told on a fresh receipt or by mail.

    From then on the old one opens nothing: number and code no longer fit, and what the old one has opened (a
    session, an account's list, the receipt of a form that was sent) is closed: it proves the old code.
    ``identified`` says how the applicant or agent was known for who they are: whoever has the code passes for
    them. ``by_mail``: it goes to the address on the application.
    """

    code: ClassVar = "applications.new_code"
    permission: ClassVar = permissions.HANDLE

    reason: str
    identified: str
    by_mail: bool = False

    def check(self) -> None:
        """By a person, with both said, and an address where it is to be mailed."""
        super().check()
        self._person = person_of(self.actor)
        self.reason = reason_of(self.reason, "更换的理由", remedy="请写明，例如：申请人遗失回执")
        self.identified = reason_of(
            self.identified, "怎样核对了身份", remedy="请写明，例如：本人持身份证到场核对；不要写证件号码"
        )
        if self.by_mail and not self.case.applicant.email:
            raise ActionRefused(
                "申请人没有留电子邮箱，不能用邮件告知",
                place=str(self.case),
                remedy="请打印回执当面交付或邮寄",
            )

    def apply(self) -> Submitted:
        """The new code; on record why, and how the person was known."""
        new = codes.new()
        self.case.code = new
        self.case.save(update_fields=["code"])
        drafts.forget_sent(self.case)
        Note.objects.create(
            case=self.case, kind=Note.Kind.NOTE, person_id=self._person, at=timezone.now(),
            text=f"更换查询码。理由：{self.reason}\n身份核对：{self.identified}",
        )  # fmt: skip
        self.touch()
        receipt.tell_replaced(self.case, new if self.by_mail else "")
        return Submitted(self.case, new)

    def audit_details(self) -> dict[str, Any]:
        """How it was told, and the hashes of what was said; never the code."""
        return {
            **super().audit_details(), "by_mail": self.by_mail, "reason": hashed(self.reason),
            "identified": hashed(self.identified),
        }  # fmt: skip
