"""What of the reports waits for whom: on the home page, and at a hand-over."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.web.agencies import duties
from gongkai.web.agencies.models import Leave, Matter, Role, SigningChain
from gongkai.web.common.actor import Actor
from gongkai.web.reporting import desk
from gongkai.web.reporting.actions import RequestWithdrawal, Sign
from gongkai.web.reporting.models import Intake, ReportRecord
from tests.web.days import TODAY
from tests.web.reporting.people import KUNYANG, Town, work
from tests.web.sessions import signed_in

pytestmark = pytest.mark.usefixtures("still_today")


def piles(actor: Actor) -> dict[str, int]:
    tray = desk.waiting(actor, TODAY)
    assert tray is not None
    return {pile.label: pile.count for pile in tray.piles}


def test_a_report_waits_for_each_in_turn(town: Town) -> None:
    record = town.read()
    assert piles(town.as_clerk) == {"待核查": 1}
    assert piles(town.as_head) == {"待核查": 1}
    assert piles(town.as_leader) == {}
    town.accept_all(record)
    Sign(town.as_clerk, record_id=record.pk).run()
    assert piles(town.as_clerk) == {}
    assert piles(town.as_head) == {"待我签批": 1}
    page = signed_in(town.head).get("/admin/").content.decode()
    assert "待我签批" in page
    assert reverse("reporting:review", args=[record.pk]) in page
    Sign(town.as_head, record_id=record.pk).run()
    Sign(town.as_secrecy, record_id=record.pk).run()
    assert piles(town.as_leader) == {"待我签批": 1}
    assert piles(town.as_head) == {}
    assert piles(town.as_other_clerk) == {}
    assert piles(town.as_office) == {}
    assert desk.waiting(town.as_stranger, TODAY) is None


def test_it_waits_for_the_deputy_of_who_is_away_and_for_an_office_above_that_signs(town: Town) -> None:
    record = town.read()
    town.accept_all(record)
    day = timedelta(days=1)
    Leave.objects.create(person=town.head, deputy=town.stranger, from_day=TODAY - day, until_day=TODAY + day)
    Sign(town.as_clerk, record_id=record.pk).run()
    assert piles(town.as_stranger) == {"待我签批": 1}
    chain = SigningChain.objects.create(agency=town.agency, matter=Matter.REPORT)
    chain.steps.create(number=1, name="拟稿", role=Role.CLERK)
    chain.steps.create(number=2, name="签发", role=Role.DISCLOSURE_OFFICE)
    assert piles(town.as_office) == {"待我签批": 1}
    assert piles(town.as_stranger) == {}


def test_conflicts_and_unreadable_files_are_urgent_and_lead_to_the_board(town: Town) -> None:
    town.upload_bytes(KUNYANG.read_text(encoding="utf-8").encode(), "别人的.txt", 2022)
    record = town.read(year=2023)
    town.upload_bytes(b"no report", "坏.txt", to=town.neighbour)

    work()
    assert {row.state for row in ReportRecord.objects.all()} == {"conflict", "unreadable"}
    assert piles(town.as_clerk) == {"文件写明的机关或年度不符，待确认": 2}
    assert piles(town.as_office) == {"文件写明的机关或年度不符，待确认": 2, "无法读取，请换文件": 1}
    tray = desk.waiting(town.as_clerk, TODAY)
    assert tray is not None
    assert tray.piles[0].urgent
    board = signed_in(town.clerk).get(tray.piles[0].url).content.decode()
    for year in (2022, record.year):
        assert f"{year}年度" in board


def test_a_withdrawal_waits_for_others_than_who_asked(town: Town) -> None:
    record = town.publish(town.read())
    RequestWithdrawal(town.as_clerk, record_id=record.pk, reason="附件有误").run()
    assert piles(town.as_clerk) == {}
    assert piles(town.as_leader) == {"申请撤回，待确认": 1}


def test_many_reports_in_signing_are_not_all_asked(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    for year in (2024, 2023):
        text = KUNYANG.read_text(encoding="utf-8").replace("2024年", f"{year}年")
        record = ReportRecord.objects.get(pk=town.upload_bytes(text.encode(), f"{year}.txt", year).record_id)

        work()
        town.accept_all(record)
        Sign(town.as_clerk, record_id=record.pk).run()
    monkeypatch.setattr(desk, "ASKED", 1)
    tray = desk.waiting(town.as_head, TODAY)
    assert tray is not None
    (pile,) = tray.piles
    assert (pile.count, pile.at_least) == (1, True)


def test_files_somebody_is_asked_about_pass_to_the_successor(town: Town) -> None:
    version = town.upload()
    for state in Intake.State:
        Intake.objects.create(
            source=version.source, source_name=f"{state}.pdf", uploaded_by=town.clerk,
            uploaded_at=timezone.now(), state=state,
        )  # fmt: skip
    labels = [duty.label for duty in duties.of_person(town.clerk.pk)]
    assert labels == ["待归档的文件：waiting.pdf", "待归档的文件：asking.pdf"]
    assert {duty.agency_id for duty in duties.of_person(town.clerk.pk)} == {town.agency.pk}
    assert duties.reassign(town.clerk.pk, town.head.pk)["reporting.intakes"] == 2
    assert duties.of_person(town.clerk.pk) == []
    assert piles(town.as_head)["请选择机关和年度后归档"] == 1
