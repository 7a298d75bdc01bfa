"""What can be done for a whole group in one step: the acts of one case, and for each case whether it fits."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.http import Http404
from django.shortcuts import get_object_or_404

from gongkai.web.applications import actions, clock
from gongkai.web.applications.actions.ask_once import JoinConsultation
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.actions.copy_letter import KINDS
from gongkai.web.applications.alike import asked_once, earlier_answers
from gongkai.web.applications.delivery import proofs
from gongkai.web.applications.forms.group import (
    DeliverTogetherForm,
    NothingForm,
    ProofTogetherForm,
    RelyForm,
)
from gongkai.web.applications.letters import check
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import Case, Consultation, Letter, LetterState, State
from gongkai.web.applications.privacy import masking
from gongkai.web.applications.views import group_letters
from gongkai.web.applications.views.acts import ACTS, Act
from gongkai.web.common.days import chinese


class Look(NamedTuple):
    """What a case's line says; whether it can be chosen, and is to begin with."""

    said: str
    ready: bool = False
    chosen: bool = False


class Row(NamedTuple):
    """A case of the group in the list of a step, with its letter where the step is about letters."""

    case: Case
    who: str
    letter: Letter | None
    look: Look


#: What a step can begin from: a letter of one of the cases, or somebody who is asked for it.
About = Letter | Consultation | None


class Around(NamedTuple):
    """What a line is judged by: what the step began from, who signs, who looks."""

    letter: Letter | None
    asked: Consultation | None
    signers: group_letters.Signers
    person_id: int


class Joint(NamedTuple):
    """An act for a group. ``states``: of the letters it is about; ``own``: each case brings a mail number."""

    act: Act
    look: Callable[[Case, Letter | None, Around], Look]
    states: tuple[str, ...] = ()
    own: bool = False


def _unconfirmed(case: Case, _letter: Letter | None, _around: Around) -> Look:
    waits = case.state == State.UNCONFIRMED
    return Look(str(case.get_state_display()), waits, waits)


def _any(case: Case, _letter: Letter | None, _around: Around) -> Look:
    return Look(str(case.get_state_display()), case.purged_at is None, case.purged_at is None)


def _to_copy(case: Case, letter: Letter | None, around: Around) -> Look:
    if around.letter is not None and case.pk == around.letter.case_id:
        return Look("以这一件的文书为准")
    if not case.is_open:
        return Look(f"已办结（{case.get_state_display()}）")
    if around.letter is not None and case.plain_text != around.letter.case.plain_text:
        return Look("所需信息的文字已经不同（补正或拆分后改变），请单独答复")
    if letter is None:
        refusal = _not_now(case, around.letter)
        return Look(refusal) if refusal else Look("还没有，照样拟一份", ready=True, chosen=True)
    if around.letter is not None and group_letters.says_the_same(letter, around.letter):
        return Look(f"已有内容相同的一份（{letter.get_state_display()}）")
    if letter.state == LetterState.DRAFT:
        return Look("已有内容不同的草稿：选中则改成一样", ready=True)
    return Look(f"已有内容不同的一份（{letter.get_state_display()}），须先退回或作废")


def _not_now(case: Case, letter: Letter | None) -> str:
    """Why the law does not allow a case a letter of this kind now; empty where it does."""
    event = kinds()[letter.kind].event if letter else ""
    found = next((step.refusal for step in clock.steps(case) if step.kind == event), None)
    return clock.told(found) if found else ""


def _to_sign(_case: Case, letter: Letter | None, around: Around) -> Look:
    if letter is None or around.letter is None:
        return Look("没有待签批的这种文书")
    now = around.signers.progress(letter)
    step = now.next_step.name if now.next_step else ""
    same = group_letters.says_the_same(letter, around.letter)
    word = "内容一致" if same else "内容与起始的一份不一致，请打开核对"
    if refusal := now.refusal(around.person_id):
        return Look(refusal)
    if wrong := check.problems(letter, today()):
        return Look("；".join(wrong))
    cleared = letter.clearances.count()
    said = f"；经办人说明可以写入、提供的有{cleared}处，列在文书页" if cleared else ""
    return Look(f"待“{step}”，{word}{said}", ready=True, chosen=same)


