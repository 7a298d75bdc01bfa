"""Personal data as lists show it: enough to tell two apart, not enough to use."""

from collections.abc import Iterable

from gongkai.report import api
from gongkai.web.applications.models import Applicant, ApplicantKind, Case


def name(text: str) -> str:
    """A person's name, however long: 陈*心, 陈*, 阿*****木."""
    if len(text) < 3:
        return f"{text[:1]}*" if len(text) == 2 else "*" * len(text)
    return f"{text[0]}{'*' * (len(text) - 2)}{text[-1]}"


def applicant(text: str, kind: str) -> str:
    """The name of an applicant of a kind: an organisation's is no secret and stays."""
    return name(text) if kind == ApplicantKind.NATURAL_PERSON else text


def number(text: str) -> str:
    """First three and last two; what is short is hidden altogether (REGULATION §6)."""
    return f"{text[:3]}{'*' * (len(text) - 5)}{text[-2:]}" if len(text) > 8 else "*" * len(text)


def phone(text: str) -> str:
    """First three and last four."""
    return f"{text[:3]}****{text[-4:]}" if len(text) >= 8 else "*" * len(text)


def email(text: str) -> str:
    """The first letter and the domain."""
    local, at, domain = text.partition("@")
    return f"{local[:1]}***{at}{domain}" if at else "*" * len(text)


def within(text: str, personal: Iterable[str]) -> str:
    """A text in which what is known of somebody, such as their name and number, is masked."""
    for known in sorted(filter(None, personal), key=len, reverse=True):
        if len(known) > 1:
            text = text.replace(known, number(known) if known.isascii() else name(known))
    return text


def asked_for(case: Case) -> str:
    """What a case asks for, as lists show it: what is known of its applicant, and anybody's numbers, masked.

    Who asks for a paper of their own often writes name and number into its title.
    """
    return about(case, case.subject)


def about(case: Case, text: str) -> str:
    """What somebody wrote about a case, as lists show it, masked in the same way."""
    return within(numbers(text), _known(case.applicant, case.applicant_kind))


def numbers(text: str) -> str:
    """A text in which identity numbers, mobiles and bank cards are masked, whoever they belong to."""
    for one in sorted(api.personal.in_text(text), key=lambda one: one.start, reverse=True):
        text = f"{text[: one.start]}{one.masked}{text[one.end :]}"
    return text


def _known(who: Applicant, kind: str) -> list[str]:
    known = [
        who.identity_number, who.contact_name, who.phone, who.email, who.address, who.agent_name,
        who.agent_identity,
    ]  # fmt: skip
    return [*known, who.name] if kind == ApplicantKind.NATURAL_PERSON else known
