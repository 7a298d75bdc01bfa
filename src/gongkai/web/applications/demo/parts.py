"""The demo's application for two things: the clerk has split it, and its page leads to the other part."""

from typing import Final

from gongkai.web.agencies.models import Agency
from gongkai.web.applications.actions import RegisterByStaff, Split
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.receiving.intake import Request
from gongkai.web.common.actor import Actor

SENT: Final = "一、青石镇2025年校车运营补贴发放情况；二、青石镇2025年农村客运补贴发放情况"
_PARTS: Final = ("青石镇2025年校车运营补贴发放情况", "青石镇2025年农村客运补贴发放情况")


def load(town: Agency, clerk: Actor, request: Request) -> None:
    """Register it as handed in today, and split it."""
    case = RegisterByStaff(
        clerk, agency=town, request=request, received_on=today(), handler_id=clerk.person_id
    ).run().case  # fmt: skip
    Split(clerk, case_id=case.pk, subjects=_PARTS).run()
