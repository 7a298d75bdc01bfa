"""Whoever is refused is told what to do: in the code of each refusal, and on the pages that show one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

import gongkai.web
from gongkai.web.applications import clock
from gongkai.web.applications.actions import RecordEvent
from gongkai.web.applications.views.base import told
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import register, today
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

WEB = Path(gongkai.web.__path__[0])
ROOMS = ("applications", "portal/applications", "portal/accounts")
REFUSALS = {"ActionRefused", "Denied"}


def refusals(source: str) -> Iterator[ast.Call]:
    for one in ast.walk(ast.parse(source)):
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id in REFUSALS:
            yield one


def says_what_to_do(refusal: ast.Call) -> bool:
    """A remedy beside the reason, or a reason that asks for something itself."""
    remedy = next((one.value for one in refusal.keywords if one.arg == "remedy"), None)
    if remedy is not None:
        return not (isinstance(remedy, ast.Constant) and not remedy.value)
    reason = refusal.args[0]
    return isinstance(reason, ast.Constant) and str(reason.value).startswith("请")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("ActionRefused('没有填写内容')", False),
        ("ActionRefused('没有填写内容', remedy='')", False),
        ("ActionRefused(reason)", False),
        ("ActionRefused('没有填写内容', remedy='请写明内容')", True),
        ("ActionRefused('请选择送达方式')", True),
    ],
)
def test_what_counts_as_saying_what_to_do(source: str, says: bool) -> None:
    (found,) = refusals(source)
    assert says_what_to_do(found) is says


@pytest.mark.parametrize("room", ROOMS)
def test_every_refusal_of_a_room_says_what_to_do(room: str) -> None:
    files = sorted((WEB / room).rglob("*.py"))
    found = [(path, one) for path in files for one in refusals(path.read_text(encoding="utf-8"))]
    assert found
    assert [f"{path.name}:{one.lineno}" for path, one in found if not says_what_to_do(one)] == []


def test_what_the_law_refuses_without_more_leads_to_the_record(town: Town) -> None:
    case = register(town.as_clerk, town.agency, today())
    with pytest.raises(ActionRefused) as refused:
        RecordEvent(town.as_clerk, case_id=case.pk, kind="corrected", on=today()).run()
    assert refused.value.remedy == clock.LOOK


@pytest.mark.parametrize("name", ["assign", "errand", "forward", "party", "split", "take"])
def test_no_form_is_filled_in_for_a_case_that_has_ended(town: Town, name: str) -> None:
    case = register(town.as_clerk, town.agency, today())
    url, head = reverse("applications:act", args=[case.pk, name]), signed_in(town.head)
    assert head.get(url).status_code == 200
    RecordEvent(town.as_clerk, case_id=case.pk, kind="withdrawn", on=today()).run()
    refused = head.get(url)
    assert refused.status_code == 409
    assert "办结后只能补充记录和查看" in refused.content.decode()


def test_a_refusal_above_a_page_ends_each_sentence_once() -> None:
    assert told(ActionRefused("没有写理由", remedy="请写明理由")) == "没有写理由。请写明理由。"
    assert told(ActionRefused("没有写理由。", remedy="请写明理由。")) == "没有写理由。请写明理由。"
    assert told(ActionRefused("请写明理由")) == "请写明理由。"


def test_a_figure_with_nothing_behind_it_says_so_and_leads_back(town: Town) -> None:
    url = reverse("applications:behind", args=["new", "natural_person"])
    page = signed_in(town.clerk).get(url, {"year": "2019"}).content.decode()
    assert "这一期间没有这样的申请" in page
    assert f'href="{reverse("applications:figures")}?year=2019"' in page
    assert "ap-table" not in page
