"""An application that asks for several things becomes several cases, each with the proof of who asks."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils import timezone

from gongkai.law.case import Case as LawCase
from gongkai.law.case import Channel, Event, Kind
from gongkai.web.applications import clock, files
from gongkai.web.applications.actions import (
    AddFile,
    DeliverLetter,
    DraftLetter,
    DropLetter,
    Purge,
    RecordArrival,
    RecordEvent,
    Split,
    TakeOver,
)
from gongkai.web.applications.letters import check
from gongkai.web.applications.models import Attachment, Case, CaseEvent, Letter, Purpose
from gongkai.web.applications.permissions import TIDIER
from gongkai.web.applications.receiving import intake
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.models import AuditEntry, OutboxMail
from tests.web.applications.asking import PDF, request, submit, today
from tests.web.applications.playing import Office, confirmed, on
from tests.web.reporting.people import Town

AUTHORISATION = b"%PDF-1.4\n%authorisation\n%%EOF\n"


def divided(town: Town) -> tuple[Case, Case]:
    uploads = (
        intake.Upload(Purpose.IDENTITY, "陈一心身份证.pdf", PDF),
        intake.Upload(Purpose.AUTHORISATION, "委托书.pdf", AUTHORISATION),
    )
    case = submit(town.agency, request(uploads=uploads)).case
    inner = intake.Upload("", "内部.pdf", PDF)
    AddFile(town.as_clerk, case_id=case.pk, purpose=Purpose.INTERNAL, upload=inner).run()
    (part,) = Split(town.as_clerk, case_id=case.pk, subjects=("补偿方案", "安置方案")).run()
    return Case.objects.get(pk=case.pk), Case.objects.get(pk=part.pk)


def proofs(case: Case) -> list[tuple[str, bytes]]:
    return [(one.purpose, files.content_of(one)) for one in case.attachments.order_by("pk") if one.path]


def test_each_part_has_the_proofs_in_copies_of_its_own(town: Town) -> None:
    whole, part = divided(town)
    assert proofs(part) == [("identity", PDF), ("authorisation", AUTHORISATION)]
    kept = Attachment.objects.filter(purpose__in=("identity", "authorisation"))
    assert len(set(kept.values_list("path", flat=True))) == 4
    for one in part.attachments.all():
        with default_storage.open(one.path) as stored:
            assert b"%PDF" not in stored.read()
    entry = AuditEntry.objects.get(code="applications.split_off")
    assert (entry.details["split_from"], entry.details["files"]) == (whole.pk, 2)
    assert "陈一心" not in str(entry.details)


def test_what_was_accepted_is_not_judged_by_later_rules(town: Town) -> None:
    case = submit(town.agency).case
    case.applicant.identity_kind, case.applicant.identity_number = "credit_code", "91110000600037341L"
    case.applicant.save()
    assert intake.faults(intake.again(case))
    with pytest.raises(ActionRefused, match="最多"):
        Split(town.as_clerk, case_id=case.pk, subjects=("甲", "乙" * 300)).run()
    (part,) = Split(town.as_clerk, case_id=case.pk, subjects=("补偿方案", "安置方案")).run()
    assert part.applicant.identity_number == "91110000600037341L"


def test_each_part_keeps_its_proofs_as_long_as_itself(town: Town) -> None:
    whole, part = divided(town)
    clock.append(whole, town.as_clerk, Kind.WITHDRAWN, today())
    Purge(Actor.system(TIDIER), case_id=whole.pk, whole=False).run()
    assert proofs(whole) == [("internal", PDF)]
    assert len(proofs(part)) == 2


# --- letters and a past of its own -----------------------------------------------------------------------

CORRECTION = {"补正事项": "请分别提出申请", "期限": "10"}
THINGS = ("预算", "决算", "公示")


def split(town: Town, case: Case) -> list[Case]:
    """The whole and its parts."""
    made = Split(town.as_clerk, case_id=case.pk, subjects=THINGS).run()
    return list(Case.objects.filter(pk__in=[case.pk, *(one.pk for one in made)]).order_by("pk"))


def test_a_receipt_and_what_was_given_up_stand_in_nobodys_way(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.send(case, "receipt", {}, date(2024, 3, 5))
    with on(date(2024, 3, 6)):
        letter = DraftLetter(town.as_clerk, case_id=case.pk, kind="correction", typed=CORRECTION).run()
        with pytest.raises(ActionRefused, match=r"《政府信息公开申请补正告知书》.*拟稿.*请先作废这份文书"):
            split(town, case)
        DropLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk, reason="改为拆分").run()
        parts = split(town, case)
    assert [one.subject for one in parts] == list(THINGS)
    assert len({(one.due, one.received_on) for one in parts}) == 1


def test_what_was_corrected_is_corrected_in_each_part(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.send(case, "correction", CORRECTION, date(2024, 3, 6))
    with on(date(2024, 3, 12)):
        with pytest.raises(ActionRefused, match=r"正在等待申请人补正.*收到补正后再拆分"):
            split(town, case)
        RecordEvent(town.as_clerk, case_id=case.pk, kind="corrected", on=date(2024, 3, 12)).run()
        parts = split(town, case)
        kept = [[(row.kind, row.on) for row in clock.in_force(one.events.all())] for one in parts]
    assert kept[0] == kept[1] == kept[2]
    assert [kind for kind, _ in kept[0]] == ["received", "confirmed", "correction_requested", "corrected"]
    assert {one.due for one in parts} == {clock.account(case, date(2024, 3, 12)).due}


REASONS = {"数量频次": "一个月内提出申请四十件。", "期限": "5"}
ASKED, OVER = date(2024, 3, 6), date(2024, 3, 15)


def asked_for_reasons(town: Town, office: Office) -> tuple[Case, Letter]:
    """Reasons were asked for on the site and word of it mailed; five working days later it is split."""
    case = confirmed(town)
    with on(ASKED):
        letter = office.letter(case, "reasons", REASONS)
        DeliverLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk, way="online", on=ASKED).run()
    with on(OVER):
        split(town, case)
    return case, letter


def word_given_up(letter: Letter) -> None:
    notice = letter.notices.get()
    OutboxMail.objects.filter(pk=notice.mail_id).update(failed_at=timezone.now())


def refusals(town: Town, case: Case) -> str:
    """What stands against ending a case for want of reasons (条例 35)."""
    typed = {"查明事实": "没有说明理由。", "理由": "见上。"}
    reply = DraftLetter(
        town.as_clerk, case_id=case.pk, kind="reply", outcome="abusive", typed=typed
    ).run()  # fmt: skip
    return "；".join(check.problems(reply, OVER))


def test_word_given_up_after_the_split_begins_no_term_in_any_part(town: Town, office: Office) -> None:
    case, letter = asked_for_reasons(town, office)
    everybody = list(Case.objects.filter(Q(pk=case.pk) | Q(split_from=case)).order_by("pk"))
    assert len(everybody) == 3
    with on(OVER):
        assert [clock.unreceived(one) for one in everybody] == [[], [], []]
        word_given_up(letter)
        for one in everybody:
            assert [event.kind for event in clock.unreceived(one)] == [Kind.REASONS_REQUESTED]
            assert "还没有登记申请人收到的日期" in refusals(town, one)
        event = clock.unreceived(everybody[0])[0]
        action = RecordArrival(town.as_clerk, case_id=case.pk, event_id=event.pk, on=OVER)
        action.run()
        assert action.beside.done == everybody[1:]
        assert [clock.unreceived(Case.objects.get(pk=one.pk)) for one in everybody] == [[], [], []]


def test_parts_of_before_are_told_of_the_letter_by_the_migration(town: Town, office: Office) -> None:
    case, letter = asked_for_reasons(town, office)
    part = Case.objects.filter(split_from=case).earliest("pk")
    with on(OVER):
        (again,) = Split(town.as_clerk, case_id=part.pk, subjects=("甲", "乙")).run()
        CaseEvent.objects.exclude(case=case).update(letter=None)
        word_given_up(letter)
        assert clock.unreceived(part) == []
        import_module("gongkai.web.applications.migrations.0025_letters_of_parts").name_letters(apps, None)
        for one in (part, Case.objects.get(pk=again.pk)):
            assert [event.letter for event in clock.unreceived(one)] == [letter]
    others = CaseEvent.objects.exclude(kind=Kind.REASONS_REQUESTED)
    assert not others.exclude(letter=None).exists()


@pytest.mark.parametrize(
    "past",
    [
        (Event(date(2024, 3, 6), Kind.CORRECTION_REQUESTED, 15), Event(date(2024, 3, 26), Kind.CORRECTED)),
        (Event(date(2024, 3, 20), Kind.EXTENDED, 20),),
        (
            Event(date(2024, 3, 6), Kind.CORRECTION_REQUESTED, 3, reached=date(2024, 3, 11)),
            Event(date(2024, 3, 14), Kind.CORRECTED),
        ),
    ],
)
def test_a_part_of_what_was_taken_over_has_the_same_last_day(town: Town, past: tuple[Event, ...]) -> None:
    """A part is never overdue at its birth while the whole is in time."""
    received = Event(date(2024, 3, 4), Kind.RECEIVED)
    wanted = request(channel=Channel.IN_PERSON)
    with on(date(2024, 4, 10)):
        case = TakeOver(
            town.as_head,
            agency=town.agency,
            request=wanted,
            history=LawCase(Channel.IN_PERSON, (received, *past)),
            old_number="旧-1",
        ).run()
        parts = split(town, case.case)
        accounts = [clock.account(one) for one in parts]
    assert accounts[0] == accounts[1] == accounts[2]
    assert parts[0].due is not None
    assert parts[0].due >= date(2024, 4, 10)
    assert {one.due for one in parts} == {parts[0].due}


@pytest.mark.parametrize(
    ("past", "words"),
    [
        (Event(date(2024, 3, 6), Kind.CONSULTATION_STARTED), "征求过意见，意见涉及哪一项"),
        (Event(date(2024, 3, 6), Kind.FEE_NOTIFIED, from_receipt=True), "正在等待申请人缴费"),
    ],
)
def test_what_cannot_be_shared_out_is_refused_with_a_way_out(town: Town, past: Event, words: str) -> None:
    received = Event(date(2024, 3, 4), Kind.RECEIVED)
    with on(date(2024, 3, 8)):
        case = TakeOver(
            town.as_head,
            agency=town.agency,
            request=request(channel=Channel.IN_PERSON),
            history=LawCase(Channel.IN_PERSON, (received, past)),
            old_number="旧-1",
        ).run()
        with pytest.raises(ActionRefused, match=words):
            split(town, case.case)
    assert Case.objects.count() == 1


def test_an_item_that_was_paid_for_is_not_divided(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.send(case, "fee", {"计收方式": "按量", "数量": "40", "缴纳方式": "到财务室"}, date(2024, 3, 6))
    with on(date(2024, 3, 12)):
        RecordEvent(town.as_clerk, case_id=case.pk, kind="fee_paid", on=date(2024, 3, 12)).run()
        with pytest.raises(ActionRefused, match=r"已发出收费通知.*逐项答复"):
            split(town, case)
