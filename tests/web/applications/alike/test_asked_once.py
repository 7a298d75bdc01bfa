"""Who is asked for a group is written to once; the pause, the answer and the decision are each case's own."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from queue import Queue
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.urls import reverse

from gongkai.documents import visible
from gongkai.law.case import Kind
from gongkai.web.applications import clock, files, tasks
from gongkai.web.applications.actions import (
    AddParty,
    CopyLetter,
    DecideOnParty,
    DeliverLetter,
    DraftLetter,
    EditLetter,
    JoinConsultation,
    LeaveGroup,
    Purge,
    RecordAnswer,
    RecordArrival,
    RecordEvent,
    ReturnLetter,
    SignLetter,
)
from gongkai.web.applications.letters import check, making
from gongkai.web.applications.models import Case, Consultation, Letter, LetterState, Purpose, State
from gongkai.web.applications.receiving import intake
from gongkai.web.common import audit
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.models import AuditEntry
from tests.web.applications.alike.several import NAMES, asked, group, somebody
from tests.web.applications.asking import PDF, request, submit
from tests.web.applications.playing import on, workdays_after
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

DAY, SENT, ANSWERED = date(2024, 3, 4), date(2024, 3, 6), date(2024, 3, 13)
PARTY = "某地产公司"
TYPED = {"征求内容": "补偿协议", "权益": "商业秘密"}
TIDIER = Actor.system("applications.tidier")


@pytest.fixture
def cases(town: Town) -> Iterator[list[Case]]:
    """Three of a group, received on 4 March; it is 6 March."""
    with on(DAY):
        made = [asked(town, number, DAY) for number in range(3)]
        group(town, made[0], *made[1:])
    with on(SENT):
        yield made


def party(town: Town, case: Case, kind: str = "third_party") -> Consultation:
    return AddParty(town.as_clerk, case_id=case.pk, party=kind, name=PARTY).run()


def join(town: Town, first: Consultation, *cases: Case) -> list[Consultation]:
    return [
        JoinConsultation(town.as_clerk, case_id=case.pk, consultation_id=first.pk).run() for case in cases
    ]


def drafted(town: Town, first: Consultation, kind: str = "consult_third_party", **typed: str) -> Letter:
    return DraftLetter(
        town.as_clerk, case_id=first.case_id, kind=kind, typed=TYPED | typed, consultation_id=first.pk
    ).run()


def sign(town: Town, letter: Letter) -> Letter:
    for signer in (town.as_clerk, town.as_head):
        SignLetter(signer, case_id=letter.case_id, letter_id=letter.pk).run()
    return Letter.objects.get(pk=letter.pk)


def deliver(town: Town, letter: Letter, day: date = SENT, **more: Any) -> DeliverLetter:
    action = DeliverLetter(
        town.as_clerk, case_id=letter.case_id, letter_id=letter.pk, way="hand", on=day, **more
    )
    action.run()
    return action


def sent(town: Town, cases: list[Case], **more: Any) -> tuple[Consultation, Letter]:
    """One letter asks for all of them; the first's consultation and the letter."""
    first = party(town, cases[0])
    join(town, first, *cases[1:])
    letter = sign(town, drafted(town, first))
    deliver(town, letter, **more)
    return first, Letter.objects.get(pk=letter.pk)


def states(cases: list[Case]) -> list[str]:
    return [Case.objects.get(pk=one.pk).state for one in cases]


def all_of(cases: list[Case]) -> list[Consultation]:
    return [one.consultations.get() for one in cases]


def decide(town: Town, one: Consultation, decision: str) -> DecideOnParty:
    action = DecideOnParty(
        town.as_clerk, case_id=one.case_id, consultation_id=one.pk, decision=decision, reason="见审查记录"
    )
    action.run()
    return action


def answer(town: Town, one: Consultation, said: str, day: date = ANSWERED) -> RecordAnswer:
    action = RecordAnswer(
        town.as_clerk, case_id=one.case_id, consultation_id=one.pk, answer=said, on=day, text="同意"
    )
    action.run()
    return action


def test_one_letter_says_for_how_many_it_asks(town: Town, cases: list[Case]) -> None:
    first = party(town, cases[0])
    letter = drafted(town, first)
    assert making.values_of(letter, SENT)["申请件数"] == "一件"
    others = join(town, first, *cases[1:])
    assert [(one.name, one.party, one.asked_with_id, one.sent_on) for one in others] == [
        (PARTY, "third_party", first.pk, None)
    ] * 2
    assert making.values_of(letter, SENT)["申请件数"] == "3件"
    made = making.make(letter, SENT)
    assert "本机关收到3件政府信息公开申请" in visible.text(made.docx)


