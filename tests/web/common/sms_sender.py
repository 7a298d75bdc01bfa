"""A worker process that sends messages to the gateway of a test; the test kills it."""

import json
import os

import django
from django.conf import settings
from django.core.management import call_command

django.setup()

from gongkai.web.common.sms import templates  # noqa: E402 - models want Django
from tests.web.common.sms_gateway import TEXT, chosen  # noqa: E402

templates.register(TEXT)
settings.SMS_GATEWAY = chosen(
    os.environ["TEST_SMS_URL"], body=json.loads(os.environ["TEST_SMS_BODY"]), timeout=60
)
settings.SMS_QUIET = "none"
call_command("run_worker")
