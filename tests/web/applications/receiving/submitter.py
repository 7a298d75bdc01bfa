"""A process of the tests that sends applications: ``python submitter.py AGENCY_ID THREADS EACH``.

It says ``ready``, waits for a line, and sends. On its output each application is a line ``draft TOKEN``
before it is sent and a line ``case TOKEN NUMBER CODE`` when it is committed, as a citizen sees it on screen.
"""

import os
import sys
import threading

import django
from django.conf import settings

_SAYING = threading.Lock()


def say(*words: object) -> None:
    with _SAYING:
        sys.stdout.write(" ".join(map(str, words)) + "\n")
        sys.stdout.flush()


def send(agency_id: int, each: int) -> None:
    from django.db import connection

    from gongkai.web.agencies.models import Agency
    from gongkai.web.applications.actions import PrepareDraft, SendDraft
    from gongkai.web.applications.receiving import intake
    from gongkai.web.common.actor import Actor
    from tests.web.applications.asking import PDF, request

    agency = Agency.objects.get(pk=agency_id)
    for _ in range(each):
        wanted = request(uploads=(intake.Upload("identity", "身份证.pdf", PDF),))
        token = PrepareDraft(Actor.of(None), agency=agency, request=wanted).run()
        say("draft", token)
        sent = SendDraft(Actor.of(None), token=token).run()
        say("case", token, sent.case.register_no, sent.code)
    connection.close()


def main() -> None:
    django.setup()
    settings.MEDIA_ROOT = os.environ["GONGKAI_TEST_MEDIA"]
    agency_id, threads, each = map(int, sys.argv[1:])
    say("ready")
    sys.stdin.readline()
    started = [threading.Thread(target=send, args=(agency_id, each)) for _ in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    say("end")


main()
