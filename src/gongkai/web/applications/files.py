"""Files of cases in Django's storage: checked by content, scanned where a scanner is set, encrypted."""

import hashlib
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import PurePosixPath
from typing import Final, NamedTuple

import clamd
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.http import content_disposition_header

from gongkai.kernel import scratch
from gongkai.web.applications import accepted, sealed
from gongkai.web.applications.models import Attachment, Case, FileSearch, Purpose
from gongkai.web.common import keys
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused

_CONTEXT: Final = "applications.attachment.content"
_FOLDER: Final = "applications"
#: Seconds the scanner's word on a file holds: from the form to the summary to the application.
_SCAN_HOLDS: Final = 2 * 3600
_SCANNED: Final = "applications.files.scanned"
_SEALED: Final = sealed.Sealed(_CONTEXT)

#: What an application came with: it goes along where the application is registered once more.
CAME_ALONG: Final = (Purpose.IDENTITY, Purpose.AUTHORISATION, Purpose.REQUEST, Purpose.SCAN)


def read_upload(upload: "UploadedFile[bytes]") -> bytes:
    """What an uploaded file holds. Raises ``ActionRefused`` where it is too large, before it is read.

    Where a scanner is set it is looked at here, before any transaction: a scanner that takes its time would
    hold up whoever else writes.
    """
    name = accepted.clean_name(upload.name or "")
    accepted.refuse_large(name, upload.size or 0)
    upload.seek(0)
    content = upload.read()
    if settings.CLAMD_ADDRESS:
        checked(name, content)
    return content


def read_uploads(chosen: Iterable["UploadedFile[bytes]"]) -> list[tuple[str, bytes]]:
    """Name and content of files that were chosen together, each looked at by its content.

    Raises one ``ActionRefused`` (``files``) that names every file which may not come in: whoever sends ten
    is not told of the second only after the first was replaced.
    """
    found, wrong = [], []
    for one in chosen:
        name = accepted.clean_name(one.name or "")
        try:
            content = read_upload(one)
            accepted.media_type(name, content)
        except ActionRefused as refusal:
            wrong.append(refusal)
        else:
            found.append((name, content))
    if len(wrong) > 1:
        each = "；".join(f"{one.place}：{one.message}" for one in wrong)
        raise ActionRefused(f"{len(wrong)}个文件不能接收", place=each, remedy=accepted.INSTEAD, code="files")
    if wrong:
        raise ActionRefused(wrong[0].message, place=wrong[0].place, remedy=wrong[0].remedy, code="files")
    return found


def scan(name: str, content: bytes) -> str:
    """What the virus scanner says, in a word; empty where none is set.

    Raises ``ActionRefused`` where it finds something, and where it cannot be reached: a file nobody has
    looked at is not taken in silence.
    """
    address = settings.CLAMD_ADDRESS
    if not address:
        return ""
    known = f"{_CONTEXT}.scanned:{keys.keyed_hash(hashlib.sha256(content).hexdigest() + address, _SCANNED)}"
    if cache.get(known) is None:
        _ask(address, name, content)
        cache.set(known, 1, _SCAN_HOLDS)
    return "已扫描，未发现病毒"


def _ask(address: str, name: str, content: bytes) -> None:
    host, _, port = address.rpartition(":")
    daemon = clamd.ClamdNetworkSocket(host, int(port), timeout=30) if host else clamd.ClamdUnixSocket(address)
    try:
        ((verdict, found),) = (daemon.instream(io.BytesIO(content)) or {}).values()
    except (clamd.ClamdError, OSError) as error:
        raise ActionRefused(
            "病毒扫描暂时不可用，文件没有接收", place=name, remedy="请稍后再试；申请本身可以先不带附件提交"
        ) from error
    if verdict != "OK":
        raise ActionRefused(f"文件未通过病毒扫描（{found}）", place=name, remedy="请换一个安全的文件")


class Checked(NamedTuple):
    """A file that was looked at and may come in. ``scanned`` is the scanner's word, if there is one."""

    name: str
    content: bytes
    kind: str
    scanned: str


def checked(name: str, content: bytes) -> Checked:
    """Look at a file: by its content, and by the scanner where one is set. Raises ``ActionRefused``."""
    kind = accepted.media_type(name, content)
    return Checked(accepted.clean_name(name), content, kind, scan(name, content))


