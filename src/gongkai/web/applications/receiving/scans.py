"""Scanned mail before it is entered: checked, drawn page by page, kept encrypted, then joined to its case."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from gongkai.documents import scanned
from gongkai.kernel import UnreadableError
from gongkai.report import api
from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.applications import accepted, files, permissions, sealed
from gongkai.web.applications.models import IncomingScan
from gongkai.web.applications.receiving import intake
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.permissions import ALL

MOST_PAGES: Final = 60
_KINDS: Final = {"application/pdf", "image/jpeg", "image/png"}
#: For the file field of the form.
ACCEPTED: Final = ".pdf,.jpg,.jpeg,.png"
_FOLDER: Final = "scans"
#: As the pages are drawn: A4 at this many pixels to the inch.
_DPI: Final = 200.0
_SEALED: Final = sealed.Sealed("applications.scan")


class Page(NamedTuple):
    """A page as a picture of our own drawing."""

    content: bytes
    media_type: str


class Scanned(NamedTuple):
    """What was scanned, ready to be kept: the files for the case, and a picture of each page."""

    uploads: tuple[intake.Upload, ...]
    pages: tuple[Page, ...]


def prepared(uploads: Sequence[intake.Upload]) -> Scanned:
    """Check the files, draw their pages, put the pictures among them into one PDF.

    Takes seconds and belongs before the transaction. Raises ``ActionRefused``.
    """
    if not uploads:
        raise ActionRefused("没有选择扫描件", remedy="请选择扫描的图片或 PDF")
    kept: list[intake.Upload] = []
    pictures: list[bytes] = []
    pages: list[Page] = []
    for one in uploads:
        kind = accepted.media_type(one.name, one.content)
        if kind not in _KINDS:
            raise ActionRefused("扫描件应为 PDF、JPG 或 PNG", place=one.name, remedy="请另存后再上传")
        files.scan(one.name, one.content)
        drawn = _drawn(one)
        pages += drawn
        if kind == "application/pdf":
            kept.append(one)
        else:
            pictures += [page.content for page in drawn]
    if len(pages) > MOST_PAGES:
        raise ActionRefused(f"共{len(pages)}页，超过{MOST_PAGES}页", remedy="请只扫描来件，附件另行上传")
    if pictures:
        kept.insert(0, intake.Upload("scan", "来件扫描件.pdf", scanned.to_pdf(pictures, dpi=_DPI)))
    return Scanned(tuple(kept), tuple(pages))


def _drawn(one: intake.Upload) -> tuple[Page, ...]:
    with files.on_disk(one.name, one.content) as path:
        try:
            return tuple(Page(*one) for one in api.draw_pages(path))
        except UnreadableError as error:
            raise ActionRefused(error.message, place=one.name, remedy=error.remedy) from error


def words(scan: IncomingScan) -> str:
    """What a program reads in the files of a scan. Raises UnreadableError."""
    found = []
    for one in uploads_of(scan):
        with files.on_disk(one.name, one.content) as path:
            found.append(api.words(path))
    return "\n".join(found)


def content(ready: Scanned, more: dict[str, str]) -> str:
    """Store the files and pictures, encrypted; the record of where they are, with what else was said."""
    kept = [{"name": one.name, "path": _SEALED.put(_FOLDER, one.content)} for one in ready.uploads]
    pages = [{"type": page.media_type, "path": _SEALED.put(_FOLDER, page.content)} for page in ready.pages]
    return json.dumps({"files": kept, "pages": pages, **more}, ensure_ascii=False)


def _read(path: str) -> bytes:
    try:
        return _SEALED.read(path)
    except sealed.UNREADABLE as error:
        raise ActionRefused("扫描件打不开：已丢失、被改动或密钥已更换", remedy="请重新扫描") from error


def said(scan: IncomingScan) -> dict[str, Any]:
    """What is on record of a scan; empty once it is entered or dropped."""
    return dict(json.loads(scan.content or "{}"))


def uploads_of(scan: IncomingScan) -> Iterator[intake.Upload]:
    """The files of a scan for its case. Raises ``ActionRefused`` where one cannot be read any more."""
    for one in said(scan).get("files", []):
        yield intake.Upload("scan", one["name"], _read(one["path"]))


def page(scan: IncomingScan, number: int) -> Page | None:
    """The picture of a page, from 1; None where there is no such page."""
    pages = said(scan).get("pages", [])
    if not 1 <= number <= len(pages):
        return None
    found = pages[number - 1]
    return Page(_read(found["path"]), found["type"])


def empty(scan: IncomingScan) -> None:
    """Forget what was kept, once it is the case's or was dropped; the files go when all is committed."""
    kept = said(scan)
    for one in (*kept.get("files", []), *kept.get("pages", [])):
        sealed.drop(one["path"])
    scan.content = scan.recognised = ""


def waiting(actor: Actor | None) -> QuerySet[IncomingScan]:
    """Scans that wait to be entered, of agencies for which the actor enters applications."""
    found = IncomingScan.objects.filter(case=None, dropped_at=None).select_related("agency", "uploaded_by")
    ids = agency_permissions.where(actor, permissions.REGISTER)
    return found if ids is ALL else found.filter(agency_id__in=ids)


def rotate() -> int:
    """Write every file of another key anew with the key in force; how many. Part of ``rotate_keys``."""
    pks = IncomingScan.objects.filter(case=None, dropped_at=None).values_list("pk", flat=True)
    return sum(_renewed(pk) for pk in pks)


def _renewed(pk: int) -> int:
    """The files of one scan, its row locked: what is entered meanwhile is left."""
    with transaction.atomic():
        scan = IncomingScan.objects.select_for_update().filter(pk=pk, case=None, dropped_at=None).first()
        kept = said(scan) if scan else {}
        count = _SEALED.renew_each((*kept.get("files", []), *kept.get("pages", [])), f"scan {pk}")
        if scan and count:
            scan.content = json.dumps(kept, ensure_ascii=False)
            scan.save(update_fields=["content"])
    return count


def sweep(now: datetime) -> int:
    """Delete the files no scan knows, a day old at least; how many."""
    known = {
        one["path"]
        for scan in IncomingScan.objects.filter(case=None, dropped_at=None)
        for kind in ("files", "pages")
        for one in said(scan).get(kind, [])
    }
    return sealed.sweep(_FOLDER, known, now)
