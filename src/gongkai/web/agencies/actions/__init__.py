"""Every change of agencies and people, one action each."""

from gongkai.web.agencies.actions.administrators import CreateAdministrator
from gongkai.web.agencies.actions.agencies import (
    AbolishAgency,
    CreateAgency,
    EditAgency,
    MoveAgency,
    RenameAgency,
)
from gongkai.web.agencies.actions.chains import SetChain, StepWanted
from gongkai.web.agencies.actions.erase import ErasePerson
from gongkai.web.agencies.actions.hand_over import PersonHandsOver
from gongkai.web.agencies.actions.leave import CancelLeave, RecordLeave
from gongkai.web.agencies.actions.office import SetOffice
from gongkai.web.agencies.actions.people import CreatePerson, EditPerson
from gongkai.web.agencies.actions.posts import Appoint, EndPost
from gongkai.web.agencies.actions.regions import CreateRegion
from gongkai.web.agencies.actions.sign_in import RemoveSecondFactor, ResetSignIn

__all__ = [
    "AbolishAgency",
    "Appoint",
    "CancelLeave",
    "CreateAdministrator",
    "CreateAgency",
    "CreatePerson",
    "CreateRegion",
    "EditAgency",
    "EditPerson",
    "EndPost",
    "ErasePerson",
    "MoveAgency",
    "PersonHandsOver",
    "RecordLeave",
    "RemoveSecondFactor",
    "RenameAgency",
    "ResetSignIn",
    "SetChain",
    "SetOffice",
    "StepWanted",
]
