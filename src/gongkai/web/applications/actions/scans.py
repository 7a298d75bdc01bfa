"""Scanned mail: taken in, entered as an application, dropped with a reason; its words asked for and noted."""

from dataclasses import KW_ONLY, dataclass, field
from functools import partial
from hashlib import sha256
from typing import Any, ClassVar

from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.applications import files, permissions
from gongkai.web.applications.actions.base import hashed
from gongkai.web.applications.actions.submit import RegisterByStaff, Submitted
from gongkai.web.applications.models import IncomingScan, Purpose
from gongkai.web.applications.receiving import scans
from gongkai.web.common import once
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of, reason_of
from gongkai.web.common.tasks import enqueue

WORDS_TASK = "applications.read_scan"


@dataclass
class TakeInScan(Action[IncomingScan]):
    """Keep what was scanned until it is entered. ``said``: by which way and when it came, for the form.

    ``form``: the key of the form it was sent with; sent again with the same pages it is the same scan.
    """

    code: ClassVar = "applications.take_in_scan"
    permission: ClassVar = permissions.REGISTER

    actor: Actor
    _: KW_ONLY
    agency: Agency
    scanned: scans.Scanned
    said: dict[str, str]
    form: str = field(default="", repr=False)
    made: IncomingScan = field(init=False, repr=False)

    def agency_id(self) -> int:
        """The agency it came to."""
        return self.agency.pk

    def check(self) -> None:
        """By a person; the files were checked when their pages were drawn."""
        person_of(self.actor)

    def apply(self) -> IncomingScan:
        """Stored encrypted; what has been entered or dropped since is not stored anew."""
        pages = [sha256(one.content).hexdigest() for one in self.scanned.pages]
        key = once.key(self.actor, self.form, [self.agency.pk, self.said, pages])
        values = {
            "agency": self.agency,
            "content": partial(scans.content, self.scanned, self.said),
            "n_pages": len(pages),
            "uploaded_by_id": person_of(self.actor),
            "uploaded_at": timezone.now(),
        }
        self.made, self._new = once.add(IncomingScan.objects, key, values)
        if self.made.case_id is not None or self.made.dropped_at is not None:
            raise _over()
        return self.made

    def audit_details(self) -> dict[str, Any]:
        """The scan and how much it is, and whether the form had been sent before."""
        kept = {"scan": self.made.pk, "files": len(self.scanned.uploads), "pages": self.made.n_pages}
        return {**kept, "again": not self._new}


@dataclass(kw_only=True)
class RegisterScanned(RegisterByStaff):
    """Enter an application from its scan; the scan joins the case's file."""

    code: ClassVar = "applications.register_scanned"

    scan_id: int

    def check(self) -> None:
        """A scan of the same agency that waits: of two people the first enters it."""
        super().check()
        found = IncomingScan.objects.select_for_update().filter(pk=self.scan_id, agency=self.agency).first()
        if found is None or found.case_id is not None or found.dropped_at is not None:
            raise _over()
        self._scan = found

    def apply(self) -> Submitted:
        """The case with its scan."""
        submitted = super().apply()
        for one in scans.uploads_of(self._scan):
            files.add(submitted.case, self.actor, purpose=Purpose.SCAN, name=one.name, content=one.content)
        self._scan.case = submitted.case
        scans.empty(self._scan)
        self._scan.save()
        return submitted

    def audit_details(self) -> dict[str, Any]:
        """With the scan."""
        return {**super().audit_details(), "scan": self.scan_id}


@dataclass
class ScanAction(Action[IncomingScan]):
    """A change of a scan that waits."""

    actor: Actor
    _: KW_ONLY
    scan_id: int
    scan: IncomingScan = field(init=False, repr=False)

    def agency_id(self) -> int:
        """The agency it came to."""
        found = IncomingScan.objects.filter(pk=self.scan_id).values_list("agency_id", flat=True).first()
        if found is None:
            raise ActionRefused("没有这份扫描件", remedy="请从“扫描来件”的列表中打开")
        return int(found)

    def check(self) -> None:
        """Neither entered nor dropped."""
        self.scan = IncomingScan.objects.select_for_update().get(pk=self.scan_id)
        if self.scan.case_id is not None or self.scan.dropped_at is not None:
            raise _over()

    def audit_details(self) -> dict[str, Any]:
        """The scan."""
        return {"scan": self.scan_id}


@dataclass
class DropScan(ScanAction):
    """Give a scan up that is no application, or was scanned badly; its files are deleted, the row stays."""

    code: ClassVar = "applications.drop_scan"
    permission: ClassVar = permissions.REGISTER

    _: KW_ONLY
    reason: str

    def check(self) -> None:
        """With a reason."""
        super().check()
        self.reason = reason_of(self.reason, "作废理由")

    def apply(self) -> IncomingScan:
        """Emptied."""
        scans.empty(self.scan)
        self.scan.dropped_at, self.scan.dropped_reason = timezone.now(), self.reason
        self.scan.save()
        return self.scan

    def audit_details(self) -> dict[str, Any]:
        """With the hash of the reason."""
        return {**super().audit_details(), "reason": hashed(self.reason)}


@dataclass
class AskForWords(ScanAction):
    """Have the words of a scan recognised, to copy from; nothing is filled in by it."""

    code: ClassVar = "applications.ask_for_words"
    permission: ClassVar = permissions.REGISTER

    def apply(self) -> IncomingScan:
        """Once: what is being read, or has been, is not asked for again."""
        states = IncomingScan.Reading
        if self.scan.reading in {states.ASKED, states.DONE}:
            return self.scan
        self.scan.reading = states.ASKED
        self.scan.save(update_fields=["reading"])
        enqueue(WORDS_TASK, key=str(self.scan.pk), scan_id=self.scan.pk)
        return self.scan


@dataclass
class NoteWords(ScanAction):
    """What the program read; None where it read nothing."""

    code: ClassVar = "applications.note_words"
    permission: ClassVar = permissions.RECOGNISE

    _: KW_ONLY
    words: str | None

    def apply(self) -> IncomingScan:
        """Shown beside the form."""
        states = IncomingScan.Reading
        self.scan.recognised = self.words or ""
        self.scan.reading = states.DONE if self.words else states.FAILED
        self.scan.save(update_fields=["recognised", "reading"])
        return self.scan


def _over() -> ActionRefused:
    return ActionRefused(
        "这份扫描件已经登记或作废", remedy="请回到“扫描来件”查看，不要重复登记", code="stale"
    )
