"""What was handed in, what a letter told and what an applicant did themselves stays as it was."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse
from lxml import html

from gongkai.law.case import Channel
from gongkai.web.applications import clock, files, sealed
from gongkai.web.applications.actions import (
    AddFile,
    CorrectEvent,
    CorrectReceipt,
    DeliverLetter,
    DraftLetter,
    DropLetter,
    HandInCorrection,
    Purge,
    RecordArrival,
    RecordEvent,
    Split,
    TakeOffFile,
    VoidEvent,
)
from gongkai.web.applications.alike import groups
from gongkai.web.applications.letters import check
from gongkai.web.applications.models import Applicant, Attachment, Case, Purpose
from gongkai.web.applications.permissions import TIDIER
from gongkai.web.applications.receiving import codes, intake
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.alike.test_asked_once import cases, sent
from tests.web.applications.asking import PDF, register, request, submit
from tests.web.applications.playing import START, Office, confirmed, on
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

__all__ = ["cases"]
REASONS = {"数量频次": "一年内提出100件", "期限": "7"}
OWN = Actor.of(None)
Capture = Callable[..., AbstractContextManager[Any]]


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


# --- files -----------------------------------------------------------------------------------------------


def take_off(town: Town, file: Attachment) -> None:
    TakeOffFile(town.as_clerk, case_id=file.case_id, file_id=file.pk, reason="传错了").run()


@pytest.mark.parametrize("kind", ["confirmed", "reasons_given", "withdrawn"])
def test_what_came_with_an_event_is_not_taken_off(town: Town, office: Office, kind: str) -> None:
    if kind == "confirmed":
        with on(START):
            case = submit(town.agency).case
    else:
        case = confirmed(town)
    if kind == "reasons_given":
        office.send(case, "reasons", REASONS, date(2024, 3, 5))
    with on(date(2024, 3, 6)):
        upload = intake.Upload("", "申请人来件.pdf", PDF)
        RecordEvent(town.as_clerk, case_id=case.pk, kind=kind, on=date(2024, 3, 6), uploads=(upload,)).run()
        (kept,) = [one for one in case.attachments.all() if one.name == "申请人来件.pdf"]
        with pytest.raises(ActionRefused, match="收到的材料、文书或者凭证"):
            take_off(town, kept)
    kept.refresh_from_db()
    assert kept.purged_at is None
    assert files.content_of(kept) == PDF


@pytest.mark.parametrize(("kind", "purpose"), [("confirmed", "scan"), ("withdrawn", "scan")])
def test_what_was_kept_as_internal_before_is_filed_by_its_event(town: Town, kind: str, purpose: str) -> None:
    with on(START):
        case = submit(town.agency).case
    with on(date(2024, 3, 5)):
        own = AddFile(
            town.as_clerk,
            case_id=case.pk,
            purpose=Purpose.INTERNAL,
            upload=intake.Upload("", "底稿.pdf", PDF),
        ).run()
    with on(date(2024, 3, 6)):
        upload = intake.Upload("", "申请人来件.pdf", PDF)
        RecordEvent(town.as_clerk, case_id=case.pk, kind=kind, on=date(2024, 3, 6), uploads=(upload,)).run()
    case.attachments.filter(purpose=Purpose.SCAN).update(purpose=Purpose.INTERNAL)
    came = case.attachments.get(purpose=Purpose.INTERNAL, added_at__gt=own.added_at)
    migration = import_module("gongkai.web.applications.migrations.0026_papers_of_events")
    migration.file_as_evidence(apps, None)
    own.refresh_from_db()
    came.refresh_from_db()
    assert (own.purpose, came.purpose) == (Purpose.INTERNAL, purpose)
    with on(date(2024, 3, 7)):
        with pytest.raises(ActionRefused, match="收到的材料、文书或者凭证"):
            take_off(town, came)
        if kind == "confirmed":
            take_off(town, own)
            own.refresh_from_db()
            assert own.path == ""


def test_the_copy_of_a_letter_that_asked_for_several_is_not_taken_off(town: Town, cases: list[Case]) -> None:
    _, letter = sent(town, cases, proof=intake.Upload("", "回证.pdf", PDF))
    copy = cases[1].attachments.get(purpose=Purpose.INTERNAL)
    with on(letter.delivery.on):
        upload = intake.Upload("", "底稿.pdf", PDF)
        own = AddFile(town.as_clerk, case_id=cases[1].pk, purpose=Purpose.INTERNAL, upload=upload).run()
        with pytest.raises(ActionRefused, match="收到的材料、文书或者凭证"):
            take_off(town, copy)
        page: Any = html.fromstring(
            signed_in(town.clerk).get(reverse("applications:case", args=[cases[1].pk])).content
        )
    shown = [link for link in page.xpath("//a/@href") if "take-off-file" in link]
    assert shown == [reverse("applications:act_on", args=[cases[1].pk, "take-off-file", own.pk])]
    copy.refresh_from_db()
    assert copy.purged_at is None


def test_a_file_is_deleted_with_the_commit_alone(
    town: Town, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Capture
) -> None:
    case = confirmed(town)
    with on(date(2024, 3, 5)):
        upload = intake.Upload("", "内部.pdf", PDF)
        file = AddFile(town.as_clerk, case_id=case.pk, purpose=Purpose.INTERNAL, upload=upload).run()
        path = file.path

        def locked(_self: TakeOffFile) -> None:
            message = "database is locked"
            raise OSError(message)

        with monkeypatch.context() as failing:
            failing.setattr(TakeOffFile, "touch", locked)
            with pytest.raises(OSError, match="locked"):
                take_off(town, file)
        file.refresh_from_db()
        assert files.content_of(file) == PDF
        with django_capture_on_commit_callbacks(execute=True):
            take_off(town, file)
            assert sealed.storage().exists(path)
    assert not sealed.storage().exists(path)
    file.refresh_from_db()
    assert (file.path, file.name) == ("", "")


# --- the day of receipt ----------------------------------------------------------------------------------


def by_mail(town: Town, confirmed_on: date = START) -> Case:
    """Registered by staff, who confirmed its receipt."""
    with on(confirmed_on):
        case = register(town.as_clerk, town.agency, START, request(channel=Channel.ORDINARY_MAIL))
        RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=confirmed_on).run()
    return again(case)


def doors(town: Town, case: Case, day: date) -> list[Callable[[], object]]:
    """Every way of putting the day of receipt right."""
    entry = clock.in_force(case.events.filter(kind="confirmed")).get()
    given: dict[str, Any] = {"case_id": case.pk, "reason": "登记有误"}
    return [
        CorrectEvent(town.as_clerk, event_id=entry.pk, on=day, **given).run,
        CorrectReceipt(town.as_clerk, channel=case.channel, received_on=START, confirmed_on=day, **given).run,
        VoidEvent(town.as_clerk, event_id=entry.pk, **given).run,
    ]


def test_the_day_told_in_writing_is_moved_later_through_no_door(town: Town, office: Office) -> None:
    case = by_mail(town)
    office.send(case, "receipt", {}, date(2024, 3, 7))
    due = again(case).due
    with on(date(2024, 3, 8)):
        for door in doors(town, case, date(2024, 3, 6)):
            with pytest.raises(ActionRefused, match="不能改到更晚"):
                door()
    assert (again(case).due, again(case).received_on) == (due, START)


def test_it_is_moved_earlier_through_the_door_of_the_entry(town: Town, office: Office) -> None:
    case = by_mail(town, date(2024, 3, 6))
    office.send(case, "receipt", {}, date(2024, 3, 7))
    with on(date(2024, 3, 8)):
        doors(town, case, date(2024, 3, 5))[0]()
    assert again(case).received_on == date(2024, 3, 5)


def test_a_signed_letter_with_the_day_stands_before_every_door(town: Town, office: Office) -> None:
    case = by_mail(town, date(2024, 3, 6))
    with on(date(2024, 3, 8)):
        letter = office.letter(case, "receipt", {})
        for door in doors(town, case, date(2024, 3, 5)):
            with pytest.raises(ActionRefused, match=r"已签发的《政府信息公开申请登记回执》.*请先作废"):
                door()
        DropLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk, reason="日期有误").run()
        doors(town, case, date(2024, 3, 5))[0]()
    assert again(case).received_on == date(2024, 3, 5)


def test_what_was_told_of_the_whole_holds_for_its_parts(town: Town, office: Office) -> None:
    case = by_mail(town)
    office.send(case, "receipt", {}, date(2024, 3, 7))
    with on(date(2024, 3, 8)):
        (part,) = Split(town.as_clerk, case_id=case.pk, subjects=("预算", "决算")).run()
        for door in doors(town, again(part), date(2024, 3, 6)):
            with pytest.raises(ActionRefused, match="不能改到更晚"):
                door()


# --- parts of an application -----------------------------------------------------------------------------


def test_what_the_applicant_corrected_is_theirs_in_each_part(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.send(case, "correction", {"补正事项": "请分别写明", "期限": "10"}, date(2024, 3, 6))
    paper = intake.Upload("", "补正.pdf", PDF)
    with on(date(2024, 3, 8)):
        HandInCorrection(
            OWN, case_id=case.pk, proof=codes.proof(case.code), text="预算；决算", uploads=(paper,)
        ).run()
        (part,) = Split(town.as_clerk, case_id=case.pk, subjects=("预算", "决算")).run()
        for one in (case, again(part)):
            event = one.events.get(kind="corrected")
            assert event.recorded_by is None
            with pytest.raises(ActionRefused, match="来自申请人的提交"):
                VoidEvent(town.as_clerk, case_id=one.pk, event_id=event.pk, reason="误").run()
        (kept,) = part.attachments.filter(purpose=Purpose.CORRECTION)
    assert (kept.name, files.content_of(kept)) == ("补正.pdf", PDF)
    # What a member of staff recorded is theirs to put right, in the part too.
    assert part.events.get(kind="confirmed").recorded_by_id is not None


def test_nothing_is_split_while_a_letter_is_under_way_or_reasons_are_awaited(
    town: Town, office: Office
) -> None:
    case = confirmed(town)
    things = ("预算", "决算")
    with on(date(2024, 3, 5)):
        letter = office.letter(case, "reasons", REASONS)
        DeliverLetter(
            town.as_clerk, case_id=case.pk, letter_id=letter.pk, way="post", tracking="XA1",
            on=date(2024, 3, 5),
        ).run()  # fmt: skip
    with on(date(2024, 3, 7)):
        with pytest.raises(ActionRefused, match=r"还没有登记收到的日期（申请人收到说明理由告知书）"):
            Split(town.as_clerk, case_id=case.pk, subjects=things).run()
        event = case.events.get(kind="reasons_requested")
        RecordArrival(town.as_clerk, case_id=case.pk, event_id=event.pk, on=date(2024, 3, 6)).run()
        with pytest.raises(ActionRefused, match=r"正在等待申请人说明理由（到2024年3月15日）"):
            Split(town.as_clerk, case_id=case.pk, subjects=things).run()
        paper = intake.Upload("", "理由.pdf", PDF)
        RecordEvent(
            town.as_clerk, case_id=case.pk, kind="reasons_given", on=date(2024, 3, 7), uploads=(paper,)
        ).run()
        (part,) = Split(town.as_clerk, case_id=case.pk, subjects=things).run()
    assert [one.name for one in part.attachments.filter(purpose=Purpose.REASONS)] == ["理由.pdf"]
    told = [(row.kind, row.on) for row in clock.in_force(part.events.all())]
    assert told == [(row.kind, row.on) for row in clock.in_force(case.events.all())]


def test_a_letter_handed_over_before_the_split_is_received_in_the_part_too(
    town: Town, office: Office
) -> None:
    case = confirmed(town)
    office.send(case, "reasons", REASONS, date(2024, 3, 5))
    with on(date(2024, 3, 15)):  # the term has passed
        (part,) = Split(town.as_clerk, case_id=case.pk, subjects=("预算", "决算")).run()
        for one in (case, part):
            event = one.events.get(kind="reasons_requested")
            with pytest.raises(ActionRefused, match="当面送达的以签收之日为准"):
                RecordArrival(town.as_clerk, case_id=one.pk, event_id=event.pk, on=date(2024, 3, 14)).run()


# --- the same applicant ----------------------------------------------------------------------------------


def test_a_repeat_whose_earlier_number_is_erased_is_a_question_to_a_person(
    town: Town, office: Office
) -> None:
    one, two = confirmed(town), confirmed(town, date(2025, 3, 4))
    number = office.reply(one, "provided", date(2024, 3, 8)).document_no
    Purge(Actor.system(TIDIER), case_id=one.pk, whole=False).run()
    typed = {"查明事实": "已答复。", "理由": "同前。", "此前的答复": one.register_no}
    given: dict[str, Any] = {"case_id": two.pk, "kind": "reply", "outcome": "repeat"}
    with on(date(2025, 3, 5)):
        letter = DraftLetter(town.as_clerk, typed=typed, **given).run()
        (wrong,) = check.problems(letter, date(2025, 3, 5))
        assert "不能确定" in wrong
        assert "已按保存期限清除" in wrong
        assert f"请写“2024年3月8日作出的{number}”" in wrong
        DropLetter(town.as_clerk, case_id=two.pk, letter_id=letter.pk, reason="核对").run()
        compared = DraftLetter(
            town.as_clerk, typed=typed | {"此前的答复": f"2024年3月8日作出的{number}"}, **given
        ).run()
        assert not check.problems(compared, date(2025, 3, 5))


def test_numbers_that_differ_are_of_two_people_and_kinds_that_differ_are_a_question(
    town: Town, office: Office
) -> None:
    one, two = confirmed(town), confirmed(town)
    assert groups.is_repeat(one, two)
    assert groups.why_untold(one, two) == ""
    Applicant.objects.filter(case=two).update(identity_kind="passport", identity_number="E12345678")
    assert not groups.is_repeat(one, again(two))
    assert "证件种类不同" in groups.why_untold(one, again(two))