def _to_return(_case: Case, letter: Letter | None, _around: Around) -> Look:
    return Look("签批中", ready=True, chosen=True) if letter else Look("没有签批中的这种文书")


def _to_deliver(_case: Case, letter: Letter | None, _around: Around) -> Look:
    if letter is None:
        return Look("没有已签发、待送达的这种文书")
    return Look(letter.document_no, ready=True, chosen=True)


def _to_prove(_case: Case, letter: Letter | None, _around: Around) -> Look:
    if letter is None:
        return Look("没有已送达的这种文书")
    sent = letter.delivery
    way = f"{chinese(sent.on)}{sent.get_way_display()}{f'，邮件号码{sent.tracking}' if sent.tracking else ''}"
    wanted = proofs.missing(letter)
    if not wanted:
        return Look(f"{way}，{'已有送达凭证' if sent.proof_id else '以系统记录为凭证'}")
    return Look(f"{way}，没有送达凭证（{wanted}）", ready=True, chosen=True)


def _to_ask(case: Case, _letter: Letter | None, around: Around) -> Look:
    asked = around.asked
    if asked is None or case.pk == asked.case_id:
        return Look("意见书由这一件送出")
    if any(one.asked_with_id == asked.pk for one in case.consultations.all()):
        return Look("已由这一份意见书一并征求")
    refusal = JoinConsultation.refusal(case, asked)
    return Look(refusal) if refusal else Look(str(case.get_state_display()), ready=True, chosen=True)


def _to_rely(case: Case, _letter: Letter | None, around: Around) -> Look:
    asked = around.asked
    if asked is None or case.pk == asked.case_id:
        return Look("意见由这一件征求")
    for one in case.consultations.select_related("relies_on"):
        if one.asked_with_id == asked.pk:
            return Look("已由这一份意见书一并征求")
        if one.relies_on is not None and asked_once.first_id(one.relies_on) == asked.pk:
            return Look("已沿用")
    refusal = earlier_answers.refusal(case, asked)
    return Look(refusal) if refusal else Look(str(case.get_state_display()), ready=True, chosen=False)


