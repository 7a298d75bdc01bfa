"""Answering on the spot what can be so answered (条例 33): when that is possible, and what it may say."""

from datetime import date
from typing import Final

from gongkai.law.case import Channel
from gongkai.law.outcomes import outcomes
from gongkai.web.applications.letters import check
from gongkai.web.applications.letters.kinds import REPLY, decisions
from gongkai.web.applications.models import Case, FormWanted, Letter, LetterState, Purpose

_HANDED_OVER: Final = {
    FormWanted.ELECTRONIC: "当面提供电子文档。",
    FormWanted.PAPER: "当面提供纸质复制件。",
    FormWanted.DISC: "当面提供存有该信息的存储介质。",
    FormWanted.INSPECTION: "当面提供该信息查阅、抄录。",
}


def refusal(case: Case, day: date) -> str:
    """Why a case cannot be answered on the spot that day; empty where it can."""
    if not case.is_open:
        return "这件申请已经办结"
    if case.channel != Channel.IN_PERSON:
        word = Channel(case.channel).word
        return f"当场答复只用于当面提交的申请（条例第三十三条），这件的来件方式是{word}"
    if case.received_on != day:
        return "当场答复应在收到申请的当天办理（条例第三十三条），已过当天的请拟答复书"
    if case.letters.filter(kind=REPLY).exclude(state=LetterState.DROPPED).exists():
        return "已有一份在办理，见“文书”"
    return ""


def choices(day: date) -> list[tuple[str, str]]:
    """The outcomes that can be told on the spot, with their articles.

    Not those a step of the law comes before, nor what is refused under Art. 14 to 16: that is reviewed first
    (条例 17), by the reply's own chain.
    """
    return [
        (one.code, f"{one.word}（{one.article or '报告格式'}）")
        for one in outcomes(day)
        if not one.after_a_step and not one.withheld
    ]


def written(case: Case, person_id: int, outcome: str, typed: dict[str, str], sums: set[str]) -> Letter | None:
    """The reply a person has just written of a case in these words, with files of these SHA-256 sums.

    What a form that is sent twice leads to; None where there is none, or it says something else.
    """
    wanted = {name: text.strip() for name, text in without_prefill(case, outcome, typed).items()}
    kept = set(case.attachments.filter(purpose=Purpose.DISCLOSED).values_list("sha256", flat=True))
    letters = case.letters.filter(kind=REPLY, on_the_spot=True, outcome=outcome, drafted_by_id=person_id)
    said = (one for one in letters.exclude(state=LetterState.DROPPED) if sums <= kept)
    return next((one for one in said if _filled(check.typed_of(one)) == _filled(wanted)), None)


def _filled(typed: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in typed.items() if text}


def handed_over(case: Case) -> str:
    """How what is disclosed is given at the counter, in the form the applicant asked for."""
    return _HANDED_OVER[FormWanted(case.form_wanted)]


def without_prefill(case: Case, outcome: str, typed: dict[str, str]) -> dict[str, str]:
    """What was typed; the sentence on handing over is left out of a reply that hands nothing over."""
    needs = decisions()[outcome].needs if outcome in decisions() else ()
    if "提供方式" not in needs and typed.get("提供方式", "").strip() == handed_over(case):
        return typed | {"提供方式": ""}
    return typed
