"""The terms of the Regulation in working days, as dated rows."""

from datetime import date
from typing import Literal, NamedTuple

from gongkai.kernel import LawRef
from gongkai.law.dated import row_on

TermName = Literal["reply", "extension", "correction_notice", "third_party", "agency", "payment"]


_WORDS: dict[TermName, str] = {
    "reply": "答复期限",
    "extension": "延长答复期限",
    "correction_notice": "补正告知期限",
    "third_party": "第三方意见期限",
    "agency": "其他机关意见期限",
    "payment": "缴费期限",
}


class StatutoryTerm(NamedTuple):
    """How many working days, and where it is written."""

    workdays: int
    article: LawRef


def statutory_term(name: TermName, on: date) -> StatutoryTerm:
    """The term in force on ``on``. Raises NotCoveredError, as before 2019-05-15 (the Regulation in force)."""
    row = row_on("terms", on, _WORDS[name], term=name)
    return StatutoryTerm(row["workdays"], LawRef(row["document"], row["article"]))
