"""A report checked again, because a report it is checked against has changed, or because somebody asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from django.utils import timezone

from gongkai.web.common.errors import ActionRefused
from gongkai.web.reporting import engine, permissions
from gongkai.web.reporting.actions.base import RecordAction
from gongkai.web.reporting.models import ReportRecord, ReportVersion

#: How many of the latest notes a version keeps; the audit log has them all.
KEPT: Final = 20

Rows = list[dict[str, Any]]


@dataclass(kw_only=True)
class Recheck(RecordAction[ReportRecord]):
    """Work out the findings of the version worked on, and of the public one, anew. No figure changes.

    ``cause`` is what ``related.tell`` says of the report that changed; None where a person asks. Refused,
    with the code ``same``, where the findings are what they were.
    """

    code: ClassVar = "reporting.recheck"
    permission: ClassVar = permissions.REREAD

    cause: Mapping[str, Any] | None = None
    _found: list[tuple[ReportVersion, Rows]] = field(init=False, repr=False, default_factory=list)

    def check(self) -> None:
        """Something is different."""
        super().check()
        versions = {
            row.pk: row for row in (self.record.current_version, self.record.published_version) if row
        }
        for version in versions.values():
            rows = engine.check(engine.original_of(version)[0].report, self.record)
            if _keys(rows) != _keys(version.findings):
                self._found.append((version, rows))
        if not self._found:
            raise ActionRefused(
                "已重新核查，核查问题没有变化", place=str(self.record), remedy="无需处理", code="same"
            )

    def apply(self) -> ReportRecord:
        """Put the findings on record, with a note of what came, what went and why."""
        for version, rows in self._found:
            version.rechecks = [*version.rechecks, self._note(version, rows)][-KEPT:]
            engine.fill_findings(version, rows)
            version.save()
        self.record.refresh_from_db(fields=["current_version", "published_version"])
        self.move()
        return self.record

    def _note(self, version: ReportVersion, rows: Rows) -> dict[str, Any]:
        old, new = _keys(version.findings), _keys(rows)
        return {
            "at": timezone.now().isoformat(),
            "cause": dict(self.cause) if self.cause else None,
            "engine": [version.engine_version, engine.VERSION],
            "gone": [_brief(row) for row in version.findings if row["key"] not in new],
            "new": [_brief(row) for row in rows if row["key"] not in old],
        }

    def audit_details(self) -> dict[str, Any]:
        """The report that changed, and how many findings came and went."""
        notes = [version.rechecks[-1] for version, _ in self._found]
        return {
            **super().audit_details(),
            "cause": self.cause["record"] if self.cause else None,
            "gone": sum(len(note["gone"]) for note in notes),
            "new": sum(len(note["new"]) for note in notes),
        }


def _keys(rows: Sequence[Mapping[str, Any]]) -> set[str]:
    return {row["key"] for row in rows}


def _brief(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: row[name] for name in ("key", "rule", "level", "message")}
