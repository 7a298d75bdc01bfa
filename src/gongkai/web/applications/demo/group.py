"""Of the demo: people who ask for the same, two of them grouped already, one who asks twice; three more, for
whom a third party is asked by one letter; three of whom the last came when a third party had answered.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.utils import timezone

from gongkai.law.case import Channel
from gongkai.web.agencies.models import Agency
from gongkai.web.applications.actions import (
    AddParty,
    CopyLetter,
    DeliverLetter,
    DraftLetter,
    GroupCases,
    JoinConsultation,
    RecordAnswer,
    RegisterByStaff,
    SignLetter,
)
from gongkai.web.applications.letters.values import holidays_known
from gongkai.web.applications.models import Case, Consultation, Letter, LetterState, WayWanted
from gongkai.web.applications.receiving import intake
from gongkai.web.common.actor import Actor

_WATER: Final = "青石镇2025年农村饮用水水质检测报告"
#: People who do not exist, in the order in which they ask; the first asks once more at the end.
_PEOPLE: Final = (
    ("顾清和", "演示-1001"),
    ("沈知秋", "演示-1002"),
    ("陆远山", "演示-1003"),
    ("顾清和", "演示-1001"),
)
_REPLY: Final = {
    "查明事实": "本机关检索了农业农村办公室和供水站的档案，查得2025年各村饮用水水质检测报告共四份。",
    "提供方式": "随本答复书提供复制件四份。",
}
_PURCHASE: Final = "青石镇2025年校服采购合同"
_PARTY: Final = "示例青石服装厂"
_ASKED: Final = {"征求内容": _PURCHASE, "权益": "商业秘密"}
_TOLD: Final = {"征求原因": "涉及第三方的商业秘密"}
_CANTEEN: Final = "青石镇2025年机关食堂承包合同"
_HOLDER: Final = "示例青石餐饮服务部"


def load(town: Agency, signers: Sequence[Actor], received: date) -> None:
    """A group of two with the draft of its reply, one that can join it, a repeat; a group of three; and one
    that was joined after a third party had answered.
    """
    clerk = signers[0]
    first, second, _, _ = (_asked(town, clerk, received, _WATER, *who) for who in _PEOPLE)
    _group(clerk, first, second)
    DraftLetter(clerk, case_id=first.pk, kind="reply", outcome="provided", typed=_REPLY).run()
    _third_party(signers, [_asked(town, clerk, received, _PURCHASE, *who) for who in _PEOPLE[:3]])
    _came_later(signers, [_asked(town, clerk, received, _CANTEEN, *who) for who in _PEOPLE[:3]])


def _third_party(signers: Sequence[Actor], cases: list[Case]) -> None:
    """One letter for all three, posted today, and the draft of what each applicant is told of it."""
    clerk, first = signers[0], cases[0]
    _group(clerk, *cases)
    party = AddParty(clerk, case_id=first.pk, party="third_party", name=_PARTY).run()
    for case in cases[1:]:
        JoinConsultation(clerk, case_id=case.pk, consultation_id=party.pk).run()
    if not _sent(signers, party, _ASKED, way="post", tracking="演示00001001"):
        return
    notice = DraftLetter(clerk, case_id=first.pk, kind="consult_notice", typed=_TOLD).run()
    for case in cases[1:]:
        CopyLetter(clerk, case_id=case.pk, letter_id=notice.pk).run()


def _came_later(signers: Sequence[Actor], cases: list[Case]) -> None:
    """Two for whom a third party was asked and agreed; the last joins after that, and nobody has decided yet
    whether to rely on the answer or to ask anew.
    """
    clerk, first = signers[0], cases[0]
    _group(clerk, *cases[:2])
    party = AddParty(clerk, case_id=first.pk, party="third_party", name=_HOLDER).run()
    JoinConsultation(clerk, case_id=cases[1].pk, consultation_id=party.pk).run()
    asked = {"征求内容": _CANTEEN, "权益": "商业秘密"}
    if _sent(signers, party, asked, way="hand"):
        RecordAnswer(
            clerk, case_id=first.pk, consultation_id=party.pk, answer="agrees", on=timezone.localdate(),
            text="合同已履行完毕，同意公开，请隐去银行账号。",
        ).run()  # fmt: skip
        _group(clerk, first, Case.objects.get(pk=cases[2].pk))


def _sent(
    signers: Sequence[Actor], party: Consultation, asked: dict[str, str], *, way: str, tracking: str = ""
) -> bool:
    """A letter to a third party signed and sent today; in a year whose holidays are not published it stays a
    draft.
    """
    clerk, today = signers[0], timezone.localdate()
    letter = DraftLetter(
        clerk, case_id=party.case_id, kind="consult_third_party", typed=asked, consultation_id=party.pk
    ).run()
    if not holidays_known(today):
        return False
    for signer in signers:
        if Letter.objects.get(pk=letter.pk).state != LetterState.SIGNED:
            SignLetter(signer, case_id=party.case_id, letter_id=letter.pk).run()
    DeliverLetter(
        clerk, case_id=party.case_id, letter_id=letter.pk, way=way, on=today, tracking=tracking
    ).run()
    return True


def _group(clerk: Actor, first: Case, *others: Case) -> None:
    marked = tuple((one.pk, one.revision) for one in others)
    GroupCases(clerk, case_id=first.pk, others=marked, reason="所需信息相同，申请人不同").run()


def _asked(town: Agency, clerk: Actor, received: date, subject: str, name: str, number: str) -> Case:
    who = intake.Requester("natural_person", name, "other", number, phone="0990-0000010")
    request = intake.Request(who, subject, way_wanted=WayWanted.PICK_UP, channel=Channel.IN_PERSON)
    made = RegisterByStaff(clerk, agency=town, request=request, received_on=received).run()
    return Case.objects.get(pk=made.case.pk)
