"""政府信息公开申请表 (条例 29): as it was filled in, or blank to be filled in by hand."""

from collections.abc import Iterator, Mapping
from typing import Final

from gongkai.documents import Block, Note, Paper
from gongkai.law.case import Channel
from gongkai.web.agencies.models import Agency
from gongkai.web.applications.letters.recital import handed_in
from gongkai.web.applications.models import (
    CHANNELS,
    Applicant,
    ApplicantKind,
    Case,
    FormWanted,
    WayWanted,
)
from gongkai.web.applications.papers.kinds import FORM, papers
from gongkai.web.applications.papers.tables import Row, Said, named, table, ticked
from gongkai.web.applications.receiving import handed_over, onward
from gongkai.web.common.days import chinese

_BODIES: Final = [choice for choice in ApplicantKind.choices if choice[0] != ApplicantKind.NATURAL_PERSON]
_WIDTHS: Final = (12.0, 22.0, 22.0, 36.0, 22.0, 46.0)
#: From the help that is needed down to what the agency fills in.
_CLOSING: Final = 3
_DAY: Final = "　　　年　月　日"


def values(case: Case) -> dict[str, str]:
    """Every field of the form of a case: what the applicant said, and nothing that is not on record."""
    who = case.applicant
    return {
        **blank(case.agency),
        "登记号": case.register_no,
        **_who(who, person=case.applicant_kind == ApplicantKind.NATURAL_PERSON),
        "单位类别": ticked(_BODIES, case.applicant_kind, in_line=3),
        "联系人": who.contact_name,
        "联系电话": who.phone,
        "邮政编码": who.postcode,
        "电子邮箱": who.email,
        "通信地址": who.address,
        "代理人姓名": who.agent_name,
        "代理人证件号码": who.agent_identity,
        "信息名称": onward.as_sent(case),
        "特征描述": case.details,
        "介质形式": ticked(FormWanted.choices, case.form_wanted),
        "获取方式": ticked(WayWanted.choices, case.way_wanted),
        "需要的协助": who.needs_help,
        "所附材料": _enclosed(case),
        "签名说明": "网上提交，无需签名" if case.channel == Channel.INTERNET else "",
        "申请日期": chinese(handed_in(case)) if case.channel == Channel.INTERNET else _DAY,
        "口头申请记录": _spoken(case),
        "来件方式": ticked(CHANNELS, case.channel),
        "收到日期": chinese(case.received_on),
    }


def blank(agency: Agency) -> dict[str, str]:
    """Every field of the form of an agency before anybody has filled it in."""
    where = "，".join(filter(None, (agency.office, agency.address)))
    post = f"（邮政编码{agency.postcode}）" if agency.postcode else ""
    hours = f"（{agency.office_hours}）" if agency.office_hours else ""
    return {
        **{field.name: "" for field in papers()[FORM].fields},
        "机关": agency.full_name,
        "单位类别": ticked(_BODIES, "", in_line=3),
        "介质形式": ticked(FormWanted.choices, ""),
        "获取方式": ticked(WayWanted.choices, ""),
        "来件方式": ticked(CHANNELS, ""),
        "申请日期": _DAY,
        "受理地址": f"{where}{post}" if where else "",
        "受理电话": f"{agency.phone}{hours}" if agency.phone else "",
    }


def _who(who: Applicant, *, person: bool) -> dict[str, str]:
    column = "公民" if person else "单位"
    return {
        "公民姓名" if person else "单位名称": who.name,
        f"{column}证件名称": who.get_identity_kind_display(),
        f"{column}证件号码": who.identity_number,
    }


def _enclosed(case: Case) -> str:
    return "；".join(f"{purpose.label}{told}" for purpose, told in handed_over.by_purpose(case))


