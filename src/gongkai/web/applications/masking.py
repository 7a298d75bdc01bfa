"""Personal data as lists show it: enough to tell two apart, not enough to use."""

from collections.abc import Iterable


def name(text: str) -> str:
    """陈*心, 陈*; an organisation's name is no secret and stays."""
    if len(text) > 4:
        return text
    if len(text) < 2:
        return "*" * len(text)
    return f"{text[0]}*{text[2:]}" if len(text) > 2 else f"{text[0]}*"


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
