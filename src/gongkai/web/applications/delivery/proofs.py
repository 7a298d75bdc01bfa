"""What proves that a letter was delivered, by the way it went (国办公开办函〔2016〕235号: 送达凭证)."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from gongkai.web.applications.forms.workbench import ActForm, DeliverForm, upload_of
from gongkai.web.applications.models import Case, Delivery, Letter

#: On this site the record of the delivery itself is the proof.
OF: Final[Mapping[str, str]] = {
    Delivery.Way.HAND: "收件人签收的送达回证",
    Delivery.Way.POST: "邮政企业的收据或回执",
    Delivery.Way.EMAIL: "邮件发送成功的记录",
    Delivery.Way.FAX: "传真发送成功的报告",
}


def missing(letter: Letter) -> str:
    """What should prove a letter's delivery and is not there; empty where nothing is wanting."""
    delivery: Delivery | None = getattr(letter, "delivery", None)
    if delivery is None or delivery.proof_id is not None:
        return ""
    return OF.get(delivery.way, "")


class DeliverWithProofForm(DeliverForm):
    """With what each way asks for as proof."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = "，".join(
            f"{Delivery.Way(way).label.partition('（')[0]}：{proof}" for way, proof in OF.items()
        )
        self.fields[
            "proof"
        ].label = f"送达凭证（{ways}；网上送达以系统记录为凭证。可后补，没有的会在案卷页标出）"


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
