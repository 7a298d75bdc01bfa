"""What can stand in the fields of a file that name one of several: each code with its Chinese word."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.db.models import TextChoices

from gongkai.law.case import Channel, Kind, Party
from gongkai.law.outcomes import outcomes
from gongkai.web.applications.actions.consult import SPOKE
from gongkai.web.applications.models import ApplicantKind, Consultation, FormWanted, IdentityKind, WayWanted

Words = Sequence[tuple[str, str]]

#: Told by an event of its own, never by a reply.
_WITHDRAWN: Final = "withdrawn"


def codes(on: date) -> list[tuple[str, Words]]:
    """The fields of the file that take a code: on a day, each code there is with its word."""
    return [
        ("channel", [(one, one.word) for one in Channel]),
        ("applicant.kind", _words(ApplicantKind)),
        ("applicant.identity_kind", _words(IdentityKind)),
        ("form_wanted", _words(FormWanted)),
        ("way_wanted", _words(WayWanted)),
        ("events.kind", [(one, one.word) for one in Kind]),
        ("events.party", _PARTIES),
        ("parties.party", _PARTIES),
        ("parties.answer", [one for one in _words(Consultation.Answer) if one[0] in SPOKE]),
        ("parties.decision", [one for one in _words(Consultation.Decision) if one[0] != "open"]),
        ("outcome", [(one.code, one.word) for one in outcomes(on) if one.code != _WITHDRAWN]),
    ]


def _words(choices: type[TextChoices]) -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in choices.choices]


#: An agency is asked because it made the information too (条例 34); the clock knows it as another agency.
_PARTIES: Final = [*_words(Consultation.Party), (Party.AGENCY.value, Party.AGENCY.word)]
