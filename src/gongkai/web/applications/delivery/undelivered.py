"""What applicants have not been told: mails and messages that were given up, telephone calls to make. Of a
case, for the people who handle it; what did not go out, for whoever looks after the system.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.agencies.desk import Item, Pile, Tray
from gongkai.web.agencies.models import Leave
from gongkai.web.applications import permissions
from gongkai.web.applications.delivery import telling
from gongkai.web.applications.models import Case, Notice
from gongkai.web.common import outbox
from gongkai.web.common.actor import Actor
from gongkai.web.common.models import OutboxMail, OutboxSms
from gongkai.web.common.permissions import ALL, SITE, Visible, allowed

#: How far back other mails and messages are looked at: a sign-in code of last year concerns nobody.
RECENT: Final = timedelta(days=30)
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A notice that was given up, or a call to make, and since when; ``said``: what did not arrive, as far as
    that is known.
    """

    notice: Notice
    at: datetime
    said: str

    @property
    def mailed(self) -> bool:
        """Whether it is a mail that can be sent again: its text is kept for a time."""
        return self.notice.mail is not None and self.notice.mail.erased_at is None

    @property
    def words(self) -> str:
        """What to say in a call."""
        return telling.words(self.notice)


#: Of notices that wait those that are a call to make.
CALLS: Final = Q(call_since__isnull=False)


def waiting(cases: QuerySet[Case] | None = None) -> QuerySet[Notice]:
    """Notices that were given up and calls to make, of which nobody has said how the applicant was reached;
    of ``cases``, of all without.

    They are few, cases many: what is asked of a case is asked of each notice. Joined, SQLite would begin with
    all the cases of an agency.
    """
    mails = OutboxMail.objects.filter(failed_at__isnull=False, sent_at=None).values("pk")
    texts = OutboxSms.objects.filter(failed_at__isnull=False, sent_at=None).values("pk")
    calls = Notice.objects.filter(CALLS, settled_at=None).order_by().values("pk")
    unsettled = Notice.objects.filter(Q(mail__in=mails) | Q(sms__in=texts) | Q(pk__in=calls), settled_at=None)
    kept = (Case.objects.all() if cases is None else cases).filter(purged_at=None)
    found = unsettled.filter(Exists(kept.filter(pk=OuterRef("case_id"))))
    return found.select_related("case__agency", "case__handler", "mail", "sms", "letter__delivery").order_by(
        "-id"
    )


def answered(case: Case, kinds: Iterable[str] | None = None) -> None:
    """Who has done what letters of these kinds ask for, or has withdrawn (None), knows of them: nobody has to
    call any more.
    """
    calls = Notice.objects.filter(CALLS, case=case, settled_at=None)
    about = calls if kinds is None else calls.filter(letter__events__kind__in=list(kinds))
    about.update(settled_at=timezone.now())


def of_case(case: Case) -> list[Undelivered]:
    """Those of one case."""
    return told(waiting().filter(case=case))


def to_call(cases: Iterable[Case]) -> set[int]:
    """Of some cases, by id, those whose applicant is to be called; one question."""
    found = waiting().filter(CALLS, case_id__in=[case.pk for case in cases])
    return set(found.order_by().values_list("case_id", flat=True))


def told(notices: Iterable[Notice]) -> list[Undelivered]:
    """Each with its time and words."""
    return [Undelivered(one, at, _said(one)) for one in notices if (at := _at(one)) is not None]


def _at(notice: Notice) -> datetime | None:
    sent = notice.mail or notice.sms
    return sent.failed_at if sent else notice.call_since


def _said(notice: Notice) -> str:
    about = notice.get_about_display()
    if notice.call_since is not None:
        return f"{about}：没有留电子邮箱"
    if notice.sms is None:
        return f"{about}：邮件没有发出，邮件服务器多次拒收或连接不上"
    if notice.sms.error.startswith("unclear"):
        return f"{about}：短信不能确定是否发到"
    if notice.sms.error == "no gateway":
        return f"{about}：短信没有发出，短信网关已停用"
    return f"{about}：短信没有发出，网关拒收或连接不上"


# --- whom it concerns --------------------------------------------------------------------------------------
def visible(actor: Actor) -> Visible:
    """Agencies of which the actor sees what did not arrive: who sees their cases, or sets them up."""
    found = [agency_permissions.where(actor, one) for one in (permissions.VIEW, permissions.SET_UP)]
    return ALL if ALL in found else frozenset().union(*found)  # type: ignore[arg-type]


def for_actor(actor: Actor) -> QuerySet[Notice]:
    """Those of the agencies the actor sees."""
    agencies = visible(actor)
    return waiting(None if agencies is ALL else Case.objects.filter(agency_id__in=agencies))


def handled(actor: Actor) -> QuerySet[Notice]:
    """Those of cases the actor handles, also for who is absent, and of those of their agencies that nobody
    does.
    """
    agencies = agency_permissions.where(actor, permissions.HANDLE)
    if actor.person_id is None or agencies is ALL or not agencies:
        return Notice.objects.none()
    absent = Leave.objects.on(timezone.localdate()).filter(deputy_id=actor.person_id).values("person_id")
    mine = Q(handler_id=actor.person_id) | Q(handler=None) | Q(handler_id__in=absent)
    return waiting(Case.objects.filter(mine, agency_id__in=agencies))


def piles(actor: Actor) -> Iterator[Pile]:
    """On the home page of who handles the cases."""
    url, found = reverse("applications:undelivered"), handled(actor)
    for label, some, where in (
        ("通知没有发到申请人", found.exclude(CALLS), url),
        ("电话告知申请人", found.filter(CALLS), f"{url}?calls=1"),
    ):
        if count := some.count():
            yield Pile(label, count, where, _items(some), urgent=True)


def _items(found: QuerySet[Notice]) -> Sequence[Item]:
    return [
        Item(
            f"{one.case.register_no} {one.get_about_display()}",
            reverse("applications:case", args=[one.case_id]),
        )
        for one in found[:_NAMED]
    ]


def for_administrators(actor: Actor, day: date) -> Tray | None:  # noqa: ARG001 - what every source takes
    """On the home page of who sets agencies or the site up and sees no case; None where all went out."""
    agencies = agency_permissions.where(actor, permissions.SET_UP)
    if not agencies or agency_permissions.where(actor, permissions.VIEW):
        return None
    url = reverse("applications:undelivered")
    piles = [Pile("通知没有发到申请人", for_actor(actor).exclude(CALLS).count(), url, urgent=True)]
    if allowed(actor, permissions.SET_UP, SITE):
        piles.append(Pile("其他邮件和短信没有发出", sum(others().values()), f"{url}#others", urgent=True))
    piles = [one for one in piles if one.count]
    return Tray("邮件和短信", url, piles) if piles else None


def others() -> Counter[str]:
    """Mails and messages of late that are about no case (sign-in codes, reminders), by what went wrong."""
    since = timezone.now() - RECENT
    mails = OutboxMail.objects.filter(failed_at__gte=since, sent_at=None, notice=None)
    reasons = outbox.reasons(mails.values_list("pk", flat=True))
    found = Counter(f"邮件：{why}" for why in reasons)
    texts = OutboxSms.objects.filter(failed_at__gte=since, sent_at=None, notice=None)
    return found + Counter(f"短信：{why or '没有代码'}" for why in texts.values_list("error", flat=True))
