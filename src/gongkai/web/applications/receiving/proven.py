"""A case by its number and code: what whoever knows both may open."""

from gongkai.web.applications.models import Case
from gongkai.web.applications.receiving import codes
from gongkai.web.common.typed import folded


def case_of(number: str, code: str) -> Case | None:
    """The case of this register number that this code opens; several agencies may use the same number.

    The number may be typed in either width and case, with blanks and with other brackets and dashes than are
    printed: no telephone offers 〔 〕 at once. Which case is meant the code decides.
    """
    key = folded(number.replace("\0", ""))
    found = Case.objects.select_related("agency").filter(register_key=key).order_by("id") if key else ()
    return next((case for case in found if codes.fits(code, case.code)), None)
