"""What the text says of reconsiderations and litigation."""

import pytest

from tests.report.interpret.test_facts_applications import facts, stated

RECONSIDERATIONS = [
    ("被申请行政复议案4件;被提起行政诉讼案122件数。", 4),
    ("因政府信息公开被申请行政复议2件，被提起行政诉讼1件。", 2),
    ("全年发生政府信息公开行政复议3件、行政诉讼2件。", 3),
    ("2024年因政府信息公开引起的行政复议案件5起，行政诉讼案件1起。", 5),
    ("因政府信息公开工作被申请行政复议1宗。", 1),
    ("政府信息公开行政复议案件2件，其中维持1件，纠正1件。", 2),
    ("全年收到涉及政府信息公开的行政复议申请6件。", 6),
    ("因依申请公开引发行政复议7例。", 7),
    ("有2件政府信息公开申请被申请行政复议，1件被提起行政诉讼。", 2),
    ("政府信息公开类行政复议两件。", 2),
    ("政府信息公开行政复议0件，行政诉讼0件。", 0),
    ("因政府信息公开申请行政复议0起、提起行政诉讼0起。", 0),
    ("政府信息公开行政复议、行政诉讼均为0。", 0),
    ("政府信息公开行政复议、行政诉讼0件。", 0),
    ("2024年，三角镇未收到依申请公开件，未存在因政府信息公开工作被申请行政复议、提起行政诉讼情况。", 0),
    ("没有发生因政府信息公开工作引发举报、投诉、行政复议或行政诉讼等事件。", 0),
    ("全年未发生政府信息公开类行政复议、行政诉讼情况。", 0),
    ("2024年无政府信息公开行政复议、行政诉讼案件。", 0),
    ("2024年，我局未因政府信息公开被申请行政复议或提起行政诉讼。", 0),
    ("本年度没有因政府信息公开申请引起的行政复议和行政诉讼。", 0),
    ("政府信息公开行政复议和行政诉讼均无。", 0),
    ("政府信息公开行政复议：无；行政诉讼：无。", 0),
    ("全年实现政府信息公开零复议、零诉讼。", 0),
    ("无因政府信息公开被申请行政复议的情况，无被提起行政诉讼的情况。", 0),
    ("2024年未发生政府信息公开行政复议情况。", 0),
    ("未出现因政府信息公开引发的行政复议、行政诉讼案件。", 0),
    ("本年度，我镇未产生政府信息公开行政复议。", 0),
    ("全年没有政府信息公开行政复议。", 0),
    ("本机关不存在因政府信息公开被申请行政复议的情形。", 0),
    ("政府信息公开申请、行政复议、行政诉讼均为0件。", 0),
    ("受理并办结依申请公开事项6件，无一例行政复议。", 0),
    ("全年未发生一起政府信息公开行政复议、行政诉讼案件。", 0),
    ("政府信息公开行政复议案件数量：2件；行政诉讼案件数量：1件。", 2),
    ("政府信息公开行政复议案件1件（维持），行政诉讼案件2件（均胜诉）。", 1),
]


@pytest.mark.parametrize(("text", "value"), RECONSIDERATIONS)
def test_reconsiderations(text: str, value: int) -> None:
    assert stated(text).get("reconsiderations") == value


LITIGATIONS = [
    ("因政府信息公开引发的行政复议案件共计3件，其中维持2件，尚未审结1件。行政诉讼案件0件。", 0),
    ("被申请行政复议案4件;被提起行政诉讼案122件数。", 122),
    ("因政府信息公开被申请行政复议2件，被提起行政诉讼1件。", 1),
    ("全年发生政府信息公开行政复议3件、行政诉讼2件。", 2),
    ("政府信息公开行政复议案件2件、诉讼案件3件。", 3),
    ("因政府信息公开被起诉，行政诉讼3件，其中复议后起诉1件。", 3),
    ("有2件政府信息公开申请被申请行政复议，1件被提起行政诉讼。", 1),
    ("因政府信息公开提起行政诉讼5宗。", 5),
    ("政府信息公开行政诉讼二十一起。", 21),
    ("涉及政府信息公开的行政诉讼案件2例，胜诉2例。", 2),
    ("政府信息公开行政复议0件，行政诉讼0件。", 0),
    ("政府信息公开行政复议、诉讼0件。", 0),
    ("2024年，我局未因政府信息公开被申请行政复议或提起行政诉讼。", 0),
    ("没有因政府信息公开引起的行政诉讼。", 0),
    ("全年未发生政府信息公开类行政复议、行政诉讼情况。", 0),
    ("政府信息公开行政复议和行政诉讼均无。", 0),
    ("无针对本部门有关政府信息公开事务的行政复议、诉讼案例。", 0),
    ("政府信息公开行政诉讼：无。", 0),
    ("无因政府信息公开被申请行政复议的情况，无被提起行政诉讼的情况。", 0),
]


@pytest.mark.parametrize(("text", "value"), LITIGATIONS)
def test_litigations(text: str, value: int) -> None:
    assert stated(text).get("litigations") == value


SILENT = [
    "政府信息公开行政复议、行政诉讼案件共3件。",
    "我局作为复议机关，全年办理行政复议案件120件。",
    "未发生因政府信息公开行政复议被纠错、行政诉讼败诉的情形。",
    "无行政复议、行政诉讼败诉案件。",
    "政府信息公开行政复议维持1件。",
    "2023年政府信息公开行政复议3件，行政诉讼2件。",
    "政府信息公开行政复议案件较上年减少3件，行政诉讼案件较上年减少1件。",
    "进一步做好政府信息公开行政复议、行政诉讼应对工作。",
    "依据《行政复议法》第11条和《行政诉讼法》第12条办理。",
    "尚未审结的政府信息公开行政复议案件2件，尚未审结的行政诉讼1件。",
]


@pytest.mark.parametrize("text", SILENT)
def test_not_taken(text: str) -> None:
    found = stated(text)
    assert "reconsiderations" not in found
    assert "litigations" not in found


def test_a_denied_lawsuit_is_no_denied_review() -> None:
    assert stated("全年政府信息公开行政复议2件，未发生行政诉讼。") == {
        "reconsiderations": 2,
        "litigations": 0,
    }


def test_pending() -> None:
    found = stated("政府信息公开行政复议3件，其中尚未审结1件；行政诉讼2件，正在审理1件。")
    assert found["reconsiderations"] == 3
    assert found["reconsiderations_pending"] == 1
    assert found["litigations_pending"] == 1


def test_decided_ones_are_not_all() -> None:
    text = "因政府信息公开引发行政复议44件,20件做了复议决定。"
    assert [f.value for f in facts(text) if f.name == "reconsiderations"] == [44]


def test_a_list_of_outcomes_goes_on_to_the_pending() -> None:
    text = "因政府信息公开被申请行政复议7件，其中结果维持6件、结果纠正0件、其他结果0件、尚未审结1件。"
    lists = [f for f in facts(text) if f.name == "breakdown"]
    assert [(dict(f.value), f.of) for f in lists if not isinstance(f.value, int)] == [
        ({"结果维持": 6, "结果纠正": 0, "其他结果": 0, "尚未审结": 1}, 7)
    ]


def test_none_happened_with_complaints_in_the_list() -> None:
    text = "全年未发生有关政府信息公开事务的行政复议案件、行政诉讼案件和举报申诉件。"
    assert {f.name: f.value for f in facts(text)} == {"reconsiderations": 0, "litigations": 0}
