"""Who may do what with a catalogue; rows of the table in ``agencies.permissions``."""

from collections.abc import Mapping
from typing import Final

from gongkai.web.agencies.models.posts import Role
from gongkai.web.agencies.permissions import SITE_ADMINISTRATOR, Scope, Table, system

VIEW: Final = "publishing.view"
EDIT: Final = "publishing.edit"
WITHDRAW: Final = "publishing.withdraw"
CHECK_PERSONAL: Final = "publishing.check_personal"

#: The part of the system that sets up a site.
SETUP: Final = "publishing.setup"

_STAFF: Final[Mapping[str, Scope]] = {Role.CLERK: Scope.OWN, Role.SECTION_HEAD: Scope.OWN}

TABLE: Final[Table] = {
    VIEW: {
        **_STAFF,
        Role.SECRECY_REVIEWER: Scope.OWN,
        Role.LEADER: Scope.OWN_AND_BELOW,
        Role.DISCLOSURE_OFFICE: Scope.OWN_AND_BELOW,
        Role.ADMINISTRATOR: Scope.OWN_AND_BELOW,
        SITE_ADMINISTRATOR: Scope.ALL,
    },
    EDIT: {**_STAFF, Role.DISCLOSURE_OFFICE: Scope.OWN, system(SETUP): Scope.ALL},
    # What must not stay is taken down by whoever sees it first.
    WITHDRAW: {
        **_STAFF,
        Role.SECRECY_REVIEWER: Scope.OWN,
        Role.LEADER: Scope.OWN,
        Role.DISCLOSURE_OFFICE: Scope.OWN_AND_BELOW,
    },
    # What is public already, looked at for numbers of persons: shown masked, changed by nothing.
    CHECK_PERSONAL: {
        **_STAFF,
        Role.SECRECY_REVIEWER: Scope.OWN,
        Role.DISCLOSURE_OFFICE: Scope.OWN_AND_BELOW,
        Role.ADMINISTRATOR: Scope.OWN_AND_BELOW,
        SITE_ADMINISTRATOR: Scope.ALL,
    },
}

#: What the log calls our actions.
LABELS: Final[Mapping[str, str]] = {
    "publishing.add_item": "录入目录",
    "publishing.change_item": "修改目录",
    "publishing.import_items": "导入目录",
    "publishing.withdraw_item": "撤下目录",
    "publishing.restore_item": "恢复公开目录",
}
