"""The term a letter sets runs from its receipt; until that is on record nothing lapses by itself."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from gongkai.kernel.period import Period
from gongkai.law.case import Case as LawCase
from gongkai.law.case import Channel, Event, Kind
from gongkai.web.applications import clock, tasks
from gongkai.web.applications.actions import (
    CorrectEvent,
    DeliverLetter,
    DraftLetter,
    HandInCorrection,
    MailAgain,
    RecordArrival,
    TakeOver,
    ToldOtherwise,
    VoidEvent,
)
from gongkai.web.applications.letters import check
from gongkai.web.applications.models import Applicant, Case, Letter, Notice
from gongkai.web.applications.receiving.codes import proof
from gongkai.web.applications.statistics import figures
from gongkai.web.applications.views import steps
from gongkai.web.applications.workload import next_step
from gongkai.web.common import outbox
from gongkai.web.common.actor import Actor
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.models import OutboxMail
from gongkai.web.portal.applications import standing
from tests.web.applications.asking import request
from tests.web.applications.playing import Office, confirmed, on, workdays_after
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

POSTED = date(2024, 3, 6)
REACHED = date(2024, 3, 8)
LONG_AFTER = date(2024, 6, 28)
CORRECTION = {"补正事项": "请写明文件名称", "期限": "5"}
FEE = {"计收方式": "按量", "数量": "40", "缴纳方式": "到本机关财务室"}
OWN = Actor.of(None)


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def sent(
    town: Town, office: Office, kind: str, typed: dict[str, str], way: str, case: Case | None = None
) -> tuple[Case, Letter]:
    """A letter of a case confirmed on 4 March, delivered on 6 March."""
    case = case or confirmed(town)
    tracking = "XA12345678933" if way == "post" else ""
    with on(POSTED):
        letter = office.letter(case, kind, typed)
        DeliverLetter(
            town.as_clerk, case_id=case.pk, letter_id=letter.pk, way=way, on=POSTED, tracking=tracking
        ).run()
    return again(case), letter


def refreshed(case: Case, day: date) -> Case:
    with on(day):
        tasks.refresh_open()
    return again(case)


def arrives(town: Town, letter: Letter, day: date, **more: Any) -> Case:
    event = letter.events.get()
    RecordArrival(town.as_clerk, case_id=letter.case_id, event_id=event.pk, on=day, **more).run()
    return again(letter.case)


@pytest.mark.parametrize(
    ("kind", "typed", "state", "row", "workdays", "paper"),
    [
        ("correction", CORRECTION, "awaiting_correction", "other_not_corrected", 5, "补正告知书"),
        ("fee", FEE, "awaiting_payment", "other_fee_unpaid", 20, "收费通知书"),
    ],
)
def test_a_posted_letter_never_lapses_before_its_receipt_is_on_record(
    town: Town,
    office: Office,
    kind: str,
    typed: dict[str, str],
    state: str,
    row: str,
    workdays: int,
    paper: str,
) -> None:
    case, letter = sent(town, office, kind, typed, "post")
    case = refreshed(case, LONG_AFTER)
    assert (case.state, case.closed_on, case.outcome) == (state, None, "")
    with on(LONG_AFTER):
        assert next_step.of([case], LONG_AFTER) == {case.pk: "登记文书收到的日期"}
        first = next(steps.of(case))
        assert (first.name, first.label) == ("arrival", f"登记{paper}收到的日期")
        told = standing.of(case, clock.account(case))
        assert "最晚" not in told.sentence
        assert f"请自收到{paper}之日起{workdays}个工作日内" in told.detail
        assert "登记之前期限不起算" in told.detail
        # The day it came in, from the postal receipt: the same last day as the letter's own words give.
        last = workdays_after(REACHED, workdays)
        arrives(town, letter, REACHED, proof=None)
    with on(last):
        assert standing.of(case, clock.account(case)).sentence.endswith(
            f"最晚{last.year}年{last.month}月{last.day}日"
        )
        assert clock.account(case).state == state
    case = refreshed(case, LONG_AFTER)
    assert (case.state, case.outcome) == ("lapsed", row)
    assert case.closed_on is not None
    assert (case.closed_on - last).days == 1
    assert figures.table3([town.agency.pk], Period.of_year(2024))[row]["total"] == 1


@pytest.mark.parametrize("way", ["hand", "email", "fax", "online"])
def test_what_arrives_the_day_it_goes_out_counts_from_that_day(town: Town, office: Office, way: str) -> None:
    case, letter = sent(town, office, "correction", CORRECTION, way)
    last = workdays_after(POSTED, 5)
    with on(POSTED):
        assert [term.until for term in clock.account(case).terms] == [last]
    assert refreshed(case, LONG_AFTER).state == "lapsed"
    if way == "hand":
        with on(LONG_AFTER), pytest.raises(ActionRefused, match="以签收之日为准"):
            arrives(town, letter, REACHED)
    else:  # the mail came back and was read later
        with on(LONG_AFTER):
            arrives(town, letter, LONG_AFTER)
        assert again(case).state == "awaiting_correction"


def test_put_online_for_whom_no_word_can_be_sent_it_waits(town: Town, office: Office) -> None:
    case = confirmed(town)
    Applicant.objects.filter(case=case).update(email="")
    case, _ = sent(town, office, "correction", CORRECTION, "online", again(case))
    case = refreshed(case, LONG_AFTER)
    assert case.state == "awaiting_correction"
    with on(LONG_AFTER):
        HandInCorrection(OWN, case_id=case.pk, proof=proof(case.code), text="文号为5号").run()
    assert again(case).due == workdays_after(LONG_AFTER, 20)


def given_up(letter: Letter) -> Notice:
    """The mail server has refused the word of a letter to the last."""
    (notice,) = letter.notices.all()
    OutboxMail.objects.filter(pk=notice.mail_id).update(failed_at=timezone.now())
    return notice


@pytest.mark.parametrize(("kind", "typed"), [("correction", CORRECTION), ("fee", FEE)])
def test_put_online_and_word_of_it_was_given_up_it_waits(
    town: Town, office: Office, kind: str, typed: dict[str, str]
) -> None:
    case, letter = sent(town, office, kind, typed, "online")
    with on(POSTED):
        assert clock.unreceived(case) == []
    with on(REACHED):
        notice = given_up(letter)
        assert clock.unreceived(case) == [letter.events.get()]
    case = refreshed(case, LONG_AFTER)
    assert (case.closed_on, case.outcome) == (None, "")
    with on(LONG_AFTER):
        assert next_step.of([case], LONG_AFTER) == {case.pk: "登记文书收到的日期"}
        assert all(term.unreceived for term in clock.open_terms([case], LONG_AFTER)[case.pk])
        # By telephone: no day of weeks ago begins the term after all.
        ToldOtherwise(town.as_clerk, case_id=case.pk, notice_id=notice.pk, how="6月28日电话告知").run()
        assert clock.account(case).terms[0].unreceived
        arrives(town, letter, LONG_AFTER)
        assert clock.account(case).terms[0].start == LONG_AFTER
        assert clock.unreceived(again(case)) == []


def test_no_reply_rests_on_a_term_of_which_no_word_came(town: Town, office: Office) -> None:
    case, letter = sent(town, office, "correction", CORRECTION, "online")
    with on(REACHED):
        given_up(letter)
    typed = {"查明事实": "没有补正。", "理由": "见上。"}
    with on(LONG_AFTER):
        reply = DraftLetter(
            town.as_clerk, case_id=case.pk, kind="reply", outcome="not_corrected", typed=typed
        ).run()
        assert "没有发出补正告知后逾期的记录" in " ".join(check.problems(reply, LONG_AFTER))


def test_mailed_again_it_is_received_when_that_leaves(town: Town, office: Office) -> None:
    case, letter = sent(town, office, "correction", CORRECTION, "online")
    with on(LONG_AFTER):
        notice = given_up(letter)
        MailAgain(town.as_clerk, case_id=case.pk, notice_id=notice.pk).run()
        assert clock.account(again(case)).terms[0].unreceived, "it waits in the queue"
        outbox.send(notice.mail_id)
        assert clock.account(again(case)).terms[0].start == LONG_AFTER
        assert clock.unreceived(again(case)) == []


def test_the_agencys_seven_days_end_with_the_posting(town: Town, office: Office) -> None:
    case, letter = sent(town, office, "correction", CORRECTION, "post")
    with on(LONG_AFTER):
        arrives(town, letter, date(2024, 4, 30))
        account = clock.account(case)
    assert account.used == 2  # 5 and 6 March; after the posting the applicant is waited for


def test_what_cannot_be_a_day_of_receipt_is_refused(town: Town, office: Office) -> None:
    case, letter = sent(town, office, "correction", CORRECTION, "post")
    with on(REACHED):
        with pytest.raises(ActionRefused, match="早于送出的日期2024年3月6日"):
            arrives(town, letter, date(2024, 3, 5))
        with pytest.raises(ActionRefused, match="在今天之后"):
            arrives(town, letter, date(2024, 3, 9))
        confirmation = case.events.get(kind="confirmed")
        with pytest.raises(ActionRefused, match="不给收件人定期限"):
            RecordArrival(town.as_clerk, case_id=case.pk, event_id=confirmation.pk, on=REACHED).run()
        arrives(town, letter, REACHED)
        with pytest.raises(ActionRefused, match="已登记于2024年3月8日收到"):
            arrives(town, letter, REACHED)


def test_a_wrong_day_of_receipt_is_put_right_or_taken_out(town: Town, office: Office) -> None:
    case, letter = sent(town, office, "correction", CORRECTION, "post")
    with on(date(2024, 3, 11)):
        arrives(town, letter, REACHED)
        row = case.events.get(kind="arrived")
        CorrectEvent(
            town.as_clerk, case_id=case.pk, event_id=row.pk, on=date(2024, 3, 11), reason="回执看错"
        ).run()
        assert clock.account(case).terms[0].until == workdays_after(date(2024, 3, 11), 5)
        row = clock.in_force(case.events.filter(kind="arrived")).get()
        VoidEvent(town.as_clerk, case_id=case.pk, event_id=row.pk, reason="是另一件的回执").run()
        assert clock.account(case).terms[0].unreceived
        arrives(town, letter, REACHED)
    assert clock.account(again(case), date(2024, 3, 11)).terms[0].start == REACHED


def test_a_third_partys_days_run_from_receipt_where_it_is_on_record(town: Town, office: Office) -> None:
    case = confirmed(town)
    party = office.consult(case, date(2024, 3, 5))
    # By hand there is nothing to record; of a posted letter the day is.
    assert clock.account(case, LONG_AFTER).terms[0].until == workdays_after(date(2024, 3, 5), 15)
    letter = party.letters.get()
    letter.delivery.way = "post"
    letter.delivery.save()
    before = clock.account(case, LONG_AFTER).due
    assert before is not None
    with on(REACHED):
        arrives(town, letter, REACHED)
    assert clock.account(case, LONG_AFTER).terms[0].until == workdays_after(REACHED, 15)
    assert clock.account(case, LONG_AFTER).due == workdays_after(before, 3)
    assert all("征求意见书" not in text for _, text in standing.timeline(case))


def test_reasons_are_awaited_for_the_term_that_runs_from_receipt(town: Town, office: Office) -> None:
    case, letter = sent(town, office, "reasons", {"数量频次": "一年内提出200件", "期限": "5"}, "post")
    typed = {"查明事实": "一年内提出200件。", "理由": "见上。"}
    last = workdays_after(date(2024, 3, 14), 5)
    with on(date(2024, 3, 14)):
        assert next(steps.of(case)).label == "登记说明理由告知书收到的日期"
        reply = DraftLetter(
            town.as_clerk, case_id=case.pk, kind="reply", outcome="abusive", typed=typed
        ).run()
        assert "还没有登记申请人收到的日期" in " ".join(check.problems(reply, date(2024, 3, 14)))
        arrives(town, letter, date(2024, 3, 14))
        assert f"到{chinese(last)}届满" in " ".join(check.problems(reply, last))
    assert not check.problems(reply, last + timedelta(1))


def test_the_receipt_of_a_letter_for_several_cases_is_recorded_for_each(town: Town, office: Office) -> None:
    first = confirmed(town)
    party = office.consult(first, date(2024, 3, 5))
    letter = party.letters.get()
    letter.delivery.way = "post"
    letter.delivery.save()
    second = confirmed(town, date(2024, 3, 5))
    with on(REACHED):
        event = first.events.get(kind="consultation_started")
        clock.append(
            second, town.as_clerk, event.kind, date(2024, 3, 5), party="third_party", ref="1", letter=letter
        )
        RecordArrival(town.as_clerk, case_id=first.pk, event_id=event.pk, on=REACHED).run()
    for case in (first, second):
        assert clock.account(again(case), LONG_AFTER).terms[0].until == workdays_after(REACHED, 15)


def test_it_is_taken_over_from_an_old_system(town: Town) -> None:
    def events(**more: Any) -> tuple[Event, ...]:
        asked = Event(date(2024, 3, 5), Kind.CORRECTION_REQUESTED, workdays=5, **more)
        return Event(date(2024, 3, 4), Kind.RECEIVED), asked

    states = []
    with on(date(2024, 3, 14)):
        for number, more in enumerate(({"from_receipt": True}, {"reached": REACHED}, {})):
            history = LawCase(Channel.IN_PERSON, events(**more))
            wanted = request(channel=Channel.IN_PERSON)
            case = TakeOver(
                town.as_head, agency=town.agency, request=wanted, history=history, old_number=f"旧-{number}"
            ).run()
            states.append(again(case.case).state)
    assert states == ["awaiting_correction", "awaiting_correction", "lapsed"]


def test_the_page_of_the_case_says_what_to_do_and_does_it(town: Town, office: Office) -> None:
    case, letter = sent(town, office, "correction", CORRECTION, "post")
    client, url = signed_in(town.clerk), reverse("applications:case", args=[case.pk])
    act = reverse("applications:act_on", args=[case.pk, "arrival", letter.events.get().pk])
    with on(REACHED):
        page: Any = html.fromstring(client.get(url).content)
        assert act in page.xpath("//nav[@class='ap-next']/a[1]/@href")
        assert "还没有记录申请人收到的日期" in page.text_content()
        assert "登记补正告知书收到的日期" in page.text_content()
        assert page.xpath("//dt[.='最晚补正']/following-sibling::dd[1]/text()") == ["没有起算"]
        shown = client.get(act)
        assert shown.status_code == 200
        given = {"on": "2024-03-08", "revision": str(again(case).revision)}
        assert client.post(act, given).status_code == 302
        page = html.fromstring(client.get(url).content)
    (last,) = page.xpath("//dt[.='最晚补正']/following-sibling::dd[1]/text()")
    assert last == "2024年3月15日"
    assert "2024-03-08 申请人收到补正告知书" in " ".join(page.text_content().split())
    assert act not in page.xpath("//a/@href")
