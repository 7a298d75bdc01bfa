"""A person's sign-in set anew by somebody else: a one-time password, the second factor taken away."""

import secrets
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar, Final, TypeVar

from allauth.mfa.models import Authenticator

from gongkai.web.agencies.actions.checks import everywhere, not_oneself
from gongkai.web.agencies.erasure import end_sessions
from gongkai.web.agencies.models import Person
from gongkai.web.agencies.selectors import agency_of
from gongkai.web.common import keys
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused

REASON_LENGTH: Final = 200
#: Letters and digits that are not mistaken for each other when a password is read from a slip of paper.
_LEGIBLE: Final = "abcdefghjkmnpqrstuvwxyz23456789"

T = TypeVar("T")


def one_time_password() -> str:
    """A password for the first sign-in, in groups of four: handed over in person, changed at once."""
    return "-".join("".join(secrets.choice(_LEGIBLE) for _ in range(4)) for _ in range(4))


@dataclass
class _SignInAction(Action[T]):
    """On the sign-in of somebody else, allowed by every agency they work in."""

    permission: ClassVar = "agencies.reset_sign_in"
    #: What nobody does to themselves, and where one does it instead.
    own: ClassVar[str]

    actor: Actor
    _: KW_ONLY
    person: Person

    def agency_id(self) -> int:
        """The agency they work in."""
        return agency_of(self.person)

    def check(self) -> None:
        """Not one's own; not of somebody who has gone."""
        not_oneself(self.actor, self.person, self.own)
        self.person = Person.objects.select_for_update().get(pk=self.person.pk)
        everywhere(self.actor, self.permission, self.person)
        if not self.person.is_active:
            raise ActionRefused(f"“{self.person}”的账号已停用", remedy="已移交的人员不再登录")

    def audit_details(self) -> dict[str, Any]:
        """Whose."""
        return {"person": self.person.pk}


@dataclass
class ResetSignIn(_SignInAction[str]):
    """Give a person a one-time password, shown once; they must change it when they sign in."""

    code: ClassVar = "agencies.reset_sign_in"
    own: ClassVar = "重置自己的密码（请在“账号”页面修改）"

    def apply(self) -> str:
        """Set it and say it."""
        password = one_time_password()
        self.person.set_password(password)
        self.person.must_change_password = True
        self.person.save()
        return password


@dataclass
class RemoveSecondFactor(_SignInAction[Person]):
    """Take away authenticator and recovery codes of a person who has lost both, and sign them out everywhere.

    The password stays. Where a second factor is required the next sign-in leads to setting one up.
    """

    code: ClassVar = "agencies.remove_second_factor"
    own: ClassVar = "解除自己的两步验证（请在“账号”页面更换）"

    _: KW_ONLY
    reason: str

    def check(self) -> None:
        """There is one, and somebody says how they know who asks."""
        super().check()
        self.reason = self.reason.strip()
        if not self.reason:
            raise ActionRefused("没有写理由", remedy="请写明怎样核实了本人身份、为什么解除")
        if len(self.reason) > REASON_LENGTH:
            raise ActionRefused(f"理由最多{REASON_LENGTH}字", remedy="请写得简短些")
        self._factors = Authenticator.objects.filter(user=self.person)
        if not self._factors.exists():
            raise ActionRefused(f"“{self.person}”没有设置两步验证", remedy="无需解除")

    def apply(self) -> Person:
        """Delete them, end the sessions."""
        self._kinds = sorted(self._factors.values_list("type", flat=True))
        self._factors.delete()
        end_sessions(self.person)
        return self.person

    def audit_details(self) -> dict[str, Any]:
        """Whose, of which kinds, and the hash of the reason."""
        hashed = keys.keyed_hash(self.reason, "agencies.audit")
        return {**super().audit_details(), "factors": self._kinds, "reason": hashed}
