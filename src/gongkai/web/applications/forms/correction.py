"""The form by which staff enter a correction that came in (条例 30)."""

from typing import Any

from gongkai.web.applications.forms.fields import area
from gongkai.web.applications.forms.workbench import LateForm
from gongkai.web.applications.receiving import intake


class CorrectionForm(LateForm):
    """What the applicant corrected, in their words or as papers."""

    field_order = ("on", "text", "papers", "excused", "note")

    text = area(
        "补正的内容（照申请人的原话录入，并入申请内容）", required=False, most=intake.DETAILS_LENGTH, rows=5
    )

    def clean(self) -> dict[str, Any]:
        """One of the two: a correction that says nothing is none."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("text", "").strip() and not cleaned.get("papers"):
            self.add_error("text", "没有补正的内容：请照申请人的原话录入，或上传补正的材料")
        return cleaned
