"""Messages in the outbox: sent once, put off at night, tried again, given up; never a number in an error."""

import json
import logging
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from pytest_django.fixtures import Settings

from gongkai.web.common.models import OutboxSms, QueuedTask
from gongkai.web.common.sms import client, outbox
from gongkai.web.common.tidy import tidy
from gongkai.web.common.worker import Worker
from tests.web.common.sms_gateway import BODY, NUMBER, TEXT, VALUES, Gateway, chosen, gateway, texts
from tests.web.common.test_tasks import ROOT, wait_for

__all__ = ["gateway", "texts"]

State = QueuedTask.State
NOON = datetime(2024, 3, 4, 4, 0, tzinfo=UTC)
NIGHT = datetime(2024, 3, 4, 14, 30, tzinfo=UTC)  # half past ten in China
MORNING = datetime(2024, 3, 5, 0, 0, tzinfo=UTC)


def deliver() -> None:
    """Try everything that waits, whatever pause it is in."""
    QueuedTask.objects.filter(state=State.WAITING).update(due_at=timezone.now())
    with time_machine.travel(NOON, tick=True):
        QueuedTask.objects.filter(state=State.WAITING).update(due_at=timezone.now())
        Worker(renew=False).drain()


def post() -> OutboxSms:
    with time_machine.travel(NOON, tick=True):
        posted = outbox.post(NUMBER, TEXT.name, VALUES)
    assert posted is not None
    return posted


@pytest.mark.django_db
def test_a_message_is_sent_once_and_noted(gateway: Gateway) -> None:
    posted = post()
    deliver()
    deliver()
    ((_, asked),) = gateway.asked
    assert (asked["phone"], asked["once"]) == (NUMBER, posted.key)
    posted.refresh_from_db()
    assert (posted.sent_at is not None, posted.provider_id, posted.error) == (True, "m-1", "")
    with connection.cursor() as cursor:
        cursor.execute('SELECT "to" FROM common_outboxsms')
        assert NUMBER not in cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_refused_message_waits_and_is_given_up_in_the_end(gateway: Gateway) -> None:
    posted = post()
    gateway.answer = b'{"code": "isv.OUT_OF_SERVICE"}'
    deliver()
    posted.refresh_from_db()
    assert (posted.error, posted.tried_at, posted.failed_at) == ("isv.OUT_OF_SERVICE", None, None)
    for _ in range(13):
        deliver()
    posted.refresh_from_db()
    assert posted.failed_at is not None
    assert posted.sent_at is None
    assert len(gateway.asked) == 13
    assert len({asked["once"] for _, asked in gateway.asked}) == 1


@pytest.mark.django_db
def test_an_unclear_end_is_tried_again_under_the_same_key_or_not_at_all(
    gateway: Gateway, settings: Settings
) -> None:
    gateway.answer = b"garbage"
    post()
    deliver()
    gateway.answer = b'{"code": "0"}'
    deliver()
    assert len(gateway.asked) == 2
    assert len({asked["once"] for _, asked in gateway.asked}) == 1
    plain = {name: value for name, value in BODY.items() if name != "once"}
    settings.SMS_GATEWAY = chosen(gateway.url, body=plain)
    gateway.answer, gateway.asked = b"garbage", []
    posted = post()
    for _ in range(3):
        deliver()
    posted.refresh_from_db()
    assert len(gateway.asked) == 1
    assert posted.failed_at is not None
    assert posted.error.startswith("unclear")


@pytest.mark.django_db
@pytest.mark.parametrize("once", [True, False])
def test_a_worker_killed_between_sending_and_noting(gateway: Gateway, settings: Settings, once: bool) -> None:
    if not once:
        settings.SMS_GATEWAY = chosen(gateway.url, body={"phone": "{number}"})
    posted = post()
    deliver()
    OutboxSms.objects.update(sent_at=None, provider_id="")  # it was killed before it noted the sending
    with time_machine.travel(NOON, tick=True):
        outbox.send(posted.pk)
    posted.refresh_from_db()
    if once:
        assert [asked["once"] for _, asked in gateway.asked] == [posted.key] * 2
        assert posted.sent_at is not None
    else:
        assert len(gateway.asked) == 1
        assert posted.error == "unclear: interrupted"


@pytest.mark.django_db
def test_a_message_of_the_night_goes_out_in_the_morning(gateway: Gateway) -> None:
    with time_machine.travel(NIGHT, tick=False) as now:
        posted = outbox.post(NUMBER, TEXT.name, VALUES)
        assert posted is not None
        queued = QueuedTask.objects.get()
        assert queued.due_at == MORNING
        Worker(renew=False).drain()
        assert gateway.asked == []
        now.move_to(MORNING - timedelta(seconds=1))
        Worker(renew=False).drain()
        assert gateway.asked == []
        now.move_to(MORNING)
        Worker(renew=False).drain()
        Worker(renew=False).drain()
    assert len(gateway.asked) == 1


