"""Every change of a report, one action each."""

from gongkai.web.reporting.actions.correct import Correct, CorrectAsSuggested, UndoCorrection
from gongkai.web.reporting.actions.findings import AcceptFinding, UnacceptFinding
from gongkai.web.reporting.actions.intake import AskAboutIntake, FileIntake, TakeIn
from gongkai.web.reporting.actions.reading import BeginReading, FailReading, FinishReading
from gongkai.web.reporting.actions.recheck import Recheck
from gongkai.web.reporting.actions.sign import Publish, ReturnForChanges, Sign
from gongkai.web.reporting.actions.upload import Reread, Upload
from gongkai.web.reporting.actions.versions import Amend, ConfirmConflict, DiscardVersion
from gongkai.web.reporting.actions.withdraw import KeepPublished, RequestWithdrawal, Withdraw

__all__ = [
    "AcceptFinding",
    "Amend",
    "AskAboutIntake",
    "BeginReading",
    "ConfirmConflict",
    "Correct",
    "CorrectAsSuggested",
    "DiscardVersion",
    "FailReading",
    "FileIntake",
    "FinishReading",
    "KeepPublished",
    "Publish",
    "Recheck",
    "RequestWithdrawal",
    "Reread",
    "ReturnForChanges",
    "Sign",
    "TakeIn",
    "UnacceptFinding",
    "UndoCorrection",
    "Upload",
    "Withdraw",
]