def add(case: Case, actor: Actor, *, purpose: str, name: str, content: bytes) -> Attachment:
    """Check a file, store it encrypted and put it on the case. Raises ``ActionRefused``."""
    return put(case, actor, checked(name, content), purpose=purpose)


def put(case: Case, actor: Actor, found: Checked, *, purpose: str) -> Attachment:
    """Store a file that was looked at on a case, encrypted; one look is enough for several cases."""
    return keep(
        case, actor, purpose=purpose, name=found.name, content=found.content, kind=found.kind,
        scanned=found.scanned,
    )  # fmt: skip


def keep(
    case: Case, actor: Actor, *, purpose: str, name: str, content: bytes, kind: str, scanned: str = ""
) -> Attachment:
    """Store a file of our own making, or one that is checked already."""
    path = _SEALED.put(f"{_FOLDER}/{case.pk % 997:03d}", content)
    return Attachment.objects.create(
        case=case,
        purpose=purpose,
        name=name,
        media_type=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        path=path,
        scanned=scanned,
        added_by_id=actor.person_id,
        added_at=timezone.now(),
    )


def copy(attachment: Attachment, case: Case, actor: Actor, *, purpose: str = "") -> Attachment:
    """The same file on another case, encrypted anew: each is kept and purged by its own case.

    For the same purpose where no other is named.

    Raises ``ActionRefused`` where it cannot be read.
    """
    return keep(
        case, actor, purpose=purpose or attachment.purpose, name=attachment.name,
        content=content_of(attachment), kind=attachment.media_type, scanned=attachment.scanned,
    )  # fmt: skip


def content_of(attachment: Attachment) -> bytes:
    """The file itself. Raises ``ActionRefused`` where it is purged, gone or was tampered with."""
    if not attachment.path:
        raise ActionRefused(
            "文件已按保存期限清除",
            place=str(attachment.case),
            remedy="清除以后不能恢复，办理记录中留有文件的用途和日期",
        )
    try:
        content = _SEALED.read(attachment.path)
    except sealed.UNREADABLE as error:
        raise ActionRefused(
            "文件打不开：已丢失、被改动或密钥已更换", remedy="请联系系统管理员从备份恢复"
        ) from error
    if hashlib.sha256(content).hexdigest() != attachment.sha256:
        raise ActionRefused("文件与登记的内容摘要不符", remedy="请联系系统管理员从备份恢复")
    return content


@contextmanager
def on_disk(name: str, content: bytes) -> Iterator[str]:
    """A file for a worker process, with the ending of its name; deleted when it has been read."""
    with scratch.Folder() as folder:
        path = folder.path / f"file{PurePosixPath(name).suffix.lower()}"
        path.write_bytes(content)
        yield str(path)


def erase(attachment: Attachment) -> None:
    """Delete the content; the row stays and says when.

    The file goes with the commit: a change that fails after this leaves the row and what it leads to. One
    that cannot be deleted then is found by ``sweep``.
    """
    if attachment.path:
        sealed.drop(attachment.path)
    attachment.path, attachment.name, attachment.purged_at = "", "", timezone.now()
    attachment.save(update_fields=["path", "name", "purged_at"])
    if not Attachment.objects.filter(sha256=attachment.sha256).exclude(path="").exists():
        FileSearch.objects.filter(sha256=attachment.sha256).delete()


def disposition(name: str) -> str:
    """The header that makes a browser save a file under its Chinese name."""
    return content_disposition_header(True, name) or "attachment"


def rotate() -> int:
    """Write every file of another key anew with the key in force; how many. Part of ``rotate_keys``."""
    pks = Attachment.objects.exclude(path="").values_list("pk", flat=True)
    return sum(_renewed(pk) for pk in pks.iterator())


def _renewed(pk: int) -> bool:
    """One file in its own transaction, its row locked: what is purged meanwhile stays purged."""
    with transaction.atomic():
        attachment = Attachment.objects.select_for_update().exclude(path="").filter(pk=pk).first()
        if attachment is None:
            return False
        path = _SEALED.renew(attachment.path, f"attachment {pk}")
        if path is None:
            return False
        attachment.path = path
        attachment.save(update_fields=["path"])
    return True


def sweep(now: datetime) -> int:
    """Delete the files no record knows, a day old at least; how many."""
    count = 0
    for folder in sealed.listed(_FOLDER)[0]:
        within = f"{_FOLDER}/{folder}"
        known = set(Attachment.objects.filter(path__startswith=f"{within}/").values_list("path", flat=True))
        count += sealed.sweep(within, known, now)
    return count
