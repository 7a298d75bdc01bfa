"""A report of the demo on its way: every step is the action a person would take, by somebody who may."""

from collections.abc import Mapping
from typing import Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from gongkai.web.agencies.models import Agency, Matter, Person, Role, SigningChain
from gongkai.web.agencies.selectors import holders
from gongkai.web.common.actor import Actor
from gongkai.web.reporting import engine, signing, tasks
from gongkai.web.reporting.actions import (
    AcceptFinding,
    Correct,
    Publish,
    ReturnForChanges,
    Sign,
    Upload,
)
from gongkai.web.reporting.demo.county import Stage
from gongkai.web.reporting.models import ReportRecord, ReportVersion
from gongkai.web.reporting.states import SIGNING, State

_ACCEPTED: Final = "报告原文如此，照录，不作改动"


def exists(agency: Agency, year: int) -> bool:
    """Whether there is a report already: then it is whatever people made of it, and is left alone."""
    return ReportRecord.objects.filter(agency=agency, year=year).exists()


@transaction.atomic
def bring(
    agency: Agency,
    year: int,
    name: str,
    content: bytes,
    *,
    stage: Stage = Stage.PUBLISHED,
    corrections: Mapping[str, str] | None = None,
    reason: str = "",
) -> ReportRecord:
    """Upload a file and take its report to a stage; all of it, or nothing where the set-up is interrupted.

    ``reason`` is that of the corrections, or of the return.
    """
    compiler = Actor.of(_compiler(agency))
    version = Upload(compiler, agency=agency, year=year, name=name, content=ContentFile(content, name)).run()
    tasks.read_version(version_id=version.pk)
    record = version.record
    if stage not in {Stage.READ, Stage.CONFLICT}:
        _review(record, compiler, corrections or {}, reason)
        _sign(record, publishes=stage == Stage.PUBLISHED)
    if stage == Stage.RETURNED:
        ReturnForChanges(Actor.of(_next_signer(record)), record_id=record.pk, reason=reason).run()
    record.refresh_from_db()
    return record


def _review(record: ReportRecord, compiler: Actor, corrections: Mapping[str, str], reason: str) -> None:
    for path, value in corrections.items():
        Correct(compiler, record_id=record.pk, path=path, value=value, reason=reason).run()
    version = _version(record)
    accepted = engine.accepted_keys(version)
    for row in version.findings:
        if row["level"] == "error" and row["key"] not in accepted:
            AcceptFinding(compiler, record_id=record.pk, key=row["key"], reason=_ACCEPTED).run()


def _sign(record: ReportRecord, *, publishes: bool) -> None:
    """Every step of the chain in order; the last one only where the report is to be published."""
    record.refresh_from_db()
    while record.state == State.READ or record.state in SIGNING:
        last = signing.progress(_version(record), timezone.localdate()).is_last
        if last and not publishes:
            return
        step = Publish if last else Sign
        step(Actor.of(_next_signer(record)), record_id=record.pk).run()
        record.refresh_from_db()


def _next_signer(record: ReportRecord) -> Person:
    """The first of those who may sign the step asked for now. Raises LookupError where nobody may."""
    progress = signing.progress(_version(record), timezone.localdate())
    people = sorted(progress.next_step.people) if progress.next_step else []
    for person in people:
        if progress.refusal(person) is None:
            return Person.objects.get(pk=person)
    message = f"nobody may sign {record}"
    raise LookupError(message)


def _version(record: ReportRecord) -> ReportVersion:
    """The version worked on now, not as it was when the record was loaded."""
    now = ReportRecord.objects.select_related("agency", "current_version").get(pk=record.pk)
    if now.current_version is None:
        message = f"{now} has no version"
        raise LookupError(message)
    return now.current_version


def _compiler(agency: Agency) -> Person:
    """Who compiles the agency's report: the first step of its chain, else its clerk."""
    chain = SigningChain.objects.filter(agency=agency, matter=Matter.REPORT).first()
    first = chain.steps.order_by("number").first() if chain else None
    return holders(agency, first.role if first else Role.CLERK).order_by("pk")[0]
