"""The demo's reply whose files are not fit to go out yet: a mobile number in one, the other a picture."""

from datetime import date
from typing import Final

from gongkai.web.agencies.models import Agency
from gongkai.web.applications.actions import AddFile, DraftLetter, RegisterByStaff
from gongkai.web.applications.letters import making as letters
from gongkai.web.applications.models import Purpose
from gongkai.web.applications.papers import application_form, making
from gongkai.web.applications.papers.kinds import FORM, papers
from gongkai.web.applications.receiving import intake
from gongkai.web.common.actor import Actor

SUBJECT: Final = "青石镇便民服务中心窗口值班安排和申请表样"
_REPLY: Final = {
    "查明事实": "本机关检索了便民服务中心的档案，查得窗口值班安排和申请表样各一份。",
    "提供方式": "随本答复书提供电子文档两份。",
}


def load(town: Agency, clerk: Actor, request: intake.Request, received: date, mobile: str) -> None:
    """Its files are added and its reply drafted: the clerk has to settle them before anybody signs."""
    case = RegisterByStaff(
        clerk, agency=town, request=request, received_on=received, handler_id=clerk.person_id
    ).run().case  # fmt: skip
    duty = f"青石镇便民服务中心窗口值班安排（演示）\n值班人员：示例人员\n手机：{mobile}\n"
    form = letters.picture(making.printed(papers()[FORM], application_form.blank(town)))
    for name, content in (("窗口值班安排.txt", duty.encode()), ("申请表样（扫描件）.png", form)):
        upload = intake.Upload(Purpose.DISCLOSED, name, content)
        AddFile(clerk, case_id=case.pk, purpose=Purpose.DISCLOSED, upload=upload).run()
    DraftLetter(clerk, case_id=case.pk, kind="reply", outcome="provided", typed=_REPLY).run()
