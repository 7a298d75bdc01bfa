"""Forms about a group of cases in the same words."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongkai.web.applications import files
from gongkai.web.applications.forms.delivery import ELSEWHERE
from gongkai.web.applications.forms.fields import area, day_field
from gongkai.web.applications.forms.workbench import ActForm
from gongkai.web.applications.models import Delivery


class GroupForm(forms.Form):
    """Why some cases are put into one group."""

    use_required_attribute = False

    reason = area("归组理由（如：所需信息相同，申请人不同）", rows=2)


class NothingForm(ActForm):
    """Nothing is asked for but the cases."""


class RelyForm(ActForm):
    """Why what was answered for an earlier application holds for later ones."""

    reason = area("沿用的理由：核对了什么（信息内容、第三方的情况没有变化；意见不限于某一位申请人）", rows=2)


class DeliverTogetherForm(ActForm):
    """The way and the day all went out; each by mail has a number of its own, beside its case.

    One proof, such as the post office's list of all the letters, is kept with each.
    """

    way = forms.ChoiceField(label="送达方式", choices=Delivery.Way.choices)
    on = day_field("送达日期（邮寄为交邮之日，当面为签收之日）")
    elsewhere = forms.BooleanField(label=ELSEWHERE, required=False)
    proof = forms.FileField(
        label="送达凭证（可不传）：一个文件，如邮政企业盖章的交寄清单，存入所选的每一件", required=False
    )

    def given(self) -> dict[str, Any]:
        """As the action takes it, but for the number of the mail; the proof is looked at once for all.

        Raises ``ActionRefused`` where the file may not come in.
        """
        data = dict(self.cleaned_data)
        data["proof"] = _checked(data["proof"]) if data["proof"] else None
        return data


class ProofTogetherForm(ActForm):
    """One proof of deliveries that were recorded without one."""

    proof = forms.FileField(label="送达凭证：一个文件，如邮政企业盖章的交寄清单，存入所选的每一件")

    def given(self) -> dict[str, Any]:
        """The proof, looked at once for all. Raises ``ActionRefused`` where the file may not come in."""
        return {"proof": _checked(self.cleaned_data["proof"])}


def _checked(upload: "UploadedFile[bytes]") -> files.Checked:
    return files.checked(upload.name or "", files.read_upload(upload))
