"""One case of an old system as any reader of files hands it on, before anything of it is taken over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.web.applications.actions.old_parties import Misfit


@dataclass(frozen=True, slots=True)
class Given:
    """A case in the shape ``json_file`` describes, whoever read it.

    ``where`` names its row in the file, empty where its ordinal does. ``places`` says of a part of ``row``
    (``applicant.name``, ``events.2``, ``parties.1``; counted from 1) where it stands. ``faults`` are what
    could not be read at all: then nothing else of the case is looked at.
    """

    row: Any
    where: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()

    def at(self, path: str, otherwise: str = "") -> str:
        """Where a part stands; where that is not known, its row or ``otherwise``."""
        return self.places.get(path) or otherwise or self.where

    def told(self, refused: Exception) -> str:
        """A refusal with its place in the file, where it says which part it is about."""
        if isinstance(refused, Misfit) and refused.path in self.places:
            return f"{self.places[refused.path]}：{refused.without_place()}"
        return str(refused)
