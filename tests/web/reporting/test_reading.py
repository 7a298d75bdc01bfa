"""Files come in and are read: agreement with what was chosen, refusals, versions, what changed."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from gongkai.kernel import UnreadableError
from gongkai.web.agencies.models import AgencyName, Region
from gongkai.web.common.audit import AuditEntry, verify
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.models import QueuedTask
from gongkai.web.reporting import engine, files, identify, tasks
from gongkai.web.reporting.actions import (
    BeginReading,
    ConfirmConflict,
    Correct,
    DiscardVersion,
    FinishReading,
    Reread,
    Upload,
)
from gongkai.web.reporting.models import Outcome, ReportRecord, ReportVersion, SourceFile
from gongkai.web.reporting.states import State
from tests.beside import SEEDS, needs_seeds
from tests.web.reporting.people import KUNYANG, SAMPLES, Town, agency, work


def test_a_file_is_stored_under_its_hash_read_and_its_totals_indexed(town: Town) -> None:
    record = town.read()
    version = record.current_version
    assert record.state == State.READ
    assert version.outcome == Outcome.READ
    assert version.source.path.endswith(version.source.sha256)
    assert version.engine_version == engine.VERSION
    assert (version.new, version.total, version.carried_out) == (21, None, None)
    assert (version.reconsideration, version.litigation, version.licences) == (4, 3, 174)
    assert version.document["cells"]["applications.new.total"]["raw"] == "21"
    assert version.document["year"] == 2024
    assert version.errors == version.open_errors == 2
    assert {row["rule"] for row in version.findings} >= {"T3-COLSUM", "TEXT-LITIGATION", "FORM-BLANK"}
    assert len({row["key"] for row in version.findings}) == len(version.findings)
    assert ReportRecord.objects.filter(current_version__new__gte=21).get() == record


@needs_seeds
@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_every_seed_is_read_under_the_agency_it_names(town: Town, seed: Path) -> None:
    from gongkai.report import api

    named = api.read_bytes(seed.read_bytes()).agency
    home = agency(named, town.county.region, "seed", above=town.county)
    version = town.upload(seed, to=home)
    work()
    version.refresh_from_db()
    assert version.outcome == Outcome.READ
    assert version.document["agency"] == named


def test_the_same_content_is_stored_once_and_not_taken_twice(town: Town) -> None:
    record = town.read()
    with pytest.raises(ActionRefused, match="完全相同"):
        town.upload()
    town.upload(year=2023)
    assert SourceFile.objects.count() == 1
    assert record.versions.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("报告.txt", b"", "空的"),
        ("报告.exe", b"MZ", "不能读取“.exe”"),
        ("报告", b"x", "没有扩展名"),
    ],
)
def test_what_cannot_be_a_report_is_refused_before_it_is_stored(
    town: Town, name: str, data: bytes, said: str
) -> None:
    with pytest.raises(ActionRefused, match=said) as caught:
        town.upload_bytes(data, name)
    assert caught.value.remedy
    assert not SourceFile.objects.exists()
    assert not ReportRecord.objects.exists()


def test_a_file_that_is_too_large_is_refused(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    with pytest.raises(ActionRefused, match="超过"):
        town.upload()


@pytest.mark.parametrize("year", [2007, 2099])
def test_a_year_nobody_reports_on_is_refused(town: Town, year: int) -> None:
    with pytest.raises(ActionRefused, match="年度"):
        town.upload(year=year)


def test_names_keep_no_folders_and_their_ending() -> None:
    assert files.clean_name("C:\\报告\\2024\\年报.docx") == "年报.docx"
    assert files.clean_name("../../etc/年报.txt") == "年报.txt"
    long = files.clean_name("长" * 400 + ".docx")
    assert len(long) == 255
    assert long.endswith(".docx")


def test_a_file_that_is_no_report_says_why_and_what_to_do(town: Town) -> None:
    version = town.upload_bytes("会议通知：请于明天上午开会。".encode(), "通知.txt")
    work()
    record = ReportRecord.objects.get(pk=version.record_id)
    version.refresh_from_db()
    assert record.state == State.UNREADABLE
    assert version.error["message"]
    assert version.error["remedy"]
    assert "/tmp" not in version.error["place"] + version.error["message"]
    with pytest.raises(ActionRefused, match="无法读取"):
        Correct(
            town.as_clerk, record_id=record.pk, path="applications.new.total", value="1", reason="理由"
        ).run()
    town.upload()
    work()
    record.refresh_from_db()
    assert record.state == State.READ


def test_another_agency_or_year_stops_and_asks(town: Town) -> None:
    record = town.read(year=2023, to=town.neighbour)
    version = record.current_version
    assert record.state == State.CONFLICT
    assert version.conflict == {"agency": "昆阳镇人民政府", "year": 2024}
    with pytest.raises(ActionRefused, match="没有写确认理由"):
        ConfirmConflict(town.as_office, record_id=record.pk, reason=" ").run()
    with pytest.raises(Denied):
        ConfirmConflict(town.as_clerk, record_id=record.pk, reason="我说的").run()
    ConfirmConflict(town.as_other_clerk, record_id=record.pk, reason="两镇合并，文件名有误").run()
    record.refresh_from_db()
    version.refresh_from_db()
    assert record.state == State.READ
    assert version.conflict_reason == "两镇合并，文件名有误"
    assert version.conflict_confirmed_by == town.other_clerk
    assert version.conflict == {"agency": "昆阳镇人民政府", "year": 2024}


def test_a_conflict_may_be_discarded(town: Town) -> None:
    record = town.read(year=2023, to=town.neighbour)
    DiscardVersion(town.as_other_clerk, record_id=record.pk).run()
    record.refresh_from_db()
    assert (record.state, record.current_version) == (State.EMPTY, None)
    assert record.versions.get().discarded_at


@pytest.mark.parametrize(
    ("read", "same"),
    [
        ("昆阳镇人民政府", True),
        ("昆阳镇", True),
        ("平阳县昆阳镇人民政府", True),
        ("温州市平阳县昆阳镇人民政府", True),
        ("浙江省平阳县昆阳镇政府", True),
        ("平阳县昆阳镇人民 政府", True),
        ("平阳县人民政府", False),
        ("人民政府", False),
        ("鳌江镇人民政府", False),
        ("苍南县昆阳镇人民政府", False),
        ("平阳县昆阳镇人民政府办公室", False),
        ("平阳县城关镇人民政府", True),
    ],
)
def test_names_of_one_agency(town: Town, read: str, same: bool) -> None:
    AgencyName.objects.create(
        agency=town.agency, full_name="平阳县城关镇人民政府", short_name="城关镇", until_day="2019-12-31"
    )
    assert identify.is_same_agency(read, town.agency) is same


@pytest.mark.parametrize(
    ("read", "same"),
    [
        ("信访局", True),
        ("平顶山市湛河区信访局", True),
        ("湛河区信访局", True),
        ("卫东区信访局", False),
        ("平顶山市信访局", True),
        ("湛河区财政局", False),
    ],
)
@pytest.mark.django_db
def test_a_department_under_its_region_and_another_one(read: str, same: bool) -> None:
    city = Region.objects.create(code="410400", name="平顶山市")
    district = Region.objects.create(code="410411", name="湛河区", parent=city)
    assert identify.is_same_agency(read, agency("湛河区信访局", district, "zhanhe", "department")) is same


def test_the_name_of_a_file_says_agency_and_year_or_nothing(town: Town) -> None:
    everywhere = [town.county, town.agency, town.neighbour]
    name = "平阳县昆阳镇人民政府2024年政府信息公开工作年度报告.docx"
    assert identify.agency_in(name, everywhere) == town.agency
    assert identify.year_in(name) == 2024
    assert identify.agency_in("年报.docx", everywhere) is None
    assert identify.year_in("2023年至2024年年报.docx") is None
    assert identify.year_in("20241231.docx") is None


def test_reading_twice_changes_nothing(town: Town) -> None:
    version = town.upload()
    work()
    record = ReportRecord.objects.get(pk=version.record_id)
    entries = AuditEntry.objects.count()
    tasks.read_version(version.pk)
    record.refresh_from_db()
    assert record.state == State.READ
    assert AuditEntry.objects.count() == entries


def test_a_version_given_up_while_it_was_read_stays_given_up(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = town.upload()
    original = engine.open_source(version.source, version.source_name)

    def replaced_meanwhile(*_: object) -> object:
        ReportRecord.objects.update(current_version=None, state=State.EMPTY)
        return original

    monkeypatch.setattr(engine, "open_source", replaced_meanwhile)
    tasks.read_version(version.pk)
    record = ReportRecord.objects.get(pk=version.record_id)
    assert (record.state, record.current_version) == (State.EMPTY, None)


def test_only_the_reader_says_what_was_read(town: Town) -> None:
    version = town.upload()
    original = engine.open_source(version.source, version.source_name)
    for action in (
        BeginReading(town.as_clerk, record_id=version.record_id, version_id=version.pk),
        FinishReading(town.as_leader, record_id=version.record_id, version_id=version.pk, original=original),
    ):
        with pytest.raises(Denied):
            action.run()


def test_after_the_last_attempt_nobody_waits_for_ever(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    version = town.upload()

    def crash(*_: object) -> None:
        raise RuntimeError("worker lost")

    monkeypatch.setattr(engine, "open_source", crash)
    QueuedTask.objects.update(attempts_allowed=1)
    work()
    record = ReportRecord.objects.get(pk=version.record_id)
    assert record.state == State.UNREADABLE
    assert "重新上传" in record.current_version.error["remedy"]


def test_a_file_read_again_with_the_same_result_leaves_everything_as_it_was(town: Town) -> None:
    record = town.read()
    first = record.current_version
    Reread(town.as_clerk, record_id=record.pk).run()
    work()
    record.refresh_from_db()
    assert record.current_version == first
    assert record.state == State.READ
    again = record.versions.get(number=2)
    assert again.discarded_at
    assert again.changes == {}


def test_a_newer_engine_that_reads_differently_makes_a_version_and_keeps_corrections(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = town.read()
    for path, value in (("applications.total.total", "20"), ("applications.carried_out.total", "1")):
        Correct(town.as_clerk, record_id=record.pk, path=path, value=value, reason="登记簿").run()
    newer = SAMPLES / "xlsx" / "kunyang.xlsx"
    source = files.store(ContentFile(newer.read_bytes()))
    better = engine.open_source(source, newer.name)
    monkeypatch.setattr(engine, "VERSION", "9.9")
    monkeypatch.setattr(engine, "open_source", lambda *_: better)
    Reread(town.as_clerk, record_id=record.pk).run()
    work()
    record.refresh_from_db()
    version = record.current_version
    assert version.number == 2
    assert version.engine_version == "9.9"
    changed = {row["path"] for row in version.changes["figures"]}
    carried = set(version.changes.get("corrections_carried", ()))
    dropped = set(version.changes.get("corrections_dropped", ()))
    assert carried | dropped == {"applications.total.total", "applications.carried_out.total"}
    assert not carried & changed
    assert dropped <= changed
    for correction in version.corrections.all():
        assert correction.carried_from is not None
        assert correction.reason == "登记簿"


def test_after_an_upgrade_the_stock_is_read_again_once(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    record = town.publish(town.read())
    call_command("reread_reports")
    assert "已安排重新读取0份" in capsys.readouterr().out
    monkeypatch.setattr(engine, "VERSION", "9.9")
    call_command("reread_reports")
    assert "已安排重新读取1份" in capsys.readouterr().out
    work()
    record.refresh_from_db()
    assert record.state == State.PUBLISHED
    assert record.versions.get(number=2).engine_version == "9.9"
    call_command("reread_reports")
    assert "已安排重新读取0份" in capsys.readouterr().out


def test_a_replaced_file_says_what_changed_by_path(town: Town) -> None:
    town.read()
    text = KUNYANG.read_text(encoding="utf-8").replace("行政许可 | 174", "行政许可 | 175")
    assert "175" in text
    town.upload_bytes(text.encode(), "昆阳镇更正.txt")
    work()
    version = ReportVersion.objects.get(number=2)
    assert version.changes["figures"] == [
        {
            "path": "proactive.licences.decisions",
            "label": "行政许可，本年处理决定数量",
            "before": 174,
            "after": 175,
        }
    ]
    assert version.record.current_version == version


def test_last_years_report_is_compared(town: Town) -> None:
    text = KUNYANG.read_text(encoding="utf-8").replace("2024年", "2023年")
    version = town.upload_bytes(text.encode(), "2023.txt", 2023)
    work()
    earlier = ReportRecord.objects.get(pk=version.record_id)
    assert earlier.state == State.READ
    Correct(
        town.as_clerk, record_id=earlier.pk, path="applications.carried_out.total", value="7", reason="登记簿"
    ).run()
    record = town.read()
    Correct(
        town.as_clerk, record_id=record.pk, path="applications.carried_in.total", value="3", reason="登记簿"
    ).run()
    record.refresh_from_db()
    assert "YOY-CARRY" in {row["rule"] for row in record.current_version.findings}


def test_permission_to_upload(town: Town) -> None:
    content = ContentFile(KUNYANG.read_bytes(), "年报.txt")
    for actor in (town.as_other_clerk, town.as_stranger, town.as_leader, None):
        with pytest.raises(Denied):
            Upload(actor, agency=town.agency, year=2024, name="年报.txt", content=content).run()
    assert not SourceFile.objects.exists()
    Upload(town.as_office, agency=town.agency, year=2024, name="年报.txt", content=content).run()


def test_the_audit_log_holds_no_names_and_verifies(town: Town) -> None:
    record = town.read()
    Correct(
        town.as_clerk,
        record_id=record.pk,
        path="applications.total.total",
        value="20",
        reason="向王小明核实",
    ).run()
    entries = list(AuditEntry.objects.filter(agency_id=town.agency.pk).order_by("number"))
    assert [entry.code for entry in entries] == [
        "reporting.upload",
        "reporting.begin_reading",
        "reporting.finish_reading",
        "reporting.correct",
    ]
    assert "王小明" not in str([entry.details for entry in entries])
    assert KUNYANG.name not in str([entry.details for entry in entries])
    assert verify(town.agency.pk) == []


@pytest.mark.django_db
def test_an_unreadable_error_names_the_file_not_a_temporary_path() -> None:
    source = files.store(ContentFile(b"\x7fELF" + b"\0" * 100))
    with pytest.raises(UnreadableError) as caught:
        engine.open_source(source, "年报.pdf")
    assert caught.value.place == "年报.pdf"
