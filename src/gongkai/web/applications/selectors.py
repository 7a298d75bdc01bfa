"""Reads of applications, limited to what the actor may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404

from gongkai.law.calendar import CalendarNotPublished, published
from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.agencies.models import Agency
from gongkai.web.applications import permissions
from gongkai.web.applications.alike import same_words
from gongkai.web.applications.models import OPEN, Applicant, Case, SavedView, State
from gongkai.web.applications.receiving.check_digits import compact
from gongkai.web.common.actor import Actor
from gongkai.web.common.permissions import ALL
from gongkai.web.common.typed import folded

PAGE: Final = 50
#: So many of what has ended are shown to whoever looks for something: the list is of what is open.
MOST_ENDED: Final = 20
#: So many cases are named to the database one by one.
_FEW: Final = 500
#: Working days that still are soon.
SOON: Final = 3
_WAITING: Final = (State.PAUSED, State.AWAITING_CORRECTION, State.AWAITING_PAYMENT)


def cases_for(actor: Actor | None) -> QuerySet[Case]:
    """The cases the actor may see."""
    ids = agency_permissions.where(actor, permissions.VIEW)
    cases = Case.objects.select_related("agency", "handler")
    return cases if ids is ALL else cases.filter(agency_id__in=ids)


def case_for(actor: Actor | None, pk: int) -> Case:
    """One case. Raises Http404 where there is none or the actor may not see it: strangers learn nothing."""
    case = cases_for(actor).select_related("applicant", "split_from").filter(pk=pk).first()
    if case is None:
        raise Http404
    return case


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is to show; all of it stands in the address.

    ``handler`` is ``ME``, ``NOBODY`` or a person's id; empty means whoever.
    """

    bucket: str = "all"
    text: str = ""
    handler: str = ""
    channel: str = ""
    same: str = ""
    on: date | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Due:
    """A page of the due list; how many cases each bucket and each word for a handler would show."""

    page: "Page[Case]"
    counts: Mapping[str, int]
    handlers: Mapping[str, int]


#: Buckets in the order of the list, with their words.
BUCKETS: Final[Mapping[str, str]] = {
    "today": "今天到期",
    "soon": f"{SOON}个工作日内",
    "overdue": "逾期",
    "perhaps": "可能已到期",
    "unconfirmed": "待确认收到",
    "waiting": "暂停",
    "all": "全部未办结",
}
#: Shown only while there are such cases: in a year whose holidays nobody has published.
PERHAPS: Final = "perhaps"
#: Figures of a person's number in an address.
_LONGEST: Final = 12
#: Whose cases: words of the address beside the ids of people, in the order of the list.
ME: Final = "me"
NOBODY: Final = "none"
HANDLERS: Final[Mapping[str, str]] = {"": "所有经办人", ME: "我的", NOBODY: "未分办"}


def due_list(actor: Actor, wanted: Wanted, today: date) -> Due:
    """Open cases by their last day, the most urgent first, a provisional one among them; those without a day
    after them.

    Each number counts what a click on its word would show: under the other filters of now.
    """
    others = _narrowed(cases_for(actor).filter(state__in=OPEN), wanted)
    buckets = _buckets(today)
    chosen, whose = buckets.get(wanted.bucket, Q()), _whose(actor, wanted.handler)
    counts = others.aggregate(
        **{f"b_{name}": Count("id", filter=condition & whose) for name, condition in buckets.items()},
        **{f"h_{name}": Count("id", filter=chosen & _whose(actor, name)) for name in HANDLERS},
    )
    page = Paginator(due_cases(actor, wanted, today), PAGE).get_page(wanted.page)
    return Due(
        page,
        {name: counts[f"b_{name}"] for name in buckets},
        {name: counts[f"h_{name}"] for name in HANDLERS},
    )


