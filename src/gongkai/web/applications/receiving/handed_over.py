"""The files that came from the applicant, in words: how many of each purpose, and which."""

from collections.abc import Iterator
from typing import Final

from gongkai.web.applications.models import Case, Purpose
from gongkai.web.applications.privacy.retention import PROOFS

_OF_APPLICANT: Final = (
    Purpose.IDENTITY,
    Purpose.AUTHORISATION,
    Purpose.REQUEST,
    Purpose.CORRECTION,
    Purpose.REASONS,
)


def by_purpose(case: Case) -> Iterator[tuple[Purpose, str]]:
    """Each purpose there are files of, with their number and names.

    A proof is only counted: what its sender called it often holds their number. So is what was erased, with a
    word of that.
    """
    found: dict[str, list[str]] = {}
    for one in case.attachments.filter(purpose__in=_OF_APPLICANT).order_by("pk"):
        found.setdefault(one.purpose, []).append(one.name if one.purged_at is None else "")
    for purpose in _OF_APPLICANT:
        if names := found.get(purpose):
            yield purpose, _told(purpose, names)


def _told(purpose: Purpose, names: list[str]) -> str:
    kept = [name for name in names if name]
    gone = "（已按保存期限清除）" if len(kept) < len(names) else ""
    which = f"：{'、'.join(kept)}" if kept and purpose not in PROOFS else ""
    return f"{len(names)}份{which}{gone}"
