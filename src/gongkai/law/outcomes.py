"""How an application ends: reply types with article and row of table 3, and each decision's remedy."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from gongkai.kernel import GongkaiError, LawRef
from gongkai.law.calendar import Calendar
from gongkai.law.dated import in_force_on, row_on, rows

Row = Literal[
    "granted", "partial", "denied_state_secret", "denied_by_law", "denied_safety_stability",
    "denied_third_party", "denied_internal", "denied_process", "denied_enforcement_file",
    "denied_registry_query", "unable_not_held", "unable_needs_making", "unable_still_unclear",
    "declined_petition", "declined_repeat", "declined_publication", "declined_abusive", "declined_reissue",
    "other_not_corrected", "other_fee_unpaid", "other_other",
]  # fmt: skip


class UnknownOutcome(GongkaiError):
    """No outcome or row of table 3 has this name."""

    code = "unknown-outcome"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One reply type: the row of table 3 it counts in (``row``), its Chinese ``word``, and its article.

    ``article`` is None where only the annual report's form names the case. ``withheld``: information is
    refused under Art. 14 to 16, in whole or in part. ``source`` is where the row of data comes from.

    ``needs`` are the kinds of events that must have happened before, ``given_up`` the kind of the notice
    whose term the applicant must have let lapse. ``hears``: those asked for their view are heard before
    (Art. 32, 34); ``discloses``: information is given out that they may object to. ``part``: it can be the
    ground on which the rest of a partial release is withheld (Art. 37).
    """

    code: str
    row: Row
    word: str
    article: LawRef | None
    withheld: bool
    source: str
    needs: tuple[str, ...] = ()
    given_up: str = ""
    hears: bool = False
    discloses: bool = False
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

    ``suit`` is None where reconsideration comes first. ``provisional``: a last day lies in a year without
    published holidays and is not moved to the working day after; it can only become later.
    """

    reconsideration: date
    suit: date | None
    provisional: bool


def last_days(remedy: Remedy, received: date, calendar: Calendar) -> RemedyDays:
    """The last day for each way. A term that ends on a day off ends on the first working day after it
    (民事诉讼法 on terms, which 行政复议法 and 行政诉讼法 follow).
    """
    ends = [received + timedelta(remedy.reconsideration_days)]
    if remedy.suit_months is not None:
        ends.append(_months_after(received, remedy.suit_months))
    moved = [_next_working_day(day, calendar) for day in ends]
    return RemedyDays(
        moved[0] or ends[0],
        (moved[1] or ends[1]) if len(ends) > 1 else None,
        None in moved,
    )


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _next_working_day(day: date, calendar: Calendar) -> date | None:
    """``day`` or the first working day after it; None where the holidays are not published."""
    while (working := calendar.look(day).working) is False:
        day += timedelta(1)
    return day if working else None


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
            row.get("hears", False),
            row.get("discloses", False),
            row.get("part", False),
        )
        for row in rows("outcomes")
        if in_force_on(row, on)
    )


def outcome(code: str, on: date) -> Outcome:
    """The reply type of this code. Raises UnknownOutcome."""
    for found in outcomes(on):
        if found.code == code:
            return found
    raise UnknownOutcome(f"没有“{code}”这种办理结果")


def grounds_of_part(on: date) -> tuple[Outcome, ...]:
    """On which grounds the rest of a partial release can be withheld (Art. 37), in the order of table 3."""
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
    where it is not said: going to reconsideration first loses nobody a right). Raises UnknownOutcome with the
    rows there are, NotCoveredError before 2019-05-15.
    """
    known = {found.row: found.word for found in outcomes(date.max)}
    if row not in known:
        raise UnknownOutcome(f"“{row}”不是办理结果", remedy=f"可以是：{'、'.join(known)}")
    data = row_on("remedies", on, "救济途径")
    first = row in data["first"] and not (row == "partial" and withheld is False)
    against = "本决定中不予公开的部分" if row == "partial" else "本决定"
    return replace(_remedy(first, data), against=against)


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
