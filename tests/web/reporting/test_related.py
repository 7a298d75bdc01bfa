"""Reports that are checked against each other: last year's, and those of the agencies below."""

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.web.agencies.actions import MoveAgency
from gongkai.web.agencies.models import Agency, Role
from gongkai.web.common import audit
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.reporting import engine, related
from gongkai.web.reporting.actions import Amend, Correct, DiscardVersion, Recheck, Sign
from gongkai.web.reporting.models import ReportRecord
from gongkai.web.reporting.states import State
from tests.web.reporting.people import KUNYANG, Town, agency, person, work
from tests.web.sessions import signed_in

CARRIED_OUT, CARRIED_IN = "applications.carried_out.total", "applications.carried_in.total"
NEW = "applications.new.total"


def correct(actor: Actor, record: ReportRecord, path: str, value: str) -> None:
    Correct(actor, record_id=record.pk, path=path, value=value, reason="据登记簿").run()


def rules(record: ReportRecord, level: str | None = None) -> list[str]:
    record.refresh_from_db()
    assert record.current_version is not None
    return [row["rule"] for row in record.current_version.findings if level in {None, row["level"]}]


def county_report(town: Town) -> ReportRecord:
    """The county's report: the town's, under the county's name."""
    text = KUNYANG.read_text(encoding="utf-8").replace("昆阳镇", "平阳县")
    version = town.upload_bytes(text.encode(), "平阳县.txt", to=town.county)
    work()
    return ReportRecord.objects.get(pk=version.record_id)


def last_years(town: Town) -> ReportRecord:
    text = KUNYANG.read_text(encoding="utf-8").replace("2024年", "2023年")
    version = town.upload_bytes(text.encode(), "2023.txt", 2023)
    work()
    return ReportRecord.objects.get(pk=version.record_id)


def test_a_correction_of_last_years_report_has_this_years_checked_again_with_a_note(town: Town) -> None:
    earlier = last_years(town)
    record = town.read()
    correct(town.as_clerk, record, CARRIED_IN, "0")
    correct(town.as_clerk, earlier, CARRIED_OUT, "0")
    work()
    assert "YOY-CARRY" not in rules(record)
    correct(town.as_clerk, earlier, CARRIED_OUT, "7")
    work()
    assert "YOY-CARRY" in rules(record)
    (note,) = [note for note in record.current_version.rechecks if "YOY-CARRY" in str(note["new"])]
    assert note["cause"]["record"] == earlier.pk
    assert [CARRIED_OUT, 0, 7] in note["cause"]["figures"]
    page = signed_in(town.clerk).get(reverse("reporting:review", args=[record.pk])).content.decode()
    assert "2023年度报告的1个数字有改动" in page
    assert "0 → 7" in page
    assert "重新核查后新出现" in page
    assert f"{reverse('reporting:review', args=[earlier.pk])}#{CARRIED_OUT}" in page
    correct(town.as_clerk, earlier, CARRIED_OUT, "0")
    work()
    assert "YOY-CARRY" not in rules(record)
    assert "YOY-CARRY" in str(record.current_version.rechecks[-1]["gone"])
    assert audit.verify() == []


def test_figures_stay_what_they_were_and_nothing_is_noted_where_no_finding_changes(town: Town) -> None:
    earlier = last_years(town)
    record = town.read()
    record.refresh_from_db()
    revision, document = record.revision, record.current_version.document
    correct(town.as_clerk, earlier, "proactive.penalties.decisions", "999")
    work()
    record.refresh_from_db()
    assert (record.revision, record.current_version.document) == (revision, document)
    assert record.current_version.rechecks == []


def test_an_amendment_counts_from_its_publication(town: Town) -> None:
    earlier = last_years(town)
    correct(town.as_clerk, earlier, CARRIED_OUT, "0")
    earlier = town.publish(earlier)
    record = town.read()
    correct(town.as_clerk, record, CARRIED_IN, "0")
    Amend(town.as_clerk, record_id=earlier.pk).run()
    correct(town.as_clerk, earlier, CARRIED_OUT, "5")
    work()
    assert "YOY-CARRY" not in rules(record)
    town.publish(earlier)
    work()
    assert "YOY-CARRY" in rules(record)


