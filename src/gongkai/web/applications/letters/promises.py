"""What a signed letter says that the days or the register can overtake before it is delivered."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Final

from gongkai.kernel import GongkaiError
from gongkai.web.applications import clock
from gongkai.web.applications.letters import making
from gongkai.web.applications.letters.kinds import REPLY
from gongkai.web.applications.models import Letter
from gongkai.web.common.errors import ActionRefused

#: By kind of letter the fields that are worked out of the clock, of the register or of a group.
_WORKED_OUT: Final[Mapping[str, tuple[str, ...]]] = {
    "extension": ("新期限",),
    "fee": ("收费标准", "金额"),
    "consult_third_party": ("申请件数",),
    "consult_agency": ("申请件数",),
    REPLY: ("收到情况", "补正情况", "决定"),
}
_REMEDY: Final = "请作废这份文书，按现在的情况重新拟写、签批"


def keep(letter: Letter, dated: date) -> None:
    """Write beside what was typed what the letter says as it is signed for the last time; it is not saved."""
    names = _WORKED_OUT.get(letter.kind, ())
    if names:
        values = making.values_of(letter, dated)
        said = json.loads(letter.fields or "{}") | {name: values[name] for name in names}
        letter.fields = json.dumps(said, ensure_ascii=False)


def said(letter: Letter) -> dict[str, str]:
    """What was typed into a signed letter, and what was worked out for it; nothing once it is purged."""
    given: dict[str, str] = json.loads(letter.fields or "{}")
    return given


def refuse_overtaken(letter: Letter, on: date) -> None:
    """Raise ``ActionRefused`` where a letter delivered on a day would say what does not hold on that day."""
    names = _WORKED_OUT.get(letter.kind, ())
    if not names:
        return
    try:
        now = making.values_of(letter, on)
    except GongkaiError as refusal:
        raise ActionRefused(
            f"文书不能送达：{clock.told(refusal)}", place=refusal.place, remedy=_REMEDY
        ) from refusal
    said = json.loads(letter.fields or "{}")
    for name in names:
        if name in said and said[name] != now[name]:
            before, after = said[name] or "（没有）", now[name] or "不能确定"
            raise ActionRefused(
                f"文书不能送达：签发时写的{name}是“{before}”，现在应为“{after}”",
                place=str(letter.case),
                remedy=_REMEDY,
            )
