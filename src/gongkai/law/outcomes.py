"""How an application ends: reply types with article and row of table 3, and each decision's remedy."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, Literal

from gongkai.kernel import GongkaiError, LawRef
from gongkai.law.calendar import Calendar, Reached
from gongkai.law.dated import in_force_on, row_on, rows

Row = Literal[
    "granted", "partial", "denied_state_secret", "denied_by_law", "denied_safety_stability",
    "denied_third_party", "denied_internal", "denied_process", "denied_enforcement_file",
    "denied_registry_query", "unable_not_held", "unable_needs_making", "unable_still_unclear",
    "declined_petition", "declined_repeat", "declined_publication", "declined_abusive", "declined_reissue",
    "other_not_corrected", "other_fee_unpaid", "other_other",
]  # fmt: skip


#: What a refused part of a partial release is called in a remedy clause.
PART_WITHHELD: Final = "本决定中不予公开的部分"


class UnknownOutcome(GongkaiError):
    """No outcome or row of table 3 has this name."""

    code = "unknown-outcome"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One reply type: the row of table 3 it counts in (``row``), its Chinese ``word``, and its article.

    ``article`` is None where only the annual report's form names the case. ``withheld``: information is
    refused under Art. 14 to 16, in whole or in part. ``source`` is where the row of data comes from.

    ``needs`` are the kinds of events that must have happened before, ``given_up`` the kind of the notice
    whose term the applicant must have let lapse. ``awaits`` is the kind of the event that answers the last of
    ``needs``: it has come, or the term stated in the request is over. ``hears``: those asked for their view
    are heard before (Art. 32, 34); ``discloses``: information is given out that they may object to;
    ``protects``: it is refused for the sake of a third party (Art. 15). ``part``: it can be what becomes of
    the rest of a partial release, withheld (Art. 37) or not had.
    """

    code: str
    row: Row
    word: str
    article: LawRef | None
    withheld: bool
    source: str
    needs: tuple[str, ...] = ()
    given_up: str = ""
    awaits: str = ""
    hears: bool = False
    discloses: bool = False
    protects: bool = False
    part: bool = False

    @property
    def after_a_step(self) -> bool:
        """Whether a step of the law has to come before."""
        return bool(self.needs or self.given_up)


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a person may do against a decision of this kind and day.

    ``reconsideration_first`` (复议前置): no suit before reconsideration. Reconsideration within
    ``reconsideration_days`` of learning of the decision; a suit within ``suit_after_days`` of the decision on
    reconsideration, or directly within ``suit_months`` (None where reconsideration comes first). ``body``
    says which body reconsiders, ``basis`` the law. ``against`` and ``since`` are the clause's words for what
    is challenged and for the day its terms run from.
    """

    reconsideration_first: bool
    reconsideration_days: int
    suit_after_days: int
    suit_months: int | None
    body: str
    basis: tuple[str, ...]
    against: str = "本决定"
    since: str = "收到本决定之日"

    def clause(self, body: str = "{复议机关}", court: str = "{人民法院}") -> str:
        """The remedy clause of the letter, with its deadlines; the names of body and court are filled in."""
        if self.reconsideration_first:
            return (
                f"如不服{self.against}，应当自{self.since}起{self.reconsideration_days}日内，先向{body}申请行政复议；"
                f"对行政复议决定不服的，再自收到行政复议决定书之日起{self.suit_after_days}日内向{court}提起行政诉讼。"
            )
        return (
            f"如不服{self.against}，可以自{self.since}起{self.reconsideration_days}日内向{body}申请行政复议，"
            f"或者自{self.since}起{self.suit_months}个月内向{court}提起行政诉讼。"
        )


@dataclass(frozen=True, slots=True)
class RemedyDays:
    """The last days to act, counted from the day the decision was received.

    ``suit`` is None where reconsideration comes first. Each is provisional by itself: where it lies in a year
    without published holidays it is not moved to the working day after; it can only become later.
    """

    reconsideration: Reached
    suit: Reached | None


def last_days(remedy: Remedy, received: date, calendar: Calendar) -> RemedyDays:
    """The last day for each way. A term that ends on a day off ends on the first working day after it
    (民事诉讼法 on terms, which 行政复议法 and 行政诉讼法 follow).
    """
    months = remedy.suit_months
    return RemedyDays(
        _moved(received + timedelta(remedy.reconsideration_days), calendar),
        None if months is None else _moved(_months_after(received, months), calendar),
    )


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _moved(end: date, calendar: Calendar) -> Reached:
    """``end`` or the first working day after it; ``end`` itself, provisional, where that cannot be known."""
    day = end
    while (working := calendar.look(day).working) is False:
        day += timedelta(1)
    return Reached(day, provisional=False) if working else Reached(end, provisional=True)


def outcomes(on: date) -> tuple[Outcome, ...]:
    """Every reply type in force on ``on``, in the order of table 3."""
    return tuple(
        Outcome(
            row["outcome"],
            row["row"],
            row["word"],
            LawRef(row["document"], row["article"]) if row["article"] else None,
            row["withheld"],
            row["source"],
            tuple(row.get("needs", ())),
            row.get("given_up", ""),
            row.get("awaits", ""),
            row.get("hears", False),
            row.get("discloses", False),
            row.get("protects", False),
            row.get("part", False),
        )
        for row in rows("outcomes")
        if in_force_on(row, on)
    )


def outcome(code: str, on: date) -> Outcome:
    """The reply type of this code. Raises UnknownOutcome, with the codes there are."""
    known = outcomes(on)
    for found in known:
        if found.code == code:
            return found
    codes = "、".join(f"{one.code}（{one.word}）" for one in known)
    raise UnknownOutcome(f"没有“{code}”这种办理结果", remedy=f"可以是：{codes}")


def grounds_of_part(on: date) -> tuple[Outcome, ...]:
    """What can become of the rest of a partial release, in the order of table 3.

    It is withheld (Art. 37), or the agency does not have it, need not make it, or points to where it is had.
    """
    return tuple(found for found in outcomes(on) if found.part)


def given_up(notice: str, on: date) -> Outcome:
    """How a case ends whose applicant let the term of a notice (a kind of event) lapse.

    Raises UnknownOutcome.
    """
    for found in outcomes(on):
        if found.given_up == notice:
            return found
    raise UnknownOutcome(f"“{notice}”没有逾期的结果")


def remedy(row: str, on: date, *, withheld: bool | None = None) -> Remedy:
    """The remedy against a decision of ``on`` that counts in ``row`` of table 3.

    ``withheld`` tells of a partial release whether the rest is refused under Art. 14 to 16 (taken to be so
    where it is not said: going to reconsideration first loses nobody a right); of one whose rest falls under
    several grounds ``remedies`` tells. Raises UnknownOutcome with the rows there are, NotCoveredError before
    2019-05-15.
    """
    known = {found.row: found.word for found in outcomes(date.max)}
    if row not in known:
        raise UnknownOutcome(f"“{row}”不是办理结果", remedy=f"可以是：{'、'.join(known)}")
    data = row_on("remedies", on, "救济途径")
    first = row in data["first"] and not (row == "partial" and withheld is False)
    against = PART_WITHHELD if row == "partial" and withheld is not False else "本决定"
    return replace(_remedy(first, data), against=against)


def remedies(found: Outcome, rest: Sequence[Outcome], on: date) -> tuple[Remedy, ...]:
    """The remedies against a reply of ``on``, part by part where they are not the same (法释〔2025〕8号).

    ``rest`` is what becomes of the rest of a partial release. Reconsideration comes first for what is
    withheld under Art. 14 to 16; a part that does not exist, is another agency's or must be made leaves the
    choice.
    """
    if found.row != "partial" or not rest:
        return (remedy(found.row, on, withheld=found.withheld),)
    withheld = remedy(found.row, on, withheld=True)
    if all(one.withheld for one in rest):
        return (withheld,)
    other = remedy(found.row, on, withheld=False)
    if not withheld.reconsideration_first or not any(one.withheld for one in rest):
        return (other,)
    return (withheld, replace(other, against="本决定的其他部分"))


def remedy_for_silence(on: date) -> Remedy:
    """The remedy against a reply that did not come by ``on``."""
    data = row_on("remedies", on, "救济途径")
    found = _remedy(data["silence"], data)
    return replace(found, against="本机关未在法定期限内答复的行为", since="答复期限届满之日")


def _remedy(first: bool, data: dict[str, Any]) -> Remedy:
    return Remedy(
        first,
        data["reconsideration_days"],
        data["suit_after_days"],
        None if first else data["suit_months"],
        data["body"],
        tuple(data["basis"]),
    )
