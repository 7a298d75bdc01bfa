"""A case by its number and code: what whoever knows both may open."""

import re
from typing import Final

from gongkai.web.applications.models import Case
from gongkai.web.applications.receiving import codes
from gongkai.web.common.typed import folded

#: What stands around a number where it is copied from: its label, the words of a heading.
_AROUND: Final = re.compile(r"^(?:登记号[:：]?)?(.+?)(?:号申请|号)?$")


def case_of(number: str, code: str) -> Case | None:
    """The case of this register number that this code opens; several agencies may use the same number.

    The number may be typed in either width and case, with blanks and with other brackets and dashes than are
    printed: no telephone offers 〔 〕 at once. It may be copied with its label, with or without the 号 after
    it. Which case is meant the code decides.
    """
    key = folded(number.replace("\0", ""))
    bare = _AROUND.sub(r"\1", key)
    keys = {key, bare, f"{bare}号"} if key else set()
    found = Case.objects.select_related("agency").filter(register_key__in=keys).order_by("id") if keys else ()
    return next((case for case in found if codes.fits(code, case.code)), None)