@pytest.mark.django_db
def test_another_try_does_not_fall_into_the_night(gateway: Gateway) -> None:
    gateway.status = 503
    with time_machine.travel(NIGHT - timedelta(minutes=90, seconds=1), tick=False) as now:
        outbox.post(NUMBER, TEXT.name, VALUES)
        Worker(renew=False).drain()
        assert len(gateway.asked) == 1
        gateway.status = 200
        now.move_to(NIGHT)
        Worker(renew=False).drain()
        assert len(gateway.asked) == 1
        waiting = QueuedTask.objects.get(name="common.send_sms", state=State.WAITING)
        assert waiting.due_at == MORNING
        now.move_to(MORNING)
        Worker(renew=False).drain()
    assert len(gateway.asked) == 2
    assert OutboxSms.objects.get().sent_at is not None


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_sends_nothing(gateway: Gateway) -> None:
    def answered_and_failed() -> None:
        with transaction.atomic():
            post()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        answered_and_failed()
    assert not OutboxSms.objects.exists()
    deliver()
    assert gateway.asked == []


@pytest.mark.django_db
def test_no_number_in_any_error(gateway: Gateway, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    gateway.answer = f'{{"code": "{NUMBER} is not a number"}}'.encode()
    post()
    deliver()
    gateway.hang_up = True
    deliver()
    errors = "".join(QueuedTask.objects.values_list("error", flat=True))
    errors += "".join(OutboxSms.objects.values_list("error", flat=True))
    assert errors
    assert NUMBER not in errors + "".join(caplog.handler.format(one) for one in caplog.records)


@pytest.mark.django_db
def test_numbers_are_kept_no_longer_than_needed(gateway: Gateway) -> None:
    sent, lost, waiting = post(), post(), post()
    long_ago = timezone.now() - timedelta(days=31)
    OutboxSms.objects.filter(pk=sent.pk).update(sent_at=long_ago)
    OutboxSms.objects.filter(pk=lost.pk).update(failed_at=long_ago)
    tidy()
    numbers = {one.pk: one.to for one in OutboxSms.objects.all()}
    assert numbers == {sent.pk: "", lost.pk: "", waiting.pk: NUMBER}


@pytest.mark.django_db
def test_without_a_gateway_there_are_no_messages(settings: Settings, texts: None) -> None:
    assert not client.available()
    assert outbox.post(NUMBER, TEXT.name, VALUES) is None
    assert not OutboxSms.objects.exists()
    assert not QueuedTask.objects.exists()


@pytest.mark.django_db
def test_a_gateway_taken_away_meanwhile_sends_nothing(gateway: Gateway, settings: Settings) -> None:
    posted = post()
    settings.SMS_GATEWAY = {}
    deliver()
    posted.refresh_from_db()
    assert (posted.error, gateway.asked) == ("no gateway", [])
    assert posted.failed_at is not None


@pytest.mark.django_db
def test_a_text_is_filled_in_whole_and_with_nothing_else(gateway: Gateway) -> None:
    for values in ({"number": "1"}, {**VALUES, "name": "陈一心"}):
        with pytest.raises(ValueError, match="takes"):
            outbox.post(NUMBER, TEXT.name, values)
    assert outbox.post("0577-63700000", TEXT.name, VALUES) is None
    with pytest.raises(KeyError):
        outbox.post(NUMBER, "tests.unknown", VALUES)


@pytest.mark.django_db
def test_in_the_demo_messages_become_files(settings: Settings, texts: None, tmp_path: Path) -> None:
    settings.SMS_GATEWAY = {
        "BACKEND": "gongkai.web.common.sms.file_gateway.FileGateway",
        "OPTIONS": {"folder": str(tmp_path / "sms")},
    }  # fmt: skip
    posted = post()
    deliver()
    OutboxSms.objects.update(sent_at=None)
    with time_machine.travel(NOON, tick=True):
        outbox.send(posted.pk)
    (path,) = (tmp_path / "sms").iterdir()
    text = "登记号2024-0001有进展，请查看：https://www.example.gov.cn/apply/track/"
    assert path.read_text("utf-8") == f"{NUMBER}\n{text}\n"
    posted.refresh_from_db()
    assert posted.provider_id == path.name


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("once", [True, False])
def test_a_worker_killed_while_the_gateway_answers(gateway: Gateway, settings: Settings, once: bool) -> None:
    """SIGKILL: with the key it is sent again under the same; without, it is given up and not doubled."""
    body = BODY if once else {"phone": "{number}"}
    settings.SMS_GATEWAY, settings.SMS_QUIET = chosen(gateway.url, body=body), "none"
    posted = outbox.post(NUMBER, TEXT.name, VALUES)
    assert posted is not None
    gateway.hold = 60
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "gongkai.web.settings.test", "TEST_SMS_URL": gateway.url,
        "TEST_SMS_BODY": json.dumps(body),
        "GONGKAI_TEST_DATABASE_NAME": str(connection.settings_dict["NAME"]),
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }  # fmt: skip
    script = str(Path(__file__).with_name("sms_sender.py"))
    process = subprocess.Popen([sys.executable, script], env=environment, cwd=ROOT)
    try:
        wait_for(lambda: len(gateway.asked) == 1)
    finally:
        process.kill()
        process.wait()
    gateway.hold = 0
    QueuedTask.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    Worker(renew=False).drain()
    QueuedTask.objects.update(due_at=timezone.now())
    Worker(renew=False).drain()
    posted.refresh_from_db()
    assert len(gateway.asked) == (2 if once else 1)
    assert {asked.get("once", posted.key) for _, asked in gateway.asked} == {posted.key}
    assert (posted.sent_at is not None, posted.failed_at is not None) == (once, not once)
