"""What every action on a report shares: the locked record, the state table, the guard against two at once."""

from abc import ABC
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, TypeVar

from gongkai.kernel import GongkaiError
from gongkai.web.common import keys
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.reporting import related, states
from gongkai.web.reporting.models import ReportRecord, ReportVersion

T = TypeVar("T")


@dataclass
class RecordAction(Action[T], ABC):
    """A change of one report.

    ``revision`` is the number of the page the actor saw: where the report has changed since, the action is
    refused. None, for parts of the system, asks for no number.
    """

    actor: Actor
    _: KW_ONLY
    record_id: int
    revision: int | None = None
    record: ReportRecord = field(init=False, repr=False)

    def agency_id(self) -> int:
        """The agency whose report it is."""
        found = ReportRecord.objects.filter(pk=self.record_id).values_list("agency_id", flat=True).first()
        if found is None:
            raise ActionRefused("没有这份报告", remedy="请从年度报告总表中打开")
        return int(found)

    def check(self) -> None:
        """Lock the record; refuse where it has changed since, or its state does not allow the action."""
        self.lock()
        states.require(self.record.state, self.code, place=str(self.record))

    def lock(self) -> None:
        """Lock the record; refuse where it has changed since."""
        self.record = ReportRecord.objects.select_for_update().get(pk=self.record_id)
        self._seen = related.seen(self.record)
        if self.revision is not None and self.revision != self.record.revision:
            raise ActionRefused(
                "这份报告刚刚被其他人改动过，您看到的不是最新内容，本次操作没有生效",
                place=str(self.record),
                remedy="请刷新页面，看过改动后再操作",
                code="stale",
            )

    def version(self) -> ReportVersion:
        """The version that is worked on."""
        version = self.record.current_version
        if version is None:
            raise ActionRefused("这份报告还没有文件", place=str(self.record), remedy="请先上传报告文件")
        return version

    def finding(self, key: str) -> dict[str, Any]:
        """The finding of the version worked on that has this key; refused where it is gone."""
        found = next((row for row in self.version().findings if row["key"] == key), None)
        if found is None:
            raise ActionRefused("这个问题已不存在", place=str(self.record), remedy="请刷新页面")
        return found

    def move(self, state: str | None = None) -> None:
        """Save the record in a state (the same, where None), under a new revision.

        Reports that were checked against this one are checked again where what they see has changed.
        """
        if state is not None:
            states.require_target(state, self.code)
            self.record.state = state
        self.record.revision += 1
        self.record.save()
        related.tell(self.record, self._seen)

    def audit_details(self) -> dict[str, Any]:
        """The record, its version and its state."""
        return {
            "record": self.record.pk,
            "version": self.record.current_version_id,
            "state": str(self.record.state),
            "revision": self.record.revision,
        }


def hashed(text: str) -> str:
    """A text as the audit log holds it: a keyed hash, which shows a change and tells nothing."""
    return keys.keyed_hash(text, "reporting.audit") if text else ""


def refused(error: GongkaiError) -> ActionRefused:
    """What the engine says, as a refusal."""
    return ActionRefused(error.message, place=error.place, remedy=error.remedy, code=error.code)
