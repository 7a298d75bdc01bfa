"""Only what is published is to be seen, on every address the portal has."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client

from gongkai.web.agencies.models import Agency
from gongkai.web.portal import selectors
from gongkai.web.portal.views.downloads import FORMATS
from gongkai.web.reporting import engine
from gongkai.web.reporting.models import Origin, Outcome, ReportRecord, ReportVersion
from gongkai.web.reporting.states import State
from tests.web.portal.conftest import BEIJING, MakeAgency, Publish, keep, sample

HIDDEN = "本机关的内部文字"


def of_report(slug: str, year: int) -> list[str]:
    """Every address that gives a report, or something of it."""
    page = f"/agencies/{slug}/reports/{year}/"
    api = f"/api/v1/agencies/{slug}/reports/{year}"
    return [page, *(f"{page}{fmt}/" for fmt in [*FORMATS, "source"]), api, f"{api}/figures"]


LISTS = [
    "/", "/agencies/", "/agencies/kunyang/", "/reports/", "/reports.atom", "/agencies/kunyang/reports.atom",
    "/search/?q=昆阳", "/sitemap.xml", "/api/v1/reports", "/api/v1/figures",
]  # fmt: skip


def body(client: Client, address: str) -> tuple[int, str]:
    """Status and text of an answer."""
    response = client.get(address)
    data = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return response.status_code, data.decode("utf-8", "replace")


def unpublished() -> Iterator[tuple[State, bool]]:
    """States of a record that was never published, and of one that was withdrawn."""
    for state in State:
        if state not in {State.PUBLISHED, State.WITHDRAWING}:
            yield state, False
    yield State.WITHDRAWN, True


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "was_published"), [*unpublished()])
def test_a_report_that_is_not_published_is_nowhere(
    client: Client, make_agency: MakeAgency, state: State, was_published: bool
) -> None:
    agency = make_agency("kunyang", "昆阳镇人民政府")
    report, data = sample("docx/sanjiao.docx")
    record = keep(agency, 2024, report, data, "年报.docx")
    record.state = state
    if was_published:  # even where the pointer was left behind
        record.published_version = record.current_version
        record.published_at = datetime(2025, 1, 20, tzinfo=BEIJING)
    record.save()
    for address in of_report("kunyang", 2024):
        assert body(client, address)[0] == 404, address
    for address in LISTS:
        status, text = body(client, address)
        assert status == 200, address
        assert "reports/2024" not in text, address
    assert body(client, "/reports/2024/")[0] == 404
    assert "没有已发布的2024年年度报告" in body(client, "/compare/?a=kunyang&a_year=2024")[1]
    assert selectors.years() == []


@pytest.mark.django_db
def test_a_published_report_is_everywhere(client: Client, kunyang: Agency) -> None:
    for address in of_report("kunyang", 2024):
        assert body(client, address)[0] == 200, address
    for address in [*LISTS, "/reports/2024/"]:
        status, text = body(client, address)
        assert status == 200
        assert "kunyang/reports/2024" in text or "kunyang" in text, address


@pytest.mark.django_db
def test_the_version_worked_on_is_not_the_one_published(client: Client, kunyang: Agency) -> None:
    record = ReportRecord.objects.get()
    old = record.published_version
    assert old is not None
    draft = ReportVersion(
        record=record, number=2, origin=Origin.AMENDMENT, outcome=Outcome.READ, source=old.source,
        source_name="新稿.docx", uploaded_at=datetime(2025, 3, 1, tzinfo=BEIJING),
    )  # fmt: skip
    assert old.document is not None
    document = {**old.document, "sections": {**old.document["sections"], "overview": HIDDEN}}
    draft.document = document
    draft.new = 777_777
    draft.save()
    record.current_version = draft
    record.state = State.READ
    record.save()
    for address in [*of_report("kunyang", 2024), *LISTS, "/reports/2024/"]:
        status, text = body(client, address)
        assert status == 200, address
        assert HIDDEN not in text
        assert "777777" not in text


@pytest.mark.django_db
def test_findings_are_never_shown(client: Client, kunyang: Agency) -> None:
    version = ReportVersion.objects.get()
    assert version.findings, "the sample has findings, or this test says nothing"
    told = {finding["message"] for finding in version.findings} | {f["rule"] for f in version.findings}
    for address in [
        *of_report("kunyang", 2024),
        *LISTS,
        "/compare/?a=kunyang&a_year=2024&b=kunyang&b_year=2024",
    ]:
        text = body(client, address)[1]
        assert [one for one in told if one in text] == [], address


@pytest.mark.django_db
def test_nobody_is_named_and_findings_are_not_even_loaded(kunyang: Agency) -> None:
    record = selectors.published().get()
    version = record.published_version
    assert version is not None
    assert {"findings", "document", "changes"} <= version.get_deferred_fields()
    assert selectors.document(record).value("applications.total.total") == 20


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/agencies/kunyang/reports/1999/",
        "/agencies/nobody/reports/2024/",
        "/agencies/kunyang/reports/2024/exe/",
        f"/agencies/kunyang/reports/{10**30}/",
        "/reports/1999/",
        "/reports/2024/?after=x",
        "/agencies/?region=1",
        "/agencies/nobody/",
        "/sitemap.xml?section=x",
        "/nothing",
    ],
)
def test_what_is_not_there_says_so_with_a_way_on(client: Client, kunyang: Agency, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    text = response.content.decode()
    assert "没有这个页面" in text
    assert "/reports/" in text


@pytest.mark.django_db
def test_withdrawing_takes_the_report_off_at_once(client: Client, kunyang: Agency) -> None:
    address = "/agencies/kunyang/reports/2024/"
    etag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    pdf = client.get(f"{address}pdf/")
    ReportRecord.objects.update(published_version=None, state=State.WITHDRAWN)
    assert client.get(address, headers={"if-none-match": etag}).status_code == 404
    assert client.get(f"{address}pdf/", headers={"if-none-match": pdf.headers["ETag"]}).status_code == 404


@pytest.mark.django_db
def test_corrections_show_reason_and_day_and_no_person(client: Client, kunyang: Agency) -> None:
    text = client.get("/agencies/kunyang/reports/2024/").content.decode()
    assert "原为“空白”，2025年1月8日更正为20。理由：与登记台账核对。" in text
    assert engine.VERSION not in text


@pytest.mark.django_db
def test_an_invented_agency_is_marked_wherever_it_stands(
    client: Client, invented: Agency, publish: Publish
) -> None:
    for address in [
        "/", "/agencies/", "/agencies/yunxi/", "/agencies/yunxi/reports/2024/", "/reports/2024/",
        "/search/?q=云溪", "/compare/?a=yunxi&a_year=2023&b=yunxi&b_year=2024", "/reports.atom",
    ]:  # fmt: skip
        assert "虚构示例" in client.get(address).content.decode(), address
    assert client.get("/api/v1/reports").json()["items"][0]["invented"] is True
