"""Consultations that one letter serves: whoever is asked for a whole group is written to once (条例 32, 34).

One of them has the letter, in its own case; the others name it (``asked_with``). What is delivered, answered
and decided is recorded in the case of each.
"""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from gongkai.web.applications.alike import same_words
from gongkai.web.applications.models import Case, Consultation, Letter, LetterState

#: Letters that ask; others to the same party are a form it fills in, and what was decided (条例 32).
ASKS = ("consult_third_party", "consult_agency")
#: Letters that keep the number of cases the consultation is about as it is: they are signed over it.
_FIXED = (LetterState.SIGNING, LetterState.SIGNED, LetterState.DELIVERED)


def first_id(one: Consultation) -> int:
    """The consultation whose letter it is; itself where it has its own."""
    return one.asked_with_id or one.pk


def sharing(one: Consultation) -> QuerySet[Consultation]:
    """All that one letter serves, whose letter it is first; of one that is asked by itself that alone."""
    first = first_id(one)
    found = Consultation.objects.filter(Q(pk=first) | Q(asked_with_id=first))
    return found.select_related("case", "case__agency", "case__applicant").order_by("pk")


def others(one: Consultation) -> QuerySet[Consultation]:
    """Those beside it that were asked by the same letter, once it has gone out."""
    return sharing(one).exclude(pk=one.pk).filter(sent_on__isnull=False)


def writer(one: Consultation) -> Consultation:
    """Whose case writes to the party: the first's, whose letter it is.

    Once the letter is sent, and the first case has ended or left the group, the next open case of the group
    takes its place: what the agency owes the party (条例 32) does not end with one application of several.
    """
    first = one.asked_with
    if first is None or one.sent_on is None:
        return first or one
    group = same_words.first_id(one.case)
    able = (
        other
        for other in sharing(one).filter(sent_on__isnull=False)
        if other.case.is_open and same_words.first_id(other.case) == group
    )
    return next(able, first)


def letters_to(one: Consultation, kind: str) -> list[Letter]:
    """Delivered letters of a kind to the party that hold for a case: from it, from the first, and from others
    it was asked with that ask for the same still.
    """
    found = Letter.objects.filter(
        kind=kind, state=LetterState.DELIVERED, consultation__in=sharing(one).values("pk")
    ).select_related("case")
    own = {one.pk, first_id(one)}
    return [row for row in found if row.consultation_id in own or row.case.plain_text == one.case.plain_text]


def is_shared(pk: int) -> bool:
    """Whether a consultation has its letter in common with others."""
    return Consultation.objects.filter(Q(asked_with_id=pk) | Q(pk=pk, asked_with__isnull=False)).exists()


def beside(case: Case, code: str, about: int) -> list[Consultation]:
    """The other consultations that a change of one, or the delivery of its letter, holds for too."""
    if code == "applications.add_proof":
        return proven_by(about)
    if code == "applications.deliver_letter":
        one = Consultation.objects.filter(case=case, letters=about, letters__kind__in=ASKS).first()
    elif code in {"applications.record_answer", "applications.decide_on_party"}:
        one = case.consultations.filter(pk=about).first()
    else:
        one = None
    if one is None:
        return []
    shared = sharing(one).exclude(pk=one.pk)
    return list(shared.filter(sent_on__isnull=one.sent_on is None))


def proven_by(letter_id: int) -> list[Consultation]:
    """The consultations of other cases that rest on the delivery of a letter too: asked by it, or relying on
    what was answered to it.
    """
    one = Consultation.objects.filter(letters=letter_id, letters__kind__in=ASKS).first()
    if one is None:
        return []
    shared = sharing(one).filter(sent_on__isnull=False)
    found = Consultation.objects.filter(Q(pk__in=shared.values("pk")) | Q(relies_on__in=shared.values("pk")))
    others = found.exclude(case_id=one.case_id).filter(case__purged_at=None)
    return list(others.select_related("case", "case__agency", "case__applicant").order_by("pk"))


def is_for_several(letter_id: int) -> bool:
    """Whether a letter asks for other cases than its own too."""
    return Consultation.objects.filter(asked_with__letters=letter_id).exists()


def count(one: Consultation | None) -> str:
    """How many applications a letter is about, as it says it."""
    found = sharing(one).count() if one else 1
    return "一件" if found == 1 else f"{found}件"


def letter_of(one: Consultation) -> Letter | None:
    """Its letter with which it asks, where that is begun and was not given up; the newest."""
    begun = Letter.objects.filter(consultation_id=first_id(one), kind__in=ASKS)
    return begun.exclude(state=LetterState.DROPPED).last()


def is_fixed(one: Consultation) -> bool:
    """Whether the letter is being signed, or was: another case would change what it says."""
    letter = letter_of(one)
    return letter is not None and letter.state in _FIXED


def of_case(case: Case) -> QuerySet[Consultation]:
    """Whom a case asks, with the case whose letter it is and how many others go along (``along``)."""
    found = case.consultations.select_related("asked_with__case", "relies_on__case")
    return found.annotate(along=Count("shared")).order_by("pk")


def asked_for(cases: Iterable[Case]) -> list[list[Consultation]]:
    """What is asked for some cases: the consultations of each letter together, its own first; those that
    rely on what it brought (``relies_on``) last.
    """
    found = Consultation.objects.filter(case__in=cases).select_related("case", "case__agency", "relies_on")
    by_letter: dict[int, list[Consultation]] = {}
    for one in found.order_by("pk"):
        by_letter.setdefault(first_id(one.relies_on or one), []).append(one)

    def place(one: Consultation) -> tuple[bool, bool, int]:
        return one.relies_on_id is not None, one.asked_with_id is not None, one.pk

    return [sorted(row, key=place) for row in by_letter.values()]
