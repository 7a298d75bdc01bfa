"""Entering by staff, harmless to repeat: a form sent twice is one case, nothing else is swallowed."""

import json
from dataclasses import KW_ONLY, asdict, dataclass
from hashlib import sha256
from typing import Any, ClassVar, Final

from django.utils import timezone

from gongkai.web.applications import permissions
from gongkai.web.applications.actions.scans import RegisterScanned
from gongkai.web.applications.actions.submit import RegisterByStaff, Submitted
from gongkai.web.applications.models import Draft
from gongkai.web.applications.receiving import drafts
from gongkai.web.common import keys
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of

_PURPOSE: Final = "applications.enter"


@dataclass
class EnterOnce(Action[Submitted]):
    """Register what a form says; the same form sent again gives the case it became.

    ``token`` is what the form got when it was opened. The draft that remembers it (``drafts.REMEMBERED``)
    is the person's own and holds a keyed hash of what was said: the same token with other words is no repeat.
    Such a form is refused, so that the next applicant's words typed over it are not taken for the last one's.
    """

    code: ClassVar = "applications.enter"
    permission: ClassVar = permissions.REGISTER

    actor: Actor
    _: KW_ONLY
    token: str
    registration: RegisterByStaff

    def agency_id(self) -> int:
        """The agency it came to."""
        return self.registration.agency_id()

    def check(self) -> None:
        """Lock the token: two clicks wait for each other."""
        if not self.token:
            raise ActionRefused("表单不完整，没有登记", remedy="请重新打开“登记申请”后填写")
        said = keys.keyed_hash(_words(self.registration), _PURPOSE)
        found, self._new = Draft.objects.select_for_update().get_or_create(
            token_hash=drafts.token_hash(_own(self.actor, self.token)),
            defaults={
                "agency": self.registration.agency,
                "content": json.dumps({"said": said}),
                "created_at": timezone.now(),
            },
        )
        self._draft = found
        if not self._new and not _same(found, self.registration):
            raise self._differs()

    def _differs(self) -> ActionRefused:
        number = f"{self._draft.case.register_no}号" if self._draft.case else ""
        correct = f"要更正已登记的内容，请打开{number}办理"
        told = f"这张表已经登记为{number}，现在的内容与登记时不同，没有再登记"
        if isinstance(self.registration, RegisterScanned):  # the scan is that case's: there is no other one
            return ActionRefused(told, remedy=correct)
        another = "是另一件申请的，请核对以下内容后再点一次“登记”"
        return ActionRefused(told, remedy=f"{another}；{correct}", code="differs")

    def apply(self) -> Submitted:
        """The case; the first time made, afterwards the same."""
        if self._draft.case is None:
            self._draft.case = self.registration.run().case
            self._draft.save(update_fields=["case"])
        return Submitted(self._draft.case, self._draft.case.code)

    def audit_details(self) -> dict[str, Any]:
        """The case, and whether the form had been sent before."""
        return {"case": self._draft.case_id, "again": not self._new}


def entered_before(actor: Actor, token: str) -> bool:
    """Whether a person's form has become a case, as long as that is remembered."""
    own = drafts.token_hash(_own(actor, token))
    return Draft.objects.filter(token_hash=own, case__isnull=False).exists()


def _own(actor: Actor, token: str) -> str:
    """A token of staff is never a citizen's, nor a colleague's."""
    return f"staff:{person_of(actor)}:{token}"


def _same(draft: Draft, registration: RegisterByStaff) -> bool:
    said = json.loads(draft.content or "{}").get("said", "")
    return keys.matches(_words(registration), _PURPOSE, said)


def _words(registration: RegisterByStaff) -> str:
    """All a form says, its files by their hash."""
    wanted = registration.request
    said: dict[str, Any] = {
        "agency": registration.agency.pk,
        "requester": asdict(wanted.requester),
        "request": [
            wanted.subject, wanted.details, wanted.form_wanted, wanted.way_wanted, wanted.channel,
            wanted.tell_by_sms,
        ],
        "files": [(one.purpose, one.name, sha256(one.content).hexdigest()) for one in wanted.uploads],
        "days": [str(registration.received_on), str(registration.confirmed_on), registration.spoken],
        "scan": registration.scan_id if isinstance(registration, RegisterScanned) else None,
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, sort_keys=True)
