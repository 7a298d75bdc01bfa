"""Forms for the delivery of a letter and for what proves it."""

from typing import Any, Final

from django import forms

from gongkai.web.applications.delivery.proofs import OF, missing
from gongkai.web.applications.forms.fields import Lines, day_field, upload_of
from gongkai.web.applications.forms.workbench import ActForm
from gongkai.web.applications.models import Case, Delivery, Redelivery

#: What 条例 36(2) allows beside giving the information with the letter.
ELSEWHERE: Final = "网上送达而没有添加文件：信息已写在答复书中，或者另按答复书写明的方式、途径和时间提供"
_WAYS: Final = "，".join(
    f"{Delivery.Way(way).label.partition('（')[0]}：{proof}" for way, proof in OF.items()
)


class DeliverForm(ActForm):
    """How a letter went out, and what each way asks for as proof."""

    way = forms.ChoiceField(label="送达方式", choices=Delivery.Way.choices)
    on = day_field("送达日期（邮寄为交邮之日，当面为签收之日）")
    tracking = Lines(label="邮件号码（邮寄时填写）", required=False, max_length=60)
    elsewhere = forms.BooleanField(label=ELSEWHERE, required=False)
    proof = forms.FileField(
        label=f"送达凭证（{_WAYS}；网上送达以系统记录为凭证。可后补，没有的会在案卷页标出）",
        required=False,
    )

    def given(self) -> dict[str, Any]:
        """The proof as an upload."""
        data = dict(self.cleaned_data)
        data["proof"] = upload_of(data["proof"]) if data["proof"] else None
        return data


class AgainForm(ActForm):
    """When and why a letter came back, and how it went out once more."""

    returned_on = day_field("退回的日期")
    why = forms.ChoiceField(label="退回的原因（邮政企业注明的）", choices=Redelivery.Why.choices)
    way = forms.ChoiceField(
        label="再次送达的方式", choices=[one for one in Delivery.Way.choices if one[0] != Delivery.Way.ONLINE]
    )
    on = day_field("再次送达的日期（邮寄为交邮之日，当面为签收之日）")
    tracking = Lines(label="邮件号码（邮寄时填写）", required=False, max_length=60)
    proof = forms.FileField(label="退回的信封和再次送达的凭证（可后补）", required=False)

    def given(self) -> dict[str, Any]:
        """The proof as an upload."""
        data = dict(self.cleaned_data)
        data["proof"] = upload_of(data["proof"]) if data["proof"] else None
        return data


class ProofForm(ActForm):
    """The proof of a delivery, and which it should be."""

    proof = forms.FileField(label="送达凭证")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if wanted := (kwargs.get("initial") or {}).get("wanted"):
            self.fields["proof"].label = f"送达凭证：{wanted}"

    @classmethod
    def first(cls, case: Case, about: int) -> dict[str, Any]:
        """What the way of the delivery asks for."""
        letter = case.letters.filter(pk=about).select_related("delivery").first()
        return {"wanted": missing(letter) if letter else ""}

    def given(self) -> dict[str, Any]:
        """The file as an upload."""
        return {"proof": upload_of(self.cleaned_data["proof"])}
