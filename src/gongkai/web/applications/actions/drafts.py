"""Filling in and sending an application: looked at once more, sent once however often it is clicked."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, ClassVar

from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.applications import accepted, files, permissions
from gongkai.web.applications.actions.offers import take_back
from gongkai.web.applications.actions.submit import Submit, Submitted
from gongkai.web.applications.models import Draft
from gongkai.web.applications.receiving import drafts, intake
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused


@dataclass
class PrepareDraft(Action[str]):
    """Check an application with its files and keep it until its sender has seen the summary. Its token.

    ``form``: the key of the form; sent twice, it is one draft (``drafts.write``).
    """

    code: ClassVar = "applications.prepare"
    permission: ClassVar = permissions.SUBMIT

    actor: Actor
    _: KW_ONLY
    agency: Agency
    request: intake.Request
    form: str = field(default="", repr=False)

    def agency_id(self) -> int:
        """The agency that is asked."""
        return self.agency.pk

    def check(self) -> None:
        """Nothing missing, no file that may not come in."""
        self.request = intake.normal(self.request)
        wrong = intake.faults(self.request)
        if wrong:
            raise ActionRefused("；".join(wrong.values()), remedy="请改正后继续")
        for upload in self.request.uploads:
            accepted.media_type(upload.name, upload.content)
            files.scan(upload.name, upload.content)

    def apply(self) -> str:
        """Keep it. Filled in once more after something was found, it goes on: that was not it."""
        token = drafts.write(self.agency, self.request, self.form)
        take_back(Draft.objects.get(token_hash=drafts.token_hash(token)))
        return token

    def audit_details(self) -> dict[str, Any]:
        """That there is one; nothing of what it says."""
        return {"files": len(self.request.uploads)}


def _always(_request: intake.Request) -> bool:
    """Where no limits stand: it is sent, and told of."""
    return True


@dataclass
class SendDraft(Action[Submitted]):
    """Send a draft: the case it becomes, or the one it became before.

    ``admit`` is asked of the application once, when the draft is locked and was not sent before: it raises
    ``ActionRefused`` where too many were sent, and says whether the receipt goes out by mail and message too.
    ``told`` is what it said; None where the draft had been sent before.
    """

    code: ClassVar = "applications.send"
    permission: ClassVar = permissions.SUBMIT

    actor: Actor
    _: KW_ONLY
    token: str
    admit: Callable[[intake.Request], bool] = field(default=_always, repr=False)
    told: bool | None = field(init=False, default=None)

    def agency_id(self) -> int:
        """The agency the draft is for."""
        found = (
            Draft.objects.filter(token_hash=drafts.token_hash(self.token))
            .values_list("agency_id", flat=True)
            .first()
        )
        if found is None:
            raise drafts.gone()
        return found

    def check(self) -> None:
        """Lock the draft: two clicks wait for each other."""
        draft = Draft.objects.select_for_update().filter(token_hash=drafts.token_hash(self.token)).first()
        if draft is None or (draft.case_id is None and draft.created_at < timezone.now() - drafts.WAITS):
            raise drafts.gone()
        self._draft = draft

    def apply(self) -> Submitted:
        """Submit it the first time; the same number and code every time."""
        draft = self._draft
        if draft.case is not None:
            return Submitted(draft.case, draft.case.code)
        request = drafts.read(draft)
        self.told = self.admit(request)
        submitted = Submit(self.actor, agency=draft.agency, request=request, tell=self.told).run()
        take_back(draft)
        draft.case = submitted.case
        draft.save(update_fields=["case"])
        drafts.empty(draft)
        return submitted

    def audit_details(self) -> dict[str, Any]:
        """The case it became."""
        return {"case": self._draft.case_id}
