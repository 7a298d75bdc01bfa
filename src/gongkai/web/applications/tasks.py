"""What is done by itself: the day's look at open cases, reminders, purging, forgotten drafts."""

import datetime as dt
from collections import defaultdict
from typing import Final

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from gongkai.web.agencies.models import Person, Role
from gongkai.web.agencies.selectors import holders
from gongkai.web.applications import drafts, permissions, retention, selectors
from gongkai.web.applications.actions import Purge, RefreshCase
from gongkai.web.applications.models import CLOSED, Case, Draft, State
from gongkai.web.common import outbox
from gongkai.web.common.actor import Actor
from gongkai.web.common.tasks import task

_ACTOR: Final = Actor.system(permissions.TIDIER)
_CHANGE_BY_TIME: Final = (State.PAUSED, State.AWAITING_CORRECTION, State.AWAITING_PAYMENT)


@task("applications.refresh_open", daily_at=dt.time(0, 20))
def refresh_open() -> None:
    """Look at the cases that time alone may change, and at those whose year's holidays were not known."""
    waiting = Case.objects.exclude(state__in=CLOSED).filter(
        Q(state__in=_CHANGE_BY_TIME) | Q(due=None, not_before__isnull=False)
    )
    for pk in waiting.values_list("pk", flat=True).iterator():
        RefreshCase(_ACTOR, case_id=pk).run()


@task("applications.remind", daily_at=dt.time(8, 30))
def remind() -> None:
    """One mail a day to each handler with what is due in three working days, due, or overdue.

    What nobody handles yet goes to the agency's clerks. Runs in office hours: nobody is woken.
    """
    today = timezone.localdate()
    urgent = (
        Case.objects.exclude(state__in=CLOSED)
        .select_related("agency", "handler")
        .filter(Q(due__lte=selectors.soon_until(today)) | Q(state=State.UNCONFIRMED))
    )
    by_person: dict[int, list[Case]] = defaultdict(list)
    for case in urgent.order_by("due", "id"):
        for pk in [case.handler_id] if case.handler_id else _clerks(case):
            if pk is not None:
                by_person[pk].append(case)
    for person in Person.objects.filter(pk__in=by_person, is_active=True).exclude(email=""):
        _mail(person, by_person[person.pk], today)


def _clerks(case: Case) -> list[int]:
    found = holders(case.agency, Role.CLERK, timezone.localdate())
    return list(found.values_list("pk", flat=True))


def _mail(person: Person, cases: list[Case], today: dt.date) -> None:
    lines = [f"{case.register_no}号　{_words(case, today)}" for case in cases[:100]]
    url = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('applications:due')}"
    outbox.post(
        person.email,
        f"依申请公开：{len(cases)}件需要办理",
        f"{person.name}：\n\n" + "\n".join(lines) + f"\n\n请到系统办理：{url}\n",
    )


def _words(case: Case, today: dt.date) -> str:
    if case.state == State.UNCONFIRMED:
        return "待与申请人确认收到"
    left = selectors.left(case, today)
    if left is None:
        return case.get_state_display()
    return f"逾期{-left}个工作日" if left < 0 else "今天到期" if left == 0 else f"剩{left}个工作日"


@task("applications.purge", daily_at=dt.time(2, 10))
def purge() -> None:
    """Erase what has been kept long enough: proofs of identity, then the whole file."""
    today = timezone.localdate()
    ended = Case.objects.filter(state__in=CLOSED, purged_at=None).select_related("applicant")
    shortest = min(settings.APPLICATIONS_KEEP_IDENTITY, settings.APPLICATIONS_KEEP_FILE)
    for case in ended.filter(closed_on__lt=today - shortest).iterator(chunk_size=500):
        if today > retention.file_until(case):
            Purge(_ACTOR, case_id=case.pk, whole=True).run()
        elif today > retention.proofs_until(case) and case.applicant.identity_number:
            Purge(_ACTOR, case_id=case.pk, whole=False).run()


@task("applications.forget_drafts", every=dt.timedelta(minutes=30))
def forget_drafts() -> None:
    """Delete drafts nobody sent, with their files; of those sent, what made sending twice harmless."""
    for draft in Draft.objects.filter(created_at__lt=timezone.now() - drafts.WAITS):
        drafts.empty(draft)
        draft.delete()
