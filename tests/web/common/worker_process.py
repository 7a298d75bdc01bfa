"""A worker process for the tests: ``python worker_process.py LEASE_SECONDS [--once]``."""

import datetime as dt
import importlib
import sys

import django
from django.conf import settings
from django.core.management import call_command

django.setup()
importlib.import_module("tests.web.common.working")
settings.TASK_LEASE = dt.timedelta(seconds=float(sys.argv[1]))
call_command("run_worker", *sys.argv[2:])
