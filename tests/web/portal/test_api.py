"""The read API gives what the pages give, and describes itself."""

import json
from pathlib import Path

import pytest
from django.test import Client

from gongkai.report import api as engine
from gongkai.web.agencies.models import Agency
from gongkai.web.portal import selectors
from gongkai.web.portal.api import api, operations
from gongkai.web.reporting.models import ReportRecord

pytestmark = pytest.mark.django_db


def test_agencies(client: Client, kunyang: Agency, invented: Agency) -> None:
    assert [row["slug"] for row in client.get("/api/v1/agencies").json()["items"]] == ["kunyang", "yunxi"]
    one = client.get("/api/v1/agencies/kunyang").json()
    assert (one["full_name"], one["kind"], one["region_code"]) == ("昆阳镇人民政府", "乡镇人民政府", "410422")
    first = client.get("/api/v1/agencies?limit=1").json()
    second = client.get(f"/api/v1/agencies?limit=1&after={first['next']}").json()
    assert (second["items"][0]["slug"], second["next"]) == ("yunxi", None)
    assert [row["slug"] for row in client.get("/api/v1/agencies?q=云溪").json()["items"]] == ["yunxi"]


def test_reports_by_year_and_agency(client: Client, kunyang: Agency, invented: Agency) -> None:
    rows = client.get("/api/v1/reports?agency=yunxi").json()["items"]
    assert [row["year"] for row in rows] == [2024, 2023, 2022, 2021]
    assert rows[0]["published_at"] == "2025-01-20T10:30:00+08:00"
    assert len(client.get("/api/v1/reports?year=2024").json()["items"]) == 2
    assert client.get(rows[0]["url"]).status_code == 200
    assert client.get(rows[0]["document"]).status_code == 200


def test_the_document_is_the_wire_format(client: Client, kunyang: Agency) -> None:
    data = client.get("/api/v1/agencies/kunyang/reports/2024").json()
    assert data["schema"] == "gongkai.report/1"
    assert data["applications"]["total"]["total"] == 20
    assert engine.from_dict(data).figures == selectors.document(ReportRecord.objects.get()).figures


def test_every_figure_in_printed_order(client: Client, kunyang: Agency) -> None:
    rows = client.get("/api/v1/agencies/kunyang/reports/2024/figures").json()
    report = selectors.document(ReportRecord.objects.get())
    assert [row["path"] for row in rows] == list(report.figures)
    by_path = {row["path"]: row for row in rows}
    assert by_path["applications.total.total"] == {
        "path": "applications.total.total", "label": "三、本年度办理结果（七）总计，总计", "value": "20",
        "mark": "number", "corrected": True,
    }  # fmt: skip
    assert by_path["applications.carried_in.total"]["value"] is None
    assert by_path["applications.carried_in.total"]["mark"] == "blank"


def test_totals_of_many_reports(client: Client, kunyang: Agency, invented: Agency) -> None:
    rows = client.get("/api/v1/figures?agency=yunxi").json()["items"]
    assert [row["new"] for row in rows] == [36, None, 18, 12]
    assert rows[0]["reconsideration"] == 4
    assert rows[0]["fees_10k_yuan"] == "0"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("agencies/nobody", 404),
        ("agencies/kunyang/reports/1999", 404),
        ("agencies/nobody/reports/2024/figures", 404),
        ("reports?limit=0", 422),
        ("reports?limit=101", 422),
        ("reports?year=1", 422),
        ("reports?after=x", 422),
        (f"agencies/kunyang/reports/{10**30}", 404),
    ],
)
def test_refusals_are_in_words(client: Client, kunyang: Agency, address: str, status: int) -> None:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == status
    assert response.json()["detail"].startswith({404: "没有", 422: "参数不符合要求："}[status])


def test_only_reading_is_offered(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    assert {method for path in schema["paths"].values() for method in path} == {"get"}
    assert client.post("/api/v1/reports").status_code == 405
    page = client.get("/data/").content.decode()
    for one in operations():
        assert one.path in page
        assert one.summary in page


def test_the_contract_is_frozen() -> None:
    """Whoever changes the interface changes this file too, and sees what others build on."""
    frozen = Path(__file__).with_name("openapi.json")
    now = json.loads(json.dumps(api.get_openapi_schema()))
    assert now == json.loads(frozen.read_text(encoding="utf-8"))
