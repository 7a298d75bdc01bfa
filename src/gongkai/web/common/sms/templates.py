"""What messages say. Gateways send only texts they have approved, so each is registered under a name.

An app registers its own at start-up: ``templates.register(Template("applications.received", "…{number}…"))``.
The administrator hands the texts in for approval and names the gateway's number of each in the settings.
"""

import string
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gongkai.web.common import registry

REGISTRY: Final = "sms_templates"


@dataclass(frozen=True, slots=True)
class Template:
    """A text under a name; what stands in braces is filled in. ``occasion``: when it is sent, in Chinese."""

    name: str
    occasion: str
    text: str

    @property
    def fields(self) -> tuple[str, ...]:
        """What is filled in, in the order of the text, each once."""
        found: Iterator[str] = (name for _, name, _, _ in string.Formatter().parse(self.text) if name)
        return tuple(dict.fromkeys(found))


def register(template: Template) -> None:
    """Add a text."""
    registry.of(REGISTRY).register(template.name, template)


def every() -> list[Template]:
    """All texts there are, in the order they came."""
    return registry.of(REGISTRY).values()


def of(name: str) -> Template:
    """One text. Raises KeyError where nobody has registered it."""
    found = registry.of(REGISTRY).get(name)
    if not isinstance(found, Template):
        raise KeyError(name)
    return found
