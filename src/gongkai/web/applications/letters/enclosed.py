"""Files prepared for the applicant: part of what a reply that grants them is signed for."""

from datetime import date
from pathlib import PurePath

from django.db.models import QuerySet

from gongkai.law.outcomes import outcomes
from gongkai.web.applications.letters.kinds import REPLY
from gongkai.web.applications.models import Attachment, Case, Letter, LetterState, Purpose

_HELD = (LetterState.SIGNING, LetterState.SIGNED)
_GRANTING = frozenset({"granted", "partial"})


def grants(letter: Letter) -> bool:
    """Whether the applicant can have the files once this letter is delivered."""
    return letter.kind == REPLY and _granting(letter.outcome)


def _granting(outcome_code: str) -> bool:
    rows = {found.code: found.row for found in outcomes(date.max)}
    return rows.get(outcome_code) in _GRANTING


def named(case: Case, outcome_code: str) -> str:
    """The files that go out with a reply as the letter names them, each on its line; empty where none does.

    A letter is read without its file: what was provided stands in it (GB/T 9704, 附件说明).
    """
    if not _granting(outcome_code):
        return ""
    names = [PurePath(one.name).stem or one.name for one in _prepared(case)]
    if len(names) < 2:
        return "".join(f"附件：{name}" for name in names)
    return "\n".join(("附件：", *(f"{number}. {name}" for number, name in enumerate(names, 1))))


def _prepared(case: Case) -> QuerySet[Attachment]:
    return case.attachments.filter(purpose=Purpose.DISCLOSED, purged_at=None).order_by("id")


def files_of(letter: Letter) -> QuerySet[Attachment]:
    """The files that go out with a letter, in the order they came; none with one that grants nothing."""
    files = _prepared(letter.case)
    return files if grants(letter) else files.none()


def sums(letter: Letter) -> list[str]:
    """The SHA-256 sums of the files that go out with a letter."""
    return sorted(files_of(letter).values_list("sha256", flat=True))


def refusal(case: Case) -> str:
    """Why no file for the applicant can come or go now: it is signed for, or gone; empty where it can."""
    if not case.is_open:
        return "申请已经办结，提供给申请人的文件随答复书签批、送达，不能再增减"
    if any(grants(one) for one in case.letters.filter(kind=REPLY, state__in=_HELD)):
        return "答复书正在签批或者已经签发，签的是现在的文件：请先退回修改或作废答复书，改动文件后重新签批"
    return ""
