"""Whom a letter goes to, as lists say it: several letters of a kind in one case are told apart by it."""

from gongkai.law.case import Party
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.letters.typed import typed_of
from gongkai.web.applications.models import Consultation, Letter
from gongkai.web.applications.privacy import masking
from gongkai.web.applications.workload import errands


def place(letter: Letter) -> str:
    """The party by its number on the case, the section by its name: nothing of a person, fit for a mail.

    Empty for a letter to the applicant, and before anybody was chosen.
    """
    if letter.consultation is not None:
        return f"{Party(letter.consultation.party).word}{letter.consultation.ref}"
    if kinds()[letter.kind].to == "section":
        return typed_of(letter).get(errands.SECTION, "").strip()
    return ""


def to(letter: Letter) -> str:
    """The same with the name: an agency's whole, a third party's masked, who may be a person."""
    where, asked = place(letter), letter.consultation
    if asked is None:
        return where
    known = asked.name if asked.party == Consultation.Party.AGENCY else masking.name(asked.name)
    return f"{where}（{known}）" if known else where
