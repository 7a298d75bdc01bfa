"""Every change of an application, one action each."""

from gongkai.web.applications.actions.add_proof import AddProof, KeepProof
from gongkai.web.applications.actions.applicant import HandInCorrection, Rate, WithdrawApplication
from gongkai.web.applications.actions.arrival import RecordArrival
from gongkai.web.applications.actions.ask_once import JoinConsultation, StartConsultation
from gongkai.web.applications.actions.assistance import (
    AnswerAssistance,
    OpenAssistance,
    PurgeAssistance,
    RecordAssistance,
)
from gongkai.web.applications.actions.clear_data import ClearData
from gongkai.web.applications.actions.consult import AddParty, DecideOnParty, RecordAnswer
from gongkai.web.applications.actions.copy_letter import CopyLetter
from gongkai.web.applications.actions.correct import CorrectEvent, CorrectReceipt
from gongkai.web.applications.actions.decide_publishing import DecidePublishing
from gongkai.web.applications.actions.deliver_again import DeliverAgain
from gongkai.web.applications.actions.drafts import PrepareDraft, SendDraft
from gongkai.web.applications.actions.enter import EnterOnce, entered_before
from gongkai.web.applications.actions.events import DeliverLetter, RecordEvent, VoidEvent
from gongkai.web.applications.actions.forward import ForwardCase, ReceiveForwarded
from gongkai.web.applications.actions.give_reasons import GiveReasons
from gongkai.web.applications.actions.group import GroupCases, LeaveGroup
from gongkai.web.applications.actions.holidays import ImportHolidays
from gongkai.web.applications.actions.letters import (
    DraftLetter,
    DropLetter,
    EditLetter,
    ReturnLetter,
    SignLetter,
)
from gongkai.web.applications.actions.new_code import NewCode
from gongkai.web.applications.actions.notices import ChooseSms, SetReminders
from gongkai.web.applications.actions.offers import OpenOffer, RecordOffers, TakeBackOffer, TakeOffer
from gongkai.web.applications.actions.rely import RelyOnAnswer
from gongkai.web.applications.actions.scans import (
    AskForWords,
    DropScan,
    NoteWords,
    RegisterScanned,
    TakeInScan,
)
from gongkai.web.applications.actions.setup import DropTemplate, SetRegister, SetTemplate
from gongkai.web.applications.actions.split import Split
from gongkai.web.applications.actions.spot import AnswerOnTheSpot, AnswerTheUsualWay
from gongkai.web.applications.actions.submit import RegisterByStaff, SplitOff, Submit, Submitted
from gongkai.web.applications.actions.take import Take, giving
from gongkai.web.applications.actions.take_off import TakeOffFile
from gongkai.web.applications.actions.take_over import TakeOver
from gongkai.web.applications.actions.tidy import Purge, RefreshCase
from gongkai.web.applications.actions.undelivered import MailAgain, RecordCall, ToldOtherwise
from gongkai.web.applications.actions.views import DeleteView, SaveView
from gongkai.web.applications.actions.work import (
    AddFile,
    AddNote,
    AnswerErrand,
    AskSection,
    Assign,
    OpenPersonal,
)

__all__ = [
    "AddFile",
    "AddNote",
    "AddParty",
    "AddProof",
    "AnswerAssistance",
    "AnswerErrand",
    "AnswerOnTheSpot",
    "AnswerTheUsualWay",
    "AskForWords",
    "AskSection",
    "Assign",
    "ChooseSms",
    "ClearData",
    "CopyLetter",
    "CorrectEvent",
    "CorrectReceipt",
    "DecideOnParty",
    "DecidePublishing",
    "DeleteView",
    "DeliverAgain",
    "DeliverLetter",
    "DraftLetter",
    "DropLetter",
    "DropScan",
    "DropTemplate",
    "EditLetter",
    "EnterOnce",
    "ForwardCase",
    "GiveReasons",
    "GroupCases",
    "HandInCorrection",
    "ImportHolidays",
    "JoinConsultation",
    "KeepProof",
    "LeaveGroup",
    "MailAgain",
    "NewCode",
    "NoteWords",
    "OpenAssistance",
    "OpenOffer",
    "OpenPersonal",
    "PrepareDraft",
    "Purge",
    "PurgeAssistance",
    "Rate",
    "ReceiveForwarded",
    "RecordAnswer",
    "RecordArrival",
    "RecordAssistance",
    "RecordCall",
    "RecordEvent",
    "RecordOffers",
    "RefreshCase",
    "RegisterByStaff",
    "RegisterScanned",
    "RelyOnAnswer",
    "ReturnLetter",
    "SaveView",
    "SendDraft",
    "SetRegister",
    "SetReminders",
    "SetTemplate",
    "SignLetter",
    "Split",
    "SplitOff",
    "StartConsultation",
    "Submit",
    "Submitted",
    "Take",
    "TakeBackOffer",
    "TakeInScan",
    "TakeOffFile",
    "TakeOffer",
    "TakeOver",
    "ToldOtherwise",
    "VoidEvent",
    "WithdrawApplication",
    "entered_before",
    "giving",
]
