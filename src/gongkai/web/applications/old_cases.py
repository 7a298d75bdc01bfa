"""Cases of an old system, read from a file: one JSON list, checked row by row before anything is entered.

Each row is an object::

    {
        "old_number": "2025-17",
        "channel": "in_person",
        "applicant": {
            "kind": "natural_person",
            "name": "…",
            "identity_kind": "identity_card",
            "identity_number": "…",
            "phone": "…",
        },
        "subject": "…",
        "details": "…",
        "form_wanted": "paper",
        "way_wanted": "post",
        "events": [{"on": "2025-12-01", "kind": "received"}],
        "outcome": "",
        "document_no": "",
    }

``channel`` and ``events`` are those of ``gongkai law clock`` (days as ``YYYY-MM-DD``); ``applicant`` takes
the fields of ``intake.Requester``; ``details``, ``form_wanted``, ``way_wanted``, ``outcome`` and
``document_no`` may be left out. ``outcome``: the code of the reply in ``law/data/outcomes.toml``, where one
was sent, and ``document_no`` the number it bears. ``codes`` are all codes there are,
``template`` makes a file to fill in.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import TextChoices

from gongkai.kernel import GongkaiError
from gongkai.law import wire
from gongkai.law.case import Case as LawCase
from gongkai.law.case import Channel, Kind
from gongkai.law.outcomes import outcomes
from gongkai.web.agencies.models import Agency
from gongkai.web.applications.actions import TakeOver
from gongkai.web.applications.models import ApplicantKind, FormWanted, IdentityKind, WayWanted
from gongkai.web.applications.receiving import intake
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused

#: Rows of one file.
MOST: Final = 500
#: Told by an event of its own, never by a reply.
WITHDRAWN: Final = "withdrawn"
_NEEDED: Final = ("old_number", "channel", "applicant", "subject", "events")
_TEXTS: Final = ("subject", "details", "form_wanted", "way_wanted", "outcome", "document_no")
_FIELDS: Final = frozenset((*_NEEDED, *_TEXTS))
_PERSON: Final = frozenset(intake.Requester.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file: place, old number, what is wrong with it (empty: nothing), what came of it."""

    place: int
    old_number: str
    subject: str
    fault: str
    state: str = ""
    due: str = ""
    register_no: str = ""


def read(text: str) -> list[Any]:
    """The rows of a file. Raises ``ActionRefused`` where it is no list of them."""
    try:
        rows = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        where = f"第{error.lineno}行第{error.colno}列" if isinstance(error, json.JSONDecodeError) else ""
        raise ActionRefused("文件不是有效的 JSON", place=where, remedy="请对照模板文件填写") from error
    if not isinstance(rows, list) or not rows:
        raise ActionRefused("文件内容应是一列申请", remedy="请对照模板文件填写")
    if len(rows) > MOST:
        raise ActionRefused(f"文件有{len(rows)}件，一次最多{MOST}件", remedy="请分成几个文件")
    return rows


def take_over(actor: Actor, agency: Agency, rows: list[Any], *, only_look: bool) -> list[Row]:
    """Take over each row by itself, all of it or nothing; ``only_look`` tries the same and keeps nothing.

    What is wrong with a row is said in its ``fault``, and keeps none of the others out.
    """
    times = Counter(_number_of(row) for row in rows)
    doubles = {number for number, count in times.items() if number and count > 1}
    return [
        _faulty(place, row, ActionRefused("原系统编号在文件中出现了不止一次"))
        if _number_of(row) in doubles
        else _one(actor, agency, place, row, only_look=only_look)
        for place, row in enumerate(rows, 1)
    ]


def _number_of(row: Any) -> str:
    given = row.get("old_number") if isinstance(row, Mapping) else None
    return str(given).strip() if isinstance(given, str | int) else ""


def _one(actor: Actor, agency: Agency, place: int, row: Any, *, only_look: bool) -> Row:
    try:
        with transaction.atomic():
            case = _action(actor, agency, row).run().case
            if only_look:
                transaction.set_rollback(True)
    except ActionRefused as refused:
        return _faulty(place, row, refused)
    return Row(
        place,
        case.old_number,
        case.subject,
        "",
        state=case.get_state_display(),
        due=f"{case.due:%Y-%m-%d}" if case.due else "",
        register_no="" if only_look else case.register_no,
    )


