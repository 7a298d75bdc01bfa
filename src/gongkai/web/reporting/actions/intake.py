"""Files that are filed by what stands in them: taken in, looked into, filed, or asked about."""

from dataclasses import KW_ONLY, dataclass, field
from typing import Any, ClassVar, Final

from django.core.files.base import File
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.common import permissions as common_permissions
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of
from gongkai.web.common.tasks import enqueue
from gongkai.web.reporting import files, permissions
from gongkai.web.reporting.actions.upload import Upload
from gongkai.web.reporting.models import Intake, ReportVersion

IDENTIFY_TASK: Final = "reporting.identify"


@dataclass
class TakeIn(Action[Intake]):
    """Take a file in whose agency or year is still to be found in it; what was chosen is kept.

    ``home`` is an agency the actor uploads for: whose report it is, nobody knows yet.
    """

    code: ClassVar = "reporting.take_in"
    permission: ClassVar = permissions.UPLOAD

    actor: Actor
    _: KW_ONLY
    home: Agency
    name: str
    content: "File[bytes]"
    agency: Agency | None = None
    year: int | None = None
    made: Intake = field(init=False, repr=False)

    def agency_id(self) -> int:
        """Where the actor uploads."""
        return self.home.pk

    def check(self) -> None:
        """A person, and a file that may be a report."""
        person_of(self.actor)
        self.name = files.clean_name(self.name)
        files.refuse_unfit(self.name, self.content.size)

    def apply(self) -> Intake:
        """Store the file and ask for it to be looked into."""
        self.made = Intake.objects.create(
            source=files.store(self.content),
            source_name=self.name,
            uploaded_by_id=person_of(self.actor),
            uploaded_at=timezone.now(),
            agency=self.agency,
            year=self.year,
        )
        enqueue(IDENTIFY_TASK, key=str(self.made.pk), intake_id=self.made.pk)
        return self.made

    def audit_details(self) -> dict[str, Any]:
        """The file's hash; not its name."""
        return {"intake": self.made.pk, "sha256": self.made.source.sha256, "size": self.made.source.size}


@dataclass
class FileIntake(Action[ReportVersion]):
    """File what was taken in as the report of an agency for a year: by what stands in it, or as chosen.

    Only by, or in the name of, whoever uploaded it: it takes their permission in that agency.
    """

    code: ClassVar = "reporting.file_intake"
    permission: ClassVar = permissions.UPLOAD

    actor: Actor
    _: KW_ONLY
    intake: Intake
    agency: Agency
    year: int

    def agency_id(self) -> int:
        """The agency it is filed under."""
        return self.agency.pk

    def check(self) -> None:
        """One's own, and not filed yet."""
        self.intake = Intake.objects.select_for_update().get(pk=self.intake.pk)
        if self.intake.uploaded_by_id != person_of(self.actor):
            raise ActionRefused(
                "这个文件是别人上传的", place=self.intake.source_name, remedy="请由上传人选择"
            )
        if self.intake.state == Intake.State.FILED:
            raise ActionRefused("这个文件已经归档", place=self.intake.source_name, remedy="请刷新页面")

    def apply(self) -> ReportVersion:
        """``Upload`` asks the rest."""
        with files.storage().open(self.intake.source.path) as content:
            version = Upload(
                self.actor,
                agency=self.agency,
                year=self.year,
                name=self.intake.source_name,
                content=File(content, self.intake.source_name),
            ).run()
        self.intake.state, self.intake.version, self.intake.question = Intake.State.FILED, version, {}
        self.intake.save()
        return version

    def audit_details(self) -> dict[str, Any]:
        """What became what."""
        return {"intake": self.intake.pk, "version": self.intake.version_id}


@dataclass
class AskAboutIntake(Action[Intake]):
    """Say why a file could not be filed by itself, and what its uploader is asked to do."""

    code: ClassVar = "reporting.ask_about_intake"
    permission: ClassVar = permissions.READ

    actor: Actor
    _: KW_ONLY
    intake: Intake
    message: str
    remedy: str
    agency: Agency | None = None
    year: int | None = None

    def agency_id(self) -> int:
        """The site's: whose report it is, nobody knows."""
        return common_permissions.SITE

    def check(self) -> None:
        """Still waiting."""
        self.intake = Intake.objects.select_for_update().get(pk=self.intake.pk)
        if self.intake.state != Intake.State.WAITING:
            raise ActionRefused("这个文件已经办理", place=self.intake.source_name, code="stale")

    def apply(self) -> Intake:
        """What was found is kept, so that only the rest is asked."""
        self.intake.state = Intake.State.ASKING
        self.intake.question = {"message": self.message, "remedy": self.remedy}
        self.intake.agency = self.intake.agency or self.agency
        self.intake.year = self.intake.year or self.year
        self.intake.save()
        return self.intake

    def audit_details(self) -> dict[str, Any]:
        """Which."""
        return {"intake": self.intake.pk}
