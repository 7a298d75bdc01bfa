"""What staff typed wrong is put right as one change: a day, how and when an application came in."""

from datetime import date
from typing import Any

import pytest

from gongkai.law.case import Channel
from gongkai.web.applications import clock
from gongkai.web.applications.actions import (
    CorrectEvent,
    CorrectReceipt,
    DropLetter,
    RecordEvent,
    Split,
    VoidEvent,
)
from gongkai.web.applications.letters import recital
from gongkai.web.applications.models import Case
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.models import AuditEntry
from gongkai.web.portal.applications import standing
from tests.web.applications.asking import register, request, submit
from tests.web.applications.playing import START, Office, confirmed, on, workdays_after
from tests.web.reporting.people import Town

CORRECTION = {"补正事项": "请写明文件名称", "期限": "10"}
LATER = date(2024, 3, 5)


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def at_the_counter(town: Town, day: date = START) -> Case:
    with on(date(2024, 3, 8)):
        return register(town.as_clerk, town.agency, day)


def corrected(town: Town, case: Case, **changes: Any) -> Case:
    given: dict[str, Any] = {"channel": case.channel, "received_on": START, "reason": "登记时选错"}
    CorrectReceipt(town.as_clerk, case_id=case.pk, **given | changes).run()
    return again(case)


# --- the day of an entry ---------------------------------------------------------------------------------


def test_a_confirmed_day_is_put_right_after_a_letter_went_out(town: Town, office: Office) -> None:
    with on(START):
        case = submit(town.agency).case
    with on(LATER):
        wrong = RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=LATER).run()
    office.send(case, "correction", CORRECTION, date(2024, 3, 7))
    with on(date(2024, 3, 8)):
        with pytest.raises(ActionRefused, match="不能改到更晚，也不能撤销"):
            VoidEvent(town.as_clerk, case_id=case.pk, event_id=wrong.pk, reason="误").run()
        CorrectEvent(town.as_clerk, case_id=case.pk, event_id=wrong.pk, on=START, reason="实为当日确认").run()
        assert clock.account(again(case)).received == START
    kept = [(row.kind, row.on, row.voids_id) for row in case.events.order_by("number")]
    assert kept[1] == ("confirmed", LATER, None)
    assert [row[0] for row in kept] == [
        "received", "confirmed", "correction_requested", "voided", "confirmed",
    ]  # fmt: skip
    assert kept[3][2] == wrong.pk
    assert again(case).received_on == START
    assert [day for day, _ in standing.timeline(case)] == [START, START, date(2024, 3, 7)]
    entry = AuditEntry.objects.get(code="applications.correct_event")
    assert (entry.details["was"], entry.details["on"]) == ("2024-03-05", "2024-03-04")
    assert "当日" not in str(entry.details)


