"""The reports of the demo: the samples of the seeds' five agencies, read, checked, corrected, published.

Everything goes through the actions, signed by the demo's people in the order of their agency's chain. Loading
again changes nothing. It runs only where ``agencies.demo`` does.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from django.core.files.base import File
from django.utils import timezone

from gongkai.web.agencies.models import Agency, Person, Role
from gongkai.web.agencies.selectors import holders
from gongkai.web.common.actor import Actor
from gongkai.web.reporting import engine, signing, tasks
from gongkai.web.reporting.actions import AcceptFinding, Correct, Publish, Sign, Upload
from gongkai.web.reporting.models import ReportRecord, ReportVersion
from gongkai.web.reporting.states import BUSY, SIGNING, State

YEAR: Final = 2024


class Sample(NamedTuple):
    """A report of the demo: whose it is, its file in ``samples/``, figures to fill in and why."""

    slug: str
    file: str
    corrections: Mapping[str, str] = {}
    reason: str = ""


SAMPLES: Final = (
    Sample("dakou", "docx/dakou.docx"),
    Sample("yanshi-wenlv", "xlsx/yanshi-culture-sheets.xlsx"),
    Sample("zhanhe-xinfang", "pdf/zhanhe-libreoffice.pdf"),
    Sample("sanjiao", "ofd/sanjiao.ofd"),
    Sample(
        "kunyang",
        "txt/kunyang-pipes-blanks-at-end.txt",
        {"applications.total.total": "20", "applications.carried_out.total": "1"},
        "报告正文写明“已办结20件（剩余1件答复中）”，表中两格空白，据正文填写",
    ),
)
_ACCEPTED: Final = "原报告如此，照录；正文与表格的出入已转原单位核对"


def load(samples: Path, agencies: Mapping[str, Agency]) -> list[ReportRecord]:
    """Bring every sample to publication; what is published already is left alone."""
    return [publish(samples / sample.file, agencies[sample.slug], YEAR, sample) for sample in SAMPLES]


def publish(path: Path, agency: Agency, year: int, sample: Sample | None = None) -> ReportRecord:
    """Take one file through every step that is still before it."""
    record = ReportRecord.objects.filter(agency=agency, year=year).first()
    clerk = Actor.of(_one(agency, Role.CLERK))
    if record is None or record.state in {State.EMPTY, State.UNREADABLE}:
        with path.open("rb") as content:
            version = Upload(clerk, agency=agency, year=year, name=path.name, content=File(content)).run()
        record = version.record
    if record.state in BUSY and record.current_version_id is not None:
        tasks.read_version(version_id=record.current_version_id)
        record.refresh_from_db()
    if record.state == State.READ:
        _review(record, clerk, sample)
    _sign(record)
    record.refresh_from_db()
    return record


def _review(record: ReportRecord, clerk: Actor, sample: Sample | None) -> None:
    corrected = set(_version(record).corrections.filter(superseded_at=None).values_list("path", flat=True))
    for path, value in (sample.corrections if sample else {}).items():
        if path not in corrected:
            reason = sample.reason if sample else ""
            Correct(clerk, record_id=record.pk, path=path, value=value, reason=reason).run()
    version = _version(record)
    accepted = engine.accepted_keys(version)
    for row in version.findings:
        if row["level"] == "error" and row["key"] not in accepted:
            AcceptFinding(clerk, record_id=record.pk, key=row["key"], reason=_ACCEPTED).run()


def _sign(record: ReportRecord) -> None:
    """Every step of the chain that is left, each by the first of its people who may."""
    for _ in range(20):
        record.refresh_from_db()
        if record.state != State.READ and record.state not in SIGNING:
            return
        progress = signing.progress(_version(record), timezone.localdate())
        people = sorted(progress.next_step.people) if progress.next_step else []
        signer = next((pk for pk in people if progress.refusal(pk) is None), None)
        if signer is None:
            return
        actor = Actor.of(Person.objects.get(pk=signer))
        step = Publish if progress.is_last else Sign
        step(actor, record_id=record.pk).run()


def _version(record: ReportRecord) -> ReportVersion:
    """The version worked on now, not as it was when the record was loaded."""
    now = ReportRecord.objects.select_related("agency", "current_version").get(pk=record.pk)
    if now.current_version is None:
        message = f"{now} has no version"
        raise LookupError(message)
    return now.current_version


def _one(agency: Agency, role: Role) -> Person:
    return holders(agency, role).order_by("pk")[0]
