"""Whether a letter can go out by a way: there is an address for it, and what the reply promises is there."""

from collections.abc import Iterator

from gongkai.law.outcomes import outcomes
from gongkai.web.applications.letters import others_data
from gongkai.web.applications.letters.kinds import REPLY
from gongkai.web.applications.models import Delivery, Letter, Purpose


def problems(letter: Letter, way: str, *, elsewhere: bool) -> Iterator[str]:
    """What stands against the way chosen, each with its remedy.

    ``elsewhere``: whoever delivers says that the information is in the letter itself, or is given as the
    letter tells, which 条例 36(2) allows as well as giving it with the letter.
    """
    if wrong := list(others_data.in_files(letter)):
        yield f"{'；'.join(wrong)}；请作废这一份，处理文件后重新签批"
    if way == Delivery.Way.ONLINE and not letter.to_applicant:
        yield "网上送达只用于申请人：收件人没有查询页面，请改用其他方式"
    if way == Delivery.Way.EMAIL and letter.to_applicant and not letter.case.applicant.email:
        yield "申请人没有登记电子邮箱，请改用其他方式"
    if way == Delivery.Way.ONLINE and discloses(letter) and not elsewhere and not _files(letter):
        yield (
            "这件答复公开信息，但没有添加提供给申请人的文件：请作废这一份，“添加文件”后重新签批；信息已写在答复书中，"
            "或者另按答复书写明的方式提供的，请勾选说明"
        )


def discloses(letter: Letter) -> bool:
    """Whether a reply gives information out, in whole or in part."""
    by_code = {found.code: found.discloses for found in outcomes(letter.dated)} if letter.dated else {}
    return letter.kind == REPLY and by_code.get(letter.outcome, False)


def _files(letter: Letter) -> bool:
    return bool(letter.case.attachments.filter(purpose=Purpose.DISCLOSED).exclude(path="").exists())
