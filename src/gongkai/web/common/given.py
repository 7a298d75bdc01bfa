"""What people give an action: their reasons, and themselves."""

from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.typed import lines

REASON_LENGTH = 500


def reason_of(text: str, what: str, remedy: str = "请写明依据，例如哪份台账、哪个文件") -> str:
    """The reason as it is kept. Raises ``ActionRefused`` where nothing is seen or it is too long."""
    reason = lines(text)
    if not reason:
        raise ActionRefused(f"没有写{what}", remedy=remedy)
    if len(reason) > REASON_LENGTH:
        raise ActionRefused(f"{what}有{len(reason)}字，最多{REASON_LENGTH}字", remedy="请写得简短些")
    return reason


def person_of(actor: Actor) -> int:
    """The person who acts. Raises ``ActionRefused`` for parts of the system: they sign nothing."""
    if actor.person_id is None:
        raise ActionRefused("此事须由本单位人员办理", remedy="请登录后办理")
    return actor.person_id
