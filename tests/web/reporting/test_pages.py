"""The screens: board, upload, review, each as those who may and as those who may not."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html as lxml_html

from gongkai.web.reporting.actions import Correct, RequestWithdrawal
from gongkai.web.reporting.models import ReportRecord
from gongkai.web.reporting.states import State
from gongkai.web.reporting.views.acts import ACTS
from tests.web.reporting.people import KUNYANG, SAMPLES, Town, agency, work
from tests.web.sessions import signed_in

CLOSED = "applications.total.total"
FETCH = {"X-Requested-With": "fetch"}


def seen(response: Any) -> lxml_html.HtmlElement:
    assert response.status_code == 200, response.content.decode()[:2000]
    return lxml_html.fromstring(response.content.decode())


def url(name: str, *arguments: object, **query: object) -> str:
    from urllib.parse import urlencode

    address = reverse(f"reporting:{name}", args=arguments)
    return f"{address}?{urlencode(query, doseq=True)}" if query else address


def post(client: Client, record: ReportRecord, name: str, **fields: object) -> Any:
    record.refresh_from_db()
    return client.post(url("act", record.pk, name), {"revision": record.revision, **fields})


def test_the_board_shows_state_findings_and_day_of_each_year(town: Town) -> None:
    town.read()
    page = seen(signed_in(town.clerk).get(url("board")))
    (row,) = page.xpath("//table[contains(@class,'rp-board')]/tbody/tr")
    assert "平阳县昆阳镇人民政府" in row.xpath("string(th)")
    years = page.xpath("//table[contains(@class,'rp-board')]/thead/tr/th/text()")
    cell = row.xpath("td")[years.index("2024年度") - 1]  # the first column is the agency
    text = " ".join(cell.text_content().split())
    assert "▲ 待核查" in text
    assert "■错误2" in text.replace(" ", "")
    assert cell.xpath(".//a/@href") == [url("review", ReportRecord.objects.get().pk)]
    assert "○ 未上传" in row.text_content()


def test_the_board_is_limited_to_what_one_may_see(town: Town) -> None:
    town.read()
    office = seen(signed_in(town.office).get(url("board"))).text_content()
    for name in ("平阳县人民政府", "平阳县昆阳镇人民政府", "平阳县鳌江镇人民政府"):
        assert name in office
    other = seen(signed_in(town.other_clerk).get(url("board"))).text_content()
    assert "鳌江镇" in other
    assert "昆阳镇" not in other
    assert "待核查" not in lxml_html.tostring(
        seen(signed_in(town.other_clerk).get(url("board"))).xpath("//ul[@class='rp-counts']")[0],
        encoding="unicode",
    )


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ({"state": "read"}, True),
        ({"state": "published"}, False),
        ({"level": "errors"}, True),
        ({"level": "none"}, False),
        ({"level": "open", "state": "read"}, True),
        ({"q": "昆阳"}, True),
        ({"q": "鳌江"}, False),
        ({"state": "empty"}, True),
        ({"first": "2024", "last": "2024", "state": "empty"}, False),
        ({"first": "2022", "last": "2023", "state": "read"}, False),
        ({"state": "nonsense", "p": "x", "first": "abc"}, True),
    ],
)
def test_filters_stand_in_the_address(town: Town, query: dict[str, str], there: bool) -> None:
    town.read()
    page = seen(signed_in(town.clerk).get(url("board", **query)))
    assert ("平阳县昆阳镇人民政府" in page.xpath("string(//main)")) is there
    if not there:
        assert page.xpath("//*[@class='rp-empty']")


def test_the_board_asks_the_database_as_often_for_many_agencies(
    town: Town, django_assert_max_num_queries: Any
) -> None:
    town.read()
    client = signed_in(town.office)
    client.get(url("board"))
    for number in range(70):
        agency(f"第{number}局", town.county.region, f"bureau-{number}", "department", town.county)
    with django_assert_max_num_queries(45) as many:
        page = seen(client.get(url("board")))
    assert len(page.xpath("//table[contains(@class,'rp-board')]/tbody/tr")) == 50
    assert page.xpath("//a[@rel='next']/@href") == ["?p=2"]
    for number in range(70, 140):
        agency(f"第{number}局", town.county.region, f"bureau-{number}", "department", town.county)
    with django_assert_max_num_queries(len(many)):
        client.get(url("board"))


def upload(client: Client, *paths: Path, **fields: object) -> Any:
    files = [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]
    return client.post(url("upload"), {"files": files, **fields})


def test_many_files_are_uploaded_without_a_script(town: Town) -> None:
    client = signed_in(town.clerk)
    seen(client.get(url("upload")))
    answer = upload(client, KUNYANG, agency=town.agency.pk, year=2024)
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    assert page["Refresh"] == "3"
    work()
    after = client.get(answer["Location"])
    assert "Refresh" not in after
    assert "待核查" in seen(after).text_content()


def test_the_script_sends_files_one_by_one_and_asks_how_far_they_are(town: Town) -> None:
    client = signed_in(town.clerk)
    file = SimpleUploadedFile(KUNYANG.name, KUNYANG.read_bytes())
    answer = client.post(url("upload"), {"files": file, "agency": "", "year": "2024"}, headers=FETCH)
    state = json.loads(answer.content)
    assert state["busy"]
    assert state["agency"] == town.agency.full_name
    work()
    (now,) = json.loads(client.get(url("progress", v=state["id"])).content)["uploads"]
    assert (now["busy"], now["read"], now["errors"], now["label"]) == (False, True, 2, "待核查")
    again = client.post(
        url("upload"),
        {"files": SimpleUploadedFile("x.txt", KUNYANG.read_bytes()), "agency": "", "year": "2024"},
        headers=FETCH,
    )
    assert again.status_code == 409
    assert "完全相同" in json.loads(again.content)["message"]
    others = json.loads(signed_in(town.other_clerk).get(url("progress", v=state["id"])).content)
    assert others == {"uploads": []}


def test_whoever_may_not_upload_gets_no_form(town: Town) -> None:
    for person in (town.leader, town.secrecy):
        assert signed_in(person).get(url("upload")).status_code == 403
    assert url("upload") not in signed_in(town.leader).get(url("board")).content.decode()
    other = upload(signed_in(town.other_clerk), KUNYANG, agency=town.agency.pk, year=2024)
    assert other.status_code == 409
    assert not ReportRecord.objects.exists()


def test_the_review_page_leads_from_findings_to_source_and_reading_and_back(town: Town) -> None:
    record = town.read()
    page = seen(signed_in(town.clerk).get(url("review", record.pk)))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), sorted({one for one in ids if ids.count(one) > 1})
    anchors = {href[1:] for href in page.xpath("//*[contains(@class,'rp-desk')]//a/@href") if href[:1] == "#"}
    assert anchors
    assert anchors <= set(ids)
    first = page.xpath("//li[@id='f1']")[0]
    assert "T3-COLSUM" in first.text_content()
    assert first.xpath(".//a[starts-with(text(),'看原文')]")
    assert any("更正为20" in text for text in first.xpath(".//a[@data-key='e']/text()"))
    source_cells = page.xpath("//section[contains(@class,'source')]//td/a[@href='#applications.new.total']")
    assert source_cells
    back = page.xpath("//td[@id='applications.new.total']/a/@href")[0]
    assert page.xpath(f"//*[@id='{back[1:]}']//a[@href='#applications.new.total']")
    assert page.xpath("//a[contains(@class,'button')][@data-act]/text()")
    assert "拟稿" in page.xpath("string(//ol[@class='rp-steps'])")


def test_correct_with_a_reason_sign_and_publish_through_the_pages(town: Town) -> None:
    record = town.read()
    clerk = signed_in(town.clerk)
    form = seen(clerk.get(url("act", record.pk, "correct", path=CLOSED, value="20")))
    assert form.xpath("//input[@name='value']/@value") == ["20"]
    assert "（七）总计" in form.text_content()
    for path, value in ((CLOSED, "20"), ("applications.carried_out.total", "1")):
        answer = post(clerk, record, "correct", path=path, value=value, reason="正文写明")
        assert answer["Location"] == f"{url('review', record.pk)}#{path}"
    record.refresh_from_db()
    for row in record.current_version.findings:
        if row["level"] == "error":
            post(clerk, record, "accept", key=row["key"], reason="原文笔误，已向司法所核实")
    page = seen(clerk.get(url("review", record.pk)))
    mark = page.xpath(f"//td[@id='{CLOSED}']//details[@class='corrected']")[0]
    assert "正文写明" in mark.text_content()
    assert "张三" in mark.text_content()
    assert "✓ 已认可" in page.text_content()
    assert page.xpath("//div[@class='rp-buttons']/a[1]/text()") == ["签批"]
    for person, name in (
        (town.clerk, "sign"),
        (town.head, "sign"),
        (town.secrecy, "sign"),
        (town.leader, "publish"),
    ):
        client = signed_in(person)
        shown = seen(client.get(url("review", record.pk)))
        assert shown.xpath("//div[@class='rp-buttons']/a[1]/@href") == [url("act", record.pk, name)]
        seen(client.get(url("act", record.pk, name)))
        assert post(client, record, name, opinion="同意").status_code == 302
    record.refresh_from_db()
    assert record.state == State.PUBLISHED
    assert [item["reason"] for item in record.published_version.document["corrections"]] == ["正文写明"] * 2
    history = seen(clerk.get(url("versions", record.pk))).text_content()
    for word in ("公开中", "正文写明", "签发：钱七", "同意"):
        assert word in history


def test_what_is_refused_comes_back_with_what_was_typed(town: Town) -> None:
    record = town.read()
    clerk = signed_in(town.clerk)
    answer = post(clerk, record, "correct", path=CLOSED, value="二十", reason="正文写明")
    assert answer.status_code == 409
    page = lxml_html.fromstring(answer.content.decode())
    assert page.xpath("//input[@name='value']/@value") == ["二十"]
    assert page.xpath("//textarea[@name='reason']/text()")[0].strip() == "正文写明"
    assert "不能填在这一格" in page.xpath("string(//*[@role='alert'])")


def test_two_clerks_on_the_same_page(town: Town) -> None:
    record = town.read()
    seen_by_both = record.revision
    post(signed_in(town.clerk), record, "correct", path=CLOSED, value="20", reason="登记簿")
    late = signed_in(town.second_clerk).post(
        url("act", record.pk, "correct"),
        {"revision": seen_by_both, "path": CLOSED, "value": "21", "reason": "台账"},
        headers=FETCH,
    )
    assert late.status_code == 409
    text = late.content.decode()
    assert "刚刚被其他人改动过" in text
    assert "<html" not in text
    assert f'value="{seen_by_both}"' in text
    record.refresh_from_db()
    assert record.current_version.total == 20


def test_the_dialog_gets_a_piece_of_a_page_and_an_address(town: Town) -> None:
    record = town.read()
    client = signed_in(town.clerk)
    piece = client.get(url("act", record.pk, "correct", path=CLOSED), headers=FETCH).content.decode()
    assert piece.lstrip().startswith("<form")
    done = client.post(
        url("act", record.pk, "correct"),
        {"revision": record.revision, "path": CLOSED, "value": "20", "reason": "登记簿"},
        headers=FETCH,
    )
    assert json.loads(done.content) == {"url": f"{url('review', record.pk)}#{CLOSED}"}


def test_a_conflict_is_shown_and_confirmed_on_the_page(town: Town) -> None:
    record = town.read(year=2023, to=town.neighbour)
    client = signed_in(town.other_clerk)
    page = seen(client.get(url("review", record.pk)))
    notice = page.xpath("string(//div[@role='alert'])")
    assert "机关是“昆阳镇人民政府”" in notice
    assert "年度是2024年" in notice
    assert page.xpath("//div[@class='rp-buttons']/a[1]/text()") == ["确认归属"]
    assert post(client, record, "confirm", reason="两镇已合并").status_code == 302
    assert "两镇已合并" in seen(client.get(url("review", record.pk))).text_content()


def test_an_unreadable_file_says_why_on_the_page(town: Town) -> None:
    version = town.upload_bytes("会议通知".encode(), "通知.txt")
    client = signed_in(town.clerk)
    assert client.get(url("review", version.record_id))["Refresh"] == "2"
    work()
    page = seen(client.get(url("review", version.record_id)))
    assert "读不了" in page.xpath("string(//div[@role='alert'])")
    assert not page.xpath("//*[contains(@class,'rp-desk')]")


def test_without_the_kept_reading_the_page_still_shows_the_report(town: Town) -> None:
    from gongkai.web.reporting import files

    record = town.read()
    version = record.current_version
    files.storage().delete(files._original_path(version.source.sha256, version.engine_version))
    page = seen(signed_in(town.clerk).get(url("review", record.pk)))
    assert "重新读取" in page.text_content()
    assert page.xpath("//td[@id='applications.new.total']")
    answer = post(signed_in(town.clerk), record, "correct", path=CLOSED, value="20", reason="登记簿")
    assert answer.status_code == 409


def test_pictures_of_pages_and_the_source_file(town: Town) -> None:
    sample = SAMPLES / "pdf" / "dakou-typeset.pdf"
    version = town.upload(sample)
    work()
    version.refresh_from_db()
    client = signed_in(town.clerk)
    page = seen(client.get(url("review", version.record_id, version=1)))
    pictures = page.xpath("//div[@class='picture']/img/@src")
    assert pictures == [url("page", version.record_id, 1, n) for n in range(1, len(pictures) + 1)]
    assert pictures
    picture = client.get(pictures[0])
    assert picture["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert client.get(url("page", version.record_id, 1, 99)).status_code == 404
    assert "left:" in page.xpath("string(//style[contains(.,'#box-')])")
    file = client.get(url("source", version.record_id, 1))
    assert b"".join(file.streaming_content) == sample.read_bytes()
    assert file["Content-Disposition"].startswith("attachment;")
    assert file["Content-Type"] == "application/octet-stream"
    other = signed_in(town.other_clerk)
    assert other.get(url("source", version.record_id, 1)).status_code == 404
    assert other.get(pictures[0]).status_code == 404


def test_text_of_a_file_never_becomes_markup(town: Town) -> None:
    text = KUNYANG.read_text(encoding="utf-8").replace(
        "一、总体情况", "一、总体情况\n<script>alert(1)</script>", 1
    )
    version = town.upload_bytes(text.encode(), "<img src=x onerror=alert(1)>.txt")
    work()
    page = signed_in(town.clerk).get(url("review", version.record_id)).content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page
    record = ReportRecord.objects.get(pk=version.record_id)
    Correct(
        town.as_clerk,
        record_id=record.pk,
        path=CLOSED,
        value="20",
        reason='"><script>alert(2)</script>',
    ).run()
    assert "<script>alert(2)" not in signed_in(town.clerk).get(url("review", record.pk)).content.decode()


def test_an_earlier_version_is_only_shown(town: Town) -> None:
    record = town.publish(town.read())
    post(signed_in(town.clerk), record, "amend")
    page = seen(signed_in(town.clerk).get(url("review", record.pk, version=1)))
    assert "仅供查看" in page.text_content()
    assert not page.xpath("//a[@data-act]")
    assert signed_in(town.clerk).get(url("review", record.pk, version=9)).status_code == 404
    assert signed_in(town.clerk).get(url("review", record.pk, version="x")).status_code == 404


def test_a_withdrawal_is_confirmed_by_somebody_else_on_the_page(town: Town) -> None:
    record = town.publish(town.read())
    RequestWithdrawal(town.as_clerk, record_id=record.pk, reason="附件有误").run()
    mine = seen(signed_in(town.clerk).get(url("review", record.pk)))
    assert "确认撤回" not in mine.xpath("//div[@class='rp-buttons']//a/text()")
    other = seen(signed_in(town.leader).get(url("review", record.pk)))
    assert other.xpath("//div[@class='rp-buttons']/a[1]/text()") == ["确认撤回"]
    assert post(signed_in(town.leader), record, "withdraw").status_code == 302
    record.refresh_from_db()
    assert record.state == State.WITHDRAWN


def addresses(record: ReportRecord) -> list[tuple[str, str]]:
    pk = record.pk
    pages = [("get", url(name, pk)) for name in ("review", "versions", "rollup")]
    pages += [("get", url("source", pk, 1)), ("get", url("page", pk, 1, 1))]
    pages += [(how, url("act", pk, name, path=CLOSED)) for name in ACTS for how in ("get", "post")]
    return pages


def test_another_agencys_clerk_finds_nothing_there(town: Town) -> None:
    record = town.read()
    client = signed_in(town.other_clerk)
    for how, address in addresses(record):
        assert getattr(client, how)(address).status_code == 404, address
    record.refresh_from_db()
    assert record.revision == 3


def test_strangers_are_sent_to_sign_in_or_turned_away(town: Town) -> None:
    record = town.read()
    everywhere = [*addresses(record), ("get", url("board")), ("get", url("upload")), ("post", url("upload"))]
    everywhere += [("get", url("progress", v=1, i=1)), ("get", url("uploads", v=1, i=1))]
    everywhere += [("get", url("export", "csv")), ("post", url("file_intake", 1))]
    for how, address in everywhere:
        answer = getattr(Client(), how)(address)
        assert answer.status_code == 302, address
        assert "login" in answer["Location"], address
        answer = getattr(signed_in(town.stranger), how)(address)
        assert answer.status_code in {302, 403, 404}, address
        assert "昆阳" not in answer.content.decode()
    record.refresh_from_db()
    assert record.revision == 3


def test_nothing_is_done_without_a_token(town: Town) -> None:
    record = town.read()
    client = Client(enforce_csrf_checks=True)
    client.force_login(town.clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(
        url("act", record.pk, "correct"),
        {"revision": record.revision, "path": CLOSED, "value": "20", "reason": "x"},
    )
    assert answer.status_code == 403


def test_an_act_that_is_not_and_a_form_without_its_number(town: Town) -> None:
    record = town.read()
    client = signed_in(town.clerk)
    assert client.get(url("act", record.pk, "explode")).status_code == 404
    assert client.get(url("act", record.pk, "correct", path="a.b.c")).status_code == 404
    assert client.post(url("act", record.pk, "discard")).status_code == 409
    assert client.get(url("act", record.pk, "publish")).status_code == 409
