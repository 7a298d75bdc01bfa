"""政府信息公开申请登记表: one sheet on which the whole way of an application stands, for the file."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from django.utils import timezone

from gongkai.documents import Block, Line, Paper
from gongkai.kernel import GongkaiError
from gongkai.law.case import Channel, Kind
from gongkai.law.outcomes import outcome
from gongkai.report import api
from gongkai.web.applications import clock
from gongkai.web.applications.alike import earlier_answers
from gongkai.web.applications.letters.kinds import REPLY, kinds
from gongkai.web.applications.models import (
    Case,
    CaseEvent,
    Consultation,
    Delivery,
    Letter,
    LetterState,
    Origin,
    Redelivery,
)
from gongkai.web.applications.papers.kinds import SHEET, papers
from gongkai.web.applications.papers.tables import Row, Said, named, table
from gongkai.web.common.days import chinese

_WIDTHS: Final = (32.0, 46.0, 32.0, 46.0)
_NONE: Final = "无"
#: From the outcome down to the signatures.
_CLOSING: Final = 4
_CORRECTION: Final = frozenset({Kind.CORRECTION_REQUESTED, Kind.CORRECTED})
_LATER: Final = frozenset({Kind.EXTENDED, Kind.REASONS_REQUESTED, Kind.REASONS_GIVEN, Kind.DELAYED})
_FEE: Final = frozenset({Kind.FEE_NOTIFIED, Kind.FEE_PAID})


def values(case: Case, day: date) -> dict[str, str]:
    """Every field of the sheet of a case, as things stand today; ``day`` is when it is printed."""
    who, events = case.applicant, _events(case)
    letters = list(
        case.letters.exclude(state=LetterState.DROPPED)
        .select_related("delivery")
        .prefetch_related("signatures__person", "redeliveries")
    )
    first = events[0] if events else None
    return {
        "机关": case.agency.full_name,
        "登记号": case.register_no,
        "登记日期": chinese(timezone.localdate(case.submitted_at)),
        "收到日期": chinese(case.received_on) or "待与申请人确认",
        "来件方式": Channel(case.channel).word + "（口头申请，由工作人员记录）" * case.spoken,
        "登记人": _by(case, first),
        "经办人": str(case.handler or "未分办"),
        "申请人": who.name,
        "申请人类别": case.get_applicant_kind_display(),
        "证件": f"{who.get_identity_kind_display()} {who.identity_number or '（已按保存期限清除）'}",
        "联系方式": _joined((who.contact_name, who.phone, who.email, f"{who.address} {who.postcode}")),
        "代理人": _joined((who.agent_name, who.agent_identity)) or _NONE,
        "所需信息": f"{case.subject}\n{case.details}".strip(),
        "介质形式": case.get_form_wanted_display(),
        "获取方式": case.get_way_wanted_display(),
        "补正": _lines(events, _CORRECTION),
        "征求意见": "\n".join(_consulted(case)) or _NONE,
        "延期": _lines(events, _LATER),
        "收费": _lines(events, _FEE),
        "协办": "\n".join(_errands(case)) or _NONE,
        "办理经过": "\n".join(map(_line, events)),
        "文书签批": "\n".join(_signed(letters)) or _NONE,
        "送达": "\n".join(_delivered(letters)) or _NONE,
        "办结日期": chinese(case.closed_on) or "未办结",
        "填表日期": chinese(day),
        **_term(case),
        **_result(case, letters),
    }


def _joined(texts: Iterable[str]) -> str:
    return "，".join(text.strip() for text in texts if text.strip())


def _events(case: Case) -> list[CaseEvent]:
    """Those in force, by their days."""
    related = ("recorded_by", "letter", "arrival_of")
    return list(clock.in_force(case.events.select_related(*related)))


def _by(case: Case, event: CaseEvent | None) -> str:
    """Who wrote the application down; of what no member of staff did, how it came."""
    if event and event.recorded_by:
        return str(event.recorded_by)
    return "申请人" if case.origin == Origin.CITIZEN else case.get_origin_display()


def _line(event: CaseEvent) -> str:
    more = f"（{event.workdays}个工作日）" if event.workdays else ""
    more += f"（至{event.to:%Y-%m-%d}）" if event.to else ""
    number = f"，{event.letter.document_no}" if event.letter and event.letter.document_no else ""
    if event.kind == Kind.REPLIED and event.letter is None and event.note:  # of an old system
        number = f"，{event.note}"
    return f"{event.on:%Y-%m-%d}　{event.word}{more}{number}"


def _lines(events: Iterable[CaseEvent], wanted: frozenset[Kind]) -> str:
    return "\n".join(_line(event) for event in events if event.kind in wanted) or _NONE


def _consulted(case: Case) -> Iterator[str]:
    for one in case.consultations.select_related("relies_on__case"):
        sent = f"{one.sent_on:%Y-%m-%d}送达" if one.sent_on else _relied_on(one) or "意见书未送达"
        answered = f"（{one.answered_on:%Y-%m-%d}）" if one.answered_on else ""
        answer = f"{one.get_answer_display()}{answered}"
        yield f"{one.name}（{one.get_party_display()}）：{sent}，{answer}，{one.get_decision_display()}"


def _relied_on(one: Consultation) -> str:
    found, day = one.relies_on, earlier_answers.asked_on(one)
    sent = f"（{day:%Y-%m-%d}送达）" if day else ""
    return f"沿用{found.case}征求的意见{sent}" if found else ""


def _errands(case: Case) -> Iterator[str]:
    for one in case.errands.all():
        answered = f"{one.answered_on:%Y-%m-%d}反馈" if one.answered_on else f"{one.answer_by:%Y-%m-%d}前反馈"
        yield f"{one.section}：{one.question}（{answered}）"


def _name(letter: Letter) -> str:
    name = kinds()[letter.kind].name.removeprefix("政府信息公开").removeprefix("申请")
    return f"{name}（{letter.document_no}）" if letter.document_no else name


def _signed(letters: Iterable[Letter]) -> Iterator[str]:
    for letter in letters:
        steps = "；".join(
            f"{row.step_name} {row.person} {timezone.localdate(row.at):%Y-%m-%d}"
            for row in letter.signatures.all()
            if row.void_at is None
        )
        yield f"{_name(letter)}：{steps or letter.get_state_display()}"


def _delivered(letters: Iterable[Letter]) -> Iterator[str]:
    for letter in letters:
        delivery: Delivery | None = getattr(letter, "delivery", None)
        if delivery is not None:
            yield f"{_name(letter)}：{_sent(delivery)}"
        for one in letter.redeliveries.all():
            back = f"{one.returned_on:%Y-%m-%d}退回（{one.get_why_display()}）"
            yield f"{_name(letter)}：{back}，再次送达{_sent(one)}"


def _sent(one: Delivery | Redelivery) -> str:
    tracking = f"，邮件号码{one.tracking}" if one.tracking else ""
    return f"{one.on:%Y-%m-%d}{one.get_way_display()}{tracking}"


def _term(case: Case) -> dict[str, str]:
    """The last day to reply; where the law gives none now, why."""
    try:
        account = clock.account(case)
    except GongkaiError as fault:
        return {"答复期限": f"期限须核对：{clock.told(fault)}", "已计工作日": ""}
    used = "" if account.received is None or account.used is None else str(account.used)
    counted = f"{used}个，共{account.limit}个" if used else ""
    if account.due is not None:
        return {"答复期限": chinese(account.due), "已计工作日": counted}
    waits = "下一年放假安排尚未公布" if account.not_before else case.get_state_display()
    return {"答复期限": waits, "已计工作日": counted}


def _result(case: Case, letters: Iterable[Letter]) -> dict[str, str]:
    """Outcome, article and row of table 3: of the reply that was delivered, or of an end without one."""
    if case.is_open:
        return {"办理结果": "未办结", "依据": "", "表三行次": ""}
    label = api.label(f"applications.{case.outcome}", "2021").removeprefix("三、本年度办理结果")
    row = re.sub(r"(?=\d\.)", "　", label, count=1)
    replies = [one for one in letters if one.kind == REPLY and one.state == LetterState.DELIVERED]
    if not replies or replies[-1].dated is None:
        return {"办理结果": case.get_state_display(), "依据": "", "表三行次": row}
    found = outcome(replies[-1].outcome, replies[-1].dated)
    return {"办理结果": found.word, "依据": str(found.article or ""), "表三行次": row}


def paper(given: Mapping[str, str]) -> Paper:
    """The sheet as printed; those who are responsible sign it by hand at its end."""
    blocks: tuple[Block, ...] = (
        Line(f"登记号：{given['登记号']}　填表日期：{given['填表日期']}", "right", keep=True),
        table(_rows(given), _WIDTHS, papers()[SHEET].name, closing_rows=_CLOSING),
    )
    title = f"{given['机关']}\n{papers()[SHEET].name}"
    return Paper(title, blocks, author=given["机关"])


def _rows(given: Mapping[str, str]) -> Iterator[Row]:
    def two(left: str, right: str) -> Row:
        return Row((named(left), Said(given[left]), named(right), Said(given[right])))

    def whole(name: str) -> Row:
        return Row((named(name), Said(given[name], 3, flow=True)))

    yield two("收到日期", "来件方式")
    yield two("登记日期", "登记人")
    yield two("申请人", "申请人类别")
    yield from map(whole, ("证件", "联系方式", "代理人", "所需信息"))
    yield two("介质形式", "获取方式")
    yield two("经办人", "答复期限")
    yield from map(whole, ("补正", "征求意见", "延期", "收费", "协办", "办理经过", "文书签批", "送达"))
    yield two("办理结果", "办结日期")
    yield two("依据", "已计工作日")
    yield whole("表三行次")
    yield Row((named("经办人签字"), Said(""), named("负责人签字"), Said("")), 32)
