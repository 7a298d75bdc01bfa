"""The year 2024 of 昆阳镇, played through the actions: 21 received, 20 answered, 1 carried over."""

from datetime import date, datetime

import pytest

from gongkai.kernel.period import Period
from gongkai.law.case import Channel
from gongkai.web.applications import files
from gongkai.web.applications.actions import (
    AddFile,
    AddParty,
    DraftLetter,
    HandInCorrection,
    RecordAnswer,
    RecordEvent,
    SignLetter,
)
from gongkai.web.applications.models import AssistanceRequest, Case, Letter
from gongkai.web.applications.receiving import intake
from gongkai.web.applications.receiving.codes import proof
from gongkai.web.applications.statistics import figures
from gongkai.web.common import audit
from gongkai.web.common.actor import Actor
from tests.web.applications.asking import PDF, request, requester, submit
from tests.web.applications.playing import CHINA, Office, on, workdays_after
from tests.web.applications.reading import pdf_text
from tests.web.reporting.people import Town

COLUMNS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other")


#: Twenty replies as a careful reader of the seed would have them: only 自然人, by row of table 3.
OUTCOMES = {
    "provided": ("granted", 9), "partial": ("partial", 2), "third_party": ("denied_third_party", 1),
    "process": ("denied_process", 1), "not_existing": ("unable_not_held", 4),
    "needs_making": ("unable_needs_making", 1), "petition": ("declined_petition", 1),
    "repeat": ("declined_repeat", 1),
}  # fmt: skip


def test_the_year_gives_its_table_three(town: Town, office: Office) -> None:
    planned = [code for code, (_, count) in OUTCOMES.items() for _ in range(count)]
    day = date(2024, 1, 8)
    for number, outcome in enumerate(planned):
        day = workdays_after(day, 8)
        with on(day):
            case = submit(town.agency, request(subject=f"昆阳镇第{number + 1}项政府信息")).case
            RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=day).run()
        if outcome == "third_party":
            office.hear(
                office.consult(case, workdays_after(day, 2)), workdays_after(day, 9), "objects", "withhold"
            )
        office.reply(case, outcome, workdays_after(day, 12))
    with on(date(2024, 12, 20)):
        last = submit(town.agency).case
        RecordEvent(town.as_clerk, case_id=last.pk, kind="confirmed", on=date(2024, 12, 20)).run()
    for number in range(10):
        AssistanceRequest.objects.create(
            agency=town.agency, from_agency="平阳县自然资源和规划局", subject=f"协助查询{number}",
            received_on=date(2024, 5, 6), recorded_by=town.clerk, recorded_at=datetime.now(CHINA),
        )  # fmt: skip
    table = figures.table3([town.agency.pk], Period.of_year(2024))
    for row, counted in {"new": 21, "carried_in": 0, "total": 20, "carried_out": 1}.items():
        assert table[row]["natural_person"] == table[row]["total"] == counted
        assert [table[row][column] for column in COLUMNS[1:]] == [0] * 5
    assert {row: table[row]["total"] for row, _ in OUTCOMES.values()} == dict(OUTCOMES.values())
    for row in figures.ROWS:
        listed = figures.cases([town.agency.pk], Period.of_year(2024), row).count()
        assert listed == table[row]["total"]
    assert table["new"]["total"] + table["carried_in"]["total"] == (
        table["total"]["total"] + table["carried_out"]["total"]
    )
    following = figures.table3([town.agency.pk], Period.of_year(2025))
    assert following["carried_in"]["total"] == 1
    assert not Case.objects.filter(late=True).exists()
    assert audit.verify() == []


def test_correction_consultation_and_extension_on_one_case(town: Town, office: Office) -> None:
    with on(date(2024, 3, 4)):
        submitted = submit(town.agency)
        case = submitted.case
        RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=date(2024, 3, 4)).run()
    office.send(case, "correction", {"补正事项": "请写明项目名称", "期限": "15"}, date(2024, 3, 6))
    case.refresh_from_db()
    assert (case.state, case.due) == ("awaiting_correction", None)
    with on(date(2024, 3, 11)):
        HandInCorrection(
            Actor.of(None), case_id=case.pk, proof=proof(submitted.code), text="昆阳镇2023年度第3批次"
        ).run()
    case.refresh_from_db()
    assert case.state == "running"
    assert "第3批次" in case.details
    assert case.due == workdays_after(date(2024, 3, 11), 20)
    with on(date(2024, 3, 13)):
        party = AddParty(town.as_clerk, case_id=case.pk, party="third_party", name="某地产公司").run()
    office.send(
        case, "consult_third_party", {"征求内容": "补偿协议", "权益": "商业秘密"}, date(2024, 3, 13),
        consultation_id=party.pk,
    )  # fmt: skip
    case.refresh_from_db()
    assert (case.state, case.due) == ("paused", None)
    with on(date(2024, 3, 20)):
        RecordAnswer(
            town.as_clerk, case_id=case.pk, consultation_id=party.pk, answer="objects",
            on=date(2024, 3, 20), text="涉及商业秘密",
        ).run()  # fmt: skip
    case.refresh_from_db()
    assert case.due == workdays_after(date(2024, 3, 11), 20 + 5)  # the five working days 14–20 March are out
    letter = office.send(case, "extension", {"延期理由": "案卷较多", "期限": "20"}, date(2024, 4, 8))
    case.refresh_from_db()
    assert case.due == workdays_after(date(2024, 3, 11), 20 + 5 + 20)
    text = pdf_text(letter)
    assert f"{case.due.year}年{case.due.month}月{case.due.day}日" in text
    reply = office.reply(case, "third_party", date(2024, 5, 6))
    case.refresh_from_db()
    assert (case.state, case.outcome, case.closed_on) == ("answered", "denied_third_party", date(2024, 5, 6))
    assert "先向" in pdf_text(reply)  # since 2024 a refusal under Articles 14 to 16 goes to 复议 first
    assert reply.document_no == "平阳县昆阳镇人民政府〔2024〕第1号-答"


def test_the_files_to_be_disclosed_wait_for_the_reply(town: Town, office: Office) -> None:
    with on(date(2024, 3, 4)):
        case = submit(town.agency, request(requester(), channel=Channel.INTERNET)).case
        RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=date(2024, 3, 4)).run()
        added = AddFile(
            town.as_clerk, case_id=case.pk, purpose="disclosed",
            upload=intake.Upload("disclosed", "方案.pdf", PDF),
        ).run()  # fmt: skip
    assert files.content_of(added).startswith(b"%PDF")


def test_a_reply_without_its_parts_is_not_signed(town: Town) -> None:
    from gongkai.web.common.errors import ActionRefused

    with on(date(2024, 3, 4)):
        case = submit(town.agency).case
        RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=date(2024, 3, 4)).run()
        cases: list[tuple[str, dict[str, str], str]] = [
            ("provided", {"查明事实": "已检索"}, "提供的方式"),
            ("process", {"查明事实": "已检索"}, "理由"),
            ("", {"查明事实": "已检索"}, "办理结果"),
            ("not_existing", {"查明事实": "当事人身份证号110105194912310021"}, ""),
            ("not_existing", {"查明事实": "已告知李某，联系电话13812345678"}, "手机号码"),
        ]
        for outcome, typed, wrong in cases:
            letter = DraftLetter(
                town.as_clerk, case_id=case.pk, kind="reply", typed=typed, outcome=outcome
            ).run()
            if wrong:
                with pytest.raises(ActionRefused, match=wrong):
                    SignLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk).run()
            Letter.objects.all().delete()
