"""A file comes in: a new version of a report, which waits to be read."""

from dataclasses import KW_ONLY, dataclass, field
from typing import Any, ClassVar

from django.core.files.base import File
from django.db.models import Max
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.tasks import enqueue
from gongkai.web.reporting import files, permissions, states
from gongkai.web.reporting.actions.base import RecordAction
from gongkai.web.reporting.models import (
    FIRST_YEAR,
    Origin,
    Outcome,
    ReportRecord,
    ReportVersion,
    SourceFile,
)
from gongkai.web.reporting.states import State

READ_TASK = "reporting.read_version"


@dataclass
class Upload(Action[ReportVersion]):
    """File a document as the report of one agency for one year. Whether it says so itself is seen on reading.

    ``content`` is an open file; ``name`` the name it came under.
    """

    code: ClassVar = "reporting.upload"
    permission: ClassVar = permissions.UPLOAD

    actor: Actor
    _: KW_ONLY
    agency: Agency
    year: int
    name: str
    content: "File[bytes]"
    made: ReportVersion = field(init=False, repr=False)

    def agency_id(self) -> int:
        """The agency the file is filed under."""
        return self.agency.pk

    def check(self) -> None:
        """A year that has begun, a file that may be a report, a record that is not being read or signed."""
        self.name = files.clean_name(self.name)
        files.refuse_unfit(self.name, self.content.size)
        this_year = timezone.localdate().year
        if not FIRST_YEAR <= self.year <= this_year:
            raise ActionRefused(
                f"不能上传{self.year}年度的报告", place=self.name, remedy=f"请选{FIRST_YEAR}至{this_year}年"
            )
        ReportRecord.objects.get_or_create(agency=self.agency, year=self.year)
        self._record = ReportRecord.objects.select_for_update().get(agency=self.agency, year=self.year)
        states.require(self._record.state, self.code, place=self.name)

    def apply(self) -> ReportVersion:
        """Store the file, add the version, ask for its reading."""
        record = self._record
        source = files.store(self.content)
        now = record.current_version
        if now is not None and now.source_id == source.pk and now.outcome != Outcome.UNREADABLE:
            raise ActionRefused(
                f"这个文件与第{now.number}版的文件完全相同",
                place=self.name,
                remedy="无需再次上传；如要用新版程序读取，请点“重新读取”",
                code="same",
            )
        origin = Origin.REPLACEMENT if now is not None else Origin.UPLOAD
        self.made = begin_version(
            record, self.actor, source=source, name=self.name, origin=origin, code=self.code
        )
        return self.made

    def audit_details(self) -> dict[str, Any]:
        """The record, the version and the file's hash; not its name."""
        return {
            "record": self._record.pk,
            "version": self.made.pk,
            "sha256": self.made.source.sha256,
            "size": self.made.source.size,
        }


@dataclass(kw_only=True)
class Reread(RecordAction[ReportVersion]):
    """Read the file of the current version again, with the engine in force."""

    code: ClassVar = "reporting.reread"
    permission: ClassVar = permissions.REREAD

    def apply(self) -> ReportVersion:
        """A new version of the same file."""
        version = self.version()
        return begin_version(
            self.record,
            self.actor,
            source=version.source,
            name=version.source_name,
            origin=Origin.REREAD,
            code=self.code,
        )


def begin_version(
    record: ReportRecord, actor: Actor, *, source: SourceFile, name: str, origin: Origin, code: str
) -> ReportVersion:
    """A version that waits to be read becomes the one worked on."""
    states.require_target(State.UPLOADED, code)
    version = ReportVersion.objects.create(
        record=record,
        number=next_number(record),
        origin=origin,
        source=source,
        source_name=name,
        previous=record.current_version,
        before=record.state,
        uploaded_by_id=actor.person_id,
        uploaded_at=timezone.now(),
    )
    record.current_version = version
    record.state = State.UPLOADED
    record.revision += 1
    record.save()
    enqueue(READ_TASK, key=str(version.pk), version_id=version.pk)
    return version


def next_number(record: ReportRecord) -> int:
    """The number of the record's next version."""
    return (record.versions.aggregate(last=Max("number"))["last"] or 0) + 1
