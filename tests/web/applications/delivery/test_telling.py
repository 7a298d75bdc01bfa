"""An applicant is told by the ways they chose: mail, text message, both or neither."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from gongkai.web.applications.actions import (
    ChooseSms,
    HandInCorrection,
    PrepareDraft,
    RecordEvent,
    SendDraft,
    Split,
)
from gongkai.web.applications.delivery import telling
from gongkai.web.applications.forms.entry import ApplicationForm
from gongkai.web.applications.models import Applicant, Case
from gongkai.web.applications.receiving import intake
from gongkai.web.applications.receiving.codes import proof
from gongkai.web.applications.workload import reminders
from gongkai.web.common import audit
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.models import OutboxSms
from gongkai.web.common.sms import templates
from tests.web.applications.asking import request, requester, submit
from tests.web.applications.playing import CHINA, START, Office, confirmed, on
from tests.web.reporting.people import Town, work

MOBILE = "138 0013 8000"
CITIZEN = Actor.of(None)
SITE = "http://127.0.0.1:8000/apply/track/"


@pytest.fixture
def messages(settings: Settings, tmp_path: Path) -> Path:
    """A gateway that writes files; its folder."""
    settings.SMS_GATEWAY = {
        "BACKEND": "gongkai.web.common.sms.file_gateway.FileGateway",
        "OPTIONS": {"folder": str(tmp_path / "sms")},
    }
    return tmp_path / "sms"


def wanted(**changes: object) -> intake.Request:
    who = requester(phone=MOBILE, **changes)
    return request(who, tell_by_sms=True)


def sent(folder: Path) -> list[str]:
    """What has gone out, the number and the text in one line each, and nothing of it again."""
    found = sorted(folder.glob("*.txt"), key=lambda path: path.stat().st_mtime_ns)
    texts = [path.read_text("utf-8").replace("\n", " ").strip() for path in found]
    for path in found:
        path.unlink()
    return texts


def apply(town: Town, asked: intake.Request) -> Case:
    with on(START):
        case = submit(town.agency, asked).case
        RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=START).run()
        work()
    return Case.objects.get(pk=case.pk)


def test_the_receipt_comes_by_the_ways_that_were_chosen(town: Town, messages: Path) -> None:
    for email, texts, mails in (("chen@example.cn", 1, 1), ("", 1, 0)):
        case = apply(town, wanted(email=email))
        assert len(mail.outbox) == mails
        (text,) = sent(messages)
        said = f"您的政府信息公开申请已登记，登记号{case.register_no}。凭登记号和查询码查询办理进展：{SITE}"
        assert text == f"13800138000 {said}"
        assert OutboxSms.objects.filter(sent_at__isnull=False).count() == texts
        assert [case.code in message.body for message in mail.outbox] == [True] * mails
        OutboxSms.objects.all().delete()
        mail.outbox.clear()
    apply(town, request())
    assert (len(mail.outbox), sent(messages)) == (1, [])


def test_each_letter_says_what_to_do_and_nothing_of_whom_or_what(
    town: Town, office: Office, messages: Path
) -> None:
    case = apply(town, wanted())
    sent(messages)
    office.send(case, "correction", {"补正事项": "名称", "期限": "10"}, START + timedelta(1))
    with on(START + timedelta(1)):
        work()
    (text,) = sent(messages)
    assert f"{case.register_no}需要补正" in text
    mails = [message.body for message in mail.outbox]
    assert "陈一心" in mails[-1]
    assert f"{SITE}?number=" in mails[-1]
    with on(START + timedelta(2)):
        HandInCorrection(CITIZEN, case_id=case.pk, proof=proof(case.code), text="某地块").run()
    office.send(case, "extension", {"延期理由": "案卷较多", "期限": "20"}, START + timedelta(3))
    office.reply(case, "provided", START + timedelta(4))
    with on(START + timedelta(4)):
        work()
    texts = sent(messages)
    assert ["有新的文书" in texts[0], "已答复" in texts[1]] == [True, True]
    for one in (text, *texts):
        for word in ("陈一心", "征收", "平征补", case.code):
            assert word not in one, word
    assert len(mail.outbox) == 4


def test_a_message_of_the_night_waits(town: Town, messages: Path) -> None:
    with time_machine.travel(f"{START}T22:10:00+08:00", tick=False) as now:
        submit(town.agency, wanted())
        work()
        assert sent(messages) == []
        now.move_to(f"{START + timedelta(1)}T08:00:00+08:00")
        work()
    assert len(sent(messages)) == 1
    assert OutboxSms.objects.get().sent_at.astimezone(CHINA).hour == 8  # type: ignore[union-attr]


def test_every_text_fits_what_is_filled_in(town: Town, messages: Path) -> None:
    own = {one.name: one for one in telling.TEMPLATES}
    assert {*own, reminders.SMS.name} <= {one.name for one in templates.every()}
    for one in own.values():
        assert set(one.fields) == {"number", "site"}, one.name
        # 70 characters are one message, 134 two; with number and address it stays within two.
        assert len(one.text.format(number="昆公申2024-0001", site=SITE)) <= 134, one.name


def test_without_a_gateway_nothing_offers_messages(town: Town, settings: Settings) -> None:
    assert "tell_by_sms" not in ApplicationForm().fields
    case = apply(town, wanted())  # a choice of before, when there was a gateway
    assert not OutboxSms.objects.exists()
    citizen = Client()
    shown = citizen.get(reverse("portal:apply_to", args=[town.agency.slug])).content.decode()
    assert "短信" not in shown
    Applicant.objects.update(tell_by_sms=False)
    with on(START):
        citizen.post(reverse("portal:track"), {"number": case.register_no, "code": case.code})
        assert "短信" not in citizen.get(reverse("portal:followed")).content.decode()
        with pytest.raises(ActionRefused, match="没有开通"):
            ChooseSms(CITIZEN, case_id=case.pk, proof=proof(case.code), wanted=True).run()


@pytest.mark.parametrize("phone", ["0577-63700000", "", "12345678901"])
def test_messages_need_a_mobile_number(town: Town, messages: Path, phone: str) -> None:
    asked = request(requester(phone=phone), tell_by_sms=True)
    assert intake.faults(asked)["phone"] == intake.NO_MOBILE
    with pytest.raises(ActionRefused, match="短信只能发到手机"):
        submit(town.agency, asked)
    assert intake.faults(replace(asked, tell_by_sms=False)) == {}


def test_the_choice_survives_the_summary_and_a_split(town: Town, messages: Path) -> None:
    with on(START):
        token = PrepareDraft(CITIZEN, agency=town.agency, request=wanted()).run()
        case = SendDraft(CITIZEN, token=token).run().case
        assert case.applicant.tell_by_sms
        parts = Split(town.as_clerk, case_id=case.pk, subjects=("甲", "乙")).run()
        work()
    assert [part.applicant.tell_by_sms for part in parts] == [True]
    assert len(sent(messages)) == 2


def test_who_chose_messages_ends_them_as_easily(town: Town, office: Office, messages: Path) -> None:
    case = apply(town, wanted())
    sent(messages)
    citizen = Client()
    url = reverse("portal:act_on_case", args=["sms"])
    with on(START + timedelta(1)):
        citizen.post(reverse("portal:track"), {"number": case.register_no, "code": case.code})
        shown = citizen.get(reverse("portal:followed")).content.decode()
        assert "有新的文书时发短信到138****8000" in shown
        citizen.post(url, {"case": case.pk, "wanted": "0"})
        assert not Applicant.objects.get().tell_by_sms
    office.send(case, "correction", {"补正事项": "名称", "期限": "10"}, START + timedelta(1))
    with on(START + timedelta(1)):
        work()
        assert sent(messages) == []
        citizen.post(url, {"case": case.pk, "wanted": "1"})
        assert Applicant.objects.get().tell_by_sms
    codes = audit.AuditEntry.objects.filter(code="applications.choose_sms")
    assert [entry.details["sms"] for entry in codes] == [False, True]
    assert "8000" not in str([entry.details for entry in audit.AuditEntry.objects.all()])


def test_messages_are_chosen_by_whoever_has_the_code(town: Town, messages: Path) -> None:
    case = apply(town, request())
    for code in ("", "x", case.code[::-1]):
        with pytest.raises(ActionRefused, match="查询码不对"):
            ChooseSms(CITIZEN, case_id=case.pk, proof=proof(code), wanted=False).run()
    with pytest.raises(ActionRefused, match="没有手机号码"):
        ChooseSms(CITIZEN, case_id=case.pk, proof=proof(case.code), wanted=True).run()


def test_on_a_closed_case_messages_can_only_end(town: Town, office: Office, messages: Path) -> None:
    case = confirmed(town)
    office.reply(case, "provided", date(2024, 3, 11))
    with on(date(2024, 3, 12)):
        with pytest.raises(ActionRefused, match="已办结"):
            ChooseSms(CITIZEN, case_id=case.pk, proof=proof(case.code), wanted=True).run()
        ChooseSms(CITIZEN, case_id=case.pk, proof=proof(case.code), wanted=False).run()
