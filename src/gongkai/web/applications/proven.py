"""A case by its number and code: what whoever knows both may open."""

from typing import Final

from gongkai.web.applications import codes
from gongkai.web.applications.models import Case
from gongkai.web.common.typed import half_width, one_line, without_blanks

#: Signs of register numbers that a keyboard writes in both widths.
_WIDE: Final = str.maketrans({"(": "（", ")": "）", "[": "〔", "]": "〕"})


def case_of(number: str, code: str) -> Case | None:
    """The case of this register number that this code opens; several agencies may use the same number.

    The number may be typed in full-width signs and with blanks, as the code may.
    """
    typed = one_line(number.replace("\0", ""))
    plain = without_blanks(half_width(typed))
    found = Case.objects.select_related("agency").filter(
        register_no__in={typed, without_blanks(typed), plain, plain.translate(_WIDE)}
    ).order_by("id")  # fmt: skip
    return next((case for case in found if codes.fits(code, case.code)), None)