def test_the_letter_names_no_applicant_of_any_of_the_cases(town: Town, cases: list[Case]) -> None:
    first = party(town, cases[0])
    join(town, first, *cases[1:])
    for name in NAMES[:3]:
        letter = drafted(town, first, 征求内容=f"{name}申请的补偿协议")
        assert any("申请人的姓名" in text for text in check.problems(letter, SENT)), name
        letter.delete()


def test_the_delivery_is_each_cases_own_pause(town: Town, cases: list[Case]) -> None:
    _, letter = sent(town, cases, proof=intake.Upload("", "签收单.pdf", PDF))
    assert states(cases) == [State.PAUSED] * 3
    for case in cases:
        event = case.events.get(kind=Kind.CONSULTATION_STARTED)
        assert (event.on, event.letter, event.party) == (SENT, letter, "third_party")
        assert case.attachments.filter(purpose=Purpose.PROOF).count() == 1
    assert [one.sent_on for one in all_of(cases)] == [SENT] * 3
    assert Letter.objects.filter(kind="consult_third_party").count() == 1
    for case in cases[1:]:
        paper = case.attachments.get(purpose=Purpose.INTERNAL)
        assert letter.document_no in paper.name
        assert letter.pdf is not None
        assert files.content_of(paper) == files.content_of(letter.pdf)
    entries = AuditEntry.objects.filter(code="applications.start_consultation")
    assert {entry.details["case"] for entry in entries} == {case.pk for case in cases[1:]}
    assert PARTY not in str(list(AuditEntry.objects.values_list("details", flat=True)))
    assert audit.verify() == []


def test_a_proof_that_comes_later_goes_to_each_case(town: Town, cases: list[Case]) -> None:
    _, letter = sent(town, cases)
    RecordEvent(town.as_clerk, case_id=cases[1].pk, kind="withdrawn", on=SENT).run()
    client = signed_in(town.clerk)
    url = reverse("applications:act_on", args=[cases[0].pk, "add-proof", letter.pk])
    page = client.get(url).content.decode()
    assert "还关系到2件申请" in page
    given = {
        "revision": Case.objects.get(pk=cases[0].pk).revision,
        "proof": SimpleUploadedFile("回执.pdf", PDF),
    }
    assert "其他2件一并记录" in client.post(url, given, follow=True).content.decode()
    for case in cases:
        kept = case.attachments.get(purpose=Purpose.PROOF)
        assert (kept.name, files.content_of(kept)) == ("回执.pdf", PDF)
    assert Letter.objects.get(pk=letter.pk).delivery.proof == cases[0].attachments.get(purpose=Purpose.PROOF)
    entries = AuditEntry.objects.filter(code="applications.keep_proof")
    assert {entry.details["case"] for entry in entries} == {case.pk for case in cases[1:]}
    assert audit.verify() == []


@pytest.mark.parametrize("number", [0, 2])
def test_the_answer_is_recorded_once_from_any_of_them(town: Town, cases: list[Case], number: int) -> None:
    sent(town, cases)
    with on(ANSWERED):
        action = answer(town, all_of(cases)[number], "agrees")
        assert len(action.beside.done) == 2
        decide(town, all_of(cases)[number], "disclose")
    assert states(cases) == [State.RUNNING] * 3
    found = all_of(cases)
    assert [(one.answer, one.answered_on, one.decision) for one in found] == [
        ("agrees", ANSWERED, "disclose")
    ] * 3
    # 20 working days after receipt, and the five from the day after the letter to the day of the answer
    due = workdays_after(DAY, 25)
    assert [Case.objects.get(pk=one.pk).due for one in cases] == [due] * 3
    codes = [entry.code for entry in AuditEntry.objects.order_by("pk")]
    assert codes.count("applications.record_answer") == codes.count("applications.decide_on_party") == 3


def test_silence_is_each_cases_by_the_same_day(town: Town, cases: list[Case]) -> None:
    sent(town, cases)
    with on(workdays_after(SENT, 15) + timedelta(1)):
        tasks.refresh_open()
    assert [one.answer for one in all_of(cases)] == ["silent"] * 3
    assert states(cases) == [State.RUNNING] * 3


