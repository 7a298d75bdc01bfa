"""What stands in the fields of a letter: known from the case, worked out by the law, or typed."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from gongkai.law.calendar import published
from gongkai.law.case import Channel
from gongkai.law.outcomes import Outcome, outcome, remedy
from gongkai.web.applications import clock
from gongkai.web.applications.alike import asked_once
from gongkai.web.applications.letters import decided, earlier, enclosed, fee, parts, recital, remedies
from gongkai.web.applications.letters.kinds import REPLY, LetterKind
from gongkai.web.applications.models import Case, Consultation
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused

#: Fields every letter can use, with what they hold: the list an agency sees beside its templates.
COMMON: Final[Mapping[str, str]] = {
    "机关": "本机关全称",
    "文书名称": "文书的名称",
    "文号": "文书编号，签发时编定",
    "收件人": "申请人、第三方、机关或科室的名称",
    "登记号": "申请的登记号",
    "称呼": "对申请人的称呼：公民是“您”，法人或其他组织是“贵单位”",
    "收到情况": "何时、怎样收到申请，按来件方式写明（条例第三十一条），"
    "如“您于2024年3月4日当面提交的政府信息公开申请，本机关于当日收到”",
    "收到日期": "收到申请的日期（条例第三十一条），未确认收到的写“（尚待与您确认）”",
    "来件方式": "申请提交的方式",
    "期限说明": "答复期限从哪一天起怎样计算",
    "补正情况": "何时告知补正、何时收到补正和补正的内容；没有补正的空着",
    "征求日期": "书面征求意见的日期（按送达的记录）",
    "所需信息": "申请人所需政府信息的名称",
    "申请件数": "文书涉及几件申请：一件，或者一份征求意见书一并征求的件数",
    "救济": "救济途径（按办理结果和日期确定）",
    "决定": "办理决定（按办理结果确定，含条款）",
    "条款": "办理结果所依据的条款",
    "附件": "随答复书提供的文件的名称，逐行列出；没有的空着",
    "新期限": "延长后的答复期限",
    "收费标准": "信息处理费的计收方式、数量和标准",
    "金额": "信息处理费（元）",
    "办公地址": "本机关办公地址",
    "联系电话": "本机关联系电话",
    "落款日期": "签发的日期",
}


def of(
    case: Case,
    kind: LetterKind,
    typed: Mapping[str, str],
    *,
    dated: date,
    outcome_code: str = "",
    consultation: Consultation | None = None,
    document_no: str = "",
) -> dict[str, str]:
    """Every field of a letter as text. Raises ``ActionRefused`` where the law does not give one."""
    agency, you = case.agency, recital.called(case)
    values = {
        "机关": agency.full_name,
        "文书名称": kind.name,
        "文号": document_no,
        "收件人": _addressee(case, kind, typed, consultation),
        "登记号": case.register_no,
        "称呼": you,
        "收到情况": recital.came_in(case, dated),
        "收到日期": chinese(recital.received(case, dated)) or f"（尚待与{you}确认）",
        "来件方式": Channel(case.channel).word,
        "期限说明": recital.term(case, dated),
        "补正情况": recital.corrected(case, dated),
        "征求日期": recital.consulted(case, dated),
        "所需信息": case.subject,
        "附件": enclosed.named(case, outcome_code) if kind.code == REPLY else "",
        "申请件数": asked_once.count(consultation),
        "办公地址": agency.address,
        "联系电话": agency.phone,
        "落款日期": chinese(dated),
    }
    values |= {name: text.strip() for name, text in typed.items()}
    for field in kind.fields:
        if field.kind == "date" and values.get(field.name):
            values[field.name] = chinese(_day(field.name, values[field.name]))
    if kind.code == REPLY:
        values |= _decision(case, outcome_code, typed, dated)
    if kind.code == "third_party_notice":
        values["救济"] = remedies.clause(case, [remedy("granted", dated)])
    if kind.code == "extension":
        values["新期限"] = _extended(case, values.get("期限", ""), dated)
    if kind.code == fee.KIND:
        values |= fee.stated(case, typed, dated)
    return values


def _addressee(
    case: Case, kind: LetterKind, typed: Mapping[str, str], consultation: Consultation | None
) -> str:
    if kind.to == "section":
        return typed.get("协办科室", "")
    if kind.to == "party":
        return consultation.name if consultation else ""
    return case.applicant.name


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ActionRefused(f"“{name}”不是日期", place=text, remedy="请写成 2024-03-04 的样子") from error


def _decision(case: Case, code: str, typed: Mapping[str, str], dated: date) -> dict[str, str]:
    rest = parts.of(code, typed, dated)
    found = decided.of(case, code, rest, dated)
    sentence = found.sentence.replace(
        f"{{{earlier.FIELD}}}", typed.get(earlier.FIELD, "").strip() or "（尚未写明）"
    )
    return {
        "条款": found.articles,
        "决定": "\n".join(filter(None, (_relied_on(case, code, rest, dated), sentence))),
        "救济": remedies.clause(case, remedies.worked_out(code, typed, dated)),
    }


def _relied_on(case: Case, code: str, rest: list[Outcome], dated: date) -> str:
    """What a decision on somebody's rights rests on where their view was asked for an earlier application."""
    found = outcome(code, dated)
    bears = found.discloses or found.protects or any(one.protects for one in rest)
    return recital.relied_on(case) if bears else ""


def _extended(case: Case, workdays: str, told_on: date) -> str:
    account = clock.account(case)
    if not workdays.isdecimal() or account.start is None:
        return ""
    due = clock.extended_due(case, int(workdays), told_on)
    if due is None:
        raise ActionRefused(
            "现在算不出延长后的期限：正在等待补正、缴费或征求意见，或下一年放假安排尚未公布",
            remedy="暂停结束、放假安排公布后再发延期告知书；不得写出推算的日期",
        )
    return chinese(due)


def holidays_known(day: date) -> bool:
    """Whether the holidays of a day's year are published; no letter is dated by a guess."""
    return published().first <= day <= published().last
