"""The form of one's reminders: what by which way, how early, how often."""

from collections.abc import Iterator
from typing import Any, Final

from django import forms

from gongkai.web.applications.models import ALWAYS_SHOWN, ReminderKind, ReminderPlan
from gongkai.web.common.sms import client

#: The ways in the order of the table's columns, with their words.
WAYS: Final = (("site", "系统首页"), ("mail", "邮件"), ("sms", "短信"))
_EXPLAINED: Final = {
    ReminderKind.URGENT: "今天是答复的最后一天，或者已经过了",
    ReminderKind.SOON: "最后一天快到了，提前几天在下面选",
    ReminderKind.UNCONFIRMED: "网上、传真、无需签收的邮寄来的，确认之前不起算期限",
    ReminderKind.SIGNING: "轮到您审核、批准或签发的文书",
    ReminderKind.HELP: "您办理的申请交科室协办的、点名请您协办的、您登记的来函，快到期和已到期的",
    ReminderKind.CALLS: "没有留电子邮箱、也没有短信通知的申请人，有事要打电话告诉；登记通话以后不再提醒",
}


class ReminderForm(forms.Form):
    """A tick for each kind and way; the fields of messages only where there are any."""

    use_required_attribute = False

    ahead = forms.TypedChoiceField(
        label="提前几个工作日算作即将到期",
        coerce=int,
        choices=[(n, f"{n}个工作日") for n in range(ReminderPlan.LEAST, ReminderPlan.MOST + 1)],
    )
    rhythm = forms.ChoiceField(
        label="邮件和短信的频次", choices=ReminderPlan.Rhythm.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, plan: ReminderPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sms = client.available()
        for way, _ in self.ways():
            for kind in ReminderKind:
                fixed = way == "site" and kind in ALWAYS_SHOWN
                self.fields[f"{way}_{kind}"] = forms.BooleanField(
                    required=False, disabled=fixed, initial=fixed or kind in getattr(plan, way)
                )
        if self.sms:
            self.fields["mobile"] = forms.CharField(
                label="接收短信的手机号码", required=False, max_length=30, initial=plan.mobile,
                widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            )  # fmt: skip
        self.fields["ahead"].initial, self.fields["rhythm"].initial = plan.ahead, plan.rhythm

    def ways(self) -> tuple[tuple[str, str], ...]:
        """The ways there are."""
        return WAYS if self.sms else WAYS[:2]

    def table(self) -> Iterator[dict[str, Any]]:
        """A row for each kind: its words, and a tick with its label for each way."""
        for kind in ReminderKind:
            ticks = [
                {"field": self[f"{way}_{kind}"], "label": f"{kind.label}：{word}"}
                for way, word in self.ways()
            ]
            yield {"label": kind.label, "hint": _EXPLAINED[kind], "ticks": ticks}

    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        data = self.cleaned_data
        chosen = {way: [kind.value for kind in ReminderKind if data.get(f"{way}_{kind}")] for way, _ in WAYS}
        return {**chosen, "ahead": data["ahead"], "rhythm": data["rhythm"], "mobile": data.get("mobile", "")}
