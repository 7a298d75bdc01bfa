"""The demo's reports: brought along by the actions, loaded once, left alone afterwards."""

from collections import Counter

import pytest

from gongkai.report import api
from gongkai.web.agencies import demo as agencies_demo
from gongkai.web.agencies.models import Person
from gongkai.web.common.actor import Actor
from gongkai.web.common.audit import AuditEntry, verify
from gongkai.web.reporting import demo
from gongkai.web.reporting.actions import DiscardVersion
from gongkai.web.reporting.demo import county, steps
from gongkai.web.reporting.demo.samples import SAMPLES as REAL
from gongkai.web.reporting.models import ReportRecord, Signature
from gongkai.web.reporting.states import State
from tests.web.reporting.people import SAMPLES

REAL_SLUGS = {sample.slug for sample in REAL}


def of(slug: str, year: int) -> ReportRecord:
    return ReportRecord.objects.select_related("current_version").get(agency__slug=slug, year=year)


@pytest.mark.django_db
def test_the_samples_are_published_and_loading_again_changes_nothing() -> None:
    records = demo.load(SAMPLES, agencies_demo.load())
    real = [record for record in records if record.agency.slug in REAL_SLUGS]
    assert [record.state for record in real] == [State.PUBLISHED] * 5
    assert {record.year for record in real} == {2024}
    for record in records:
        if record.published_version is not None:
            assert not record.published_version.open_errors
            signers = {row.person_id for row in record.published_version.signatures.all()}
            assert len(signers) >= 2
    kunyang = of("kunyang", 2024)
    assert {item["path"]: item["value"] for item in kunyang.current_version.document["corrections"]} == {
        "applications.total.total": 20,
        "applications.carried_out.total": 1,
    }
    _the_back_office_has_something_to_do()
    entries = AuditEntry.objects.count()
    assert demo.load(SAMPLES, agencies_demo.load()) == []
    assert AuditEntry.objects.count() == entries
    assert verify() == []


def _the_back_office_has_something_to_do() -> None:
    assert of("shili", 2023).state == State.PUBLISHED
    with_errors = of("shili-qingshi", 2024)
    assert with_errors.state == State.READ
    rules = {row["rule"] for row in with_errors.current_version.findings}
    assert rules >= {"YOY-CARRY", "T3-BALANCE", "TEXT-APPLICATIONS", "YOY-STOCK"}
    returned = of("shili-liuhe", 2024)
    assert returned.state == State.READ
    (void,) = Signature.objects.filter(version=returned.current_version)
    assert void.void_at is not None
    assert "上一年度的原文" in void.void_reason
    assert "SAME-TEXT" in {row["rule"] for row in returned.current_version.findings}
    assert of("shili-shuili", 2024).state == State.REVIEWED
    misfiled = of("shili-weijian", 2024)
    assert misfiled.state == State.CONFLICT
    assert misfiled.current_version.conflict == {"year": 2023}


@pytest.mark.django_db
def test_what_people_made_of_a_report_stays() -> None:
    agencies = agencies_demo.load()
    agency = agencies["shili-qingshi"]
    one = county.compose("shili-qingshi", 2024)
    record = steps.bring(agency, 2024, one.name, one.content, stage=one.stage)
    clerk = Actor.of(Person.objects.get(username="shili-qingshi-clerk"))
    DiscardVersion(clerk, record_id=record.pk).run()
    assert (agency, 2024) not in {(item.agency, item.year) for item in demo.missing(SAMPLES, agencies)}


@pytest.mark.django_db
def test_figures_over_five_years_are_those_of_invented_agencies_only() -> None:
    agencies = agencies_demo.load()
    filed = Counter(slug for slug, _ in county.slugs_and_years())
    assert all(agencies[slug].invented for slug in filed)
    assert [slug for slug, count in filed.items() if count == 5] == [
        "shili-baishui", "shili-jiaoyu", "shili-qingshi",
    ]  # fmt: skip


def test_the_countys_reports_say_that_they_are_invented_and_agree_from_year_to_year() -> None:
    before: dict[str, api.Report] = {}
    for slug, year in county.slugs_and_years():
        one = county.compose(slug, year)
        report = api.read_bytes(one.content, source=one.name)
        assert "虚构" in report.sections["head"].text, one.name
        assert report.edition == ("2019" if year <= 2020 else "2021"), one.name
        assert None not in {figure.value for figure in report.figures.values()}, one.name
        found = api.check(report, previous=before.get(slug))
        before[slug] = report
        if one.stage in {county.Stage.PUBLISHED, county.Stage.TO_PUBLISH}:
            assert [item.rule for item in found] == [], one.name


def test_a_report_that_is_not_in_the_county_is_refused() -> None:
    with pytest.raises(LookupError, match="2019"):
        county.compose("shili-jiaoyu", 2019)
