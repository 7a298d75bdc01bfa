"""The kinds of letters and what each reply decides, read from the data beside this file."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final, Literal, NamedTuple

from gongkai.law.outcomes import grounds_of_part

REPLY: Final = "reply"

FieldKind = Literal["line", "text", "days", "date", "number", "choice", "choices"]

#: Between several chosen words.
BETWEEN: Final = "；"


class Field(NamedTuple):
    """One thing a letter says that nobody but the handler knows.

    ``choices`` as a kind takes several of them, kept with ``BETWEEN`` between them.
    """

    name: str
    label: str
    kind: FieldKind
    required: bool = False
    most: int = 0
    default: str = ""
    choices: tuple[str, ...] = ()


class LetterKind(NamedTuple):
    """One document of REGULATION §4. ``event`` is what the clock is told on delivery; empty: nothing.

    ``matter`` names the signing chain: ``reply``, ``notice``, or ``extension``, which the head approves.
    ``fill_in``: a form that whoever it goes to fills in, signs and sends back to the agency.
    """

    code: str
    name: str
    mark: str
    to: Literal["applicant", "party", "section"]
    matter: Literal["reply", "notice", "extension"]
    paragraphs: tuple[str, ...]
    fields: tuple[Field, ...] = ()
    event: str = ""
    party: str = ""
    fill_in: bool = False


class Decision(NamedTuple):
    """The sentence of a reply for one outcome, and the fields it cannot go without.

    ``otherwise`` is the sentence where it rests on something else, ``part`` what is said where this becomes
    of the rest of a partial release; both are empty for most (``letters.decided``).
    """

    sentence: str
    needs: tuple[str, ...]
    otherwise: str = ""
    part: str = ""


@cache
def kinds() -> Mapping[str, LetterKind]:
    """All kinds by code."""
    return {code: _kind(code, row) for code, row in _data("kinds.toml").items()}


@cache
def decisions() -> Mapping[str, Decision]:
    """By outcome code of ``law.outcomes``."""
    return {
        code: Decision(row["decision"], tuple(row["needs"]), row.get("otherwise", ""), row.get("part", ""))
        for code, row in _data("replies.toml").items()
    }


def _kind(code: str, row: dict[str, Any]) -> LetterKind:
    fields = tuple(
        Field(name, **{**given, "choices": _choices(given.get("choices", ()))})
        for name, given in row.pop("fields", {}).items()
    )
    return LetterKind(code, fields=fields, paragraphs=tuple(row.pop("paragraphs")), **row)


def _choices(given: list[str] | str) -> tuple[str, ...]:
    """As written; ``grounds`` are the law's, of what becomes of the rest of a partial release."""
    return tuple(found.word for found in grounds_of_part(date.max)) if given == "grounds" else tuple(given)


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))
