"""The kinds of papers with their fields, read from the data beside this file."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from gongkai.web.applications.letters.kinds import Field

FORM: Final = "application_form"
SHEET: Final = "register_sheet"
SLIP: Final = "receipt_slip"
#: What an applicant may have of a case beside the letters.
FOR_APPLICANT: Final = (FORM, SLIP)


class PaperKind(NamedTuple):
    """One paper. ``fields`` are all that can stand in it; ``required`` ones a template must print."""

    code: str
    name: str
    fields: tuple[Field, ...]


@cache
def papers() -> Mapping[str, PaperKind]:
    """All papers by code."""
    data = tomllib.loads(resources.files(__package__).joinpath("kinds.toml").read_text("utf-8"))
    return {
        code: PaperKind(
            code,
            row["name"],
            tuple(
                Field(name, label, "line", required=name in row["needed"])
                for name, label in row["fields"].items()
            ),
        )
        for code, row in data.items()
    }
