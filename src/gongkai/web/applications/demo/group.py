"""Of the demo: several people who ask for the same, two of them grouped already, and one who asks twice."""

from datetime import date
from typing import Final

from gongkai.law.case import Channel
from gongkai.web.agencies.models import Agency
from gongkai.web.applications import intake
from gongkai.web.applications.actions import DraftLetter, GroupCases, RegisterByStaff
from gongkai.web.applications.models import Case, WayWanted
from gongkai.web.common.actor import Actor

_SUBJECT: Final = "青石镇2025年农村饮用水水质检测报告"
#: People who do not exist, in the order in which they ask; the first asks once more at the end.
_PEOPLE: Final = (
    ("顾清和", "演示-1001"),
    ("沈知秋", "演示-1002"),
    ("陆远山", "演示-1003"),
    ("顾清和", "演示-1001"),
)
_REPLY: Final = {
    "查明事实": "本机关检索了农业农村办公室和供水站的档案，查得2025年各村饮用水水质检测报告共四份。",
    "提供方式": "随本答复书提供复制件四份。",
}


def load(town: Agency, clerk: Actor, received: date) -> None:
    """Four cases: a group of two with the draft of its reply, one that can join it, a repeat."""
    first, second, _, _ = (_asked(town, clerk, received, *who) for who in _PEOPLE)
    GroupCases(
        clerk, case_id=first.pk, others=((second.pk, second.revision),), reason="所需信息相同，申请人不同"
    ).run()
    DraftLetter(clerk, case_id=first.pk, kind="reply", outcome="provided", typed=_REPLY).run()


def _asked(town: Agency, clerk: Actor, received: date, name: str, number: str) -> Case:
    who = intake.Requester("natural_person", name, "other", number, phone="0990-0000010")
    request = intake.Request(who, _SUBJECT, way_wanted=WayWanted.PICK_UP, channel=Channel.IN_PERSON)
    made = RegisterByStaff(clerk, agency=town, request=request, received_on=received).run()
    return Case.objects.get(pk=made.case.pk)
