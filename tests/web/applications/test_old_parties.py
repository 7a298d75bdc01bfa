"""Parties asked in an old system: named, with what came of it, they go on here as objects with their days."""

from datetime import date
from typing import Any

import pytest

from gongkai.web.applications import clock, old_cases
from gongkai.web.applications.actions import DecideOnParty, RecordAnswer
from gongkai.web.applications.models import Case
from tests.web.applications.test_old_cases import ASKED, RECEIVED, row
from tests.web.applications.test_old_workbook import ASKED as SHEET_ASKED
from tests.web.applications.test_old_workbook import RECEIVED as SHEET_RECEIVED
from tests.web.applications.test_old_workbook import book, looked
from tests.web.reporting.people import Town

TOLD = {
    "party": "third_party",
    "ref": "1",
    "name": "某实业公司",
    "address": "某路2号",
    "phone": "0577-63700001",
}


def sent(ref: str, on: str = "2023-12-22", **more: Any) -> dict[str, Any]:
    return {"on": on, "kind": "consultation_started", "party": "third_party", "ref": ref, **more}


def tried(town: Town, *, take: bool = True, **changes: Any) -> old_cases.Row:
    given = old_cases.of_rows([row("1", **changes)])
    (done,) = old_cases.take_over(town.as_head, town.agency, given, only_look=not take)
    return done


def test_an_open_consultation_goes_on_with_its_name_and_its_last_day(town: Town, monkeypatch: Any) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2024, 1, 3))
    assert tried(town, events=[RECEIVED, sent("1")], parties=[TOLD]).fault == ""
    case = Case.objects.get()
    asked = case.consultations.get()
    assert (asked.name, asked.address, asked.phone) == ("某实业公司", "某路2号", "0577-63700001")
    assert (asked.sent_on, asked.answer_by, asked.answer) == (date(2023, 12, 22), date(2024, 1, 15), "none")
    assert case.state == "paused"
    RecordAnswer(
        town.as_clerk, case_id=case.pk, consultation_id=asked.pk, answer="agrees", on=date(2024, 1, 3)
    ).run()
    case.refresh_from_db()
    assert case.state == "running"


def test_what_came_of_it_is_kept_as_if_it_had_happened_here(town: Town) -> None:
    told = {
        **TOLD,
        "answer": "objects",
        "text": "涉及商业秘密",
        "decision": "override",
        "reason": "关系公共安全",
    }
    assert tried(town, events=ASKED, parties=[told]).fault == ""
    asked = Case.objects.get().consultations.get()
    assert (asked.answer, asked.answered_on) == ("objects", date(2023, 12, 27))
    assert (asked.answer_text, asked.decision_reason) == ("涉及商业秘密", "关系公共安全")
    assert asked.decision == "override"


