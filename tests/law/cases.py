"""Cases written in one line: ``case("in_person", "2024-03-01 received", "2024-03-05 extended 10")``."""

from datetime import date

from gongkai.law.calendar import shipped
from gongkai.law.case import Account, Case, Channel, Event, Kind, Party
from gongkai.law.clock import account


def event(text: str) -> Event:
    """``DAY KIND [WORKDAYS] [party=…] [ref=…] [to=…] [excused] [reached=…] [from_receipt]``."""
    on, kind, *more = text.split()
    named = dict(word.split("=") for word in more if "=" in word)
    return Event(
        date.fromisoformat(on),
        Kind(kind),
        next((int(word) for word in more if word.lstrip("-").isdecimal()), None),
        Party(named["party"]) if "party" in named else None,
        named.get("ref", ""),
        date.fromisoformat(named["to"]) if "to" in named else None,
        "excused" in more,
        date.fromisoformat(named["reached"]) if "reached" in named else None,
        "from_receipt" in more,
    )


def case(channel: str, *events: str) -> Case:
    return Case(Channel(channel), tuple(map(event, events)))


def told(on: str, *events: str, channel: str = "in_person") -> Account:
    """The account at the end of ``on`` (empty: of the last event's day)."""
    return account(case(channel, *events), date.fromisoformat(on) if on else None, shipped())