def test_a_file_that_replaces_last_years_is_compared_once_it_is_read(town: Town) -> None:
    earlier = last_years(town)
    record = town.read()
    text = KUNYANG.read_text(encoding="utf-8").replace("2024年", "2023年") + "\n"
    town.upload_bytes(text.encode(), "2023新.txt", 2023)
    earlier.refresh_from_db()
    assert related.last_year(record) is not None, "the version before counts until the new one is read"


def test_an_agency_that_was_renamed_is_compared_with_itself(town: Town) -> None:
    last_years(town)
    Agency.objects.filter(pk=town.agency.pk).update(full_name="平阳县新昆阳街道办事处")
    record = ReportRecord.objects.get(pk=town.upload().record_id)
    previous = related.last_year(record)
    assert previous is not None
    assert (previous.agency, previous.year) == ("平阳县新昆阳街道办事处", 2023)


def test_a_governments_report_is_the_sum_of_those_below(town: Town) -> None:
    county = county_report(town)
    (missing,) = [row for row in county.current_version.findings if row["rule"] == "ROLLUP-SUM"]
    assert missing["level"] == "info"
    assert "2个所属单位中，2个还没有" in missing["message"]
    text = KUNYANG.read_text(encoding="utf-8").replace("昆阳镇", "鳌江镇")
    below = town.read()
    assert rules(county, "warning").count("ROLLUP-SUM") == 0
    town.publish(below)
    work()
    assert "ROLLUP-SUM" not in rules(county, "warning"), "one report is missing: the sum is not certain"
    version = town.upload_bytes(text.encode(), "鳌江镇.txt", to=town.neighbour)
    work()
    neighbour = ReportRecord.objects.get(pk=version.record_id)
    ReportRecord.objects.filter(pk=neighbour.pk).update(state=State.REVIEWED)
    Recheck(town.as_office, record_id=county.pk).run()
    assert "ROLLUP-SUM" in rules(county, "warning")
    assert "还没有" not in str(county.current_version.findings)


def test_the_county_is_checked_again_when_a_report_below_is_signed_or_withdrawn(town: Town) -> None:
    county = county_report(town)
    below = town.read()
    correct(town.as_clerk, below, NEW, "500")
    town.accept_all(below)
    town.sign_off(below)
    below.refresh_from_db()
    assert below.state == State.REVIEWED
    work()
    assert "ROLLUP-SUM" in rules(county, "warning"), "500 below is more than the county reports"
    note = county.current_version.rechecks[-1]
    assert note["cause"]["kind"] == related.SUBORDINATE
    page = signed_in(town.office).get(reverse("reporting:review", args=[county.pk])).content.decode()
    assert "平阳县昆阳镇人民政府的报告已发布或者待签发" in page
    rollup = reverse("reporting:rollup", args=[county.pk])
    assert f"{rollup}?path={NEW}" in page
    other = signed_in(town.office).get(rollup, {"path": NEW}).content.decode()
    assert f"{reverse('reporting:review', args=[below.pk])}#{NEW}" in other
    assert "至少500" in other
    assert "未计入" in other


def test_who_may_not_see_a_report_below_gets_no_link_to_it(town: Town) -> None:
    county = county_report(town)
    below = town.publish(town.read())
    clerk = person("county.clerk", "县经办", town.county, Role.CLERK)
    page = signed_in(clerk).get(reverse("reporting:rollup", args=[county.pk]), {"path": NEW}).content.decode()
    assert town.agency.full_name in page
    assert reverse("reporting:review", args=[below.pk]) not in page
    assert signed_in(town.clerk).get(reverse("reporting:rollup", args=[county.pk])).status_code == 404


def test_a_path_that_is_no_figure_is_not_there(town: Town) -> None:
    county = county_report(town)
    url = reverse("reporting:rollup", args=[county.pk])
    assert signed_in(town.office).get(url, {"path": "applications.nothing.total"}).status_code == 404


def test_a_person_asks_and_is_told_that_nothing_changed(town: Town) -> None:
    record = town.read()
    with pytest.raises(ActionRefused, match="没有变化"):
        Recheck(town.as_clerk, record_id=record.pk).run()
    client: Client = signed_in(town.clerk)
    answer = client.get(reverse("reporting:act", args=[record.pk, "recheck"]))
    assert "重新核查" in answer.content.decode()


