"""The due list and the cases behind a figure, saved as tables."""

import csv
from datetime import date
from io import BytesIO
from urllib.parse import unquote

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from gongkai.web.applications.actions import RecordEvent
from gongkai.web.applications.privacy import masking
from gongkai.web.applications.statistics import sheets
from tests.web.applications.asking import IDENTITY, register, request, submit, today
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(content.decode("utf-8-sig").splitlines()))


def test_the_due_list_is_saved_as_it_is_filtered(town: Town) -> None:
    late = register(town.as_clerk, town.agency, date(2024, 3, 4))
    told = request(subject=f"陈一心（{IDENTITY}）的宅基地审批表")
    waiting = submit(town.agency, told).case
    client = signed_in(town.clerk)
    answer = client.get(reverse("applications:export", args=["csv"]))
    assert unquote(answer["Content-Disposition"]).endswith(f"未办结的申请（{today():%Y年%-m月%-d日}）.csv")
    first, second = rows(answer.content)
    assert first["登记号"] == late.register_no
    assert first["最晚答复"] == "2024-04-01"
    assert int(first["剩余工作日"]) < -100
    assert first["说明"] == "已逾期"
    assert second["登记号"] == waiting.register_no
    assert second["说明"] == "待与申请人确认收到"
    assert second["申请人"] == "陈*心"
    assert second["所需信息"] == f"陈*心（{masking.number(IDENTITY)}）的宅基地审批表"
    assert "陈一心" not in answer.content.decode()
    assert IDENTITY not in answer.content.decode()
    overdue = client.get(reverse("applications:export", args=["xlsx"]), {"bucket": "overdue"})
    book = list(load_workbook(BytesIO(overdue.content)).active.iter_rows(values_only=True))
    assert [line[1] for line in book] == ["登记号", late.register_no]


def test_nobody_saves_cases_of_another_agency(town: Town) -> None:
    register(town.as_clerk, town.agency, date(2024, 3, 4))
    other = signed_in(town.other_clerk)
    assert rows(other.get(reverse("applications:export", args=["csv"])).content) == []
    behind = reverse("applications:export_behind", args=["new", "total", "csv"])
    query = {"year": "2024", "agency": str(town.agency.pk)}
    assert rows(other.get(behind, query).content) == []
    assert other.get(reverse("applications:export", args=["pdf"])).status_code == 404


def test_the_cases_behind_a_figure_are_saved_without_anybody_s_data(town: Town) -> None:
    case = register(town.as_clerk, town.agency, date(2024, 3, 4))
    RecordEvent(town.as_clerk, case_id=case.pk, kind="withdrawn", on=date(2024, 3, 6)).run()
    url = reverse("applications:export_behind", args=["other_other", "total", "csv"])
    answer = signed_in(town.leader).get(url, {"year": "2024"})
    (line,) = rows(answer.content)
    assert line["登记号"] == case.register_no
    assert line["办结日期"] == "2024-03-06"
    assert line["是否逾期"] == "否"
    assert line["办理结果"].endswith("3.其他")
    assert "陈" not in answer.content.decode()
    assert "征收" not in answer.content.decode()


def test_what_is_too_long_is_refused_and_said(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    register(town.as_clerk, town.agency, date(2024, 3, 4))
    monkeypatch.setattr(sheets, "MOST", 0)
    answer = signed_in(town.clerk).get(reverse("applications:export", args=["csv"]), follow=True)
    assert "一次最多导出0件" in answer.content.decode()
