"""The signatures on a letter against its agency's signing chain."""

from datetime import date
from typing import Final

from gongkai.web.agencies.models import Matter
from gongkai.web.agencies.signing import Progress, chain_of
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import Letter, LetterSignature

_MATTERS: Final = {"reply": Matter.REPLY, "notice": Matter.NOTICE, "extension": Matter.EXTENSION}


def progress(letter: Letter, day: date) -> Progress[LetterSignature]:
    """How far the signing of a letter is."""
    signatures = letter.signatures.filter(void_at=None).select_related("person").order_by("step")
    matter = _MATTERS[kinds()[letter.kind].matter]
    return Progress(chain_of(letter.case.agency, matter, day), list(signatures))
