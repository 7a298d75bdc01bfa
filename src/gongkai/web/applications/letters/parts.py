"""What becomes of the rest of a partial release: chosen by the handler, known by its words."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from gongkai.law.outcomes import Outcome, grounds_of_part
from gongkai.web.applications.letters.kinds import BETWEEN

PARTIAL: Final = "partial"
FIELD: Final = "其余部分的依据"


def of(outcome: str, typed: Mapping[str, str], on: date) -> list[Outcome]:
    """The grounds of a partial release in the order of table 3; of any other reply none."""
    if outcome != PARTIAL:
        return []
    words = typed.get(FIELD, "").split(BETWEEN)
    return [found for found in grounds_of_part(on) if found.word in words]


def sentence(grounds: list[Outcome]) -> str:
    """《…条例》第十四条（属于国家秘密）、…, as the decision names them."""
    return "、".join(f"{found.article}（{found.word}）" for found in grounds)
