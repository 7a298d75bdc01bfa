"""How a letter recites the application: when and how it came in (条例 31), what was corrected since."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils import timezone

from gongkai.law.case import Channel, Kind, Party
from gongkai.web.applications import clock
from gongkai.web.applications.alike import earlier_answers
from gongkai.web.applications.models import ApplicantKind, Case, Consultation, Forwarding
from gongkai.web.applications.receiving import corrections
from gongkai.web.common.days import chinese

#: Longer corrections are named by their day alone: they lie with the application.
_LONGEST: Final = 200
#: By channel how the application came in. {day}: when it was handed in, sent or brought; {you}: by whom.
_CAME: Final[Mapping[Channel, str]] = {
    Channel.IN_PERSON: "{you}于{day}当面提交的政府信息公开申请",
    Channel.SIGNED_MAIL: "{you}邮寄的政府信息公开申请",
    Channel.ORDINARY_MAIL: "{you}邮寄的政府信息公开申请于{day}送到本机关",
    Channel.INTERNET: "{you}于{day}通过互联网提交的政府信息公开申请",
    Channel.FAX: "{you}于{day}以传真提交的政府信息公开申请",
}

#: Between several days.
AND: Final = "、"
#: By whatever way it reached the first agency, to this one it was sent on.
_SENT_ON: Final = "{you}向{agency}提出、经{you}同意转来的政府信息公开申请于{day}转到本机关"


def called(case: Case) -> str:
    """How a letter addresses the applicant: a person, or a body."""
    return "您" if case.applicant_kind == ApplicantKind.NATURAL_PERSON else "贵单位"


def handed_in(case: Case) -> date:
    """The day an application was handed in: over the internet the day it was sent, which may be before its
    receipt is confirmed; by any other way the day it came in. A split-off part's is that of the whole.
    """
    first = clock.in_force(case.events.filter(kind=Kind.RECEIVED)).first()
    return first.on if first else timezone.localdate(case.submitted_at)


def received(case: Case, on: date | None = None) -> date | None:
    """The day of receipt by the channel's rule, as it was known on a day; None where it was not confirmed."""
    day = case.received_on
    return None if day is None or (on is not None and on < day) else day


def came_in(case: Case, on: date | None = None) -> str:
    """The day of receipt by the channel's rule; where receipt is not confirmed, that it is not.

    ``on`` here and below: what could be told on that day; None for all that is on record.
    """
    channel, handed, sent_on_by = Channel(case.channel), handed_in(case), _sent_on_by(case)
    way, you = _SENT_ON if sent_on_by else _CAME[channel], called(case)
    came = way.format(agency=sent_on_by, you=you, day=chinese(handed))
    known = received(case, on)
    if known is None:
        return f"{came}，尚待本机关与{you}确认收到"
    day = "当日" if known == handed and "{day}" in way else chinese(known)
    if case.events.filter(kind=Kind.CONFIRMED, voids=None, voided_by=None).exists():
        return f"{came}，本机关于{day}与{you}确认收到"
    return f"{came}，本机关于{day}{'签收' if channel is Channel.SIGNED_MAIL and not sent_on_by else '收到'}"


def _sent_on_by(case: Case) -> str:
    """The agency that sent the application on to this one (条例 36(5)), of a split-off part the whole's."""
    while case.split_from is not None:
        case = case.split_from
    found = Forwarding.objects.filter(to=case).select_related("case__agency").first()
    return found.case.agency.full_name if found else ""


def term(case: Case, on: date | None = None) -> str:
    """From which day the reply is due; receipt that is not confirmed begins nothing (条例 31, 33)."""
    if received(case, on) is None:
        said = (
            f"答复期限自本机关与{called(case)}确认收到之日起计算（《政府信息公开条例》第三十一条），"
            "为20个工作日（第三十三条）。"
        )
    else:
        said = "本机关将自收到申请之日起20个工作日内答复（《政府信息公开条例》第三十三条）。"
    return said + "需要补正、征求意见、延期或者收费的，另行告知。"


def corrected(case: Case, on: date | None = None) -> str:
    """When a correction was asked for and came in, and what it says; empty where there was none."""
    events = case.events.filter(voids=None, voided_by=None, on__lte=on or date.max).order_by("on", "number")
    last = events.filter(kind=Kind.CORRECTED).last()
    if last is None:
        return ""
    asked = events.filter(kind=Kind.CORRECTION_REQUESTED, on__lte=last.on).last()
    before = f"本机关于{chinese(asked.on)}告知{called(case)}补正，" if asked else "本机关"
    text = corrections.text_of(case, last.on)
    said = f"，补正内容为：“{text}”" if text and len(text) <= _LONGEST else ""
    return f"{before}于{chinese(last.on)}收到{called(case)}的补正{said}。"


def relied_on(case: Case) -> str:
    """Whose answers for an earlier application the agency relies on, line by line; no party is named."""
    found = case.consultations.filter(relies_on__isnull=False).select_related("relies_on")
    return "\n".join(filter(None, (_relied_on(one, called(case)) for one in found)))


def _relied_on(one: Consultation, you: str) -> str:
    letter = earlier_answers.letter_of(one.relies_on, one.answered_on) if one.relies_on else None
    if letter is None:
        return ""
    who, overridden = Party(one.party).word, one.decision == Consultation.Decision.OVERRIDE
    then = "但本机关认为不公开可能对公共利益造成重大影响，决定予以公开。" if overridden else ""
    return (
        f"就相同的政府信息，本机关在办理此前的申请时已于{chinese(letter.delivery.on)}书面征求{who}的意见"
        f"（{letter.document_no}），{who}于{chinese(one.answered_on)}答复{one.get_answer_display()}。"
        f"经核对情况没有变化，办理{you}的申请时以此作为{who}的意见，不再另行征求。{then}"
    )


def consulted(case: Case, on: date | None = None) -> str:
    """The days on which parties were asked for their views, as recorded; empty where none was."""
    asked = case.events.filter(kind=Kind.CONSULTATION_STARTED, voids=None, voided_by=None)
    events = asked.filter(on__lte=on or date.max)
    return AND.join(chinese(day) for day in sorted({event.on for event in events}))
