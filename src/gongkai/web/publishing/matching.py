"""How well a published item answers what is asked for. Pure: the same two texts always give the same answer.

An offer that is wrong costs a citizen time; so an item is offered where it covers most of what the request
says and is about little else, or where the request names nearly all of the item's title, never for a word or
two in common. A year that is asked for must fit: last year's plan is not this year's; and so must a village.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from gongkai.web.common import wording
from gongkai.web.common.published import Wanted

#: Share of the telling words of a request that an item has to cover.
ENOUGH_OF_THE_REQUEST: Final = 0.65
#: And of its own title so much has to be about that: a short request is found in many long titles.
ABOUT_THE_REQUEST: Final = 0.3
#: Share of the telling words of a title that a request has to name, where it says much else besides.
ENOUGH_OF_THE_TITLE: Final = 0.75
#: So many of them, at the least: a title of two words is named by accident.
_NAMED_AT_LEAST: Final = 4
#: A word found in the summary alone counts half.
_IN_SUMMARY: Final = 0.5
#: Fewer characters than this, without one telling word among them, say nothing.
_SHORTEST_PHRASE: Final = 4
_WORDS_SHOWN: Final = 4


class Published(NamedTuple):
    """What is compared of an item."""

    title: str
    summary: str
    made_on: date


class Match(NamedTuple):
    """How well, between 0 and 1 (below that of an exact number), and why, for the reader."""

    score: float
    why: str


@dataclass(frozen=True)
class Request:
    """What is asked for, cut into words once."""

    subject: wording.Words
    everything: wording.Words
    phrase: str
    years: frozenset[int]
    places: frozenset[str]
    names: tuple[str, ...]

    @classmethod
    def of(cls, wanted: Wanted, names: Iterable[str]) -> "Request":
        """``names``: of the agency that is asked, which tell its items nothing apart."""
        names = tuple(names)
        subject, details = (wording.words(text, names) for text in wanted)
        return cls(
            subject=subject,
            everything=wording.Words(subject.telling | details.telling, subject.common | details.common),
            phrase=wording.unspecific(wanted.subject, names),
            years=wording.years(wanted.subject) or wording.years(wanted.details),
            places=wording.places(wanted.subject, names),
            names=names,
        )


def match(request: Request, item: Published) -> Match | None:
    """None where the item should not be offered."""
    if request.years and not request.years & years_of(item):
        return None
    places = wording.places(item.title, request.names)
    if request.places and places and not request.places & places:
        return None
    title = wording.words(item.title, request.names)
    if not request.subject.telling:
        return _same_phrase(request, item)
    named = request.everything.telling & title.telling
    asked = request.subject.telling
    in_title = asked & title.telling
    in_summary = (asked & wording.words(item.summary, request.names).telling) - in_title
    of_request = (len(in_title) + _IN_SUMMARY * len(in_summary)) / len(asked)
    of_title = len(named) / len(title.telling) if title.telling else 0.0
    covers = of_request >= ENOUGH_OF_THE_REQUEST and of_title >= ABOUT_THE_REQUEST
    is_named = len(named) >= _NAMED_AT_LEAST and of_title >= ENOUGH_OF_THE_TITLE
    if not covers and not is_named:
        return None
    kind = request.subject.common & title.common
    of_kind = len(kind) / len(request.subject.common) if request.subject.common else 0.0
    right_year = bool(request.years & wording.years(item.title))
    score = 0.5 * max(of_request, of_title) + 0.25 * of_title + 0.1 * of_kind + 0.1 * right_year
    return Match(min(score, 0.99), _why(in_title | named, item, request.years if right_year else frozenset()))


def years_of(item: Published) -> frozenset[int]:
    """The years an item answers for: those in its title; without one that of its making and the one before.

    What is made early in a year tells of the year that ended.
    """
    return wording.years(item.title) or frozenset({item.made_on.year, item.made_on.year - 1})


def _same_phrase(request: Request, item: Published) -> Match | None:
    """政府工作报告: common words alone, but in this order."""
    if len(request.phrase) < _SHORTEST_PHRASE or request.phrase not in wording.unspecific(
        item.title, request.names
    ):
        return None
    return Match(0.8, "名称相同或相近")


def _why(words: Iterable[str], item: Published, years: frozenset[int]) -> str:
    """The words that matched, as they stand in the title; pairs that overlap are one word again."""
    joined: list[str] = []
    even, at, words = wording.plain(item.title), 0, set(words)
    while at < len(even) - 1:
        length = _matched_from(even, at, words)
        if length:
            joined.append(even[at : at + length])
        at += max(length, 1)
    shown = list(dict.fromkeys(joined))[:_WORDS_SHOWN]
    when = [f"{year}年" for year in sorted(years & wording.years(item.title))]
    return (
        "名称中有" + "、".join(f"“{word}”" for word in [*when, *shown]) if shown or when else "内容概述相符"
    )


def _matched_from(even: str, at: int, words: set[str]) -> int:
    """How far the words that matched reach without a gap from a place on; nought where none begins there."""
    run = next((word for word in words if word.isascii() and even.startswith(word, at)), "")
    if run:
        return len(run)
    end = at
    while even[end : end + 2] in words:
        end += 1
    return end + 1 - at if end > at else 0
