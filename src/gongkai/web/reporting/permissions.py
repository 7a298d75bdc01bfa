"""Who may do what with a report; rows of the table in ``agencies.permissions``."""

from collections.abc import Mapping
from typing import Final

from gongkai.web.agencies.models.posts import Role
from gongkai.web.agencies.permissions import SITE_ADMINISTRATOR, SYSTEM, Scope, Table, system

VIEW: Final = "reporting.view"
UPLOAD: Final = "reporting.upload"
READ: Final = "reporting.read"
REREAD: Final = "reporting.reread"
CORRECT: Final = "reporting.correct"
SIGN: Final = "reporting.sign"
WITHDRAW: Final = "reporting.withdraw"

#: The part of the system that reads files; nobody else may say what stands in one.
READER: Final = "reporting.reader"

_COMPILERS: Final[Mapping[str, Scope]] = {Role.CLERK: Scope.OWN, Role.SECTION_HEAD: Scope.OWN}
#: The office above collects the files of those below; what stands in them is the agency's own matter.
_COLLECTORS: Final[Mapping[str, Scope]] = {**_COMPILERS, Role.DISCLOSURE_OFFICE: Scope.OWN_AND_BELOW}

TABLE: Final[Table] = {
    VIEW: {
        Role.CLERK: Scope.OWN,
        Role.SECTION_HEAD: Scope.OWN,
        Role.SECRECY_REVIEWER: Scope.OWN,
        Role.LEADER: Scope.OWN_AND_BELOW,
        Role.DISCLOSURE_OFFICE: Scope.OWN_AND_BELOW,
        Role.ADMINISTRATOR: Scope.OWN_AND_BELOW,
        SITE_ADMINISTRATOR: Scope.ALL,
        SYSTEM: Scope.ALL,
    },
    UPLOAD: _COLLECTORS,
    READ: {system(READER): Scope.ALL},
    # A newer engine reads the whole stock again by itself; what differs is for people to decide.
    REREAD: {**_COLLECTORS, system(READER): Scope.ALL},
    # The disclosure office compiles the report of its own government itself (条例 49).
    CORRECT: {**_COMPILERS, Role.DISCLOSURE_OFFICE: Scope.OWN},
    # The agency's signing chain says who of them signs which step.
    SIGN: {
        Role.CLERK: Scope.OWN,
        Role.SECTION_HEAD: Scope.OWN,
        Role.SECRECY_REVIEWER: Scope.OWN,
        Role.LEADER: Scope.OWN,
        Role.DISCLOSURE_OFFICE: Scope.OWN_AND_BELOW,
    },
    WITHDRAW: {
        Role.CLERK: Scope.OWN,
        Role.SECTION_HEAD: Scope.OWN,
        Role.LEADER: Scope.OWN,
        Role.DISCLOSURE_OFFICE: Scope.OWN_AND_BELOW,
    },
}
