"""A town, its neighbour and the office above, with their people; files to upload."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.core.files.base import ContentFile

from gongkai.web.agencies.models import Agency, Person, Post, Region
from gongkai.web.common.actor import Actor
from gongkai.web.common.worker import Worker
from gongkai.web.reporting.actions import AcceptFinding, Publish, Sign, Upload
from gongkai.web.reporting.engine import accepted_keys
from gongkai.web.reporting.models import ReportRecord, ReportVersion
from gongkai.web.reporting.states import State

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "samples"
KUNYANG = SAMPLES / "txt" / "kunyang-pipes-blanks-at-end.txt"
FROM = date(2020, 1, 1)


def agency(name: str, region: Region, slug: str, kind: str = "town", above: Agency | None = None) -> Agency:
    return Agency.objects.create(
        code=slug, region=region, kind=kind, short_name=name, full_name=name, slug=slug, supervisor=above
    )


def person(username: str, name: str, at: Agency | None = None, *roles: str) -> Person:
    made = Person.objects.create_user(username, "zhengfu-xinxi-2025", name=name)
    for role in roles:
        Post.objects.create(person=made, agency=at, role=role, from_day=FROM)
    return made


@dataclass
class Town:
    """昆阳镇 with four people, the county above it with one, and a neighbour with a clerk."""

    county: Agency
    agency: Agency
    neighbour: Agency
    clerk: Person
    second_clerk: Person
    head: Person
    secrecy: Person
    leader: Person
    office: Person
    other_clerk: Person
    stranger: Person
    actors: dict[str, Actor] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Actor:
        if name.startswith("as_"):
            return Actor.of(getattr(self, name.removeprefix("as_")))
        raise AttributeError(name)

    def upload(self, path: Path = KUNYANG, year: int = 2024, to: Agency | None = None) -> ReportVersion:
        return self.upload_bytes(path.read_bytes(), path.name, year, to)

    def upload_bytes(
        self, data: bytes, name: str, year: int = 2024, to: Agency | None = None
    ) -> ReportVersion:
        where = to or self.agency
        actor = self.as_clerk if where == self.agency else self.as_office
        return Upload(actor, agency=where, year=year, name=name, content=ContentFile(data, name)).run()

    def read(self, path: Path = KUNYANG, year: int = 2024, to: Agency | None = None) -> ReportRecord:
        version = self.upload(path, year, to)
        work()
        return ReportRecord.objects.get(pk=version.record_id)

    def accept_all(self, record: ReportRecord) -> None:
        version = ReportRecord.objects.get(pk=record.pk).current_version
        done = accepted_keys(version)
        for row in version.findings:
            if row["level"] == "error" and row["key"] not in done:
                AcceptFinding(
                    self.as_clerk, record_id=record.pk, key=row["key"], reason="与原件核对无误，原文如此"
                ).run()

    def sign_off(self, record: ReportRecord) -> None:
        for actor in (self.as_clerk, self.as_head, self.as_secrecy):
            Sign(actor, record_id=record.pk).run()

    def publish(self, record: ReportRecord) -> ReportRecord:
        self.accept_all(record)
        self.sign_off(record)
        Publish(self.as_leader, record_id=record.pk).run()
        published = ReportRecord.objects.get(pk=record.pk)
        assert published.state == State.PUBLISHED
        return published


def work() -> int:
    """Do what waits in the queue."""
    return Worker(renew=False).drain()
