"""Who may do what with an application; rows of the table in ``agencies.permissions``."""

from collections.abc import Mapping
from typing import Final

from gongkai.web.agencies.models.posts import Role
from gongkai.web.agencies.permissions import PUBLIC, SITE_ADMINISTRATOR, Scope, Table, system

VIEW: Final = "applications.view"
SUBMIT: Final = "applications.submit"
REGISTER: Final = "applications.register"
HANDLE: Final = "applications.handle"
SIGN: Final = "applications.sign"
ASSIGN: Final = "applications.assign"
DECIDE_PUBLISHING: Final = "applications.decide_publishing"
OPEN_PERSONAL: Final = "applications.open_personal"
AS_APPLICANT: Final = "applications.as_applicant"
SET_UP: Final = "applications.set_up"
TAKE_OVER: Final = "applications.take_over"
IMPORT_HOLIDAYS: Final = "applications.import_holidays"
ROUTE: Final = "applications.route"
PURGE: Final = "applications.purge"
RECOGNISE: Final = "applications.recognise"
STATISTICS: Final = "applications.statistics"

#: The parts of the system that act without a person.
TIDIER: Final = "applications.tidier"
SETUP: Final = "applications.setup"
ROUTER: Final = "applications.router"

_HANDLERS: Final[Mapping[str, Scope]] = {Role.CLERK: Scope.OWN, Role.SECTION_HEAD: Scope.OWN}

TABLE: Final[Table] = {
    # A case holds personal data: those who supervise see figures and what is due, not the case (STATISTICS).
    VIEW: {
        Role.CLERK: Scope.OWN,
        Role.SECTION_HEAD: Scope.OWN,
        Role.SECRECY_REVIEWER: Scope.OWN,
        Role.LEADER: Scope.OWN,
    },
    STATISTICS: {
        Role.CLERK: Scope.OWN,
        Role.SECTION_HEAD: Scope.OWN,
        Role.SECRECY_REVIEWER: Scope.OWN,
        Role.LEADER: Scope.OWN_AND_BELOW,
        Role.DISCLOSURE_OFFICE: Scope.OWN_AND_BELOW,
        Role.ADMINISTRATOR: Scope.OWN_AND_BELOW,
        SITE_ADMINISTRATOR: Scope.ALL,
    },
    SUBMIT: {PUBLIC: Scope.ALL},
    # What an applicant does with number and code; the code itself is asked for by the action.
    AS_APPLICANT: {PUBLIC: Scope.ALL},
    REGISTER: _HANDLERS,
    HANDLE: _HANDLERS,
    # Who handles what, the head of the section says, or the leader: many agencies have no section, and so no
    # head. A clerk takes what is nobody's (``Take``).
    ASSIGN: {Role.SECTION_HEAD: Scope.OWN, Role.LEADER: Scope.OWN},
    # Whether what was asked for is published of its own accord (条例 44) is no question of one case.
    DECIDE_PUBLISHING: {Role.SECTION_HEAD: Scope.OWN, Role.LEADER: Scope.OWN},
    # The agency's signing chain says who of them signs which step, approving an extension (条例 33) too.
    SIGN: {
        Role.CLERK: Scope.OWN,
        Role.SECTION_HEAD: Scope.OWN,
        Role.SECRECY_REVIEWER: Scope.OWN,
        Role.LEADER: Scope.OWN,
        Role.DISCLOSURE_OFFICE: Scope.OWN,
    },
    OPEN_PERSONAL: {**_HANDLERS, Role.LEADER: Scope.OWN},
    SET_UP: {
        Role.SECTION_HEAD: Scope.OWN,
        Role.ADMINISTRATOR: Scope.OWN_AND_BELOW,
        SITE_ADMINISTRATOR: Scope.ALL,
        system(SETUP): Scope.ALL,
    },
    # Who brings the file sees what stands in it and, by this, nothing else: the administrator too.
    TAKE_OVER: {
        Role.SECTION_HEAD: Scope.OWN,
        Role.LEADER: Scope.OWN,
        Role.ADMINISTRATOR: Scope.OWN,
        system(SETUP): Scope.ALL,
    },
    IMPORT_HOLIDAYS: {SITE_ADMINISTRATOR: Scope.ALL, system(SETUP): Scope.ALL},
    # At the agency in charge; what is sent on, ``ForwardCase`` decides under HANDLE where it came first.
    ROUTE: {system(ROUTER): Scope.ALL},
    PURGE: {system(TIDIER): Scope.ALL},
    RECOGNISE: {system(TIDIER): Scope.ALL},
}
