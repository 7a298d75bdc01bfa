"""What a signed letter says that the days or the register can overtake before it is delivered."""

import json
from datetime import date
from typing import Final

from gongkai.kernel import GongkaiError
from gongkai.web.applications import clock
from gongkai.web.applications.letters import making, recital
from gongkai.web.applications.models import Letter
from gongkai.web.common.errors import ActionRefused

#: What letters tell of the case, out of the clock, the register or a group: whichever of it one prints.
_TOLD: Final = (
    "收件人", "登记号", "所需信息", "收到情况", "收到日期", "来件方式", "期限说明", "补正情况", "征求日期",
    "申请件数", "新期限", "收费标准", "金额", "决定",
)  # fmt: skip
#: Days of things that happened: others that came after make the ones told no less true.
_DAYS: Final = "征求日期"
_REMEDY: Final = "请作废这份文书，按现在的情况重新拟写、签批"


def keep(letter: Letter, dated: date) -> None:
    """Write beside what was typed what the letter tells as it is signed for the last time; not saved."""
    printed, values = making.printed_names(letter), making.values_of(letter, dated)
    told = {name: values[name] for name in _TOLD if name in printed and name in values}
    letter.fields = json.dumps(json.loads(letter.fields or "{}") | told, ensure_ascii=False)


def said(letter: Letter) -> dict[str, str]:
    """What was typed into a signed letter, and what was worked out for it; nothing once it is purged."""
    given: dict[str, str] = json.loads(letter.fields or "{}")
    return given


def refuse_overtaken(letter: Letter, on: date) -> None:
    """Raise ``ActionRefused`` where a letter delivered on a day would say what does not hold on that day.

    What happened after that day overtakes nothing: a delivery may be recorded later than it was.
    """
    told = {name: text for name, text in said(letter).items() if name in _TOLD}
    if not told:
        return
    try:
        now = making.values_of(letter, on)
    except GongkaiError as refusal:
        raise ActionRefused(
            f"文书不能送达：{clock.told(refusal)}", place=clock.in_words(refusal.place), remedy=_REMEDY
        ) from refusal
    for name, text in told.items():
        if not _holds(name, text, now[name]):
            before, after = text or "（没有）", now[name] or "不能确定"
            raise ActionRefused(
                f"文书不能送达：签发时写的{name}是“{before}”，现在应为“{after}”",
                place=str(letter.case),
                remedy=_REMEDY,
            )


def _holds(name: str, told: str, now: str) -> bool:
    if name == _DAYS:
        return set(told.split(recital.AND)) <= set(now.split(recital.AND))
    return told == now
