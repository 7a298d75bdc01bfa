"""Cases, applicants, events, consultations, letters, files."""

from gongkai.web.applications.models.cases import (
    CHANNELS,
    CLOSED,
    FIRST_DAY,
    OPEN,
    ApplicantKind,
    Case,
    Counter,
    FormWanted,
    Origin,
    Register,
    State,
    WayWanted,
)
from gongkai.web.applications.models.clearances import Clearance, FileSearch
from gongkai.web.applications.models.drafts import Draft
from gongkai.web.applications.models.events import ARRIVALS, ARRIVED, CaseEvent
from gongkai.web.applications.models.files import Attachment, Purpose
from gongkai.web.applications.models.forwarding import Forwarding
from gongkai.web.applications.models.letters import (
    Delivery,
    Letter,
    LetterSignature,
    LetterState,
    LetterTemplate,
    Redelivery,
)
from gongkai.web.applications.models.notices import CallResult, Notice
from gongkai.web.applications.models.offers import OfferedItem, Offering
from gongkai.web.applications.models.parties import Consultation
from gongkai.web.applications.models.people import Applicant, IdentityKind, Opening
from gongkai.web.applications.models.reminders import ALWAYS_SHOWN, ReminderKind, ReminderPlan
from gongkai.web.applications.models.scans import IncomingScan
from gongkai.web.applications.models.suggestions import PublishDecision
from gongkai.web.applications.models.views import SavedView
from gongkai.web.applications.models.work import AssistanceRequest, Errand, Note, Rating

__all__ = [
    "ALWAYS_SHOWN",
    "ARRIVALS",
    "ARRIVED",
    "CHANNELS",
    "CLOSED",
    "FIRST_DAY",
    "OPEN",
    "Applicant",
    "ApplicantKind",
    "AssistanceRequest",
    "Attachment",
    "CallResult",
    "Case",
    "CaseEvent",
    "Clearance",
    "Consultation",
    "Counter",
    "Delivery",
    "Draft",
    "Errand",
    "FileSearch",
    "FormWanted",
    "Forwarding",
    "IdentityKind",
    "IncomingScan",
    "Letter",
    "LetterSignature",
    "LetterState",
    "LetterTemplate",
    "Note",
    "Notice",
    "OfferedItem",
    "Offering",
    "Opening",
    "Origin",
    "PublishDecision",
    "Purpose",
    "Rating",
    "Redelivery",
    "Register",
    "ReminderKind",
    "ReminderPlan",
    "SavedView",
    "State",
    "WayWanted",
]