def test_the_silence_of_a_co_producing_agency_is_consent_for_all(town: Town, cases: list[Case]) -> None:
    first = party(town, cases[0], "agency")
    join(town, first, *cases[1:])
    deliver(town, sign(town, drafted(town, first, "consult_agency")))
    day = workdays_after(SENT, 15) + timedelta(1)
    with on(day):
        tasks.refresh_open()
        notes = [clock.account(Case.objects.get(pk=case.pk), day).notes for case in cases]
    assert all(any("视为同意公开" in text for text in found) for found in notes)


def test_one_notice_tells_the_party_for_all_that_its_objection_is_overridden(
    town: Town, cases: list[Case]
) -> None:
    first, _ = sent(town, cases)
    reply = {"查明事实": "本机关检索了档案，查得方案一份。", "提供方式": "随本答复书提供。"}
    with on(ANSWERED):
        answer(town, first, "objects")
        with pytest.raises(ActionRefused, match="不能按同意处理"):
            decide(town, first, "disclose")
        decide(town, all_of(cases)[1], "override")
        letters = [
            DraftLetter(town.as_clerk, case_id=case.pk, kind="reply", outcome="provided", typed=reply).run()
            for case in cases
        ]
        assert all(any("告知" in text for text in check.problems(one, ANSWERED)) for one in letters)
        told = drafted(town, first, "third_party_notice", 公开内容="补偿协议", 公开理由="重大公共利益")
        deliver(town, sign(town, told), ANSWERED)
        assert [check.problems(one, ANSWERED) for one in letters] == [[], [], []]


def test_a_case_that_cannot_take_part_is_named_and_the_others_begin(town: Town, cases: list[Case]) -> None:
    first = party(town, cases[0])
    join(town, first, *cases[1:])
    letter = sign(town, drafted(town, first))
    RecordEvent(town.as_clerk, case_id=cases[1].pk, kind="withdrawn", on=SENT).run()
    action = deliver(town, letter)
    assert action.beside.done == [cases[2]]
    assert [case for case, _ in action.beside.left_out] == [cases[1]]
    assert "已办结" in action.beside.left_out[0][1]
    assert states(cases) == [State.PAUSED, State.WITHDRAWN, State.PAUSED]
    with on(ANSWERED):
        assert answer(town, first, "agrees").beside == ([cases[2]], [])


def test_what_was_corrected_meanwhile_is_not_asked_for(town: Town, cases: list[Case]) -> None:
    first = party(town, cases[0])
    join(town, first, *cases[1:])
    letter = sign(town, drafted(town, first))
    changed = Case.objects.get(pk=cases[2].pk)
    changed.details = "补正：只要2023年第5号"
    changed.save()
    action = deliver(town, letter)
    ((left, reason),) = action.beside.left_out
    assert left == cases[2]
    assert "文字" in reason
    assert states(cases) == [State.PAUSED, State.PAUSED, State.RUNNING]
    alone = cases[2].consultations.get()
    assert alone.asked_with is None
    deliver(town, sign(town, drafted(town, alone)))
    assert states(cases) == [State.PAUSED] * 3


def test_only_a_case_that_may_ask_now_joins(town: Town, cases: list[Case]) -> None:
    waiting = submit(town.agency, request(somebody(3))).case
    group(town, cases[0], waiting)
    first = party(town, cases[0])
    ended = cases[2]
    RecordEvent(town.as_clerk, case_id=ended.pk, kind="withdrawn", on=SENT).run()
    outside = asked(town, 4)
    for case, word in (
        (waiting, "确认"),
        (ended, "已办结"),
        (outside, "没有这个同组申请"),
        (cases[0], "没有这个同组申请"),
    ):
        with pytest.raises(ActionRefused, match=word):
            join(town, first, case)
    join(town, first, cases[1])
    with pytest.raises(ActionRefused, match="已经登记了同一个征求对象"):
        join(town, first, cases[1])
    for actor in (town.as_leader, town.as_other_clerk):
        with pytest.raises(Denied):
            JoinConsultation(actor, case_id=cases[1].pk, consultation_id=first.pk).run()


def test_nobody_joins_a_letter_that_is_being_signed(town: Town, cases: list[Case]) -> None:
    first = party(town, cases[0])
    join(town, first, cases[1])
    letter = drafted(town, first)
    SignLetter(town.as_clerk, case_id=letter.case_id, letter_id=letter.pk).run()
    with pytest.raises(ActionRefused, match="不能再加") as refused:
        join(town, first, cases[2])
    assert "先退回" in refused.value.remedy
    ReturnLetter(town.as_head, case_id=letter.case_id, letter_id=letter.pk, reason="再加一件").run()
    join(town, first, cases[2])
    deliver(town, sign(town, letter))
    assert states(cases) == [State.PAUSED] * 3


