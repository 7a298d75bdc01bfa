"""What keeps a letter from being signed: a part that is missing, a remedy that does not fit, others' data."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from gongkai.law.case import Kind
from gongkai.law.outcomes import UnknownOutcome, outcome
from gongkai.web.applications import clock
from gongkai.web.applications.letters import (
    bodies,
    dates,
    earlier,
    fee,
    others_data,
    parts,
    printed,
    recital,
    standing,
    values,
)
from gongkai.web.applications.letters.kinds import BETWEEN, REPLY, Field, LetterKind, decisions, kinds
from gongkai.web.applications.letters.typed import typed_of
from gongkai.web.applications.models import Letter

__all__ = ["problems", "typed_of"]

#: Of the longest number a letter takes.
_DIGITS: Final = 6


def problems(letter: Letter, dated: date) -> list[str]:
    """Everything that is wrong with a letter if it were dated that day; empty where it may be signed.

    What is typed comes first; where that is right, the text it makes is looked at part by part.
    """
    return list(_problems(letter, dated)) or printed.problems(letter, dated)


def _problems(letter: Letter, dated: date) -> Iterator[str]:
    kind, typed = kinds()[letter.kind], typed_of(letter)
    yield from _missing(kind, typed, letter.outcome)
    if kind.event == Kind.EXTENDED and not values.holidays_known(dated):
        yield f"{dated.year}年的放假安排尚未公布，不能确定延长后的期限，暂不能签发"
    if letter.on_the_spot and dated != letter.case.received_on:
        yield "当场答复应在收到申请的当天签批，已过当天的请改按一般程序办理"
    if kind.code == REPLY:
        yield from _outcome(letter.outcome, dated)
        yield from _ground_of_part(letter.outcome, typed)
        yield from standing.problems(letter, dated)
        yield from earlier.problems(letter, typed)
    if "{救济}" in kind.paragraphs:
        yield from bodies.problems(letter.case.agency)
    yield from dates.problems(letter.case, kind, typed, dated)
    if kind.code == fee.KIND:
        yield from fee.faults(letter.case, typed, dated)
    if kind.code == "consult_notice" and not recital.consulted(letter.case):
        yield "征求意见书还没有送达，不能告知申请人已经征求意见：请先送达征求意见书并登记"
    if kind.to == "party" and letter.consultation is None:
        yield "没有选定征求意见的对象"
    yield from others_data.problems(letter)


def _missing(kind: LetterKind, typed: dict[str, str], outcome_code: str) -> Iterator[str]:
    needed = {field.name for field in kind.fields if field.required}
    if kind.code == REPLY and outcome_code in decisions():
        needed |= set(decisions()[outcome_code].needs)
    for field in kind.fields:
        text = typed.get(field.name, "").strip()
        if field.name in needed and not text:
            yield f"没有填写“{field.label}”"
        elif field.kind in {"days", "number"} and text:
            yield from _number(field, text)
        elif field.choices and text and not set(text.split(BETWEEN)) <= set(field.choices):
            yield f"“{field.label}”应为{'或'.join(field.choices)}"


def _number(field: Field, text: str) -> Iterator[str]:
    """A number so long that nobody means it is too large before it is read."""
    if not text.isdecimal() or (len(text) <= _DIGITS and not int(text)):
        yield f"“{field.label}”应为正整数"
    elif len(text) > _DIGITS or (field.most and int(text) > field.most):
        yield f"“{field.label}”最多{field.most or 10**_DIGITS - 1}"


def _outcome(code: str, dated: date) -> Iterator[str]:
    if code not in decisions():
        yield "没有选择办理结果"
        return
    try:
        outcome(code, dated)
    except UnknownOutcome as fault:
        yield clock.in_words(str(fault))


def _ground_of_part(outcome_code: str, typed: dict[str, str]) -> Iterator[str]:
    if outcome_code != parts.PARTIAL and typed.get(parts.FIELD, "").strip():
        yield f"“{parts.FIELD}”只在部分公开时选"
