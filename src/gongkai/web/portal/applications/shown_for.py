"""Which case a step or a download was shown for: its page says so, and it is held against the opened one.

A browser may show pages of several cases and has one case open, the one opened last. What stands on the page
of another must not be done to that one, least of all what cannot be undone. Leaving closes whatever is open.
"""

from typing import Final

from django.http import HttpRequest

from gongkai.web.applications.models import Case
from gongkai.web.common.errors import ActionRefused

#: The field of each form and each address of a case's page: the case's key.
FIELD: Final = "case"
#: Beside it in forms: the number, to be shown where it is asked for again.
NUMBER: Final = "number"


def brought(request: HttpRequest) -> str:
    """The key a request brings; empty where it brings none."""
    return (request.POST if request.method == "POST" else request.GET).get(FIELD, "")[:20]


def number(request: HttpRequest) -> str:
    """The register number of the page a form was sent from."""
    return request.POST.get(NUMBER, "").strip()[:60]


def is_of(key: str, case: Case) -> bool:
    """Whether a key is that of a case. A page that brings none belongs to no case."""
    return key == str(case.pk)


def of_another(case: Case, what: str, *, words: bool) -> ActionRefused:
    """What is said where ``case`` is open and the page was of another: ``what`` was not done.

    ``words``: something was typed, which comes back with the right case.
    """
    back = "，填写的文字会带回；文件需要重新选择" if words else ""
    return ActionRefused(
        f"{what}：这个浏览器后来打开了另一件申请（{case.register_no}），与刚才的页面不是同一件",
        remedy=f"要办理刚才那件的，请用它的登记号和查询码重新打开{back}",
    )
