"""The demo's counter today: a scanned letter that waits to be entered, somebody who waits for an answer."""

from typing import Final

from django.utils import timezone

from gongkai.law.case import Channel
from gongkai.web.agencies.actions import SetChain, StepWanted
from gongkai.web.agencies.models import Agency, Matter, Role
from gongkai.web.applications.actions import AnswerOnTheSpot, RegisterByStaff, TakeInScan
from gongkai.web.applications.letters import on_the_spot
from gongkai.web.applications.models import FormWanted, WayWanted
from gongkai.web.applications.papers import application_form, making
from gongkai.web.applications.papers.kinds import FORM, papers
from gongkai.web.applications.papers.tables import ticked
from gongkai.web.applications.receiving import intake, scans
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused

_AGENCIES: Final = Actor.system("agencies.setup")
#: On the spot the section head signs after the clerk.
_STEPS: Final = (StepWanted("拟稿", Role.CLERK), StepWanted("签发", Role.SECTION_HEAD))
#: The letter as its invented sender filled it in by hand.
_LETTER: Final = {
    "公民姓名": "示例申请人", "公民证件名称": "其他有效证件", "公民证件号码": "演示-0009",
    "联系电话": "0990-0000009", "通信地址": "示例县青石镇示例路9号",
    "信息名称": "青石镇2025年农村公路养护计划", "特征描述": "青政发〔2025〕9号",
    "介质形式": ticked(FormWanted.choices, FormWanted.PAPER),
    "获取方式": ticked(WayWanted.choices, WayWanted.POST), "签名说明": "示例申请人",
}  # fmt: skip


def load(town: Agency, clerk: Actor, visitor: intake.Requester) -> None:
    """Set the town's chain for answers on the spot, scan a letter, answer a visitor."""
    SetChain(_AGENCIES, agency=town, matter=Matter.ON_THE_SPOT, steps=_STEPS).run()
    _scan(town, clerk)
    today = timezone.localdate()
    wanted = intake.Request(
        visitor, "青石镇便民服务中心办事指南", form_wanted=FormWanted.PAPER, way_wanted=WayWanted.PICK_UP,
        channel=Channel.IN_PERSON,
    )  # fmt: skip
    case = RegisterByStaff(
        clerk, agency=town, request=wanted, received_on=today, handler_id=clerk.person_id
    ).run().case  # fmt: skip
    typed = {
        "查明事实": "本机关查阅了便民服务中心的资料，查得该指南一份。",
        "提供方式": on_the_spot.handed_over(case),
    }
    try:
        AnswerOnTheSpot(clerk, case_id=case.pk, outcome="provided", typed=typed).run()
    except ActionRefused:  # in a year whose holidays are not published no letter is signed
        return


def _scan(town: Agency, clerk: Actor) -> None:
    letter = making.printed(papers()[FORM], application_form.blank(town) | _LETTER)
    today = timezone.localdate()
    TakeInScan(
        clerk,
        agency=town,
        scanned=scans.prepared([intake.Upload("scan", "来信.pdf", letter)]),
        said={"came_by": Channel.SIGNED_MAIL, "received_on": today.isoformat()},
    ).run()
