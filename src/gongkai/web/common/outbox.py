"""Mail that is not lost: a row in the transaction of what it tells of, sent by a task."""

import smtplib
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from gongkai.web.common import tasks
from gongkai.web.common.models import OutboxMail, QueuedTask


class MailRefused(Exception):
    """The mail server did not take a mail; says what went wrong and nothing of the mail."""


def post(to: str, subject: str, body: str) -> OutboxMail:
    """Write a mail in the transaction at hand; it leaves when that is committed.

    A mail can arrive twice where a worker is killed between sending and noting it: both copies carry the same
    Message-ID, and mail programs show one.
    """
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ") or "localhost"
    mail = OutboxMail.objects.create(
        to=to,
        subject=" ".join(subject.split()),
        body=body,
        message_id=f"<{uuid.uuid4()}@{domain}>",
        created_at=timezone.now(),
    )
    tasks.enqueue("common.send_mail", mail_id=mail.pk)
    return mail


def _given_up(error: str, mail_id: int) -> None:  # noqa: ARG001 - the error is kept with the task
    OutboxMail.objects.filter(pk=mail_id, sent_at=None).update(failed_at=timezone.now())


@tasks.task("common.send_mail", retries=12, on_failure=_given_up)
def send(mail_id: int) -> None:
    """Send one mail, unless it was sent; an error of the mail server is tried again for about four hours."""
    mail = OutboxMail.objects.filter(pk=mail_id, sent_at=None, erased_at=None).first()
    if mail is None:
        return
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.to],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except (smtplib.SMTPException, ValueError) as error:
        # A server's refusal repeats the address, as does Django's of one that no header can hold, and errors
        # are kept with the task and logged.
        raise MailRefused(_said(error)) from None
    with transaction.atomic():
        OutboxMail.objects.filter(pk=mail_id).update(sent_at=timezone.now(), failed_at=None)


def _said(error: smtplib.SMTPException | ValueError) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _ in error.recipients.values()})
    else:
        codes = [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []
    return " ".join([type(error).__name__, *map(str, codes)])


def resend(mail: OutboxMail) -> None:
    """Put a mail that was given up into the queue again."""
    OutboxMail.objects.filter(pk=mail.pk).update(failed_at=None)
    tasks.enqueue("common.send_mail", mail_id=mail.pk, key=str(mail.pk))


def empty(mail: OutboxMail) -> None:
    """Forget address and text of a mail that is not going to be sent any more."""
    OutboxMail.objects.filter(pk=mail.pk).update(to="", subject="", body="", erased_at=timezone.now())


def reasons(mail_ids: Iterable[int]) -> list[str]:
    """Of mails that were given up, the error each ended with, without anything of the mail."""
    wanted = list(mail_ids)
    failed = QueuedTask.objects.filter(name="common.send_mail", state=QueuedTask.State.FAILED).order_by("id")
    known = {row["mail_id"]: _last(error) for row, error in failed.values_list("payload", "error")}
    return [known.get(one, "没有记录") for one in wanted]


def _last(error: str) -> str:
    """Of a task's error, as it is logged, the kind; of a server's refusal with its code."""
    kind, _, text = error.strip().rpartition("\n")[2].partition(": ")
    name = kind.rpartition(".")[2]
    return text if name == MailRefused.__name__ else name
