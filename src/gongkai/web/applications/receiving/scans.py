"""Scanned mail before it is entered: checked, drawn page by page, kept encrypted, then joined to its case."""

import json
import logging
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, NamedTuple

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet

from gongkai.documents import scanned
from gongkai.kernel import UnreadableError
from gongkai.report import api
from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.applications import files, permissions
from gongkai.web.applications.models import IncomingScan
from gongkai.web.applications.receiving import intake
from gongkai.web.common import keys
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
#: By then a scan is on record, or its upload has failed.
_ORPHAN_AFTER: Final = timedelta(days=1)
_CONTEXT: Final = "applications.scan"
_log = logging.getLogger(__name__)


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
        kind = files.media_type(one.name, one.content)
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
    kept = [{"name": one.name, "path": _stored(one.content)} for one in ready.uploads]
    pages = [{"type": page.media_type, "path": _stored(page.content)} for page in ready.pages]
    return json.dumps({"files": kept, "pages": pages, **more}, ensure_ascii=False)


def _stored(plain: bytes) -> str:
    sealed = ContentFile(keys.encrypt_bytes(plain, _CONTEXT))
    path: str = files.storage().save(f"{_FOLDER}/{secrets.token_hex(16)}", sealed)
    return path


def _read(path: str) -> bytes:
    try:
        with files.storage().open(path) as stored:
            return keys.decrypt_bytes(stored.read(), _CONTEXT)
    except files.UNREADABLE as error:
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
        transaction.on_commit(partial(files.storage().delete, one["path"]))
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
        count = 0
        for one in (*kept.get("files", []), *kept.get("pages", [])):
            try:
                content = files.sealed_anew(one["path"], _CONTEXT)
            except files.UNREADABLE:
                _log.error("a file of scan %s cannot be read and keeps its key", pk)
                continue
            if content is not None:
                transaction.on_commit(partial(files.storage().delete, one["path"]))
                one["path"] = _stored(content)
                count += 1
        if scan and count:
            scan.content = json.dumps(kept, ensure_ascii=False)
            scan.save(update_fields=["content"])
    return count


def sweep(now: datetime) -> int:
    """Delete the files no scan knows, a day old at least: left where a process was killed; how many."""
    try:
        names = files.storage().listdir(_FOLDER)[1]
    except FileNotFoundError:
        return 0
    known = {
        one["path"]
        for scan in IncomingScan.objects.filter(case=None, dropped_at=None)
        for kind in ("files", "pages")
        for one in said(scan).get(kind, [])
    }
    left = [path for path in (f"{_FOLDER}/{name}" for name in names) if path not in known]
    old = [path for path in left if files.storage().get_modified_time(path) < now - _ORPHAN_AFTER]
    for path in old:
        files.storage().delete(path)
    return len(old)
