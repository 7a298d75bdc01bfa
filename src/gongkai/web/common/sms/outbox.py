"""Messages that are not lost: a row in the transaction of what they tell of, sent by a task."""

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from gongkai.web.common import tasks
from gongkai.web.common.models import OutboxSms
from gongkai.web.common.sms import quiet, templates
from gongkai.web.common.sms.client import Gateway, NotSent, Unclear, available, gateway, mobile

_TASK = "common.send_sms"


def post(to: str, template: str, values: Mapping[str, str]) -> OutboxSms | None:
    """Write a message in the transaction at hand; it leaves when that is committed and it is not quiet.

    None, and nothing is written, where there is no gateway or ``to`` is no mobile number. ``values``: the
    template's fields, all of them and no others (ValueError): register numbers, counts, addresses, never
    personal data.
    """
    number = mobile(to)
    if not available() or not number:
        return None
    if set(values) != set(templates.of(template).fields):
        raise ValueError(f"{template} takes {templates.of(template).fields}")
    sms = OutboxSms.objects.create(
        to=number, template=template, values=dict(values), key=uuid.uuid4().hex, created_at=timezone.now()
    )
    _enqueue(sms.pk)
    return sms


def _enqueue(sms_id: int) -> bool:
    """Ask for the sending; whether it has to wait for the end of the quiet hours."""
    now = timezone.now()
    ends = quiet.until(now)
    tasks.enqueue(_TASK, key=str(sms_id), delay=ends - now if ends else None, sms_id=sms_id)
    return ends is not None


def _given_up(error: str, sms_id: int) -> None:  # noqa: ARG001 - the error is kept with the task
    OutboxSms.objects.filter(pk=sms_id, sent_at=None).update(failed_at=timezone.now())


@tasks.task(_TASK, retries=12, on_failure=_given_up)
def send(sms_id: int) -> None:
    """Send one message, unless it was sent; in quiet hours it is put off to their end.

    A worker may be killed, or the answer be lost, between sending and noting it. Where the gateway is told
    the message's key, it is sent again under the same key and arrives once; where it is not, it is given up
    as unclear: a message that is missing does less harm than the same one a dozen times.
    """
    sms = OutboxSms.objects.filter(pk=sms_id, sent_at=None, failed_at=None).first()
    client = gateway()
    if sms is None:
        return
    if client is None:
        _fail(sms, "no gateway")
    elif quiet.until(timezone.now()):
        _enqueue(sms.pk)
    elif sms.tried_at is not None and not client.once:
        _fail(sms, "unclear: interrupted")
    else:
        _try(sms, client)


def _try(sms: OutboxSms, client: Gateway) -> None:
    row = OutboxSms.objects.filter(pk=sms.pk)
    with transaction.atomic():
        row.update(tried_at=timezone.now())
    try:
        number = client.send(sms.to, sms.template, sms.values, key=sms.key)
    except NotSent as error:
        row.update(tried_at=None, error=str(error))
        raise
    except Unclear as error:
        if client.once:
            row.update(error=str(error))
            raise
        _fail(sms, f"unclear: {error}")
    else:
        with transaction.atomic():
            row.update(sent_at=timezone.now(), provider_id=number, error="")


def _fail(sms: OutboxSms, why: str) -> None:
    OutboxSms.objects.filter(pk=sms.pk).update(failed_at=timezone.now(), error=why)
