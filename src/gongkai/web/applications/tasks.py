"""What is done by itself: the day's look at open cases, reminders, purging, forgotten drafts."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.kernel import GongkaiError, UnreadableError
from gongkai.web.applications import clock, files, permissions
from gongkai.web.applications.actions import NoteWords, Purge, PurgeAssistance, RefreshCase
from gongkai.web.applications.actions.assistance import keeps_from
from gongkai.web.applications.actions.scans import WORDS_TASK
from gongkai.web.applications.models import (
    CLOSED,
    AssistanceRequest,
    Attachment,
    Case,
    Consultation,
    Draft,
    IncomingScan,
    State,
)
from gongkai.web.applications.privacy import retention, searched
from gongkai.web.applications.receiving import drafts, scans
from gongkai.web.applications.workload import reminders
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.tasks import task

_ACTOR: Final = Actor.system(permissions.TIDIER)
_CHANGE_BY_TIME: Final = (State.PAUSED, State.AWAITING_CORRECTION, State.AWAITING_PAYMENT)


@task("applications.refresh_open", daily_at=dt.time(0, 20))
def refresh_open(*, everything: bool = False) -> None:
    """Look at the cases that time alone may change, and at those whose year's holidays were not known.

    ``everything``: at all open ones, after new holidays: a notice may move days of the December before, too.
    """
    waiting = Case.objects.exclude(state__in=CLOSED)
    if not everything:
        unheard = Consultation.objects.filter(answer="none", answered_on=None, sent_on__isnull=False)
        waiting = waiting.filter(
            Q(state__in=_CHANGE_BY_TIME)
            | Q(due=None, not_before__isnull=False)
            | Q(pk__in=unheard.values("case_id"))
        )
    _each(RefreshCase(_ACTOR, case_id=case.pk) for case in waiting.iterator(500) if clock.changed(case))


@task("applications.remind", daily_at=dt.time(8, 30))
def remind() -> None:
    """Once a day each person is told what waits for them, as they have chosen; in office hours."""
    today = timezone.localdate()
    for person_id, entries in reminders.of_everybody(today).items():
        reminders.remind(person_id, entries, today)


@task("applications.purge", daily_at=dt.time(2, 10))
def purge() -> None:
    """Erase what has been kept long enough: proofs of identity, the whole file, what other agencies asked."""
    today = timezone.localdate()
    ended = Case.objects.filter(state__in=CLOSED, purged_at=None).select_related("applicant")
    shortest = min(settings.APPLICATIONS_KEEP_IDENTITY, settings.APPLICATIONS_KEEP_FILE)
    _each(_purges(ended.filter(closed_on__lt=today - shortest), today))
    asked = AssistanceRequest.objects.filter(purged_at=None, answered_on__lt=keeps_from())
    _each(PurgeAssistance(_ACTOR, assistance_id=pk) for pk in asked.values_list("pk", flat=True))


def _purges(ended: QuerySet[Case], today: dt.date) -> Iterator[Purge]:
    for case in ended.iterator(chunk_size=500):
        if _over(case, today) and today > retention.file_until(case):
            yield Purge(_ACTOR, case_id=case.pk, whole=True)
        elif retention.has_proofs(case) and today > retention.proofs_until(case):
            yield Purge(_ACTOR, case_id=case.pk, whole=False)


def _over(case: Case, today: dt.date) -> bool:
    """Whether the file's term can be over: most wait for years, and for the rest of it the case is asked."""
    return case.closed_on is not None and case.closed_on < today - settings.APPLICATIONS_KEEP_FILE


def _each(actions: Iterable[Action[Any]]) -> None:
    """Run each by itself, as ``_all`` does."""
    _all((type(action).__name__, action.run) for action in actions)


def _all(steps: Iterable[tuple[str, Callable[[], object]]]) -> None:
    """Do each, by name: one that cannot be done keeps none of the others waiting, and fails the task."""
    refused = []
    for name, do in steps:
        try:
            do()
        except (GongkaiError, OSError) as error:
            refused.append(f"{name}: {error}")
    if refused:
        raise ActionRefused(
            f"{len(refused)}件没有办成：" + "；".join(refused[:20]), remedy="请按所列的原因逐件处理"
        )


@task("applications.forget_drafts", every=dt.timedelta(minutes=30))
def forget_drafts() -> None:
    """Delete drafts nobody sent, with their files; of those sent, later, what made sending twice harmless.

    Each in its own transaction: while one is being sent it is locked, and what was sent stays.
    """
    now = timezone.now()
    unsent = Q(case=None, created_at__lt=now - drafts.WAITS)
    old = Draft.objects.filter(unsent | Q(created_at__lt=now - drafts.REMEMBERED))
    for pk in old.values_list("pk", flat=True):
        with transaction.atomic():
            draft = old.select_for_update().filter(pk=pk).first()
            if draft is not None:
                drafts.empty(draft)
                draft.delete()


def not_recognised(_error: BaseException | str, *, scan_id: int) -> None:
    """After the last attempt: say that nothing was read."""
    if IncomingScan.objects.filter(pk=scan_id, case=None, dropped_at=None).exists():
        NoteWords(_ACTOR, scan_id=scan_id, words=None).run()


@task(WORDS_TASK, retries=1, on_failure=not_recognised)
def read_scan(scan_id: int) -> None:
    """Recognise the words of a scan that waits. Safe to run twice: what is entered or dropped is left."""
    scan = IncomingScan.objects.filter(pk=scan_id, case=None, dropped_at=None).first()
    if scan is None:
        return
    try:
        found: str | None = scans.words(scan)
    except UnreadableError:
        found = None
    try:
        NoteWords(_ACTOR, scan_id=scan_id, words=found).run()
    except ActionRefused as refusal:
        if refusal.code != "stale":
            raise


@task("applications.search_files", every=dt.timedelta(minutes=5))
def search_files() -> None:
    """Search files to be disclosed that were not searched when they were added.

    One that is lost or damaged keeps none of the others waiting: no reply that has one can be signed.
    """
    _all((f"file {one.pk}", partial(_search, one)) for one in searched.waiting())


def _search(one: Attachment) -> None:
    searched.keep(one.sha256, searched.ahead(one.name, files.content_of(one)))


@task("applications.sweep_files", daily_at=dt.time(2, 40))
def sweep_files() -> None:
    """Delete files no record knows: left where a process was killed between a file and its record."""
    files.sweep(timezone.now())
    scans.sweep(timezone.now())