def due_cases(actor: Actor, wanted: Wanted, today: date) -> QuerySet[Case]:
    """The open cases of one bucket and its filters on all pages, in the order of the list."""
    condition = _buckets(today).get(wanted.bucket, Q()) & _whose(actor, wanted.handler)
    found = _narrowed(
        cases_for(actor).select_related("applicant").filter(state__in=OPEN).filter(condition), wanted
    )
    return found.order_by(Coalesce("due", "not_before").asc(nulls_last=True), "id")


def _buckets(today: date) -> dict[str, Q]:
    soon = soon_until(today)
    return {
        "today": Q(due=today),
        "soon": Q(due__gt=today, due__lte=soon) | _provisional(today + timedelta(1), soon),
        "overdue": Q(due__lt=today),
        PERHAPS: _provisional(date.min, today),
        "unconfirmed": Q(state=State.UNCONFIRMED),
        "waiting": Q(state__in=_WAITING),
        "all": Q(pk__isnull=False),
    }


def _provisional(first: date, last: date) -> Q:
    """Cases whose clock runs and whose earliest last day lies between two days; the day itself is unknown."""
    return Q(state=State.RUNNING, due=None, not_before__range=(first, last))


def nearly(today: date, until: date) -> Q:
    """Cases due from today to a day, and those of which that cannot be ruled out."""
    return Q(due__range=(today, until)) | _provisional(date.min, until)


def perhaps_over(case: Case, today: date) -> bool:
    """Whether the last day of a case may have come: it lies in a year without published holidays.

    By Mondays to Fridays it would be there; each holiday moves it back, so nobody can say overdue either.
    """
    running = case.state == State.RUNNING and case.due is None
    return running and case.not_before is not None and case.not_before <= today


def _whose(actor: Actor, handler: str) -> Q:
    if not handler:
        return Q(pk__isnull=False)
    if handler == NOBODY:
        return Q(handler=None)
    if handler == ME:
        return Q(handler_id=actor.person_id or 0)
    return Q(handler_id=int(handler) if handler.isdecimal() and len(handler) <= _LONGEST else 0)


def saved_views(actor: Actor) -> QuerySet[SavedView]:
    """What the actor keeps of the due list's filters."""
    return SavedView.objects.filter(person_id=actor.person_id or 0)


def agencies_around(agencies: Iterable[Agency]) -> list[Agency]:
    """The agencies under the same topmost supervisors: one of them may be in charge of what is asked.

    Of one agency alone: the others.
    """
    given = list(agencies)
    tops = {one.lineage.split("/")[0] for one in given}
    found = Agency.objects.current().within_any([f"{top}/" for top in tops]).order_by("lineage")
    return [one for one in found if [one] != given]


def unassigned(actor: Actor) -> QuerySet[Case]:
    """Open cases nobody handles, of agencies whose applications the actor may handle; the first first."""
    ids = agency_permissions.where(actor, permissions.HANDLE)
    open_ones = Case.objects.select_related("agency", "applicant").filter(state__in=OPEN, handler=None)
    return (open_ones if ids is ALL else open_ones.filter(agency_id__in=ids)).order_by("submitted_at", "id")


def soon_until(today: date) -> date:
    """The last day that is soon; in a year without published holidays by Mondays to Fridays."""
    try:
        return published().reach(today, SOON).day
    except CalendarNotPublished:
        return today + timedelta(SOON + 2)


def _narrowed(cases: QuerySet[Case], wanted: Wanted) -> QuerySet[Case]:
    """By the filters that have no words above the list."""
    cases = same_words.narrowed(cases, wanted.same)
    if wanted.channel:
        cases = cases.filter(channel=wanted.channel)
    if wanted.on:
        cases = cases.filter(due=wanted.on)
    return cases.filter(matching(wanted.text)) if wanted.text else cases


def matching(text: str) -> Q:
    """Cases by register number, or by the whole name, number or telephone of their applicant.

    Personal data lies encrypted: only the whole value finds it, by blind index.
    """
    return _numbered(text) | _of_somebody(text, "applicant__")


