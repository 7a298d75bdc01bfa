"""Reading uploaded files, and checking again what was checked against them, outside any request."""

from typing import Any

from gongkai.kernel import UnreadableError
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.tasks import task
from gongkai.web.reporting import engine, files, intake, states
from gongkai.web.reporting.actions.intake import IDENTIFY_TASK
from gongkai.web.reporting.actions.reading import BeginReading, FailReading, FinishReading
from gongkai.web.reporting.actions.recheck import Recheck
from gongkai.web.reporting.actions.upload import READ_TASK
from gongkai.web.reporting.models import Intake, Outcome, ReportRecord, ReportVersion
from gongkai.web.reporting.permissions import READER
from gongkai.web.reporting.related import RECHECK_TASK

ACTOR = Actor.system(READER)


def give_up(_error: BaseException | str, *, version_id: int, **_: Any) -> None:
    """After the last attempt: say that the file could not be read, so that nobody waits for ever."""
    version = _waiting(version_id)
    if version is not None:
        reason = UnreadableError(
            "读取这个文件时程序多次中断",
            place=version.source_name,
            remedy="请换一种格式（如 DOCX、PDF）重新上传",
            code="crashed",
        )
        BeginReading(ACTOR, record_id=version.record_id, version_id=version_id).run()
        FailReading(ACTOR, record_id=version.record_id, version_id=version_id, error=reason).run()


@task(READ_TASK, retries=2, on_failure=give_up)
def read_version(version_id: int) -> None:
    """Read a version's file and put the result on record. Safe to run twice: what is read already is left."""
    version = _waiting(version_id)
    if version is None:
        return
    try:
        BeginReading(ACTOR, record_id=version.record_id, version_id=version_id).run()
        try:
            original = engine.open_source(version.source, version.source_name)
        except UnreadableError as error:
            FailReading(ACTOR, record_id=version.record_id, version_id=version_id, error=error).run()
            return
        files.keep_original(version.source, engine.VERSION, original)
        FinishReading(ACTOR, record_id=version.record_id, version_id=version_id, original=original).run()
    except ActionRefused as refusal:
        # Another worker was quicker, or a person gave the version up while it was read.
        if refusal.code != "stale":
            raise


@task(RECHECK_TASK)
def recheck(record_id: int, cause: dict[str, Any] | None = None) -> None:
    """Check a report again after a report it is checked against has changed. Safe to run twice.

    A report that is being read is checked when it is read; one that has no readable file has no findings.
    """
    record = ReportRecord.objects.filter(pk=record_id).first()
    if record is None or not states.allowed(record.state, Recheck.code):
        return
    try:
        Recheck(ACTOR, record_id=record_id, cause=cause).run()
    except ActionRefused as refusal:
        if refusal.code not in {"same", "state"}:
            raise


def not_identified(_error: BaseException | str, *, intake_id: int, **_: Any) -> None:
    """After the last attempt: ask whoever uploaded it."""
    waiting = Intake.objects.filter(pk=intake_id, state=Intake.State.WAITING).first()
    if waiting is not None:
        intake.ask(waiting, ACTOR, "识别时程序多次中断", "请选择机关和年度后归档")


@task(IDENTIFY_TASK, retries=2, on_failure=not_identified)
def identify(intake_id: int) -> None:
    """Look into a file for its agency and year. Safe to run twice: what is settled is left."""
    waiting = Intake.objects.filter(pk=intake_id, state=Intake.State.WAITING)
    found = waiting.select_related("source", "agency", "uploaded_by").first()
    if found is not None:
        intake.settle(found, ACTOR)


def _waiting(version_id: int) -> ReportVersion | None:
    version = ReportVersion.objects.select_related("record", "source").filter(pk=version_id).first()
    if version is None or version.outcome != Outcome.WAITING:
        return None
    return version if version.record.current_version_id == version.pk else None
