"""A letter that the post office brought back goes out once more."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from gongkai.web.applications import clock, files, permissions
from gongkai.web.applications.actions.arrival import arrival_of
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.actions.letters import LetterAction
from gongkai.web.applications.delivery import again
from gongkai.web.applications.models import Delivery, Letter, LetterState, Purpose, Redelivery
from gongkai.web.applications.receiving import intake
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused


@dataclass(kw_only=True)
class DeliverAgain(LetterAction):
    """Record when and why a posted letter came back, and how and when it went out once more.

    The agency's own term looks to the first posting, which stays (国办公开办函〔2016〕235号). The term that a
    letter sets its addressee runs from receipt, which ``RecordArrival`` takes.
    """

    code: ClassVar = "applications.deliver_again"
    permission: ClassVar = permissions.HANDLE
    states: ClassVar = (LetterState.DELIVERED,)

    returned_on: date
    why: str
    way: str
    on: date
    tracking: str = ""
    proof: intake.Upload | None = None

    def check(self) -> None:
        """With the post office last, nobody said to have received it, days in their order to today."""
        super().check()
        before = again.last(self.letter)
        if before is None or not again.may_come_back(self.letter):
            raise ActionRefused(
                "这份文书上一次不是邮寄的，不会被邮政企业退回",
                place=self.kind.name,
                remedy="请核对送达的方式",
            )
        for event in clock.in_force(self.letter.events.filter(case=self.case)):
            if found := arrival_of(event):
                raise ActionRefused(
                    f"已登记收件人于{chinese(found.on)}收到",
                    place=self.kind.name,
                    remedy="其实没有收到的，请先在“经过”中更正这条记录",
                )
        if self.why not in Redelivery.Why.values:
            raise ActionRefused(
                "没有选择退回的原因", place=self.kind.name, remedy="请选择邮政企业在退回的邮件上注明的原因"
            )
        if self.way not in Delivery.Way.values or self.way == Delivery.Way.ONLINE:
            raise ActionRefused(
                "没有选择再次送达的方式", place=self.kind.name, remedy="请选择当面、邮寄、电子邮件或者传真"
            )
        if not before.on <= self.returned_on <= self.on <= today():
            raise ActionRefused(
                "退回的日期应在上一次送出之后，再次送达的日期在退回之后、不晚于今天",
                place=f"上一次{chinese(before.on)}，退回{chinese(self.returned_on)}，再次{chinese(self.on)}",
                remedy="请核对退回的邮件和再次送达的凭证上的日期",
            )
        if self.way == Delivery.Way.POST and not self.tracking.strip():
            raise ActionRefused("没有填写邮件号码", place=self.kind.name, remedy="请填写邮政企业的邮件号码")

    def apply(self) -> Letter:
        """A row beside the delivery, with its own proof."""
        proof = None
        if self.proof is not None:
            found = files.checked(self.proof.name, self.proof.content)
            proof = files.put(self.case, self.actor, found, purpose=Purpose.PROOF)
        Redelivery.objects.create(
            letter=self.letter, returned_on=self.returned_on, why=self.why, way=self.way, on=self.on,
            tracking=self.tracking.strip(), proof=proof, person_id=self.actor.person_id, at=timezone.now(),
        )  # fmt: skip
        self.touch()
        return self.letter

    def audit_details(self) -> dict[str, Any]:
        """With both days, why it came back and the way."""
        return {
            **super().audit_details(), "returned": self.returned_on.isoformat(), "why": self.why,
            "way": self.way, "on": self.on.isoformat(),
        }  # fmt: skip
