"""Files that will be disclosed are searched for personal data once (条例 15); what was found is kept.

It is found again by the hash of the file: the same file on another case is not searched anew, a changed one
is. The search takes up to a minute and belongs before a transaction.
"""

from hashlib import sha256

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from gongkai.report import api
from gongkai.web.applications import files
from gongkai.web.applications.models import OPEN, Attachment, Case, FileSearch, Purpose


def ahead(name: str, content: bytes) -> api.personal.Searched:
    """What is in a file: as it is known, or searched now. One that broke off before is searched again."""
    known = of(sha256(content).hexdigest())
    if known is not None and not known.passing:
        return known
    with files.on_disk(name, content) as path:
        return api.personal.search(path)


def keep(content_sha256: str, found: api.personal.Searched) -> None:
    """Keep what was found in a file, where that is not known already."""
    if of(content_sha256) == found:
        return
    said = {"found": api.personal.to_json(found), "patterns": api.personal.PATTERNS, "at": timezone.now()}
    FileSearch.objects.update_or_create(sha256=content_sha256, defaults=said)


def of(content_sha256: str) -> api.personal.Searched | None:
    """What was found in a file; None where it was not searched yet, or by older patterns."""
    row = FileSearch.objects.filter(sha256=content_sha256, patterns=api.personal.PATTERNS).first()
    return api.personal.from_json(row.found) if row else None


def waiting() -> QuerySet[Attachment]:
    """Files to be disclosed in open cases that were not searched when they came, or by older patterns.

    Open cases are few, files many: joined, the database may look at every file there is.
    """
    done = FileSearch.objects.filter(sha256=OuterRef("sha256"), patterns=api.personal.PATTERNS)
    open_ones = Case.objects.filter(state__in=OPEN).order_by().values("pk")
    ready = Attachment.objects.filter(case__in=open_ones, purpose=Purpose.DISCLOSED).exclude(path="")
    return ready.exclude(Exists(done)).order_by("pk")


def told(attachment: Attachment) -> str:
    """In a few words what is known of a file, for a list."""
    found = of(attachment.sha256)
    if found is None:
        return "还没有检查个人信息"
    words = [f"疑似个人信息{sum(dict(found.counts).values())}处，答复书签批前逐处核对"] if found.found else []
    words += ["有不能检查的内容，须人工查看"] if found.unread else []
    return "；".join(words) or "没有查到个人信息"
