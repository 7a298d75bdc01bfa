"""Mail that is not lost: a row in the transaction of what it tells of, sent by a task."""

import smtplib
import uuid

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from gongkai.web.common import tasks
from gongkai.web.common.models import OutboxMail


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
    mail = OutboxMail.objects.filter(pk=mail_id, sent_at=None).first()
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
