"""Cases of an old system from a workbook: read as they were typed, or refused with sheet, row and column."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from gongkai.web.applications import old_cases
from gongkai.web.applications.models import Case
from gongkai.web.applications.old_cases.columns import READ
from gongkai.web.common.errors import ActionRefused
from tests.report.read.test_office import compound
from tests.web.applications.asking import IDENTITY
from tests.web.applications.test_old_cases import row
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

ON = date(2024, 3, 1)
#: One application, by heading.
ASKED: dict[str, Any] = {
    "原系统编号": "2023-7", "来件方式": "当面提交", "申请人类别": "自然人", "姓名或单位名称": "陈一心",
    "证件种类": "居民身份证", "证件号码": IDENTITY, "联系电话": "0577-63700000",
    "所需政府信息的名称": "某方案",
}  # fmt: skip
RECEIVED: dict[str, Any] = {"原系统编号": "2023-7", "日期": date(2023, 12, 20), "事件": "收到申请"}
Rows = Sequence[dict[str, Any]]


def book(
    asked: Rows, events: Rows, parties: Rows = (), change: Callable[[Workbook], None] | None = None
) -> bytes:
    """The template, filled in."""
    workbook = load_workbook(BytesIO(old_cases.workbook_template(ON)))
    for kind, rows in zip(READ, (asked, events, parties), strict=True):
        heads = [column.head for column in kind.columns]
        for number, one in enumerate(rows, 2):
            for head, value in one.items():
                cell = workbook[kind.name].cell(number, heads.index(head) + 1)
                if isinstance(value, tuple):
                    cell.value, cell.number_format = value
                else:
                    cell.value = value
    if change:
        change(workbook)
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def looked(town: Town, content: bytes, *, only_look: bool = True) -> list[old_cases.Row]:
    given = old_cases.read(content, ON)
    return old_cases.take_over(town.as_head, town.agency, given, only_look=only_look)


def test_a_filled_template_says_what_the_same_case_says_as_json() -> None:
    events = [
        {"原系统编号": "2023-7", "日期": "2024年1月10日", "事件": "replied"},
        {**RECEIVED, "日期": datetime.fromisoformat("2023-12-20 09:30")},
        {"原系统编号": "2023-7", "日期": "2023/12/21", "事件": "延长答复期限", "工作日数": 20},
    ]
    asked = {**ASKED, "联系电话": 13800000000, "办理结果": "经检索没有所申请公开的信息", "邮政编码": 325400}
    (given,) = old_cases.read(book([asked], events), ON)
    expected = row(
        "2023-7", outcome="not_existing", parties=[],
        events=[
            {"on": "2023-12-20", "kind": "received"},
            {"on": "2023-12-21", "kind": "extended", "workdays": 20},
            {"on": "2024-01-10", "kind": "replied"},
        ],
    )  # fmt: skip
    expected["applicant"] |= {"phone": "13800000000", "postcode": "325400"}
    assert (given.row, given.faults, given.where) == (expected, (), "“申请”表第2行")


def test_what_is_right_is_taken_over_by_the_screen_and_what_is_wrong_told_by_its_row(town: Town) -> None:
    wrong = {**ASKED, "原系统编号": 8, "证件号码": "110105194912310021"}
    content = book([ASKED, wrong], [RECEIVED, {**RECEIVED, "原系统编号": 8}])
    client, url = signed_in(town.head), reverse("applications:take_over")

    def sent(step: str) -> str:
        upload = SimpleUploadedFile("old.xlsx", content)
        answer = client.post(url, {"agency": town.agency.pk, "upload": upload, "step": step})
        return str(answer.content.decode())

    told = sent("look")
    assert "可以转入1件，有误1件" in told
    assert "“申请”表第3行F列（证件号码）：证件种类选的是“居民身份证”，号码不对" in told
    assert not Case.objects.exists()
    assert "已转入1件，有误1件" in sent("take")
    assert Case.objects.get().old_number == "2023-7"
    assert "“申请”表第2行A列（原系统编号）：这件申请已经转入过" in sent("take")


def test_the_template_is_there_for_whom_may_take_over(town: Town) -> None:
    url = reverse("applications:take_over_workbook")
    assert signed_in(town.clerk).get(url).status_code == 403
    answer = signed_in(town.head).get(url)
    names = load_workbook(BytesIO(answer.content)).sheetnames
    assert names == ["说明", "申请", "经过", "征求对象", "选项"]
    with pytest.raises(ActionRefused, match="文件中没有申请"):
        old_cases.read(answer.content, ON)


CELLS: list[tuple[str, Any, str]] = [
    ("证件号码", 110105194912310000, "15位以后的数字和开头的0可能已经丢失"),
    ("证件号码", 1.10105194912310e17, "15位以后的数字和开头的0可能已经丢失"),
    ("证件号码", "1.10105E+17", "变成科学计数，后面的数字已经丢失"),
    ("证件号码", "110105194912310000", "15位以后都是0"),
    ("代理人证件号码", 12345678, "表格软件把号码当作数字"),
    ("联系电话", 57763700000, "开头的0等可能已经丢失"),
    ("邮政编码", 10010, "开头的0等可能已经丢失"),
    ("原系统编号", date(2025, 1, 1), "变成了日期"),
    ("原系统编号", (17, "0000"), "开头的0等可能已经丢失"),
    ("所需政府信息的名称", "=A1", "这里是公式"),
    ("姓名或单位名称", "#N/A", "这里是错误值"),
    ("来件方式", "电话", "不能是“电话”：可以是当面提交、需签收的邮寄"),
    ("办理结果", "同意", "不能是“同意”"),
    ("所需政府信息的名称", None, "没有填写"),
]


@pytest.mark.parametrize(("head", "value", "why"), CELLS)
def test_a_cell_that_may_not_be_what_was_typed_is_refused_with_its_place(
    head: str, value: Any, why: str
) -> None:
    column = [one.head for one in READ[0].columns].index(head)
    place = f"“申请”表第2行{chr(ord('A') + column)}列（{head}）："
    other = {**ASKED, "原系统编号": "8"}
    rows = [{**ASKED, head: value}, other]
    events = [] if head == "原系统编号" else [RECEIVED]
    first, second = old_cases.read(book(rows, [*events, {**RECEIVED, "原系统编号": "8"}]), ON)
    assert any(fault.startswith(place) and why in fault for fault in first.faults), first.faults
    assert second.faults == ()


DAYS: list[tuple[Any, str]] = [
    (45992, "“45992”不是日期"),
    ("12月1日", "不是日期"),
    ("20251201", "不是日期"),
    ("2025-2/3", "不是日期"),
    ("2025-02-30", "没有2025-02-30这一天"),
    ((date(2026, 12, 1), 'm"月"d"日"'), "没有显示完整的年月日，实际存的是2026-12-01"),
]


@pytest.mark.parametrize(("value", "why"), DAYS)
def test_a_day_is_a_whole_day(value: Any, why: str) -> None:
    (given,) = old_cases.read(book([ASKED], [RECEIVED, {**RECEIVED, "日期": value, "事件": "答复"}]), ON)
    (fault,) = given.faults
    assert fault.startswith("“经过”表第3行B列（日期）：")
    assert why in fault


def test_a_day_in_the_format_of_chinese_spreadsheets_is_read() -> None:
    """Such a file names the format by a number (31) and leaves the rest to the program."""
    content = book([ASKED], [{**RECEIVED, "日期": (45280, '0"天"')}])
    made = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(made, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "xl/styles.xml":
                own = re.search(rb'<numFmt numFmtId="(\d+)" formatCode="0&quot;', part)
                assert own is not None
                part = part.replace(b'<xf numFmtId="' + own[1] + b'"', b'<xf numFmtId="31"')
            after.writestr(name, part)
    (given,) = old_cases.read(made.getvalue(), ON)
    assert given.row["events"] == [{"on": "2023-12-20", "kind": "received"}], given.faults


def test_a_number_that_ends_in_noughts_is_taken_when_it_is_written_apart() -> None:
    (given,) = old_cases.read(book([{**ASKED, "证件号码": "110105 19491231 0000"}], [RECEIVED]), ON)
    assert given.faults == ()


def test_what_the_law_does_not_allow_is_told_at_the_row_of_the_event(town: Town) -> None:
    events = [
        {"原系统编号": "2023-7", "日期": "2023-12-27", "事件": "收到意见"},
        {**RECEIVED, "日期": "2023-12-20"},
    ]
    (done,) = looked(town, book([ASKED], events))
    assert done.fault.startswith("“经过”表第2行：没有征求意见")
    assert "第三十二条" in done.fault
    (done,) = looked(town, book([ASKED], [{**RECEIVED, "日期": "2007-12-20"}]))
    assert done.fault.startswith("“经过”表第2行：")
    (done,) = looked(town, book([{**ASKED, "办理结果": "其他"}], [RECEIVED]))
    assert done.fault.startswith("“申请”表第2行S列（办理结果）：已答复的申请须写明办理结果，未答复的不能写")
    (done,) = looked(town, book([ASKED], []))
    assert "“经过”表中没有这件申请的经过" in done.fault


def _renamed(workbook: Workbook) -> None:
    workbook["经过"].title = "经过2"


def _merged(workbook: Workbook) -> None:
    workbook["经过"].merge_cells("B2:C2")


def _headed(workbook: Workbook) -> None:
    workbook["申请"]["B1"] = "渠道"


def _doubled(workbook: Workbook) -> None:
    workbook["申请"]["G1"] = "联系电话"


def _beside(workbook: Workbook) -> None:
    workbook["申请"]["Z2"] = "备注"


def _more(workbook: Workbook) -> None:
    workbook.create_sheet("旧表")["A1"] = "1"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_renamed, "不认识的工作表“经过2”"),
        (_merged, "“经过”表有合并的单元格（B2:C2）"),
        (_headed, "“申请”表第1行B列：不认识的表头“渠道”"),
        (_doubled, "“申请”表第1行H列：表头有两列“联系电话”"),
        (_beside, "“申请”表第2行Z列：这一列没有表头"),
        (_more, "不认识的工作表“旧表”"),
        (lambda workbook: workbook.remove(workbook["经过"]), "没有工作表“经过”"),
        (lambda workbook: workbook["申请"].delete_cols(2), "缺少表头“来件方式”"),
    ],
)
def test_a_workbook_of_another_shape_is_refused(change: Callable[[Workbook], None], why: str) -> None:
    with pytest.raises(ActionRefused) as refused:
        old_cases.read(book([ASKED], [RECEIVED], change=change), ON)
    assert why in str(refused.value)


def test_an_event_of_no_application_keeps_the_whole_file_out() -> None:
    stray = [RECEIVED, {**RECEIVED, "原系统编号": "2023-8"}, {**RECEIVED, "原系统编号": None}]
    with pytest.raises(ActionRefused) as refused:
        old_cases.read(book([ASKED], stray), ON)
    assert "“经过”表第3行A列（原系统编号）：“2023-8”不在“申请”表中" in str(refused.value)
    assert "“经过”表第4行A列（原系统编号）：没有填写" in str(refused.value)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (compound("Workbook"), "旧格式的 XLS 工作簿"),
        (compound("EncryptedPackage", "EncryptionInfo"), "文件已加密"),
        (book([ASKED], [RECEIVED])[:4000], "不完整或已损坏"),
        ("原系统编号,来件方式\n1,当面提交\n".encode(), "既不是 XLSX 工作簿，也不是有效的 JSON"),
        ("原系统编号,来件方式\n1,当面提交\n".encode("gb18030"), "CSV 和旧格式的表格请另存为 XLSX"),
    ],
)
def test_what_is_no_workbook_is_told_by_what_it_is(content: bytes, why: str) -> None:
    with pytest.raises(ActionRefused) as refused:
        old_cases.read(content, ON)
    assert why in str(refused.value)
