"""A case by its number and code: what whoever knows both may open."""

from gongkai.web.applications import codes
from gongkai.web.applications.models import Case


def case_of(number: str, code: str) -> Case | None:
    """The case of this register number that this code opens; several agencies may use the same number."""
    number = number.replace("\0", "").strip()
    found = Case.objects.select_related("agency").filter(register_no=number).order_by("id")
    return next((case for case in found if codes.fits(code, case.code)), None)
