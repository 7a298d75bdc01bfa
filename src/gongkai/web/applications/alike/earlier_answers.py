"""An answer somebody gave on the same information before a case joined its group (条例 32, 34).

The opinion is about the information, so what was answered for one application may be relied on for a later
one in the same words. Nobody relies on it by themselves: a person decides so, case by case, with a reason, or
has the party asked anew. Silence is no answer, and is never relied on.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from django.db import transaction

from gongkai.law.case import Kind
from gongkai.web.applications import clock
from gongkai.web.applications.alike import asked_once, same_words
from gongkai.web.applications.models import Case, Consultation, Letter, LetterState
from gongkai.web.common import keys
from gongkai.web.common.typed import folded

_PURPOSE: Final = "applications.relied_text"
#: What can be relied on: words that were said.
_SPOKEN: Final = (Consultation.Answer.AGREES, Consultation.Answer.PARTLY, Consultation.Answer.OBJECTS)


def text_hash(case: Case) -> str:
    """Knows the words a case asks in again; kept beside what was relied on for them."""
    return keys.keyed_hash(case.plain_text, _PURPOSE)


def still_holds(one: Consultation, case: Case) -> bool:
    """Whether a case asks in the words it asked in when the answer was relied on."""
    return keys.matches(case.plain_text, _PURPOSE, one.relied_text)


def rotate() -> int:
    """Make what knows the words again anew with the hash key in force; how many. Part of ``rotate_keys``."""
    relied = Consultation.objects.filter(relies_on__isnull=False).exclude(relied_text="")
    outdated = [pk for pk, text in relied.values_list("pk", "relied_text") if keys.outdated(text)]
    return sum(_renewed(pk) for pk in outdated)


def _renewed(pk: int) -> int:
    """One answer relied on; where the case asks in other words since, it holds no more and is left."""
    with transaction.atomic():
        one = Consultation.objects.select_for_update(of=("self",)).select_related("case").get(pk=pk)
        if not still_holds(one, one.case):
            return 0
        one.relied_text = text_hash(one.case)
        one.save(update_fields=["relied_text"])
    return 1


class Said(NamedTuple):
    """What was answered to a letter: the consultation it is recorded with, and the letter as delivered."""

    by: Consultation
    letter: Letter


def said(first: Consultation) -> Said | None:
    """What came back to a letter that asked for a case, or for several; its own case's before others'.

    None where nobody spoke, and where an older system sent the letter, so that nobody can look at it.
    """
    found = asked_once.sharing(first).filter(sent_on__isnull=False, answer__in=_SPOKEN).first()
    letter = letter_of(found) if found is not None else None
    return Said(found, letter) if found is not None and letter is not None else None


def letter_of(one: Consultation, answered_on: date | None = None) -> Letter | None:
    """The letter an answer was given to, its own or that of a day; None where an older system sent it.

    What is written to the party after that answer, sent or not, takes nothing from it.
    """
    by = answered_on or one.answered_on or date.max
    asked = Letter.objects.filter(consultation_id=asked_once.first_id(one), kind__in=asked_once.ASKS)
    sent = asked.filter(state=LetterState.DELIVERED, delivery__on__lte=by)
    return sent.select_related("delivery").order_by("delivery__on", "pk").last()


def asked_on(one: Consultation) -> date | None:
    """The day the letter went out whose answer a case relies on; None where it relies on none.

    Asked anew since, the party has a later day there (``sent_on``): that is not the letter relied on.
    """
    letter = letter_of(one.relies_on, one.answered_on) if one.relies_on else None
    return letter.delivery.on if letter else None


def refusal(case: Case, first: Consultation) -> str:
    """Why a case cannot rely on what was answered to a letter for others; empty where it can."""
    if not case.is_open:
        return f"已办结（{case.get_state_display()}）"
    if folded(case.applicant.name) == folded(first.name):
        return "征求对象就是申请人"
    known = [one for one in case.consultations.all() if folded(one.name) == folded(first.name)]
    if not all(map(_is_free, known)):
        return "已经登记了同一个征求对象"
    found = said(first)
    if found is None:
        return _no_answer(first)
    if found.by.case.plain_text != case.plain_text or _changed_since(found.by):
        return f"所需信息的文字与征求意见时的{found.by.case}不同（补正或拆分后改变）"
    step = next(step for step in clock.steps(case) if step.kind is Kind.CONSULTATION_STARTED)
    return clock.told(step.refusal) if step.refusal else ""


def _no_answer(first: Consultation) -> str:
    if first.answer == Consultation.Answer.SILENT:
        return "对方逾期没有答复，没有可以沿用的意见"
    if first.sent_on is None:
        return "征求意见书还没有送达"
    return "还没有登记对方的答复，或者没有送达的征求意见书可以核对"


def _changed_since(one: Consultation) -> bool:
    """Whether the case was corrected after its letter had gone out: the letter asked about other words."""
    events = clock.in_force(one.case.events.all())
    begun = [row.number for row in events if row.kind == Kind.CONSULTATION_STARTED and row.ref == one.ref]
    return any(row.kind == Kind.CORRECTED and row.number > max(begun, default=0) for row in events)


def _is_free(one: Consultation) -> bool:
    """Whether somebody is on record and was not asked: no letter begun, none shared, none relied on."""
    asked = one.sent_on is not None or one.asked_with_id is not None or one.relies_on_id is not None
    return not asked and asked_once.letter_of(one) is None and not one.shared.exists()


def registered(case: Case, name: str) -> Consultation | None:
    """A party of that name on record of a case, of whom nothing was asked yet."""
    found = (one for one in case.consultations.all() if folded(one.name) == folded(name))
    return next((one for one in found if _is_free(one)), None)


def ask(one: Consultation, on: date) -> None:
    """Its own letter went out on a day: what was relied on until then holds no longer for this case."""
    one.sent_on = on
    if one.relies_on_id is not None:
        one.relies_on, one.relied_text = None, ""
        one.answer, one.answered_on, one.answer_text = Consultation.Answer.NONE, None, ""
        one.decision, one.decision_reason = Consultation.Decision.OPEN, ""
    one.save()


class Before(NamedTuple):
    """Somebody a letter asked about the same information for others of a group, and not for a case.

    ``can_rely``: what was answered can be relied on; ``registered``: on record of the case, not asked yet.
    """

    first: Consultation
    can_rely: bool
    registered: bool


def asked_before(case: Case) -> list[Before]:
    """Whom a case of a group has neither asked nor relied on, each once.

    Who asks is no third party to their own application.
    """
    mine = {folded(one.name): one for one in case.consultations.all()}
    heard = {name for name, one in mine.items() if one.sent_on or one.relies_on_id}
    heard |= {folded(case.applicant.name), ""}
    found: dict[str, Before] = {}
    for first in _asked_around(case):
        name, same = folded(first.name), first.case.plain_text == case.plain_text
        if name not in heard and same and not _changed_since(first):
            one = Before(first, not refusal(case, first), name in mine)
            found[name] = one if one.can_rely else found.get(name, one)
    return list(found.values())


def passed_over(case: Case) -> Iterator[str]:
    """Third parties that must be heard for this case before the information goes out (条例 32)."""
    for one in asked_before(case):
        if one.first.party == Consultation.Party.THIRD_PARTY:
            answered = (
                "请在同文组中沿用已有的意见，或者为本件征求意见" if one.can_rely else "请为本件征求意见"
            )
            yield (
                f"就相同的信息，{one.first.case}征求过第三方的意见，本件没有征求，也没有沿用（条例第三十二条）："
                f"{answered}；不涉及该第三方的，请移出同文组单独答复"
            )


def particulars(case: Case, pk: int) -> dict[str, str]:
    """Of one of these what a form that names a party begins with; nothing for what is none of them."""
    first = next((one.first for one in asked_before(case) if one.first.pk == pk), None)
    if first is None:
        return {}
    return {"party": first.party, "name": first.name, "address": first.address, "phone": first.phone}


def _asked_around(case: Case) -> list[Consultation]:
    """Whom letters asked that went out for other cases of the group, each once."""
    first = same_words.first_id(case)
    group = Case.objects.filter(pk=first) | Case.objects.filter(same_as_id=first)
    found = Consultation.objects.filter(case__in=group.exclude(pk=case.pk), sent_on__isnull=False)
    firsts = {asked_once.first_id(one) for one in found}
    mine = {asked_once.first_id(one) for one in case.consultations.all()}
    asked = Consultation.objects.filter(pk__in=firsts - mine).select_related("case", "case__applicant")
    return list(asked.order_by("pk"))