def test_a_party_that_let_its_days_pass_is_silent_at_once(town: Town) -> None:
    assert tried(town, events=[RECEIVED, sent("1")], parties=[TOLD]).fault == ""
    case = Case.objects.get()
    asked = case.consultations.get()
    assert (asked.answer, asked.answer_by) == ("silent", date(2024, 1, 15))
    DecideOnParty(
        town.as_clerk, case_id=case.pk, consultation_id=asked.pk, decision="withhold", reason="见记录"
    ).run()


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"parties": {}}, "parties 应是一列对象"),
    ({"parties": ["x"]}, "第1个征求对象（parties）应是一个对象"),
    ({"parties": [{**TOLD, "colour": "red"}]}, "不认识的项目：colour"),
    ({"parties": [{**TOLD, "phone": 1}]}, "都应是文字"),
    ({"parties": [{**TOLD, "name": ""}]}, "缺少 name"),
    ({"parties": [{**TOLD, "name": "陈一心"}]}, "征求对象就是申请人"),
    ({"parties": [{**TOLD, "name": "某\n公司"}]}, "名称或姓名应是一行"),
    ({"parties": [{**TOLD, "ref": "2"}]}, "没有向这个对象发出征求意见书"),
    ({"parties": [{**TOLD, "party": "agency"}]}, "没有向这个对象发出征求意见书"),
    ({"parties": [TOLD, TOLD]}, "第2个征求对象：这次征求意见的对象写了两次"),
    ({"parties": [{**TOLD, "answer": "silent"}]}, "逾期未答复的不写"),
    ({"parties": [{**TOLD, "answer": "agrees"}]}, "没有收到意见的日期"),
    ({"parties": [{**TOLD, "text": "同意"}]}, "没有写对方意见"),
    ({"parties": [{**TOLD, "decision": "disclose"}]}, "应一并写明"),
    ({"parties": [{**TOLD, "decision": "open", "reason": "一"}]}, "本机关决定不能是“open”"),
    (
        {
            "events": ASKED,
            "parties": [{**TOLD, "answer": "objects", "decision": "disclose", "reason": "无"}],
        },
        "第三方不同意公开，不能按同意处理",
    ),
    (
        {"events": [RECEIVED, sent("1"), sent("2")], "parties": [{"name": "某公司"}]},
        "经过中有2次征求意见，不知道是哪一次的",
    ),
    ({"events": [*ASKED, sent("1", "2023-12-28")], "parties": [TOLD]}, "经过中有2次征求意见"),
]


@pytest.mark.parametrize(("changes", "why"), WRONG)
def test_what_fits_no_consultation_is_told_and_nothing_is_taken(
    town: Town, changes: dict[str, Any], why: str
) -> None:
    done = tried(town, **{"events": [RECEIVED, sent("1")], **changes})
    assert why in done.fault
    assert not Case.objects.exists()


def test_an_answer_without_a_number_is_that_of_the_one_party_asked(town: Town) -> None:
    events = [RECEIVED, sent("1"), {"on": "2023-12-27", "kind": "consultation_ended"}]
    assert tried(town, events=events, parties=[{"name": "某公司", "answer": "agrees"}]).fault == ""
    case = Case.objects.get()
    assert (case.consultations.get().answered_on, case.consultations.get().answer) == (
        date(2023, 12, 27), "agrees",
    )  # fmt: skip
    assert [term.ended for term in clock.account(case).terms if term.party] == [date(2023, 12, 27)]


def test_rows_that_name_nobody_work_as_before(town: Town) -> None:
    assert tried(town, events=ASKED).fault == ""
    asked = Case.objects.get().consultations.get()
    assert (asked.name, asked.answered_on, asked.answer) == (
        "原系统征求意见的第三方1", date(2023, 12, 27), "none",
    )  # fmt: skip


def test_a_sheet_names_the_parties_and_each_fault_its_row(town: Town) -> None:
    events = [
        SHEET_RECEIVED,
        {
            "原系统编号": "2023-7", "日期": "2023-12-22", "事件": "发出征求意见书",
            "征求对象": "共同制作机关", "对象编号": 1,
        },
    ]  # fmt: skip
    party = {"原系统编号": "2023-7", "征求对象": "其他机关", "对象编号": 1, "名称或姓名": "某县水利局"}
    (done,) = looked(town, book([SHEET_ASKED], events, [party]), only_look=False)
    assert done.fault == ""
    asked = Case.objects.get().consultations.get()
    assert (asked.party, asked.ref, asked.name) == ("agency", "1", "某县水利局")
    other = {**SHEET_ASKED, "原系统编号": "8"}
    events = [{**one, "原系统编号": "8"} for one in events]
    (done,) = looked(town, book([other], events, [{**party, "原系统编号": "8", "对方意见": "同意公开"}]))
    assert done.fault.startswith("“征求对象”表第2行：写了对方意见，经过中没有收到意见的日期")
    (done,) = looked(town, book([other], events, [{**party, "原系统编号": "8", "对方意见": "沉默"}]))
    assert (
        "“征求对象”表第2行G列（对方意见）：不能是“沉默”：可以是同意公开、同意部分公开、不同意公开"
        in done.fault
    )
