"""Applications in the same words: who else asks for the same, which were put into one group, what follows.

A group is one case and those whose ``same_as`` names it, the first received. Nothing is grouped by itself.
Who asks for the same a second time is no other applicant: a repeat (条例 36(6)), shown apart, never grouped.
"""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from gongkai.web.applications.alike.same_words import alike, first_id
from gongkai.web.applications.models import OPEN, Applicant, Case, Note
from gongkai.web.applications.privacy import masking

#: Lines of a list on a page; what is beyond is counted.
MOST: Final = 50
#: Of those that have ended the newest are enough: they are models to look at.
ENDED: Final = 10
#: From so many applicants on the law speaks of several (条例 44).
SEVERAL: Final = 2


class Like(NamedTuple):
    """Another case as a list shows it: its applicant masked, and what to look at before it is grouped."""

    case: Case
    who: str
    hint: str


class Panel(NamedTuple):
    """What a case's page says of cases in the same words; ``more`` are open ones beyond the list.

    ``applicants``: how many different people ask for the same in open cases and in the group, this one with
    them; ``suggest`` where nobody has suggested to publish it yet (条例 44).
    """

    members: list[Like]
    others: list[Like]
    more: int
    repeats: list[Like]
    ended: list[Like]
    applicants: int
    suggest: bool

    @property
    def anything(self) -> bool:
        """Whether anybody else asks for the same."""
        return bool(self.members or self.others or self.repeats or self.ended)


def members(case: Case) -> QuerySet[Case]:
    """The cases of the case's group, its first before the others; of one that is in no group itself alone."""
    first = first_id(case)
    found = Case.objects.filter(Q(pk=first) | Q(same_as_id=first))
    ordered = found.order_by(F("same_as").asc(nulls_first=True), "year", "number")
    return ordered.select_related("agency", "applicant", "handler")


def by_receipt(case: Case) -> tuple[Any, ...]:
    """The order in which cases were received; one whose day of receipt is open counts from its sending."""
    return (case.received_on or timezone.localdate(case.submitted_at), case.submitted_at, case.pk)


def is_repeat(one: Case, other: Case) -> bool:
    """Whether two cases are of the same applicant, by the number of their identity document."""
    number = one.applicant.identity_number
    return bool(number) and number == other.applicant.identity_number


def why_untold(one: Case, other: Case) -> str:
    """Why two cases' numbers do not tell whether they are of one applicant; empty where they do."""
    for case in (one, other):
        if not case.applicant.identity_number:
            return f"{case}没有证件号码（没有登记，或者已按保存期限清除）"
    if one.applicant.identity_kind != other.applicant.identity_kind:
        return "两件登记的证件种类不同"
    return ""


def repeats(case: Case) -> QuerySet[Case]:
    """Other cases in which the same applicant asked the agency for the same in the same words."""
    number = case.applicant.identity_number
    if not number:
        return Case.objects.none()
    return _with_people(alike(case)).filter(applicant__identity_index__in=_identity().candidates(number))


def others(case: Case) -> QuerySet[Case]:
    """Open cases of other applicants in the same words that are not in the case's group."""
    ours = Q(pk=first_id(case)) | Q(same_as_id=first_id(case))
    found = _with_people(alike(case)).filter(state__in=OPEN).exclude(ours)
    number = case.applicant.identity_number
    return found.exclude(applicant__identity_index__in=_identity().candidates(number)) if number else found


def panel(case: Case) -> Panel:
    """What there is to know of one case."""
    if case.purged_at is not None:
        return Panel([], [], 0, [], [], 1, suggest=False)
    ours = list(members(case)[: MOST + 1])
    open_ones = list(others(case)[: MOST + 1])
    again = list(repeats(case)[:MOST])
    known = {one.pk for one in (*ours, *again)}
    ended = list(_with_people(alike(case)).exclude(state__in=OPEN)[:ENDED])
    people = _applicants([case, *ours, *open_ones])
    return Panel(
        members=[_like(one, case) for one in ours[:MOST]] if len(ours) > 1 else [],
        others=_told_apart(case, open_ones[:MOST]),
        more=max(0, others(case).count() - MOST) if len(open_ones) > MOST else 0,
        repeats=[_like(one, case) for one in again],
        ended=[_like(one, case) for one in ended if one.pk not in known],
        applicants=people,
        suggest=people >= SEVERAL and not _suggested(ours, open_ones),
    )


def _with_people(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_related("agency", "applicant", "handler")


def _identity() -> Any:
    return Applicant._meta.get_field("identity_index")


def _like(one: Case, case: Case, hint: str = "") -> Like:
    if one.plain_text != case.plain_text:
        hint = "所需信息的文字已经不同（补正或拆分后改变），请核对是否移出"
    same_name = one.pk != case.pk and one.applicant.name == case.applicant.name and not is_repeat(one, case)
    if same_name:
        told = why_untold(one, case)
        found = f"姓名相同，{told}" if told else "姓名相同而证件号码不同"
        hint = hint or f"{found}，请核对是否同一人"
    return Like(one, masking.applicant(one.applicant.name, one.applicant_kind), hint)


def _told_apart(case: Case, found: list[Case]) -> list[Like]:
    """With a word where two of them are one applicant's: only the first of these can be grouped."""
    seen: dict[str, Case] = {}
    told = []
    for one in sorted(found, key=by_receipt):
        number = one.applicant.identity_number
        before = seen.setdefault(number, one) if number else one
        told.append(_like(one, case, "" if before is one else f"与{before}为同一申请人"))
    return told


def _applicants(cases: Iterable[Case]) -> int:
    """How many different applicants some cases are of; one without a number on record counts by its case."""
    return len({one.applicant.identity_number or one.pk for one in cases})


def _suggested(*lists: Iterable[Case]) -> bool:
    pks = {one.pk for found in lists for one in found}
    return Note.objects.filter(case_id__in=pks, kind=Note.Kind.PUBLISH).exists()