def test_who_leaves_before_it_is_sent_is_asked_for_no_more(town: Town, cases: list[Case]) -> None:
    first = party(town, cases[0])
    join(town, first, *cases[1:])
    letter = sign(town, drafted(town, first))
    LeaveGroup(town.as_clerk, case_id=cases[2].pk, reason="另有要求").run()
    assert not cases[2].consultations.exists()
    with pytest.raises(ActionRefused, match="申请件数是“3件”，现在应为“2件”"):
        deliver(town, letter)
    assert states(cases) == [State.RUNNING] * 3


def test_what_was_sent_stays_asked_for_whoever_leaves(town: Town, cases: list[Case]) -> None:
    first, _ = sent(town, cases)
    LeaveGroup(town.as_clerk, case_id=cases[2].pk, reason="分别答复").run()
    with on(ANSWERED):
        answer(town, first, "agrees")
    assert [one.answer for one in all_of(cases)] == ["agrees"] * 3


def test_where_the_first_leaves_the_next_has_the_letter(town: Town, cases: list[Case]) -> None:
    first = party(town, cases[0])
    second, third = join(town, first, *cases[1:])
    LeaveGroup(town.as_clerk, case_id=cases[0].pk, reason="申请人另有要求").run()
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.asked_with, third.asked_with) == (None, second)
    deliver(town, sign(town, drafted(town, second)))
    assert states(cases) == [State.RUNNING, State.PAUSED, State.PAUSED]


def test_whoever_is_asked_along_is_written_to_in_the_first_case_only(town: Town, cases: list[Case]) -> None:
    first = party(town, cases[0])
    (second,) = join(town, first, cases[1])
    with pytest.raises(ActionRefused, match="一并征求") as refused:
        drafted(town, second)
    assert str(cases[0]) in refused.value.message


def test_the_purge_of_the_first_leaves_the_others_their_papers(town: Town, cases: list[Case]) -> None:
    _, letter = sent(town, cases)
    RecordEvent(town.as_clerk, case_id=cases[0].pk, kind="withdrawn", on=SENT).run()
    Purge(TIDIER, case_id=cases[0].pk, whole=True).run()
    one, two, three = all_of(cases)
    assert (one.name, two.name, three.name) == ("", PARTY, PARTY)
    for case in cases[1:]:
        assert files.content_of(case.attachments.get(purpose=Purpose.INTERNAL)).startswith(b"%PDF")
    with on(ANSWERED):
        action = answer(town, two, "agrees")
    assert action.beside.done == [cases[2]]
    assert "已按保存期限清除" in action.beside.left_out[0][1]
    assert Letter.objects.get(pk=letter.pk).fields == ""


def test_each_applicant_is_told_by_a_notice_of_their_own(town: Town, cases: list[Case]) -> None:
    sent(town, cases)
    notice = DraftLetter(
        town.as_clerk, case_id=cases[0].pk, kind="consult_notice", typed={"征求原因": "涉及第三方的商业秘密"}
    ).run()
    copies = [CopyLetter(town.as_clerk, case_id=case.pk, letter_id=notice.pk).run() for case in cases[1:]]
    for letter, case in zip((notice, *copies), cases, strict=True):
        values = making.values_of(Letter.objects.select_related("case__applicant").get(pk=letter.pk), SENT)
        assert (values["登记号"], values["征求日期"]) == (case.register_no, "2024年3月6日")
        assert check.problems(letter, SENT) == []


