"""Taking cases over from a file, whichever format it has: each looked at by itself, tried, and entered."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from gongkai.kernel import GongkaiError
from gongkai.law import wire
from gongkai.law.case import Case as LawCase
from gongkai.web.agencies.models import Agency
from gongkai.web.applications.actions import TakeOver
from gongkai.web.applications.actions.old_parties import Misfit, OldParty
from gongkai.web.applications.old_cases.given import Given
from gongkai.web.applications.receiving import intake
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused

_NEEDED: Final = ("old_number", "channel", "applicant", "subject", "events")
_TEXTS: Final = ("subject", "details", "form_wanted", "way_wanted", "outcome", "document_no")
_FIELDS: Final = frozenset((*_NEEDED, *_TEXTS, "parties"))
_PERSON: Final = frozenset(intake.Requester.__dataclass_fields__)
_PARTY: Final = frozenset(OldParty.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Row:
    """One case of the file: its ordinal, where it stands, its old number, what is wrong with it (empty:
    nothing), what came of it.
    """

    place: int
    old_number: str
    subject: str
    fault: str
    state: str = ""
    due: str = ""
    register_no: str = ""
    where: str = ""


def take_over(actor: Actor, agency: Agency, given: Sequence[Given], *, only_look: bool) -> list[Row]:
    """Take over each case by itself, all of it or nothing; ``only_look`` tries the same and keeps nothing.

    What is wrong with a case is said in its ``fault``, and keeps none of the others out.
    """
    times = Counter(_number_of(one.row) for one in given)
    doubles = {number for number, count in times.items() if number and count > 1}
    return [
        _faulty(
            place,
            one,
            one.told(
                Misfit(
                    "原系统编号在文件中出现了不止一次", path="old_number", remedy="每件只写一次，编号各不相同"
                )
            ),
        )
        if _number_of(one.row) in doubles
        else _one(actor, agency, place, one, only_look=only_look)
        for place, one in enumerate(given, 1)
    ]


def _number_of(row: Any) -> str:
    given = row.get("old_number") if isinstance(row, Mapping) else None
    return str(given).strip() if isinstance(given, str | int) else ""


def _one(actor: Actor, agency: Agency, place: int, given: Given, *, only_look: bool) -> Row:
    if given.faults:
        return _faulty(place, given, "；".join(given.faults))
    try:
        with transaction.atomic():
            case = _action(actor, agency, given).run().case
            if only_look:
                transaction.set_rollback(True)
    except ActionRefused as refused:
        return _faulty(place, given, given.told(refused))
    return Row(
        place,
        case.old_number,
        case.subject,
        "",
        state=case.get_state_display(),
        due=f"{case.due:%Y-%m-%d}" if case.due else "",
        register_no="" if only_look else case.register_no,
        where=given.where,
    )


def _faulty(place: int, given: Given, fault: str) -> Row:
    subject = given.row.get("subject") if isinstance(given.row, Mapping) else ""
    said = subject if isinstance(subject, str) else ""
    return Row(place, _number_of(given.row), said, fault, where=given.where)


def _action(actor: Actor, agency: Agency, given: Given) -> TakeOver:
    row = given.row
    if problems := list(_problems(row)):
        raise ActionRefused("；".join(problems), remedy="请对照模板文件填写")
    history = _history(row)
    who = {name: str(value) for name, value in row["applicant"].items()}
    requester = intake.Requester(**{"kind": "", "name": "", "identity_kind": "", **who})
    more: dict[str, Any] = {
        name: row[name] for name in ("details", "form_wanted", "way_wanted") if row.get(name)
    }
    action = TakeOver(
        actor,
        agency=agency,
        request=intake.Request(requester, str(row["subject"]), channel=history.channel, **more),
        history=history,
        old_number=_number_of(row),
        outcome_code=str(row.get("outcome") or ""),
        document_no=str(row.get("document_no") or ""),
        parties=tuple(OldParty(**_party(one)) for one in row.get("parties") or ()),
    )
    _require_fit(given, action)
    return action


def _require_fit(given: Given, action: TakeOver) -> None:
    """Where the file's places are known, say of each fault of the application where it stands."""
    if given.places and (wrong := action.faults()):
        raise ActionRefused(
            "；".join(f"{given.at(_path(name))}：{text}" for name, text in wrong.items()),
            remedy="请改正后重新导入",
        )


def _path(name: str) -> str:
    return f"applicant.{name}" if name in _PERSON else name


def _party(given: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value).strip() for name, value in given.items() if value is not None}


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
    else:
        yield from _problems_of("applicant", who, _PERSON)
    yield from _problems_of_parties(row.get("parties"))


def _problems_of_parties(parties: Any) -> Iterator[str]:
    if not isinstance(parties, list | None):
        yield "parties 应是一列对象"
        return
    for number, one in enumerate(parties or (), 1):
        name = f"第{number}个征求对象（parties）"
        if not isinstance(one, Mapping):
            yield f"{name}应是一个对象"
            continue
        if not one.get("name"):
            yield f"{name}缺少 name"
        text = {key: str(value) if _is_number(key, value) else value for key, value in one.items()}
        yield from _problems_of(name, text, _PARTY)


def _is_number(key: Any, value: Any) -> bool:
    """Whether a consultation is told by a plain number, as the clock takes it too."""
    return key == "ref" and isinstance(value, int) and not isinstance(value, bool)


def _problems_of(name: str, given: Mapping[Any, Any], known: frozenset[str]) -> Iterator[str]:
    if unknown := sorted(str(key) for key in set(given) - known):
        yield f"{name} 中不认识的项目：{'、'.join(unknown)}"
    elif any(not isinstance(value, str) for value in given.values()):
        yield f"{name} 中的内容都应是文字，号码也加引号"


def _history(row: Mapping[str, Any]) -> LawCase:
    try:
        return wire.read_case(json.dumps({"channel": row["channel"], "events": row["events"]}))
    except GongkaiError as error:
        path = f"events.{error.number}" if isinstance(error, wire.EventsError) and error.number else "channel"
        raise Misfit(error.message, path=path, place=error.place, remedy=error.remedy) from error