def _spoken(case: Case) -> str:
    if not case.spoken:
        return ""
    first = case.events.select_related("recorded_by").order_by("number").first()
    by = f"由工作人员{first.recorded_by}" if first and first.recorded_by else "由工作人员"
    return (
        f"申请人书写确有困难，口头提出申请，{by}记录。以上内容已向申请人宣读（交申请人阅读），申请人确认无误。\n"
        "记录人签名：＿＿＿＿＿　申请人签名或捺印：＿＿＿＿＿"
    )


def paper(given: Mapping[str, str], *, filled: bool) -> Paper:
    """The form as printed; a blank one says below how to fill it in and where it goes."""
    closing = _CLOSING + bool(given["口头申请记录"])
    blocks: list[Block] = [table(_rows(given), _WIDTHS, papers()[FORM].name, closing_rows=closing)]
    if not filled:
        blocks.extend(_hints(given))
    return Paper(papers()[FORM].name, tuple(blocks), author=given["机关"])


def _rows(given: Mapping[str, str]) -> Iterator[Row]:
    def one(name: str, cols: int = 1) -> tuple[Said, Said]:
        return as_(name, name, cols)

    def as_(label: str, field: str, cols: int = 1) -> tuple[Said, Said]:
        return named(label), Said(given[field], cols)

    yield Row((named("申\n请\n人\n信\n息", rows=10), named("公民", rows=2), *as_("姓名", "公民姓名"),
               *as_("证件名称", "公民证件名称")))  # fmt: skip
    yield Row(as_("证件号码", "公民证件号码", 3))
    yield Row((named("法人\n或其他组织", rows=3), *as_("名称", "单位名称", 3)))
    yield Row(as_("类别", "单位类别", 3))
    yield Row((*as_("证件名称", "单位证件名称"), *as_("证件号码", "单位证件号码")))
    yield Row((named("联系方式", rows=3), *one("联系人"), *one("联系电话")))
    yield Row(one("电子邮箱", 3))
    address = "　".join(filter(None, (given["通信地址"], given["邮政编码"])))
    yield Row((named("通信地址\n和邮政编码"), Said(address, 3)), 26)
    yield Row((named("代理人"), *as_("姓名", "代理人姓名"), *as_("证件号码", "代理人证件号码")))
    yield Row((named("所附材料"), Said(given["所附材料"], 4)))
    yield Row((named("所\n需\n信\n息", rows=4), named("名称"), Said(given["信息名称"], 4)), 26)
    yield Row((named("文号或者便\n于查询的其\n他特征描述"), Said(given["特征描述"], 4, flow=True)), 48)
    yield Row((named("介质形式"), Said(given["介质形式"], 4)))
    yield Row((named("获取方式"), Said(given["获取方式"], 4)))
    yield Row((named("需要的协助", 2), Said(given["需要的协助"], 4)))
    yield Row((named("申请人签名（盖章）", 2), Said(given["签名说明"], 2), named("申请日期"),
               Said(given["申请日期"])), 30)  # fmt: skip
    if given["口头申请记录"]:
        yield Row((named("口头申请记录", 2), Said(given["口头申请记录"], 4)), 48)
    number = f"登记号：{given['登记号'] or '＿＿＿＿＿＿＿'}　收到日期：{given['收到日期'] or _DAY}"
    received = f"受理机关：{given['机关']}\n{number}\n{given['来件方式']}"
    yield Row((named("受理机关填写", 2), Said(received, 4)), 40)


def _hints(given: Mapping[str, str]) -> Iterator[Note]:
    place = "；".join(
        f"{name}：{given[field]}"
        for name, field in (("地址", "受理地址"), ("电话", "受理电话"))
        if given[field]
    )
    yield Note(
        "填表说明：1. 公民填“公民”栏，单位填“法人或其他组织”栏；联系方式至少填一种。"
        "请附身份证明，委托代理人的另附授权委托书。"
        "2. 一张表只写一项政府信息；不需要说明用途。3. 书写确有困难的，可以口头申请，由工作人员代为填写。\n"
        f"填好后当面提交或者邮寄至{given['机关']}{'（' + place + '）' if place else ''}。"
    )