def test_the_pages_lead_from_one_to_all(town: Town, cases: list[Case]) -> None:
    first = party(town, cases[0])
    client = signed_in(town.clerk)
    url = reverse("applications:together_on", args=[cases[0].pk, "ask", first.pk])
    assert url in client.get(reverse("applications:group", args=[cases[1].pk])).content.decode()
    page = client.get(url)
    assert [row["row"].case for row in page.context["rows"]] == cases[1:]
    assert "意见书由这一件送出" in page.content.decode()
    marked = [f"{one.pk}-{one.revision}" for one in Case.objects.filter(pk__in=[one.pk for one in cases[1:]])]
    assert "已办理2件" in client.post(url, {"case": marked}, follow=True).content.decode()
    assert signed_in(town.other_clerk).get(url).status_code == 404
    assert (
        client.get(reverse("applications:together_on", args=[cases[1].pk, "ask", first.pk])).status_code
        == 404
    )

    letter = sign(town, drafted(town, first))
    url = reverse("applications:act_on", args=[cases[0].pk, "deliver", letter.pk])
    page = client.get(url).content.decode()
    assert "同时征求本组3件申请" in page
    assert all(case.register_no in page for case in cases[1:])
    given = {"revision": Case.objects.get(pk=cases[0].pk).revision, "way": "hand", "on": SENT.isoformat()}
    assert "其他2件一并记录" in client.post(url, given, follow=True).content.decode()
    assert (
        "与" + str(cases[0]) + "同一份意见书"
        in client.get(reverse("applications:case", args=[cases[2].pk])).content.decode()
    )
    assert (
        "一份意见书征求3件" in client.get(reverse("applications:group", args=[cases[2].pk])).content.decode()
    )

    mine = cases[2].consultations.get()
    url = reverse("applications:act_on", args=[cases[2].pk, "answer", mine.pk])
    assert "同时征求本组3件申请" in client.get(url).content.decode()
    given = {
        "revision": Case.objects.get(pk=cases[2].pk).revision,
        "answer": "agrees",
        "on": SENT.isoformat(),
    }
    assert "其他2件一并记录" in client.post(url, given, follow=True).content.decode()
    assert {one.answer for one in all_of(cases)} == {"agrees"}


def test_an_edited_letter_still_counts(town: Town, cases: list[Case]) -> None:
    first = party(town, cases[0])
    join(town, first, *cases[1:])
    letter = drafted(town, first)
    EditLetter(
        town.as_clerk, case_id=letter.case_id, letter_id=letter.pk, typed=TYPED | {"权益": "个人隐私"}
    ).run()
    deliver(town, sign(town, letter))
    assert Letter.objects.get(pk=letter.pk).state == LetterState.DELIVERED
    assert states(cases) == [State.PAUSED] * 3


@pytest.mark.django_db(transaction=True)
def test_two_who_record_the_answer_at_once_do_not_wait_for_each_other(town: Town, cases: list[Case]) -> None:
    """From the first and from the last case: one is recorded, for all of them; the other is told."""
    sent(town, cases)
    one, _, three = all_of(cases)
    told: Queue[str] = Queue()

    def say(consultation: Consultation) -> None:
        try:
            action = answer(town, consultation, "agrees", SENT)
            told.put(f"{len(action.beside.done)}")
        except (ActionRefused, OperationalError) as refusal:
            told.put(type(refusal).__name__)
        finally:
            connection.close()

    people = [Thread(target=say, args=(one,)), Thread(target=say, args=(three,))]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(told.get() for _ in people) == ["2", "ActionRefused"]
    assert [found.answer for found in all_of(cases)] == ["agrees"] * 3
    assert [case.events.filter(kind=Kind.CONSULTATION_ENDED).count() for case in cases] == [1] * 3
    assert audit.verify() == []


@pytest.mark.django_db(transaction=True)
def test_two_who_record_the_receipt_at_once_do_not_wait_for_each_other(
    town: Town, cases: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has its own case in hand when it turns to the others': only one may have come so far."""
    first = party(town, cases[0])
    join(town, first, *cases[1:])
    letter = sign(town, drafted(town, first))
    posted = {"way": "post", "tracking": "XA12345678933", "on": SENT}
    DeliverLetter(town.as_clerk, case_id=letter.case_id, letter_id=letter.pk, **posted).run()
    told: Queue[str] = Queue()
    both, others = Barrier(2), RecordArrival._others

    def turn(action: RecordArrival) -> Any:
        with suppress(BrokenBarrierError):  # the other one waits before it has taken its case
            both.wait(0.5)
        return others(action)

    monkeypatch.setattr(RecordArrival, "_others", turn)

    def say(case: Case) -> None:
        event = case.events.get(kind=Kind.CONSULTATION_STARTED)
        try:
            action = RecordArrival(town.as_clerk, case_id=case.pk, event_id=event.pk, on=SENT)
            action.run()
            told.put(f"{len(action.beside.done)}")
        except (ActionRefused, OperationalError) as refusal:
            told.put(type(refusal).__name__)
        finally:
            connection.close()

    people = [Thread(target=say, args=(one,)) for one in (cases[0], cases[2])]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(told.get() for _ in people) == ["2", "ActionRefused"]
    assert [case.events.filter(kind="arrived").count() for case in cases] == [1] * 3