_COPY: Final = Act(
    actions.CopyLetter,
    "照样拟文书",
    "为选中的每一件各拟一份内容相同的文书：收件人、文号、日期、救济途径各写各的，拟提供的文件一并附上（各存一份）。"
    "原来一份中已说明可以写入的号码，文字相同的一并带入，各件的文书页上列出；首件申请人自己的号码不带入。"
    "期限或内容不允许的，写明原因，不影响其他件。",
    NothingForm,
    "已拟出",
    on="letter",
)
_ASK: Final = Act(
    actions.JoinConsultation,
    "一并征求意见",
    "对方只收到一份意见书：选中的各件都由它征求，意见书写明共几件申请。意见书送达后，各件的期限分别暂停；"
    "对方的意见、本机关的决定登记一次，记入各件。意见书开始签批后不能再加，请先选齐。",
    NothingForm,
    "已登记",
    on="consultation",
)
_RELY: Final = Act(
    actions.RelyOnAnswer,
    "沿用已有的意见",
    "意见书送达以后才归入本组的申请，可以逐件决定沿用对方已经作出的答复：意见针对的是信息本身，文字相同、情况没有变化的，不必再问一次。"
    "答复和意见书、送达凭证一并存入所选各件的案卷，是否公开由本机关就每一件另作决定，答复书中写明沿用的是哪一次征求的意见；"
    "这些件没有因此停计期限。情况有变化，或者意见只针对某一申请人的，请为这一件单独征求意见。",
    RelyForm,
    "已沿用",
    on="consultation",
)
_DELIVER: Final = ACTS["deliver"]._replace(
    explain="送达方式和日期相同的，一次登记；邮寄的，每件各填邮件号码。登记后不能撤销，期限从送达之日起止。"
    "凭证存入每一件的案卷，其中有其他收件人的姓名、地址的，提供或复制案卷时请遮盖。",
    form=DeliverTogetherForm,
)
_PROVE: Final = ACTS["add-proof"]._replace(
    explain="登记送达时没有凭证的，一个文件可以补给所选的各件（如邮政企业盖章的交寄清单），每件各存一份，与各自的送达记录一起保存。"
    "请核对凭证上确有所选各件的邮件号码或收件人；凭证中有其他收件人的姓名、地址的，提供或复制案卷时请遮盖。",
    form=ProofTogetherForm,
)
#: By the name in the address.
JOINT: Final[Mapping[str, Joint]] = {
    "confirm": Joint(ACTS["confirm"], _unconfirmed),
    "note": Joint(ACTS["note"], _any),
    "copy": Joint(_COPY, _to_copy),
    "sign": Joint(ACTS["sign"], _to_sign, (LetterState.DRAFT, LetterState.SIGNING)),
    "return": Joint(ACTS["return"], _to_return, (LetterState.SIGNING,)),
    "ask": Joint(_ASK, _to_ask),
    "rely": Joint(_RELY, _to_rely),
    "deliver": Joint(_DELIVER, _to_deliver, (LetterState.SIGNED,), own=True),
    "add-proof": Joint(_PROVE, _to_prove, (LetterState.DELIVERED,)),
}


def subject(case: Case, joint: Joint, pk: int) -> About:
    """What a step of a case begins from; None where from nothing. Raises Http404 where it cannot."""
    if joint.act.on == "letter":
        mine = case.letters.select_related("case__agency", "case__applicant")
        return get_object_or_404(mine, pk=pk, kind__in=KINDS, consultation=None)
    if joint.act.on == "consultation":
        asked = case.consultations.select_related("case__agency", "case__applicant")
        return get_object_or_404(asked, pk=pk, asked_with=None)
    if pk:
        raise Http404
    return None


def rows(joint: Joint, cases: Sequence[Case], about: About, person_id: int) -> Iterator[Row]:
    """Cases of one group, each with what can be said of it."""
    if not cases:
        return
    letter = about if isinstance(about, Letter) else None
    asked = about if isinstance(about, Consultation) else None
    found = _letters(joint, cases, letter)
    around = Around(letter, asked, group_letters.Signers(cases[0].agency, today()), person_id)
    for case in cases:
        mine = found.get(case.pk)
        if mine is not None:
            mine.case = case
        who = masking.applicant(case.applicant.name, case.applicant_kind)
        yield Row(case, who, mine, joint.look(case, mine, around))


def _letters(joint: Joint, cases: Sequence[Case], letter: Letter | None) -> dict[int, Letter]:
    if letter is None:
        return {}
    found = group_letters.of_kind(cases, letter.kind)
    if joint.states:
        found = found.filter(state__in=joint.states)
    return {one.case_id: one for one in found}


def action_of(joint: Joint, row: Row, about: About, **given: Any) -> Any:
    """The act on one case of the group; ``given`` are the actor, the revision and what the form holds."""
    of_what: dict[str, Any] = {}
    if isinstance(about, Consultation):
        of_what = {"consultation_id": about.pk}
    elif joint.act.action is actions.CopyLetter and about is not None:
        of_what = {"letter_id": about.pk, "replace": row.letter is not None}
    elif row.letter is not None:
        of_what = {"letter_id": row.letter.pk}
    actor = given.pop("actor")
    return joint.act.action(actor, case_id=row.case.pk, **joint.act.fixed, **of_what, **given)
