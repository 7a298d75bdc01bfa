"""A repeated application: what answered the earlier one, as the reply names it (条例 36(6))."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from django.db.models import Q

from gongkai.web.applications.alike import groups
from gongkai.web.applications.letters.kinds import REPLY
from gongkai.web.applications.models import Case, Letter, LetterState
from gongkai.web.common.days import chinese

REPEAT: Final = "repeat"
FIELD: Final = "此前的答复"
#: An answer of the time before this register is told with its day.
_DAY: Final = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


def problems(letter: Letter, typed: Mapping[str, str]) -> Iterator[str]:
    """What stands against calling an application a repeat: none was answered to this applicant before."""
    named = typed.get(FIELD, "").strip()
    if letter.outcome != REPEAT:
        if named:
            yield f"“{FIELD}”只在重复申请时填写"
        return
    if not named:
        return  # said to be missing
    found = _named(letter.case, named)
    if found is None:
        if _not_out(letter.case, named):
            yield (
                f"“{named}”没有送达申请人（尚未送出或已作废），不能作为此前的答复；"
                f"“{FIELD}”请写已送达的答复书的文号或者那件申请的登记号"
            )
        elif not _DAY.search(named):
            yield (
                f"登记中没有“{named}”这件申请或者答复书，请核对；系统启用前答复的，"
                "请写明答复日期和文号，如“2019年3月4日作出的昆公复〔2019〕3号”"
            )
    elif not _answered(found):
        yield f"{found}还没有答复，不属于重复申请（条例第三十六条第（六）项）"
    elif unknown := groups.why_untold(found, letter.case):
        yield (
            f"按证件号码不能确定{found}的申请人是不是同一人：{unknown}。请核对两件的案卷，确是同一人的，“{FIELD}”请写"
            f"“{_said(found)}”；不是同一人的，不属于重复申请（条例第三十六条第（六）项）"
        )
    elif not groups.is_repeat(found, letter.case):
        yield f"{found}的申请人不是同一人（按证件号码），不属于重复申请（条例第三十六条第（六）项）"


def _named(case: Case, named: str) -> Case | None:
    """The other case of the agency whose register number, or the number of whose reply that went
    out, this is: what was dropped, or not delivered yet, has answered nobody.
    """
    reply = Q(letters__kind=REPLY, letters__document_no=named, letters__state=LetterState.DELIVERED)
    others = Case.objects.filter(agency_id=case.agency_id).exclude(pk=case.pk)
    return others.filter(Q(register_no=named) | reply).select_related("applicant").first()


def _not_out(case: Case, named: str) -> bool:
    """Whether it numbers a reply of another case of the agency; one that is out was found before."""
    replies = Letter.objects.filter(kind=REPLY, document_no=named, case__agency_id=case.agency_id)
    return replies.exclude(case=case).exists()


def _said(case: Case) -> str:
    """The earlier answer by its day and number, as a person who has compared the papers writes it."""
    reply = case.letters.filter(kind=REPLY, state=LetterState.DELIVERED).last()
    number = reply.document_no if reply else ""
    day = (reply.dated if reply else None) or case.closed_on
    told = chinese(day)
    return f"{told}作出的{number}" if number else f"{told}对{case}作出的答复"


def _answered(case: Case) -> bool:
    replies = case.letters.filter(kind=REPLY, state=LetterState.DELIVERED)
    return replies.exists() or case.events.filter(kind="replied", voids=None, voided_by=None).exists()
