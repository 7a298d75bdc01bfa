"""What a draft holds: the application as JSON, its files already stored encrypted."""

import hashlib
import json
import secrets
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.applications import sealed
from gongkai.web.applications.models import Case, Draft
from gongkai.web.applications.receiving import intake
from gongkai.web.common import keys
from gongkai.web.common.errors import ActionRefused

#: How long a draft waits; after that it is deleted with its files.
WAITS: Final = timedelta(hours=2)
#: How long a sent one is remembered: sent again after an answer that got lost, it gives the same receipt.
REMEMBERED: Final = timedelta(days=3)
_FOLDER: Final = "applications/drafts"
_SEALED: Final = sealed.Sealed("applications.draft.file")
_FORM: Final = "applications.draft.form"


def token_hash(token: str) -> str:
    """What the database holds of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def write(agency: Agency, request: intake.Request, form: str = "") -> str:
    """Keep a draft; its token. The files were checked by the caller.

    ``form``: the key of the form it was filled in on. Sent again with the same words, it is the draft that
    waits already: its token follows from both by a key of ours. What was sent or ended is never found so.
    """
    token = _of_form(agency, request, form) or secrets.token_urlsafe(32)
    written: dict[str, Any] = {
        "agency": agency, "content": partial(_written, request), "created_at": timezone.now(),
    }  # fmt: skip
    draft, new = Draft.objects.get_or_create(token_hash=token_hash(token), defaults=written)
    if not new:  # looked at again, it waits as long again
        draft.created_at = written["created_at"]
        draft.save(update_fields=["created_at"])
    return token


def _of_form(agency: Agency, request: intake.Request, form: str) -> str:
    """The token of a form sent with these words; empty where it brings no key, or the token is used up."""
    if not form:
        return ""
    sums = [(one.purpose, one.name, hashlib.sha256(one.content).hexdigest()) for one in request.uploads]
    said = json.dumps([form, agency.pk, asdict(replace(request, uploads=())), sums], ensure_ascii=False)
    token = keys.keyed_hash(said, _FORM)
    known = Draft.objects.filter(token_hash=token_hash(token)).first()
    waits = known is None or (known.content and known.created_at >= timezone.now() - WAITS)
    return token if waits and (known is None or known.case_id is None) else ""


def _written(request: intake.Request) -> str:
    """What the draft holds of the application; its files stored, encrypted."""
    kept = [
        {"purpose": one.purpose, "name": one.name, "path": _SEALED.put(_FOLDER, one.content)}
        for one in request.uploads
    ]
    plain: dict[str, Any] = asdict(replace(request, uploads=()))
    return json.dumps({**plain, "uploads": kept}, ensure_ascii=False)


def read(draft: Draft) -> intake.Request:
    """The application again, with its files. Raises ``ActionRefused`` where one cannot be read any more."""
    if not draft.content:
        raise gone()
    plain = json.loads(draft.content)
    uploads = []
    for one in plain.pop("uploads"):
        try:
            content = _SEALED.read(one["path"])
        except sealed.UNREADABLE as error:
            raise gone() from error
        uploads.append(intake.Upload(one["purpose"], one["name"], content))
    requester = intake.Requester(**plain.pop("requester"))
    return intake.Request(requester=requester, uploads=tuple(uploads), **plain)


def gone() -> ActionRefused:
    """There is no such draft any more."""
    return ActionRefused(
        "这份填好的申请已经过期，没有提交成功",
        remedy="请重新填写后提交；如已收到带登记号的回执，则以回执为准，不必再提交",
    )


def empty(draft: Draft) -> None:
    """Forget what it says; after it was sent the case holds it."""
    paths = [one["path"] for one in json.loads(draft.content or "{}").get("uploads", [])]
    for path in paths:
        sealed.drop(path)
    draft.content = ""
    draft.save(update_fields=["content"])


def of_token(token: str) -> intake.Request | None:
    """The application of a draft that still waits; None where it is sent, too old or never was."""
    draft = Draft.objects.filter(
        token_hash=token_hash(token), case=None, created_at__gte=timezone.now() - WAITS
    ).first()
    return read(draft) if draft and draft.content else None


def waits_until(token: str) -> datetime | None:
    """When a draft that was not sent is deleted; None where there is none any more."""
    draft = Draft.objects.filter(token_hash=token_hash(token), case=None).first()
    return draft.created_at + WAITS if draft else None


def agency_of_token(token: str) -> Agency | None:
    """The agency a draft is for; None where there is no such draft any more."""
    draft = Draft.objects.select_related("agency").filter(token_hash=token_hash(token)).first()
    return draft.agency if draft else None


def case_of_token(token: str) -> Case | None:
    """The case a draft has become, as long as it is remembered; None where it was not sent, or never was."""
    draft = Draft.objects.filter(token_hash=token_hash(token), case__isnull=False).first()
    return draft.case if draft else None


def forget_sent(case: Case) -> None:
    """The form that became this case, sent once more, no longer gives its receipt: the code is a new one.

    What staff entered stays remembered (its row holds what was said), so that a second click enters nothing.
    """
    for draft in Draft.objects.filter(case=case):
        if not draft.content:
            draft.delete()


def rotate() -> int:
    """Write every file of another key anew with the key in force; how many. Part of ``rotate_keys``."""
    return sum(_renewed(pk) for pk in Draft.objects.filter(case=None).values_list("pk", flat=True))


def _renewed(pk: int) -> int:
    """The files of one draft, its row locked: what is sent or forgotten meanwhile is left."""
    with transaction.atomic():
        draft = Draft.objects.select_for_update().filter(pk=pk, case=None).first()
        plain = json.loads(draft.content or "{}") if draft else {}
        count = _SEALED.renew_each(plain.get("uploads", []), f"draft {pk}")
        if draft and count:
            draft.content = json.dumps(plain, ensure_ascii=False)
            draft.save(update_fields=["content"])
    return count
