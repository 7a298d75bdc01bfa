"""Which fields of a reply an outcome cannot go without, in the words of the form."""

from collections.abc import Mapping, Sequence
from typing import Final

from gongkai.web.applications.letters.kinds import Field, decisions

_AND: Final = "、"
#: Outcomes named by the row of table 3 they count in, which is a sentence, as a label can name them.
_SHORT: Final[Mapping[str, str]] = {"not_corrected": "逾期不补正", "fee_unpaid": "逾期不缴费"}


def of_outcome(code: str) -> tuple[str, ...]:
    """The fields a reply of this outcome cannot go without."""
    found = decisions().get(code)
    return found.needs if found else ()


def label(field: Field, outcomes: Sequence[tuple[str, str]]) -> str:
    """The label of a field of the reply, with the outcomes that need it: whichever list is the shorter.

    ``outcomes``: codes and words as the form offers them; what explains a word is left out.
    """
    if field.required:
        return field.label
    needing = [_word(code, told) for code, told in outcomes if field.name in of_outcome(code)]
    others = [_word(code, told) for code, told in outcomes if field.name not in of_outcome(code)]
    if not needing:
        return field.label if field.label.endswith("）") else f"{field.label}（视情况填写）"
    if len(needing) <= len(others):
        return f"{field.label}（办理结果为{_AND.join(needing)}的必填）"
    return f"{field.label}（必填；办理结果为{_AND.join(others)}的可不填）"


def _word(code: str, told: str) -> str:
    return _SHORT.get(code) or told.partition("（")[0].partition("，")[0]
