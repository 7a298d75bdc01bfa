"""A draft that is changed carries its files along: each is kept, left out, or joined by others."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.web.applications.forms import entry
from gongkai.web.applications.models import Draft, Purpose
from gongkai.web.portal.applications import carried
from tests.web.applications import by_form
from tests.web.applications.asking import PDF
from tests.web.reporting.people import Town

FORM = "/apply/to/kunyang/"


def pdf(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF)


@pytest.fixture
def citizen(town: Town) -> Client:
    return Client()


@pytest.fixture
def draft(citizen: Client) -> str:
    """The name of a draft with a proof of identity and two more files."""
    address = by_form.look(
        citizen, identity_files=[pdf("证.pdf")], request_files=[pdf("图一.pdf"), pdf("图二.pdf")]
    )
    return address.strip("/").rpartition("/")[2]


def test_the_form_shows_what_was_chosen(citizen: Client, draft: str) -> None:
    page = citizen.get(FORM, {"draft": draft}).content.decode()
    assert "已选好的身份证明（照片或扫描件），不要的请取消勾选" in page
    for name in ("证.pdf", "图一.pdf", "图二.pdf"):
        assert f"> {name}</label>" in page
    assert page.count('name="keep_') == page.count(" checked>") - 3 == 3, "beside the three choices"
    assert "不能带回" not in page
    assert f'name="draft" value="{draft}"' in page


def test_what_is_kept_is_sent_and_what_is_not_is_left_out(citizen: Client, draft: str) -> None:
    kept = {"draft": draft, "keep_identity_files": ["0"], "keep_request_files": ["2"]}
    address = by_form.look(citizen, subject="另一件", request_files=[pdf("图三.pdf")], **kept)
    page = citizen.get(address).content.decode()
    assert "<dt>身份证明</dt><dd>证.pdf</dd><dt>申请附件</dt><dd>图二.pdf、图三.pdf</dd>" in page
    _, case = by_form.send(citizen, address)
    assert case.subject == "另一件"
    found = case.attachments.order_by("pk").values_list("purpose", "name")
    assert list(found) == [
        (Purpose.IDENTITY, "证.pdf"), (Purpose.REQUEST, "图二.pdf"), (Purpose.REQUEST, "图三.pdf")
    ]  # fmt: skip


def test_a_mistake_and_large_print_keep_the_boxes_as_they_were(citizen: Client, draft: str) -> None:
    kept = {"draft": draft, "keep_request_files": ["2"]}
    for more in ({"name": ""}, {"display": "large"}):
        page = citizen.post(FORM, by_form.FORM | kept | more).content.decode()
        boxes = [box for box in page.split("<input") if 'name="keep_' in box]
        assert [" checked" in box.split(">")[0] for box in boxes] == [False, False, True]
        assert f'name="draft" value="{draft}"' in page


def test_files_of_a_draft_that_is_over_are_not_missing_in_silence(citizen: Client, draft: str) -> None:
    Draft.objects.all().delete()
    kept = {"draft": draft, "keep_request_files": ["1"]}
    answer = citizen.post(FORM, by_form.FORM | kept)
    assert answer.status_code == 409
    assert "先前选好的文件已经过期" in answer.content.decode()
    assert 'value="陈一心"' in answer.content.decode()
    assert not Draft.objects.exists()


def test_another_browser_gets_none_of_them(citizen: Client, draft: str) -> None:
    kept = {"draft": draft, "keep_request_files": ["1"]}
    answer = Client().post(FORM, by_form.FORM | kept)
    assert answer.status_code == 409
    assert "图一.pdf" not in answer.content.decode()


def test_together_they_are_no_more_than_without(
    citizen: Client, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = {"draft": draft, "keep_request_files": ["1", "2"]}
    monkeypatch.setattr(carried, "MOST_FILES", 2)
    answer = citizen.post(FORM, by_form.FORM | kept | {"request_files": [pdf("图三.pdf")]})
    assert "连同已选好的共3个文件" in answer.content.decode()
    monkeypatch.undo()
    monkeypatch.setattr(entry, "LARGEST_TOGETHER", 2 * len(PDF))
    answer = citizen.post(FORM, by_form.FORM | kept | {"request_files": [pdf("图三.pdf")]})
    assert "全部附件合计" in answer.content.decode()


def test_a_box_that_was_never_there_is_refused(citizen: Client, draft: str) -> None:
    for place in ("0", "7", "-1", "x"):
        kept = {"draft": draft, "keep_request_files": [place]}
        assert citizen.post(FORM, by_form.FORM | kept).status_code == 422


def test_an_agent_without_an_authorisation_is_told_before_sending(citizen: Client) -> None:
    without = by_form.look(citizen, agent_name="林一帆")
    assert "没有附授权委托书" in citizen.get(without).content.decode()
    given = by_form.look(citizen, agent_name="林一帆", agent_files=[pdf("委托书.pdf")])
    assert "没有附授权委托书" not in citizen.get(given).content.decode()
    assert "没有附授权委托书" not in citizen.get(by_form.look(citizen)).content.decode()