def _numbered(text: str) -> Q:
    """Signs that nobody sees are no part of a number: alone they find nothing."""
    part = folded(text)
    return Q(register_key__contains=part) if part else Q(pk__in=())


def ended(actor: Actor, text: str) -> list[Case]:
    """What has ended and matches what is looked for, the last first; ``MOST_ENDED`` and one more at most.

    The list holds what is open: nobody who looks for one application is to be told that there is none because
    it was answered last week. Two questions: asked in one, every case would be joined to its applicant. What
    is somebody's whole name, number or telephone is no part of a register number.
    """
    people = Applicant.objects.filter(_of_somebody(text, "")).order_by().values_list("case_id", flat=True)
    seen = cases_for(actor)
    number = Q(pk__in=()) if people.exists() else _whole_or_part(seen, text)
    numbered = Case.objects.filter(number).order_by().values_list("pk", flat=True)
    cases = seen.select_related("applicant").exclude(state__in=OPEN)
    found = {
        one.pk: one
        for condition, ids in ((number, numbered), (Q(pk__in=people), people))
        for one in _newest(cases, condition, ids)
    }
    newest = sorted(found.values(), key=lambda one: (one.received_on or date.min, one.pk), reverse=True)
    return newest[: MOST_ENDED + 1]


def _whole_or_part(seen: QuerySet[Case], text: str) -> Q:
    """A whole number is found by its index, and part of one by reading all: without a figure it is none.

    What is whole elsewhere may be part of a number here: agencies write them in their own ways.
    """
    part = folded(text)
    if not any(sign.isdigit() for sign in part):
        return Q(pk__in=())
    whole = Q(register_key=part)
    ids = list(Case.objects.filter(whole).order_by().values_list("pk", flat=True))
    return whole if seen.filter(pk__in=ids).exists() else _numbered(text)


def _newest(cases: QuerySet[Case], condition: Q, ids: QuerySet[Any, int]) -> QuerySet[Case]:
    """The last of the cases that meet a condition; ``ids``: all that do, whoever sees them.

    Of many the first are met soon. To find few, or none, the database would walk all cases of an agency: so
    they are looked up in an index alone, and given by their ids.
    """
    few = list(ids[: _FEW + 1])
    asked = cases.filter(pk__in=few) if len(few) <= _FEW else cases.filter(condition)
    return asked.order_by("-received_on", "-id")[: MOST_ENDED + 1]


def _of_somebody(text: str, path: str) -> Q:
    people = Q()
    for name in ("name_index", "identity_index", "phone_index"):
        index: Any = Applicant._meta.get_field(name)
        said = {text, compact(text)} if name == "identity_index" else {text}
        people |= Q(**{f"{path}{name}__in": [one for each in said for one in index.candidates(each)]})
    return people


def left(case: Case, today: date) -> int | None:
    """Working days from today to the last day, negative when overdue; None where nobody can know."""
    return None if case.due is None else days_left(case.due, today)


def days_left(last: date, today: date) -> int | None:
    """Working days from today to a last day, negative when it is over; None where nobody can know."""
    calendar = published()
    try:
        if last >= today:
            return calendar.count(today + timedelta(1), last)
        return -calendar.count(last + timedelta(1), today)
    except CalendarNotPublished:
        return None


def unknown_year(today: date) -> int | None:
    """The year whose holidays are wanted and not there: this one, or from October on the next."""
    wanted = today.year + 1 if today.month >= 10 else today.year
    return wanted if wanted > published().last.year else None


def by_day(actor: Actor, wanted: Wanted, first: date, last: date) -> dict[date, int]:
    """How many open cases, of those wanted, fall due on each day of a month."""
    rows = (
        _narrowed(cases_for(actor).filter(state__in=OPEN), wanted)
        .filter(_whose(actor, wanted.handler), due__range=(first, last))
        .order_by()
        .values_list("due")
        .annotate(n=Count("id"))
    )
    return {day: count for day, count in rows if day is not None}
