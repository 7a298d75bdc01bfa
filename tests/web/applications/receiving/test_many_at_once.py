"""Fifty applications at once, and processes killed while they send: real processes on one database."""

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest
from django.db import DatabaseError, connection
from django.db.models import Count

from gongkai.web.agencies.models import Agency
from gongkai.web.applications import files
from gongkai.web.applications.actions import PrepareDraft, SendDraft
from gongkai.web.applications.models import Applicant, Attachment, Case, CaseEvent, Counter, Draft
from gongkai.web.applications.receiving import codes
from gongkai.web.common import audit
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.models import OutboxMail, QueuedTask
from tests.web.applications.asking import PDF, request
from tests.web.reporting.people import Town

ROOT = Path(__file__).parents[4]
#: The issue's thousand is run with ``GONGKAI_TEST_SUBMISSIONS=1000``; the suite sends and kills fewer.
SUBMISSIONS = int(os.environ.get("GONGKAI_TEST_SUBMISSIONS", "80"))
KILLS = int(os.environ.get("GONGKAI_TEST_KILLS", "4"))

pytestmark = pytest.mark.django_db(transaction=True)


class Sender:
    """A process that sends; ``lines`` are what it has said so far, whole lines only."""

    def __init__(self, agency: Agency, media: Path, threads: int, each: int) -> None:
        environment = os.environ | {
            "GONGKAI_TEST_DATABASE_NAME": str(connection.settings_dict["NAME"]),
            "GONGKAI_TEST_MEDIA": str(media),
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        }
        command = [sys.executable, str(Path(__file__).with_name("submitter.py"))]
        self.process = subprocess.Popen(
            [*command, str(agency.pk), str(threads), str(each)],
            env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.said: Queue[list[str]] = Queue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            if line.endswith("\n"):
                self.said.put(line.split())

    def next(self) -> list[str]:
        """The next line; ``end`` when the process is over."""
        while True:
            try:
                return self.said.get(timeout=0.2)
            except Empty:
                if not self._reader.is_alive() and self.said.empty():
                    return ["end"]

    def go(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()


Start = Callable[..., Sender]


@pytest.fixture
def start(town: Town, tmp_path: Path) -> Iterator[Start]:
    running: list[Sender] = []

    def begin(threads: int, each: int) -> Sender:
        running.append(Sender(town.agency, tmp_path / "media", threads, each))
        return running[-1]

    yield begin
    for sender in running:
        sender.kill()


def test_fifty_at_once_get_fifty_numbers_without_a_gap(town: Town, start: Start) -> None:
    senders = [start(threads=10, each=1) for _ in range(5)]
    for sender in senders:
        assert sender.next() == ["ready"]
    for sender in senders:
        sender.go()
    told = [line for sender in senders for line in iter(sender.next, ["end"]) if line[0] == "case"]
    year = Case.objects.values_list("year", flat=True).distinct().get()
    assert sorted(line[2] for line in told) == [f"{year}-{number:04d}" for number in range(1, 51)]
    everything_is_whole(town.agency, {line[2]: line[3] for line in told})


def test_nothing_acknowledged_is_lost_when_killed(town: Town, start: Start) -> None:
    """SIGKILL at any moment: after each, what was on its way is sent again with the same token."""
    chance = random.Random(20241122)
    told: dict[str, tuple[str, str]] = {}
    open_tokens: set[str] = set()
    kills = 0
    while len(told) < SUBMISSIONS:
        sender = start(threads=2, each=SUBMISSIONS)
        assert sender.next() == ["ready"]
        sender.go()
        left = SUBMISSIONS - len(told)
        until = chance.randint(1, max(2, 2 * SUBMISSIONS // (KILLS + 1))) if kills < KILLS else left
        for _ in range(2 * min(until, left)):
            note(sender.next(), told, open_tokens)
        sender.process.kill()
        kills += 1
        for line in iter(sender.next, ["end"]):
            note(line, told, open_tokens)
        for token in open_tokens:
            sent = SendDraft(Actor.of(None), token=token).run()
            told[token] = (sent.case.register_no, sent.code)
        open_tokens.clear()
    assert kills >= KILLS
    assert Case.objects.count() == len(told), "a case nobody was told of, or one lost"
    everything_is_whole(town.agency, dict(told.values()))


def note(line: list[str], told: dict[str, tuple[str, str]], open_tokens: set[str]) -> None:
    if line[0] == "draft":
        open_tokens.add(line[1])
    elif line[0] == "case":
        told[line[1]] = (line[2], line[3])
        open_tokens.discard(line[1])


def everything_is_whole(agency: Agency, told: dict[str, str]) -> None:
    """``told``: numbers with their codes. Every case is there once, with all its parts, and opens."""
    cases = {case.register_no: case for case in Case.objects.all()}
    assert cases.keys() == told.keys()
    assert all(codes.fits(told[number], case.code) for number, case in cases.items())
    numbers = sorted(case.number for case in cases.values())
    assert numbers == list(range(1, len(told) + 1))
    assert Counter.objects.get(series="case").last == len(told)
    parts = Case.objects.annotate(
        people=Count("applicant", distinct=True),
        happened=Count("events", distinct=True),
        papers=Count("attachments", distinct=True),
    )
    assert set(parts.values_list("people", "happened", "papers")) == {(1, 1, 1)}
    assert Applicant.objects.count() == CaseEvent.objects.count() == OutboxMail.objects.count() == len(told)
    assert QueuedTask.objects.filter(name="common.send_mail").count() == len(told)
    assert {files.content_of(one) for one in Attachment.objects.all()} == {PDF}
    assert Draft.objects.filter(case__isnull=False).count() == len(told)
    assert audit.verify() == []
    assert audit.AuditEntry.objects.filter(code="applications.submit").count() == len(told)


def test_the_same_draft_from_many_windows_is_one_case(town: Town) -> None:
    token = PrepareDraft(Actor.of(None), agency=town.agency, request=request()).run()
    got: Queue[object] = Queue()

    def send() -> None:
        try:
            sent = SendDraft(Actor.of(None), token=token).run()
            got.put((sent.case.register_no, sent.code))
        except (ActionRefused, DatabaseError) as error:
            got.put(error)
        finally:
            connection.close()

    windows = [Thread(target=send) for _ in range(12)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    answers = {got.get() for _ in windows}
    assert answers == {(case.register_no, case.code) for case in Case.objects.all()}
    assert len(answers) == 1
