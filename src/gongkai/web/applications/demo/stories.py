"""The demo's cases as data: who asks for what, what happened so many working days ago, what letters say."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from gongkai.law.calendar import published
from gongkai.law.case import Channel, Kind, Party
from gongkai.web.applications.demo.play import Step, Story
from gongkai.web.applications.receiving import intake

#: People who do not exist; nobody of the demo has an identity number that could be somebody's.
_PEOPLE: Final = (
    ("natural_person", "林一帆", "other", "演示-0000"),
    ("natural_person", "苏小满", "passport", "E00000001"),
    ("business", "示例青石建材有限公司", "other", "演示-0001"),
    ("legal_service", "示例县明理律师事务所", "other", "演示-0002"),
    ("research", "示例省地方治理研究所", "other", "演示-0003"),
)


class _Row(NamedTuple):
    """One case: who, what, and its events as working days before today."""

    person: int
    subject: str
    channel: Channel
    events: Sequence[tuple[int, Kind, dict[str, Any]]]
    outcome: str = ""
    typed: Mapping[str, str] = {}


_R, _C = Kind.RECEIVED, Kind.CONFIRMED
_THIRD: Final = {"party": Party.THIRD_PARTY, "ref": "1"}
#: Overdue whenever the demo is started: after the published years it stays where its last day is known.
_OVERDUE: Final = _Row(0, "青石镇2025年道路改造工程中标结果", Channel.IN_PERSON, ((22, _R, {}),))
_ROWS: Final = (
    _OVERDUE,
    _Row(1, "青石镇2025年困难群众救助资金发放情况", Channel.SIGNED_MAIL, ((20, _R, {}),)),
    _Row(2, "青石镇工业园区规划许可文件", Channel.IN_PERSON, ((18, _R, {}),)),
    _Row(3, "青石镇2024年土地征收补偿安置方案", Channel.SIGNED_MAIL, ((6, _R, {}),)),
    _Row(
        0, "青石镇财政决算", Channel.INTERNET,
        ((9, _R, {}), (8, _C, {}), (5, Kind.CORRECTION_REQUESTED, {"workdays": 15})),
        typed={
            "补正事项": "一、请写明需要哪一年度的财政决算。\n"
            "二、请写明需要决算报告全文，还是其中的某一张报表。",
            "期限": "15",
        },
    ),
    _Row(
        2, "某地块出让合同", Channel.IN_PERSON,
        ((10, _R, {}), (4, Kind.CONSULTATION_STARTED, _THIRD)),
        typed={
            "征求对象": "示例青石水泥厂", "征求内容": "示例县青石镇某地块国有建设用地使用权出让合同",
            "权益": "商业秘密",
        },
    ),
    _Row(
        4, "青石镇历年农村宅基地审批数据", Channel.SIGNED_MAIL,
        ((12, _R, {}), (2, Kind.FEE_NOTIFIED, {})),
        typed={
            "计收方式": "按量", "数量": "260",
            "缴纳方式": "持本通知书到青石镇便民服务中心缴纳，或者按窗口提供的非税收入缴款码在网上缴纳。",
        },
    ),
    _Row(
        3, "青石镇行政执法案卷目录", Channel.IN_PERSON, ((25, _R, {}), (8, Kind.EXTENDED, {"workdays": 20})),
        typed={"延期理由": "所需信息分散在多个站所保管的案卷中，需要逐卷核对", "期限": "20"},
    ),
    _Row(
        1, "青石镇敬老院建设资金来源", Channel.INTERNET,
        ((30, _R, {}), (29, _C, {}), (14, Kind.REPLIED, {})), "provided",
        {
            "查明事实": "本机关检索了财政所、民政办公室的档案，查得青石镇敬老院建设资金来源说明一份。",
            "提供方式": "该说明的电子文档随本答复书在网上提供，请凭登记号和查询码下载。",
            "提供的信息": "青石镇敬老院建设资金来源说明（演示内容，不是真实信息）。",
        },
    ),
    _Row(
        2, "青石镇招商引资协议", Channel.IN_PERSON,
        (
            (45, _R, {}), (42, Kind.CONSULTATION_STARTED, _THIRD), (36, Kind.CONSULTATION_ENDED, _THIRD),
            (28, Kind.REPLIED, {}),
        ),
        "third_party",
        {
            "征求对象": "示例青石水泥厂", "征求内容": "青石镇招商引资协议", "权益": "商业秘密",
            "对方意见": "协议中的价格和工艺条款属于本厂的商业秘密，不同意公开。",
            "查明事实": "本机关检索了经济发展办公室的档案，查得所申请的协议一份，"
            "其内容涉及协议相对方的商业秘密。本机关书面征求了第三方的意见，第三方不同意公开。",
            "理由": "协议中的价格、工艺条款不为公众所知悉，第三方采取了保密措施，公开后会损害其竞争地位；"
            "本机关认为不公开不会对公共利益造成重大影响。",
        },
    ),
    _Row(
        0, "青石镇水库移民台账", Channel.SIGNED_MAIL, ((60, _R, {}), (41, Kind.REPLIED, {})), "not_existing",
        {
            "查明事实": "本机关以“水库”“移民”为关键词检索了电子档案，查阅了农业农村办公室、"
            "社会事务办公室的纸质档案，并询问了经办人员，没有查到所申请的台账。",
            "理由": "本镇辖区内没有需要移民安置的水库，本机关没有制作、也没有获取过该台账。",
        },
    ),
    _Row(
        4, "青石镇信访事项办理情况", Channel.INTERNET,
        ((16, _R, {}), (15, _C, {}), (11, Kind.WITHDRAWN, {})),
    ),
    _Row(
        1, "青石镇供水管网图", Channel.IN_PERSON,
        ((50, _R, {}), (45, Kind.CORRECTION_REQUESTED, {"workdays": 15})),
        typed={"补正事项": "请写明需要哪个村或者社区、哪一时期的供水管网图。", "期限": "15"},
    ),
    _Row(
        3, "青石镇2016年以来全部会议的签到表", Channel.IN_PERSON,
        ((9, _R, {}), (2, Kind.REASONS_REQUESTED, {})),
        typed={
            "数量频次": "本申请涉及本机关2016年以来召开的各类会议约2100次，签到表分散在11个站所，约1.3万页，"
            "数量明显超过合理范围。",
            "期限": "7",
        },
    ),
)  # fmt: skip


def stories(today: date) -> list[Story]:
    """All cases with the days of what happened in them."""
    return [
        Story(asked(row.person, row.subject, row.channel), _steps(row, today), row.outcome, row.typed)
        for row in _ROWS
    ]


def _steps(row: _Row, today: date) -> list[Step]:
    last = min(today, published().last) if row is _OVERDUE else today
    return [Step(before(last, back), kind, details) for back, kind, details in row.events]


def asked(person: int, subject: str, channel: Channel) -> intake.Request:
    """What somebody of the demo asks for."""
    kind, name, identity_kind, number = _PEOPLE[person]
    who = intake.Requester(kind, name, identity_kind, number, phone=f"0990-000000{person}")
    if channel == Channel.SIGNED_MAIL:
        who = replace(who, address=f"示例县青石镇示例路{person + 1}号")
    return intake.Request(who, subject, channel=channel)


def before(today: date, workdays: int) -> date:
    """The working day so many working days before today; Mondays to Fridays in a year not published yet."""
    calendar, day = published(), today
    while workdays:
        day -= timedelta(1)
        working = calendar.look(day).working
        workdays -= day.isoweekday() < 6 if working is None else working
    return day
