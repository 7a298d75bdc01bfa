import datetime as dt
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import connection, transaction
from django.utils import timezone
from pytest_django.fixtures import Settings

from gongkai.web.common import outbox
from gongkai.web.common.models import OutboxMail, QueuedTask
from gongkai.web.common.tidy import tidy
from gongkai.web.common.worker import Worker

State = QueuedTask.State


class Server:
    """A mail server on loopback that keeps what it is sent, and refuses while ``away``."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.away = self.unknown = False

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if self.unknown:
            return f"550 5.1.1 <{address}> no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.away:
            return "451 4.3.0 try again later"
        self.mails.append(BytesParser(policy=default).parsebytes(envelope.content))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    handler = Server()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.DEFAULT_FROM_EMAIL = "政府信息公开 <gongkai@example.gov.cn>"
    yield handler
    controller.stop()


def deliver() -> None:
    QueuedTask.objects.filter(state=State.WAITING).update(due_at=timezone.now())
    Worker(renew=False).drain()


@pytest.mark.django_db
def test_a_mail_arrives_as_it_was_written(server: Server) -> None:
    posted = outbox.post("zhang@example.com", "政府信息公开\n申请答复", "您好：\n答复已作出。\n第1号")
    deliver()
    deliver()
    (mail,) = server.mails
    assert (mail["To"], mail["Subject"]) == ("zhang@example.com", "政府信息公开 申请答复")
    assert mail["From"] == "政府信息公开 <gongkai@example.gov.cn>"
    assert mail["Message-ID"] == posted.message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "答复已作出。" in mail.get_content()
    posted.refresh_from_db()
    assert posted.sent_at is not None


@pytest.mark.django_db
def test_a_mail_waits_for_a_server_that_is_away(server: Server) -> None:
    posted = outbox.post("zhang@example.com", "主题", "正文")
    server.away = True
    deliver()
    posted.refresh_from_db()
    assert posted.sent_at is None
    assert QueuedTask.objects.get(name="common.send_mail").state == State.WAITING
    server.away = False
    deliver()
    assert len(server.mails) == 1


@pytest.mark.django_db
def test_a_mail_given_up_is_marked_and_can_be_sent_again(server: Server) -> None:
    posted = outbox.post("zhang@example.com", "主题", "正文")
    server.away = True
    for _ in range(13):
        deliver()
    posted.refresh_from_db()
    assert posted.failed_at is not None
    assert QueuedTask.objects.get(name="common.send_mail").state == State.FAILED
    server.away = False
    outbox.resend(posted)
    deliver()
    posted.refresh_from_db()
    assert posted.failed_at is None
    assert posted.sent_at is not None
    assert len(server.mails) == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_sends_no_mail(server: Server) -> None:
    def answered_and_failed() -> None:
        with transaction.atomic():
            outbox.post("zhang@example.com", "主题", "正文")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        answered_and_failed()
    deliver()
    assert server.mails == []
    assert not OutboxMail.objects.exists()


@pytest.mark.django_db
def test_a_copy_after_a_crash_carries_the_same_message_id(server: Server) -> None:
    posted = outbox.post("zhang@example.com", "主题", "正文")
    deliver()
    OutboxMail.objects.update(sent_at=None)  # the worker was killed before it noted the sending
    outbox.send(posted.pk)
    assert [mail["Message-ID"] for mail in server.mails] == [posted.message_id] * 2


@pytest.mark.django_db
def test_the_text_of_a_mail_is_kept_no_longer_than_needed(server: Server) -> None:
    posted = outbox.post("zhang@example.com", "主题", "正文")
    waiting = outbox.post("li@example.com", "主题", "正文")
    outbox.send(posted.pk)
    OutboxMail.objects.filter(pk=posted.pk).update(sent_at=timezone.now() - dt.timedelta(days=31))
    tidy()
    posted.refresh_from_db()
    waiting.refresh_from_db()
    assert (posted.to, posted.subject, posted.body, waiting.to) == ("", "", "", "li@example.com")
    with connection.cursor() as cursor:
        cursor.execute('SELECT "to", subject, body FROM common_outboxmail WHERE id = %s', [posted.pk])
        assert cursor.fetchone() == ("", "", "")


@pytest.mark.django_db
def test_a_mail_that_was_given_up_is_kept_no_longer(server: Server) -> None:
    """An address that was typed wrong may be a stranger's; a sign-in code nobody asked for is nobody's."""
    long_ago, lately = (outbox.post(f"{who}@example.com", "主题", "正文") for who in ("zhang", "li"))
    now = timezone.now()
    OutboxMail.objects.filter(pk=long_ago.pk).update(failed_at=now - dt.timedelta(days=31))
    OutboxMail.objects.filter(pk=lately.pk).update(failed_at=now - dt.timedelta(days=29))
    tidy()
    long_ago.refresh_from_db()
    lately.refresh_from_db()
    assert (long_ago.to, long_ago.subject, long_ago.body) == ("", "", "")
    assert long_ago.erased_at is not None
    assert (lately.to, lately.erased_at) == ("li@example.com", None)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["a,zhang@example.com", "zhang@example.com,", "zhang;b@example.com"])
def test_an_address_that_is_none_is_kept_in_no_error(
    server: Server, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    outbox.post(address, "主题", "正文")
    deliver()
    queued = QueuedTask.objects.get()
    ours = [caplog.handler.format(one) for one in caplog.records if one.name.startswith("gongkai")]
    assert "zhang" not in queued.error + "".join(ours)
    assert "MailRefused" in queued.error
    assert not server.mails


@pytest.mark.django_db
def test_a_refused_address_is_kept_in_no_error(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """The server's answer repeats the address; the task and the log say only what kind of refusal it was."""
    server.unknown = True
    outbox.post("zhang@example.com", "主题", "正文")
    deliver()
    queued = QueuedTask.objects.get()
    assert "SMTPRecipientsRefused 550" in queued.error
    ours = [caplog.handler.format(one) for one in caplog.records if one.name.startswith("gongkai")]
    assert "SMTPRecipientsRefused 550" in "".join(ours)
    assert "zhang" not in queued.error + "".join(ours)
