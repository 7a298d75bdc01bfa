"""The personal data of somebody who has gone is erased; what they did stays, under a number."""

from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar, Final

from django.utils import timezone

from gongkai.web.agencies import erasure
from gongkai.web.agencies.actions.checks import not_oneself
from gongkai.web.agencies.models import Agency, Person
from gongkai.web.agencies.selectors import agency_of
from gongkai.web.common import keys, permissions
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused

REASON_LENGTH: Final = 200


@dataclass
class ErasePerson(Action[Person]):
    """Erase name, sign-in name, contacts and sign-in records of a person who has handed over.

    Posts, signatures and records of work stay under the person's number, and so does the audit log, which
    never held anything else. It cannot be undone. 个人信息保护法 47: what is no longer needed is deleted.
    """

    code: ClassVar = "agencies.erase_person"
    permission: ClassVar = "agencies.erase_person"

    actor: Actor
    _: KW_ONLY
    person: Person
    reason: str

    def agency_id(self) -> int:
        """The agency they worked in last."""
        return agency_of(self.person)

    def check(self) -> None:
        """Gone, not erased yet, a reason; allowed in every agency where they ever worked."""
        not_oneself(self.actor, self.person, "清除自己的个人信息")
        self.person = Person.objects.select_for_update().get(pk=self.person.pk)
        for agency in Agency.objects.filter(posts__person=self.person).distinct():
            permissions.require(self.actor, self.permission, agency.pk)
        if self.person.erased_at is not None:
            raise ActionRefused(f"“{self.person}”的个人信息已经清除", remedy="无需再次办理")
        if self.person.is_active:
            raise ActionRefused(
                f"“{self.person}”的账号还在使用，不能清除个人信息", remedy="请先办理“工作移交”"
            )
        self.reason = self.reason.strip()
        if not self.reason:
            raise ActionRefused("没有写清除理由", remedy="请写明依据，例如保存期限届满、本人申请")
        if len(self.reason) > REASON_LENGTH:
            raise ActionRefused(f"清除理由最多{REASON_LENGTH}字", remedy="请写得简短些")

    def apply(self) -> Person:
        """Every app erases its own, the account last: the others look for it by name."""
        self._counts = erasure.erase(self.person)
        person = self.person
        person.username, person.name = f"erased-{person.pk}", erasure.pseudonym(person)
        person.email = person.phone = ""
        person.set_password(None)
        person.erased_at = timezone.now()
        person.save()
        return person

    def audit_details(self) -> dict[str, Any]:
        """Whose, how much of each kind, and the hash of the reason."""
        return {
            "person": self.person.pk,
            "erased": self._counts,
            "reason": keys.keyed_hash(self.reason, "agencies.audit"),
        }
