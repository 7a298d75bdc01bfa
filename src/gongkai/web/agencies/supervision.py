"""Who is told when other agencies than before stand below one.

An app that adds up over the agencies below another registers a listener, called in the transaction of the
change with the ids of the agencies above: ``registry.of("supervision").register("reporting", listener)``.
"""

from typing import Final, Protocol

from gongkai.web.common import registry

REGISTRY: Final = "supervision"


class Listener(Protocol):
    """Asks for whatever must be worked out anew; does no work itself."""

    def __call__(self, agency_ids: frozenset[int]) -> None:
        """Those directly below these agencies are others than before."""


def changed(*agency_ids: int | None) -> None:
    """Tell every listener; an agency that nobody supervises has nobody above."""
    above = frozenset(pk for pk in agency_ids if pk is not None)
    if above:
        for listener in registry.of(REGISTRY):
            listener(above)
