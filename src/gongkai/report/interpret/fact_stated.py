"""What the parts of the fact reader hand to each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

Value = int | Decimal | Mapping[str, int | Decimal]


@dataclass(slots=True)
class Scene:
    """What is known before a sentence is read.

    ``topic`` is the part of the report (application, publish, disputes, platform or none), ``subject`` what
    the sentences before counted, ``section`` the section's key. Reading a sentence moves ``subject`` on.
    ``last`` is the last figure read as a number of published items or applications; ``totalled`` tells that
    the sentence itself has named a number of published items, ``of_disclosure`` that the disputes spoken of
    are about disclosure.
    """

    year: int | None
    agency: str | None
    topic: str
    section: str
    subject: str = ""
    last: "Stated | None" = None
    totalled: bool = False
    of_disclosure: bool = False


@dataclass(slots=True)
class Stated:
    """A figure stated in a section: ``start`` and ``end`` are offsets into the section's text."""

    name: str
    value: Value
    start: int
    end: int
    scope: str = ""
    whole: bool = True
    of: int | Decimal | None = None
    closed: bool = True
    number: int = -1  #: which number of its sentence it was read from
