"""A worker process for the tests: ``python worker_process.py LEASE_SECONDS [--once]``."""

import datetime as dt
import sys

import django

django.setup()

from django.conf import settings
from django.core.management import call_command

import tests.web.common.working  # noqa: F401 - its tasks

settings.TASK_LEASE = dt.timedelta(seconds=float(sys.argv[1]))
call_command("run_worker", *sys.argv[2:])
