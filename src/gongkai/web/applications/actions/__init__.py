"""Every change of an application, one action each."""

from gongkai.web.applications.actions.applicant import HandInCorrection, Rate, WithdrawApplication
from gongkai.web.applications.actions.drafts import PrepareDraft, SendDraft
from gongkai.web.applications.actions.submit import RegisterByStaff, Submit, Submitted

__all__ = [
    "HandInCorrection",
    "PrepareDraft",
    "Rate",
    "RegisterByStaff",
    "SendDraft",
    "Submit",
    "Submitted",
    "WithdrawApplication",
]