def test_what_would_not_stand_is_refused_and_nothing_changes(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.send(case, "correction", CORRECTION, date(2024, 3, 7))
    entry = case.events.get(kind="confirmed")
    with on(date(2024, 3, 12)):
        for day, words in (
            (date(2024, 3, 11), "不能改到更晚"),
            (date(2024, 3, 13), "不能改到更晚"),
            (date(2024, 3, 1), "还没有收到申请"),
            (START, "日期没有变"),
        ):
            with pytest.raises(ActionRefused, match=words):
                CorrectEvent(town.as_clerk, case_id=case.pk, event_id=entry.pk, on=day, reason="误").run()
        with pytest.raises(ActionRefused, match="没有写更正理由"):
            CorrectEvent(town.as_clerk, case_id=case.pk, event_id=entry.pk, on=LATER, reason=" ").run()
        letter = case.events.get(kind="correction_requested")
        with pytest.raises(ActionRefused, match="已送达的文书"):
            CorrectEvent(town.as_clerk, case_id=case.pk, event_id=letter.pk, on=LATER, reason="误").run()
    assert case.events.count() == 3
    assert again(case).received_on == START


def test_what_went_to_others_stands_by_the_law_alone(town: Town, office: Office) -> None:
    """A third party was told no day of receipt; the consultation still cannot come before it."""
    case = confirmed(town)
    office.consult(case, date(2024, 3, 7))
    entry = case.events.get(kind="confirmed")
    with on(date(2024, 3, 12)):
        for day, words in (
            (date(2024, 3, 11), r"确认之前不能.*征求意见"),
            (date(2024, 3, 13), "在今天之后"),
        ):
            with pytest.raises(ActionRefused, match=words):
                CorrectEvent(town.as_clerk, case_id=case.pk, event_id=entry.pk, on=day, reason="误").run()
        CorrectEvent(town.as_clerk, case_id=case.pk, event_id=entry.pk, on=LATER, reason="实为次日").run()
    assert again(case).received_on == LATER


def test_an_entry_is_put_right_twice_and_keeps_its_place_among_those_of_a_day(town: Town) -> None:
    """Received and confirmed the same day: the right confirmation stands after the receipt, and once more."""
    case = confirmed(town)
    with on(date(2024, 3, 8)):
        for day in (LATER, START):
            entry = clock.in_force(case.events.filter(kind="confirmed")).get()
            CorrectEvent(town.as_clerk, case_id=case.pk, event_id=entry.pk, on=day, reason="核对记录").run()
        RecordEvent(town.as_clerk, case_id=case.pk, kind="withdrawn", on=START).run()
    assert [row.kind for row in clock.in_force(case.events.all())] == ["received", "confirmed", "withdrawn"]
    assert again(case).received_on == START


def test_the_words_of_a_correction_follow_its_day(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.send(case, "correction", CORRECTION, date(2024, 3, 6))
    with on(date(2024, 3, 12)):
        wrong = RecordEvent(
            town.as_clerk, case_id=case.pk, kind="corrected", on=date(2024, 3, 12), text="文号为5号"
        ).run()
        right = date(2024, 3, 11)
        CorrectEvent(town.as_clerk, case_id=case.pk, event_id=wrong.pk, on=right, reason="邮戳为准").run()
    case = again(case)
    assert "【2024年3月11日补正】文号为5号" in case.details
    assert "3月12日" not in case.details
    assert case.due == workdays_after(right, 20)
    assert "于2024年3月11日收到您的补正，补正内容为：“文号为5号”" in recital.corrected(case)


# --- how and when it came in -----------------------------------------------------------------------------


def test_a_wrong_day_of_receipt_is_put_right(town: Town) -> None:
    case = at_the_counter(town)
    with on(date(2024, 3, 8)):
        case = corrected(town, case, received_on=LATER)
    assert (case.received_on, case.due) == (LATER, workdays_after(LATER, 20))
    assert "您于2024年3月5日当面提交" in recital.came_in(case)
    assert [row.kind for row in case.events.order_by("number")] == ["received", "voided", "received"]
    assert case.events.get(kind="voided").note == "登记时选错"
    entry = AuditEntry.objects.get(code="applications.correct_receipt")
    assert entry.details["was"] == ["in_person", "2024-03-04", None]
    assert entry.details["now"] == ["in_person", "2024-03-05", None]


def test_a_wrong_channel_is_put_right_with_its_confirmation(town: Town) -> None:
    case = at_the_counter(town)
    with on(date(2024, 3, 8)):
        case = corrected(town, case, channel="ordinary_mail")
        assert (case.state, case.received_on, case.due) == ("unconfirmed", None, None)
        case = corrected(town, case, channel="ordinary_mail", confirmed_on=LATER)
        assert (case.state, case.due) == ("running", workdays_after(LATER, 20))
        case = corrected(town, case, channel="signed_mail")
        assert (case.channel, case.due) == ("signed_mail", workdays_after(START, 20))
        with pytest.raises(ActionRefused, match="不以确认为准"):
            corrected(town, case, channel="in_person", confirmed_on=LATER)
        with pytest.raises(ActionRefused, match="都没有变"):
            corrected(town, case)
        with pytest.raises(ActionRefused, match="请选择来件方式"):
            corrected(town, case, channel="pigeon")
        with pytest.raises(ActionRefused, match="在今天之后"):
            corrected(town, case, received_on=date(2024, 3, 9))
    assert again(case).channel == "signed_mail"


def test_what_was_written_down_of_word_of_mouth_was_said_in_person(town: Town) -> None:
    with on(START):
        wanted = request(channel=Channel.IN_PERSON)
        case = register(town.as_clerk, town.agency, START, wanted, spoken=True)
        assert corrected(town, case, channel="signed_mail").spoken is False


def test_what_the_applicant_was_told_in_writing_is_moved_in_their_favour_alone(
    town: Town, office: Office
) -> None:
    case = at_the_counter(town, LATER)
    office.send(case, "receipt", {}, date(2024, 3, 8))
    with on(date(2024, 3, 11)):
        with pytest.raises(ActionRefused, match="不能改到更晚") as told:
            corrected(town, case, received_on=date(2024, 3, 6))
        assert "政府信息公开申请登记回执" in str(told.value)
        with pytest.raises(ActionRefused, match="不能改到更晚"):
            corrected(town, case, channel="ordinary_mail", received_on=START)
        assert corrected(town, case, received_on=START).due == workdays_after(START, 20)


def test_a_signed_letter_with_the_wrong_day_is_given_up_first(town: Town, office: Office) -> None:
    case = at_the_counter(town)
    with on(date(2024, 3, 8)):
        letter = office.letter(case, "receipt", {})
        with pytest.raises(ActionRefused, match=r"已签发的《政府信息公开申请登记回执》.*请先作废"):
            corrected(town, case, received_on=LATER)
        DropLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk, reason="日期有误").run()
        assert corrected(town, case, received_on=LATER).received_on == LATER


def test_what_staff_did_not_type_is_not_theirs_to_change(town: Town) -> None:
    case = confirmed(town)
    with on(date(2024, 3, 8)), pytest.raises(ActionRefused, match="不是工作人员登记的"):
        corrected(town, case, channel="in_person")


def test_the_part_of_what_staff_typed_is_put_right_by_itself(town: Town) -> None:
    case = at_the_counter(town)
    with on(date(2024, 3, 8)):
        (part,) = Split(town.as_clerk, case_id=case.pk, subjects=("预算", "决算")).run()
        assert corrected(town, part, received_on=LATER).received_on == LATER
    assert again(case).received_on == START
