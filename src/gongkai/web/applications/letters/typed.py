"""What the handler typed into a letter."""

import json

from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import Letter


def typed_of(letter: Letter) -> dict[str, str]:
    """The fields of the letter's kind as they were typed; nothing once it is purged."""
    given: dict[str, str] = json.loads(letter.fields or "{}")
    return {field.name: given[field.name] for field in kinds()[letter.kind].fields if field.name in given}
