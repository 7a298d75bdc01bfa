"""Every change of a report, one action each."""

from gongkai.web.reporting.actions.correct import Correct, CorrectAsSuggested, UndoCorrection
from gongkai.web.reporting.actions.findings import AcceptFinding, UnacceptFinding
from gongkai.web.reporting.actions.reading import BeginReading, FailReading, FinishReading
from gongkai.web.reporting.actions.recheck import Recheck
from gongkai.web.reporting.actions.sign import Publish, ReturnForChanges, Sign
from gongkai.web.reporting.actions.upload import Reread, Upload
from gongkai.web.reporting.actions.versions import Amend, ConfirmConflict, DiscardVersion
from gongkai.web.reporting.actions.withdraw import KeepPublished, RequestWithdrawal, Withdraw

__all__ = [
    "AcceptFinding",
    "Amend",
    "BeginReading",
    "ConfirmConflict",
    "Correct",
    "CorrectAsSuggested",
    "DiscardVersion",
    "FailReading",
    "FinishReading",
    "KeepPublished",
    "Publish",
    "Recheck",
    "RequestWithdrawal",
    "Reread",
    "ReturnForChanges",
    "Sign",
    "UnacceptFinding",
    "UndoCorrection",
    "Upload",
    "Withdraw",
]
