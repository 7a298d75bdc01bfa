"""Forms that put right what was recorded wrong, and that record when a letter was received."""

from typing import Any

from django import forms

from gongkai.web.applications.actions.correct import receipt_of
from gongkai.web.applications.forms.fields import area, day_field, upload_of
from gongkai.web.applications.forms.workbench import ActForm
from gongkai.web.applications.models import CHANNELS, Case, PublishDecision
from gongkai.web.applications.receiving import intake


class AnotherDayForm(ActForm):
    """The right day of an entry, and why the wrong one stood there."""

    on = day_field("实际的日期")
    reason = area("更正理由")

    @classmethod
    def first(cls, case: Case, about: int) -> dict[str, Any]:
        """The day as it was typed."""
        event = case.events.filter(pk=about).first()
        return {} if event is None else {"on": event.on}


class ReceiptForm(ActForm):
    """How and when an application really came in."""

    channel = forms.ChoiceField(label="来件方式", choices=CHANNELS)
    received_on = day_field("收到日期（当面提交、签收或来件之日）")
    confirmed_on = day_field(
        "与申请人确认收到的日期（无需签收的邮寄、传真、互联网；尚未确认的留空）", required=False
    )
    reason = area("更正理由")

    @classmethod
    def first(cls, case: Case, _about: int) -> dict[str, Any]:
        """As it was typed."""
        received, confirmed = receipt_of(case)
        return {
            "channel": case.channel, "received_on": received.on,
            "confirmed_on": confirmed.on if confirmed else None,
        }  # fmt: skip


class ArrivalForm(ActForm):
    """When a letter was received, and what shows it."""

    on = day_field("收件人收到的日期（邮件回执上的签收日期，或收件人告知的日期）")
    proof = forms.FileField(label="回执等凭证（可不传）", required=False)

    def given(self) -> dict[str, Any]:
        """The proof as an upload."""
        data = dict(self.cleaned_data)
        proof: intake.Upload | None = upload_of(data["proof"]) if data["proof"] else None
        return {**data, "proof": proof}


class PublishingForm(ActForm):
    """What becomes of a suggestion to publish."""

    result = forms.ChoiceField(
        label="审核结果", choices=PublishDecision.Result.choices, widget=forms.RadioSelect
    )
    words = area("在哪里公开的（网址或目录号），或者为什么不公开（依据哪一条）")