def test_a_version_that_comes_back_is_checked_against_what_there_is_now(town: Town) -> None:
    earlier = last_years(town)
    correct(town.as_clerk, earlier, CARRIED_OUT, "0")
    record = town.read()
    correct(town.as_clerk, record, CARRIED_IN, "0")
    text = KUNYANG.read_text(encoding="utf-8") + "\n"
    town.upload_bytes(text.encode(), "新.txt")
    work()
    correct(town.as_clerk, earlier, CARRIED_OUT, "9")
    work()
    DiscardVersion(town.as_clerk, record_id=record.pk).run()
    work()
    assert "YOY-CARRY" in rules(record)
    assert record.current_version is not None
    assert record.current_version.number == 1


def test_what_is_let_stand_is_let_stand_after_a_check_again(town: Town) -> None:
    earlier = last_years(town)
    record = town.read()
    correct(town.as_clerk, record, CARRIED_IN, "0")
    correct(town.as_clerk, earlier, CARRIED_OUT, "3")
    work()
    town.accept_all(record)
    Sign(town.as_clerk, record_id=record.pk).run()
    correct(town.as_clerk, earlier, CARRIED_OUT, "4")
    work()
    record.refresh_from_db()
    assert record.state == State.IN_REVIEW
    assert record.current_version.open_errors == 1, "the difference is another one: it is asked about again"
    assert len(engine.accepted_keys(record.current_version)) > 0
    with pytest.raises(ActionRefused, match="错误没有处理"):
        Sign(town.as_head, record_id=record.pk).run()


def test_a_file_that_replaces_another_keeps_the_corrections_it_agrees_with_and_asks_about_the_rest(
    town: Town,
) -> None:
    record = town.read()
    penalties, licences = "proactive.penalties.decisions", "proactive.licences.decisions"
    correct(town.as_clerk, record, penalties, "5")
    correct(town.as_clerk, record, licences, "180")
    broken = town.upload_bytes(b"no report at all", "坏.txt")
    work()
    assert ReportRecord.objects.get(pk=record.pk).state == State.UNREADABLE
    assert broken.number == 2
    text = KUNYANG.read_text(encoding="utf-8").replace("行政许可 | 174", "行政许可 | 175")
    town.upload_bytes(text.encode(), "更正.txt")
    work()
    record.refresh_from_db()
    version = record.current_version
    assert version is not None
    assert version.number == 3
    assert [row.path for row in version.corrections.all()] == [penalties]
    assert version.changes["corrections_dropped"] == [licences]
    address = reverse("reporting:review", args=[record.pk])
    page = signed_in(town.clerk).get(address).content.decode()
    assert "上一版的1处更正没有沿用" in page
    assert "上一版读作174，更正为180（据登记簿）；现在是175" in page
    correct(town.as_clerk, record, licences, "180")
    assert "没有沿用" not in signed_in(town.clerk).get(address).content.decode()


def test_the_disclosure_office_corrects_the_report_of_its_own_government_and_no_other(town: Town) -> None:
    county, below = county_report(town), town.read()
    correct(town.as_office, county, NEW, "22")
    with pytest.raises(Denied):
        correct(town.as_office, below, NEW, "22")


def test_a_government_is_checked_again_when_other_agencies_stand_below_it(town: Town) -> None:
    record = town.read()
    town.publish(record)
    county = county_report(town)
    assert "ROLLUP-SUM" not in rules(county, "warning"), "nothing below that the county does not report"
    correct(town.as_office, county, NEW, "5")
    assert "ROLLUP-SUM" in rules(county, "warning"), "the town below reports more"
    elsewhere = agency("苍南县人民政府", town.agency.region, "cangnan", "government")
    root = person("root", "管理员")
    root.is_superuser = True
    root.save()
    move = MoveAgency(Actor.of(root), agency=town.agency, supervisor=elsewhere, region=town.agency.region)
    move.run()
    assert "ROLLUP-SUM" in rules(county, "warning")
    work()
    assert "ROLLUP-SUM" not in rules(county, "warning")
    county.refresh_from_db()
    assert county.current_version.rechecks[-1]["gone"]
    assert audit.verify() == []