def _faulty(place: int, row: Any, refused: ActionRefused) -> Row:
    subject = row.get("subject") if isinstance(row, Mapping) else ""
    return Row(place, _number_of(row), subject if isinstance(subject, str) else "", str(refused))


def _action(actor: Actor, agency: Agency, row: Any) -> TakeOver:
    if problems := list(_problems(row)):
        raise ActionRefused("；".join(problems), remedy="请对照模板文件填写")
    history = _history(row)
    who = {name: str(value) for name, value in row["applicant"].items()}
    requester = intake.Requester(**{"kind": "", "name": "", "identity_kind": "", **who})
    more: dict[str, Any] = {
        name: row[name] for name in ("details", "form_wanted", "way_wanted") if row.get(name)
    }
    return TakeOver(
        actor,
        agency=agency,
        request=intake.Request(requester, str(row["subject"]), channel=history.channel, **more),
        history=history,
        old_number=_number_of(row),
        outcome_code=str(row.get("outcome") or ""),
        document_no=str(row.get("document_no") or ""),
    )


def _problems(row: Any) -> Iterator[str]:
    if not isinstance(row, Mapping):
        yield "应是一个对象"
        return
    if unknown := sorted(set(row) - _FIELDS):
        yield f"不认识的项目：{'、'.join(unknown)}"
    missing = [name for name in _NEEDED if not row.get(name)]
    if "old_number" not in missing and not _number_of(row):
        missing.insert(0, "old_number")  # by it alone a second import knows what was taken over
    if missing:
        yield f"缺少项目：{'、'.join(missing)}"
    if wrong := [name for name in _TEXTS if not isinstance(row.get(name, ""), str)]:
        yield f"应是文字：{'、'.join(wrong)}"
    who = row.get("applicant")
    if not isinstance(who, Mapping):
        yield "applicant 应是一个对象"
    elif unknown := sorted(set(who) - _PERSON):
        yield f"applicant 中不认识的项目：{'、'.join(unknown)}"
    elif any(not isinstance(value, str) for value in who.values()):
        yield "applicant 中的内容都应是文字，号码也加引号"


def _history(row: Mapping[str, Any]) -> LawCase:
    try:
        return wire.read_case(json.dumps({"channel": row["channel"], "events": row["events"]}))
    except GongkaiError as error:
        raise ActionRefused(error.message, place=error.place, remedy=error.remedy) from error


def codes(on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """The fields of the file that take a code: on a day, each code there is with its word."""
    found = [(one.code, one.word) for one in outcomes(on) if one.code != WITHDRAWN]
    return [
        ("channel", [(one, one.word) for one in Channel]),
        ("applicant.kind", _words(ApplicantKind)),
        ("applicant.identity_kind", _words(IdentityKind)),
        ("form_wanted", _words(FormWanted)),
        ("way_wanted", _words(WayWanted)),
        ("events.kind", [(one, one.word) for one in Kind]),
        ("outcome", found),
    ]


def _words(choices: type[TextChoices]) -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in choices.choices]


def template() -> str:
    """A file with one case of nobody, to be filled in."""
    row = {
        "old_number": "原系统编号",
        "channel": "in_person",
        "applicant": {
            "kind": "natural_person", "name": "姓名或单位名称", "identity_kind": "identity_card",
            "identity_number": "证件号码", "phone": "", "email": "", "address": "", "postcode": "",
        },
        "subject": "所需政府信息的名称",
        "details": "",
        "form_wanted": "paper",
        "way_wanted": "post",
        "events": [
            {"on": "2025-12-01", "kind": "received"},
            {"on": "2025-12-04", "kind": "correction_requested", "workdays": 15},
            {"on": "2025-12-15", "kind": "corrected"},
        ],
        "outcome": "",
        "document_no": "",
    }  # fmt: skip
    return json.dumps([row], ensure_ascii=False, indent=2) + "\n"
