"""Signatures, publication, return."""

from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from django.db import transaction
from django.utils import timezone

from gongkai.web.common import registry
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of, reason_of
from gongkai.web.reporting import engine, permissions, signing
from gongkai.web.reporting.actions.base import RecordAction, hashed
from gongkai.web.reporting.models import ReportRecord, Signature
from gongkai.web.reporting.states import State

#: What is called, with the record's id, after a report was published or withdrawn.
PUBLICATION = "reporting.publication"


def announce(record_id: int) -> None:
    """Tell the rest of the site, once the change is on record."""
    for listener in registry.of(PUBLICATION):
        transaction.on_commit(partial(listener, record_id))


@dataclass(kw_only=True)
class _Sign(RecordAction[Signature]):
    """One step of the chain, over the hash of the document."""

    permission: ClassVar = permissions.SIGN

    opinion: str = ""

    def check(self) -> None:
        """No open error, the actor's turn, nothing changed since the first signature."""
        super().check()
        version = self.version()
        person = person_of(self.actor)
        if version.open_errors:
            raise ActionRefused(
                f"还有{version.open_errors}个错误没有处理",
                place=str(self.record),
                remedy="请逐个更正，或写明理由认可",
            )
        self._progress = signing.progress(version, timezone.localdate())
        refusal = self._progress.refusal(person)
        if refusal:
            raise ActionRefused(refusal, place=str(self.record), remedy="请由本步骤的签批人办理")
        self._content = engine.content_hash(version)
        if any(row.content_sha256 != self._content for row in self._progress.signatures):
            raise ActionRefused(
                "报告在前面的签批之后有过改动", place=str(self.record), remedy="请退回后重新签批"
            )

    def sign(self) -> Signature:
        """Put the signature on record."""
        step = self._progress.next_step
        self._signature = Signature.objects.create(
            version=self.version(),
            step=len(self._progress.signatures) + 1,
            step_name=step.name if step else "",
            person_id=person_of(self.actor),
            opinion=self.opinion.strip()[:500],
            content_sha256=self._content,
            at=timezone.now(),
        )
        return self._signature

    def audit_details(self) -> dict[str, Any]:
        """The step and the hash of what was signed."""
        return {
            **super().audit_details(),
            "step": self._signature.step,
            "content": self._content,
            "opinion": hashed(self.opinion.strip()),
        }


class Sign(_Sign):
    """Sign any step but the last."""

    code: ClassVar = "reporting.sign"

    def check(self) -> None:
        """The last step publishes; it has its own button."""
        super().check()
        if self._progress.is_last:
            raise ActionRefused("这是最后一步", place=str(self.record), remedy="请用“签发并发布”")

    def apply(self) -> Signature:
        """Move on to the next step."""
        signature = self.sign()
        last_is_next = len(self._progress.signatures) + 1 == len(self._progress.steps) - 1
        self.move(State.REVIEWED if last_is_next else State.IN_REVIEW)
        return signature


class Publish(_Sign):
    """Sign the last step; the version becomes the one the public reads."""

    code: ClassVar = "reporting.publish"

    def check(self) -> None:
        """Every step before is signed."""
        super().check()
        if not self._progress.is_last:
            raise ActionRefused(
                "前面还有步骤没有签批", place=str(self.record), remedy="签批流程有变动，请先签完前面的步骤"
            )

    def apply(self) -> Signature:
        """Publish, and tell the public pages."""
        signature = self.sign()
        version, now = self.version(), timezone.now()
        version.published_at = now
        version.save(update_fields=["published_at"])
        self.record.published_version = version
        self.record.published_at = now
        self.record.withdrawn_at = None
        self.record.withdrawal_reason = ""
        self.record.withdrawal_asked_by = None
        self.move(State.PUBLISHED)
        announce(self.record.pk)
        return signature


@dataclass(kw_only=True)
class ReturnForChanges(RecordAction[ReportRecord]):
    """Send a report that is being signed back to be changed, with a reason; its signatures are void."""

    code: ClassVar = "reporting.return"
    permission: ClassVar = permissions.SIGN

    reason: str

    def check(self) -> None:
        """With a reason, by a person."""
        super().check()
        person_of(self.actor)
        self.reason = reason_of(self.reason, "退回理由")

    def apply(self) -> ReportRecord:
        """Void the signatures; they stay on record."""
        self.version().signatures.filter(void_at=None).update(void_at=timezone.now(), void_reason=self.reason)
        self.move(State.READ)
        return self.record

    def audit_details(self) -> dict[str, Any]:
        """With the hash of the reason."""
        return {**super().audit_details(), "reason": hashed(self.reason)}
