"""What time alone does: terms lapse, parties fall silent, reminders, drafts and personal data go."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings as SettingsFixture

from gongkai.kernel.period import Period
from gongkai.law import calendar as law_calendar
from gongkai.web.agencies.models import Person
from gongkai.web.applications import clock, files, sealed, selectors, tasks
from gongkai.web.applications.actions import (
    AddFile,
    AddParty,
    Assign,
    OpenPersonal,
    PrepareDraft,
    Purge,
    Rate,
    RecordEvent,
    SendDraft,
    VoidEvent,
)
from gongkai.web.applications.models import Attachment, Case, CaseEvent, Draft
from gongkai.web.applications.privacy import retention
from gongkai.web.applications.receiving import intake
from gongkai.web.applications.receiving.codes import proof
from gongkai.web.applications.statistics import figures
from gongkai.web.applications.workload import next_step
from gongkai.web.common import audit, keys
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.rotation import rotate
from tests.web.applications.asking import IDENTITY, PDF, request
from tests.web.applications.playing import START, Office, confirmed, on, workdays_after
from tests.web.reporting.people import Town, work

SYSTEM = Actor.system("applications.tidier")


def test_a_correction_nobody_sends_lapses_by_itself(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.send(case, "correction", {"补正事项": "名称", "期限": "10"}, date(2024, 3, 6))
    last = workdays_after(date(2024, 3, 6), 10)
    for day, state in ((last, "awaiting_correction"), (last + timedelta(1), "lapsed")):
        with on(day):
            tasks.refresh_open()
        case.refresh_from_db()
        assert case.state == state
    assert (case.outcome, case.closed_on) == ("other_not_corrected", last + timedelta(1))
    table = figures.table3([town.agency.pk], Period.of_year(2024))
    assert table["other_not_corrected"]["natural_person"] == table["total"]["total"] == 1
    entries = audit.AuditEntry.objects.filter(code="applications.refresh").count()
    with on(last + timedelta(9)):
        tasks.refresh_open()
    assert audit.AuditEntry.objects.filter(code="applications.refresh").count() == entries == 1


def test_a_party_that_says_nothing_falls_silent_and_the_clock_goes_on(town: Town, office: Office) -> None:
    case = confirmed(town)
    with on(START):
        party = AddParty(town.as_clerk, case_id=case.pk, party="third_party", name="某公司").run()
    office.send(
        case, "consult_third_party", {"征求内容": "协议", "权益": "商业秘密"}, START, consultation_id=party.pk
    )
    last = workdays_after(START, 15)
    with on(last):
        tasks.refresh_open()
    party.refresh_from_db()
    assert party.answer == "none"
    with on(last + timedelta(1)):
        tasks.refresh_open()
    party.refresh_from_db()
    case.refresh_from_db()
    assert (party.answer, party.answer_by) == ("silent", last)
    assert case.state == "running"
    assert case.due == workdays_after(START, 15 + 20)


def test_a_party_silent_into_a_year_nobody_has_published_stands_on_the_list_with_a_word(
    town: Town, office: Office
) -> None:
    case = confirmed(town, date(2026, 12, 1))
    office.consult(case, date(2026, 12, 18))
    for day, state, earliest, word in (
        (date(2027, 1, 8), "paused", None, "对方期限到期：不早于1月8日（暂计）"),
        (date(2027, 1, 11), "running", date(2027, 1, 19), "对方期限可能已到期：不早于1月8日（暂计）"),
    ):
        with on(day):
            tasks.refresh_open()
            case.refresh_from_db()
            assert (case.state, case.due, case.not_before) == (state, None, earliest)
            assert not clock.changed(case), "nothing to write again tomorrow"
            assert next_step.of([case], day) == {case.pk: word}
    assert case.consultations.get().answer == "none", "silence is not said before it is certain"
    later = date(2027, 1, 20)
    found = selectors.due_cases(town.as_clerk, selectors.Wanted(bucket=selectors.PERHAPS), later)
    assert list(found) == [case]
    with on(date(2027, 1, 11)):
        client = Client()
        client.force_login(town.clerk)
        page = client.get(reverse("applications:case", args=[case.pk])).content.decode()
    assert "征求第三方（1）意见的期限可能还没有届满" in page
    assert "不早于2027年1月8日届满（暂计）" in page


def test_one_case_the_law_does_not_take_stops_no_other(town: Town, office: Office) -> None:
    broken, fine = confirmed(town), confirmed(town)
    for case in (broken, fine):
        office.send(case, "correction", {"补正事项": "名称", "期限": "10"}, date(2024, 3, 6))
    CaseEvent.objects.create(
        case=broken, number=9, kind="fee_paid", on=date(2024, 3, 7), recorded_at=timezone.now()
    )
    with on(date(2024, 6, 3)), pytest.raises(ActionRefused, match="1件没有办成"):
        tasks.refresh_open()
    fine.refresh_from_db()
    assert fine.state == "lapsed"


def test_a_record_the_law_no_longer_takes_is_shown_and_can_be_corrected(town: Town) -> None:
    """Never a page that fails: clerk and applicant read why, and the clerk can correct the entry."""
    case = confirmed(town)
    wrong = CaseEvent.objects.create(
        case=case, number=9, kind="fee_paid", on=date(2024, 3, 7), recorded_at=timezone.now(),
        recorded_by=town.clerk,
    )  # fmt: skip
    clerk, citizen = Client(), Client()
    clerk.force_login(town.clerk)
    page = clerk.get(reverse("applications:case", args=[case.pk]))
    assert page.status_code == 200
    assert "算不出期限" in page.content.decode()
    assert reverse("applications:act_on", args=[case.pk, "void-event", wrong.pk]) in page.content.decode()
    citizen.post(reverse("portal:track"), {"number": case.register_no, "code": case.code})
    shown = citizen.get(reverse("portal:followed"))
    assert shown.status_code == 200
    assert "答复期限正在核对" in shown.content.decode()
    for url in ("applications:new_letter",):
        answer = clerk.post(
            reverse(url, args=[case.pk, "extension"]),
            {"revision": case.revision, "field_0": "x", "field_1": "5"},
        )
        assert answer.status_code == 409
    VoidEvent(town.as_clerk, case_id=case.pk, event_id=wrong.pk, reason="登记有误").run()
    assert "算不出期限" not in clerk.get(reverse("applications:case", args=[case.pk])).content.decode()


def test_the_year_not_published_is_said_and_nothing_fails(town: Town) -> None:
    last = law_calendar.published().last
    case = confirmed(town, last - timedelta(10))
    assert case.due is None
    assert case.not_before is not None
    clerk, citizen = Client(), Client()
    with on(last - timedelta(9)):
        clerk.force_login(town.clerk)
        page = clerk.get(reverse("applications:case", args=[case.pk])).content.decode()
        assert "放假安排尚未公布" in page
        citizen.post(reverse("portal:track"), {"number": case.register_no, "code": case.code})
        assert "放假安排" in citizen.get(reverse("portal:followed")).content.decode()
        given = {"revision": case.revision, "field_0": "案卷较多", "field_1": "20"}
        drafted = clerk.post(
            reverse("applications:new_letter", args=[case.pk, "extension"]), given, follow=True
        )
        assert drafted.status_code in {200, 409}
    with on(last + timedelta(40)):
        assert clerk.get(reverse("applications:due")).status_code in {200, 302}
        tasks.remind()
        tasks.refresh_open()


def test_reminders_go_to_the_handler_or_to_those_who_are_there(town: Town) -> None:
    Person.objects.filter(pk__in=[town.clerk.pk, town.second_clerk.pk]).update(email="c@example.cn")
    Person.objects.filter(pk=town.head.pk).update(email="h@example.cn")
    case = confirmed(town)
    with on(START):
        Assign(town.as_head, case_id=case.pk, person_id=town.head.pk).run()
    work()
    mail.outbox.clear()  # the receipt
    quiet, loud = workdays_after(START, 16), workdays_after(START, 17)
    with on(quiet):
        tasks.remind()
        work()
    assert mail.outbox == []
    with on(loud):
        tasks.remind()
        work()
    assert [message.to for message in mail.outbox] == [["h@example.cn"]]
    assert "剩3个工作日" in mail.outbox[0].body
    assert "陈一心" not in mail.outbox[0].body
    mail.outbox.clear()
    Person.objects.filter(pk=town.head.pk).update(is_active=False)
    with on(case.due or loud):
        tasks.remind()
        work()
    assert [message.to for message in mail.outbox] == [["c@example.cn"]] * 2
    assert "今天到期" in mail.outbox[0].body


def test_drafts_are_forgotten_and_what_was_sent_is_remembered_longer(
    town: Town, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    wanted = request(uploads=(intake.Upload("identity", "证.pdf", PDF),))
    with on(START):
        unsent, sent = (PrepareDraft(Actor.of(None), agency=town.agency, request=wanted).run() for _ in "ab")
        first = SendDraft(Actor.of(None), token=sent).run()
    folder = Path(settings.MEDIA_ROOT) / "applications" / "drafts"
    with time_machine.travel(datetime.combine(START, time(12, 1), tzinfo=timezone.get_current_timezone())):
        with pytest.raises(ActionRefused, match="没有提交成功"):
            SendDraft(Actor.of(None), token=unsent).run()
        with django_capture_on_commit_callbacks(execute=True):
            tasks.forget_drafts()
        again = SendDraft(Actor.of(None), token=sent).run()
    assert (again.case.pk, again.code) == (first.case.pk, first.code)
    assert Draft.objects.get().case_id == first.case.pk
    assert len(list(folder.iterdir())) == 1  # of the sent one: its commit is not part of a test's transaction
    with on(START + timedelta(4)):
        tasks.forget_drafts()
    assert not Draft.objects.exists()
    assert Case.objects.count() == 1


def test_files_no_record_knows_are_swept_when_a_day_old(town: Town) -> None:
    case = confirmed(town)
    kept = Attachment.objects.get(case=case)
    lost = sealed.storage().save(f"applications/{case.pk % 997:03d}/lost", open_file())
    drafted = sealed.storage().save("applications/drafts/lost", open_file())
    assert files.sweep(timezone.now()) == 0
    assert files.sweep(timezone.now() + timedelta(days=2)) == 2
    assert not sealed.storage().exists(lost)
    assert not sealed.storage().exists(drafted)
    assert files.content_of(kept) == PDF


def open_file() -> Any:
    from django.core.files.base import ContentFile

    return ContentFile(b"x")


def test_personal_data_goes_when_its_time_is_up(
    town: Town, office: Office, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    case = confirmed(town)
    with on(date(2024, 3, 5)):
        OpenPersonal(town.as_clerk, case_id=case.pk, reason="核对地址").run()
        added = intake.Upload("disclosed", "方案.pdf", PDF)
        AddFile(town.as_clerk, case_id=case.pk, purpose="disclosed", upload=added).run()
    office.reply(case, "provided", date(2024, 3, 18))
    with on(date(2024, 3, 19)):
        Rate(Actor.of(None), case_id=case.pk, proof=proof(case.code), stars=5, text="陈一心满意").run()
    case.refresh_from_db()
    before = figures.table3([town.agency.pk], Period.of_year(2024))
    proofs_until, file_until = retention.proofs_until(case), retention.file_until(case)
    assert proofs_until >= date(2025, 9, 18)  # six months for a suit and a year
    assert file_until >= date(2034, 9, 18)
    paths = [Path(settings.MEDIA_ROOT) / one.path for one in case.attachments.all()]
    with on(proofs_until):
        tasks.purge()
    assert case.attachments.get(purpose="identity").path
    with on(proofs_until + timedelta(1)), django_capture_on_commit_callbacks(execute=True):
        tasks.purge()
        tasks.purge()
    case = Case.objects.get(pk=case.pk)
    assert (case.applicant.identity_number, case.applicant.identity_index) == ("", "")
    assert case.applicant.name == "陈一心"
    assert case.attachments.get(purpose="identity").path == ""
    assert case.attachments.get(purpose="disclosed").path
    assert audit.AuditEntry.objects.filter(code="applications.purge").count() == 1
    with on(file_until):
        tasks.purge()
    assert Case.objects.get(pk=case.pk).purged_at is None
    with on(file_until + timedelta(1)), django_capture_on_commit_callbacks(execute=True):
        tasks.purge()
    assert not [path for path in paths if path.exists()]
    nothing_is_left_of(Case.objects.get(pk=case.pk), town)
    assert figures.table3([town.agency.pk], Period.of_year(2024)) == before
    assert audit.verify() == []


def nothing_is_left_of(case: Case, town: Town) -> None:
    from django.apps import apps
    from django.core.serializers import serialize

    models = apps.get_app_config("applications").get_models()
    plain = "".join(serialize("json", model._default_manager.all()) for model in models)
    for word in ("陈一心", IDENTITY, "63700000", "土地征收", "平征补", "核对地址", "本机关检索", "方案.pdf"):
        assert word not in plain, word
    clerk = Client()
    clerk.force_login(town.clerk)
    for url in (
        reverse("applications:case", args=[case.pk]),
        reverse("applications:letter", args=[case.pk, case.letters.get().pk]),
    ):
        assert clerk.get(url).status_code == 200, url
    preview = clerk.get(reverse("applications:preview", args=[case.pk, case.letters.get().pk]))
    assert preview.status_code == 409
    assert "已按保存期限清除" in preview.content.decode()
    with pytest.raises(ActionRefused, match="已按保存期限清除"):
        AddFile(
            town.as_clerk, case_id=case.pk, purpose="internal", upload=intake.Upload("internal", "a.pdf", PDF)
        ).run()  # fmt: skip
    assert Client().post(reverse("portal:track"), {"number": case.register_no, "code": ""}).status_code == 403


def test_proofs_without_a_number_are_purged_too(town: Town) -> None:
    case = confirmed(town)
    with on(date(2024, 3, 5)):
        RecordEvent(town.as_clerk, case_id=case.pk, kind="withdrawn", on=date(2024, 3, 5)).run()
    who = case.applicant
    who.identity_number = ""
    who.save()
    case.refresh_from_db()
    with on(retention.proofs_until(case) + timedelta(1)):
        tasks.purge()
    assert case.attachments.get().path == ""


def test_an_open_case_is_never_purged_and_no_person_purges(town: Town) -> None:
    case = confirmed(town)
    with on(date(2099, 1, 1)):
        tasks.purge()
    case.refresh_from_db()
    assert case.applicant.name == "陈一心"
    with pytest.raises(ActionRefused, match="未办结"):
        Purge(SYSTEM, case_id=case.pk, whole=True).run()
    with pytest.raises(Denied):
        Purge(town.as_leader, case_id=case.pk, whole=True).run()


def test_rotated_keys_reach_the_files(town: Town, settings: SettingsFixture) -> None:
    case = confirmed(town)
    kept = Attachment.objects.get(case=case)
    broken = Attachment.objects.create(
        case=case, purpose="internal", name="x", media_type="x", size=1, sha256="0", path="applications/gone",
        added_at=timezone.now(),
    )  # fmt: skip
    old, settings.ENCRYPTION_KEYS = (
        settings.ENCRYPTION_KEYS,
        f"{keys.generate('new')},{settings.ENCRYPTION_KEYS}",
    )
    assert rotate()["applications.files"] == 1
    assert rotate()["applications.files"] == 0
    settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS.removesuffix(f",{old}")
    kept.refresh_from_db()
    assert files.content_of(kept) == PDF
    assert Case.objects.get(pk=case.pk).applicant.identity_number == IDENTITY
    assert CaseEvent.objects.filter(case=case).count() == 2
    with pytest.raises(ActionRefused, match="打不开"):
        files.content_of(broken)
