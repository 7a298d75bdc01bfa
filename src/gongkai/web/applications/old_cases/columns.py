"""The sheets of a workbook with old cases: their columns, what each takes, and how to fill it in."""

from typing import Final, Literal, NamedTuple

#: ``label`` is a short number or name; ``long`` one that a spreadsheet would spoil as a number.
Takes = Literal["text", "label", "long", "phone", "postcode", "day", "count", "yes", "word"]


class Column(NamedTuple):
    """A column: its heading, the field of ``json_file`` it fills, what it takes, and how it is said.

    ``words`` is the field of ``words.codes`` whose words it takes; ``hint`` stands beside the cell.
    """

    head: str
    path: str
    takes: Takes
    hint: str
    needed: bool = False
    words: str = ""
    width: int = 16


class SheetOf(NamedTuple):
    """A sheet with rows to read; the first column always names the case."""

    name: str
    columns: tuple[Column, ...]
    needed: bool = True


_NUMBER: Final = "与“申请”表的编号完全一样"
APPLICATIONS: Final = SheetOf(
    "申请",
    (
        Column("原系统编号", "old_number", "label", "每件一个，不能重复，如 2025-17", needed=True),
        Column("来件方式", "channel", "word", "从下拉列表中选", needed=True, words="channel"),
        Column("申请人类别", "applicant.kind", "word", "从下拉列表中选", needed=True, words="applicant.kind"),
        Column("姓名或单位名称", "applicant.name", "text", "申请人的姓名，或单位全称", needed=True, width=22),
        Column(
            "证件种类",
            "applicant.identity_kind",
            "word",
            "从下拉列表中选",
            needed=True,
            words="applicant.identity_kind",
            width=22,
        ),
        Column(
            "证件号码",
            "applicant.identity_number",
            "long",
            "单元格应是文本格式，号码按证件逐位填写",
            needed=True,
            width=24,
        ),
        Column("联系人", "applicant.contact_name", "text", "单位申请的填写，可不填"),
        Column("联系电话", "applicant.phone", "phone", "电话、电子邮箱、通信地址至少填一种", width=18),
        Column("电子邮箱", "applicant.email", "text", "电话、电子邮箱、通信地址至少填一种", width=24),
        Column("通信地址", "applicant.address", "text", "邮寄答复的必填", width=32),
        Column("邮政编码", "applicant.postcode", "postcode", "6位数字，可不填", width=12),
        Column("代理人姓名", "applicant.agent_name", "text", "没有代理人的不填"),
        Column(
            "代理人证件号码",
            "applicant.agent_identity",
            "long",
            "单元格应是文本格式；没有代理人的不填",
            width=24,
        ),
        Column("需要的协助", "applicant.needs_help", "text", "申请人阅读、书写有困难而需要的协助，可不填"),
        Column("所需政府信息的名称", "subject", "text", "申请人要的是什么，最多200字", needed=True, width=40),
        Column("文号或其他特征", "details", "text", "便于查询的其他特征，可不填", width=32),
        Column(
            "希望得到的形式", "form_wanted", "word", "从下拉列表中选；不填为电子文档", words="form_wanted"
        ),
        Column(
            "获取方式",
            "way_wanted",
            "word",
            "从下拉列表中选；不填为在本网站下载",
            words="way_wanted",
            width=24,
        ),
        Column(
            "办理结果",
            "outcome",
            "word",
            "已答复的从下拉列表中选，没有答复的不填；部分公开的选“部分公开”",
            words="outcome",
            width=32,
        ),
        Column("答复书文号", "document_no", "text", "已答复的填写，可不填", width=24),
    ),
)
EVENTS: Final = SheetOf(
    "经过",
    (
        Column("原系统编号", "old_number", "label", _NUMBER, needed=True),
        Column("日期", "on", "day", "写全年月日，如 2025-12-01 或 2025年12月1日", needed=True, width=14),
        Column(
            "事件",
            "kind",
            "word",
            "从下拉列表中选；每件的第一项是“收到申请”",
            needed=True,
            words="events.kind",
            width=22,
        ),
        Column(
            "工作日数",
            "workdays",
            "count",
            "延长答复期限的，填延长的工作日数；补正告知的，填补正期限的工作日数",
            width=12,
        ),
        Column("征求对象", "party", "word", "征求意见、收到意见的，从下拉列表中选", words="events.party"),
        Column("对象编号", "ref", "label", "征求几方意见的，用 1、2……区分，发出和收到写同一个号", width=12),
        Column("延迟至", "to", "day", "告知延迟答复的，填告知的日期", width=14),
        Column(
            "送达日期",
            "reached",
            "day",
            "补正告知、征求意见书、收费通知、要求说明理由送到对方的日期，不知道的不填",
            width=14,
        ),
        Column(
            "期限自收到起算",
            "from_receipt",
            "yes",
            "邮寄的补正告知、收费通知，还不知道何时收到的，填“是”",
            width=18,
        ),
        Column("逾期有正当理由", "excused", "yes", "补正、缴费逾期而有正当理由的，填“是”", width=18),
    ),
)
PARTIES: Final = SheetOf(
    "征求对象",
    (
        Column("原系统编号", "old_number", "label", _NUMBER, needed=True),
        Column("征求对象", "party", "word", "从下拉列表中选，与“经过”表一致", words="parties.party"),
        Column("对象编号", "ref", "label", "与“经过”表一致；这件申请只征求过一方意见的可不填", width=12),
        Column("名称或姓名", "name", "text", "被征求意见的个人或单位", needed=True, width=24),
        Column("联系地址", "address", "text", "可不填", width=32),
        Column("联系电话", "phone", "phone", "可不填", width=18),
        Column(
            "对方意见",
            "answer",
            "word",
            "收到意见的从下拉列表中选；逾期未答复的不填，系统按日期认定",
            words="parties.answer",
        ),
        Column("意见内容", "text", "text", "可不填", width=32),
        Column(
            "本机关决定", "decision", "word", "已作出决定的从下拉列表中选", words="parties.decision", width=24
        ),
        Column("决定理由", "reason", "text", "已作出决定的填写", width=32),
    ),
    needed=False,
)
READ: Final = (APPLICATIONS, EVENTS, PARTIES)
#: Sheets of the template that hold no cases.
HELP: Final = "说明"
LISTS: Final = "选项"
