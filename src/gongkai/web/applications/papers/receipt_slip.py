"""政府信息公开申请接收回执: number and code on paper, for whoever has handed in an application."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from gongkai.documents import Block, Line, Paper, Text
from gongkai.law.case import Channel
from gongkai.web.applications.letters.recital import called, handed_in
from gongkai.web.applications.models import Case
from gongkai.web.applications.papers.kinds import SLIP, papers
from gongkai.web.applications.papers.tables import Row, Said, named, table
from gongkai.web.applications.receiving import onward, receipt
from gongkai.web.common.days import chinese

_WIDTHS: Final = (36.0, 120.0)
_ROWS: Final = (
    "登记号",
    "查询码",
    "提交时间",
    "来件方式",
    "所需信息",
    "查询网址",
    "工作机构",
    "办公地址",
    "联系电话",
)


#: In place of the code, on whatever is printed later: a copy that is lost opens nothing.
_TOLD_BEFORE: Final = "已在提交或者登记时告知，本回执不再载明；遗失、泄露的，可以向本机关申请更换"


def values(case: Case, day: date, query_code: str = "") -> dict[str, str]:
    """Every field of the receipt of a case.

    ``query_code``: printed where it is told to the applicant with this receipt, else empty.
    """
    agency = case.agency
    return {
        "机关": agency.full_name,
        "收件人": case.applicant.name,
        "登记号": case.register_no,
        "查询码": query_code or _TOLD_BEFORE,
        "提交时间": chinese(handed_in(case)),
        "来件方式": Channel(case.channel).word,
        "所需信息": onward.as_sent(case),
        "期限说明": _term(case),
        "查询网址": receipt.tracking_url(case).partition("?")[0],
        "工作机构": agency.office,
        "办公地址": agency.address,
        "联系电话": agency.phone,
        "落款日期": chinese(day),
    }


def _term(case: Case) -> str:
    if case.received_on is None:
        return (
            f"答复期限自本机关与{called(case)}确认收到之日起计算（条例第三十一条），"
            "为20个工作日（条例第三十三条）。"
        )
    return (
        f"本机关于{chinese(case.received_on)}收到该申请，自收到之日起20个工作日内答复（条例第三十三条）；"
        "需要补正、征求意见、延期或者收费的，另行告知。"
    )


def paper(given: Mapping[str, str]) -> Paper:
    """The receipt as printed; what the agency has not said is left out."""
    rows = [Row((named(name), Said(given[name]))) for name in _ROWS if given[name]]
    blocks: tuple[Block, ...] = (
        Line(f"{given['收件人']}："),
        Text("以下政府信息公开申请已登记："),
        table(rows, _WIDTHS, papers()[SLIP].name),
        Text(given["期限说明"]),
        Text("凭登记号和查询码可以查询进度、补正、撤回和下载答复。请妥善保管，不要告诉他人。"),
        Line(""),
        Line(given["机关"], "right", keep=True),
        Line(given["落款日期"], "right"),
    )
    return Paper(f"{given['机关']}\n{papers()[SLIP].name}", blocks, author=given["机关"])
