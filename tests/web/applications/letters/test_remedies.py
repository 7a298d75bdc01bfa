"""The remedy an applicant is told on the site is the one the letter tells, day by day and part by part."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.law.outcomes import grounds_of_part
from gongkai.web.applications.actions import DeliverLetter, Purge, RecordEvent
from gongkai.web.applications.letters import remedies
from gongkai.web.applications.models import Case, Letter, Notice
from gongkai.web.applications.privacy import retention
from gongkai.web.common.actor import Actor
from gongkai.web.common.models import OutboxMail
from gongkai.web.portal.applications import standing
from tests.web.applications.playing import Office, confirmed, on
from tests.web.applications.reading import pdf_text
from tests.web.reporting.people import Town

SYSTEM = Actor.system("applications.tidier")
TYPED = {"查明事实": "本机关检索了档案室。", "理由": "见下。", "提供方式": "随本答复书一并提供。"}
#: A case of 2025, when reconsideration comes first for what is withheld.
RECEIVED = date(2025, 3, 3)
REPLIED = date(2025, 3, 10)
FIRST = "不能直接起诉"


def replied(
    office: Office, outcome: str, *grounds: str, way: str = "hand", received: date = RECEIVED,
    day: date = REPLIED,
) -> Letter:  # fmt: skip
    case = confirmed(office.town, received)
    with on(day):
        typed = TYPED | ({"其余部分的依据": "；".join(grounds)} if grounds else {})
        letter = office.letter(case, "reply", typed, outcome=outcome)
        given = {"way": way, "on": day, "tracking": "XA123" if way == "post" else "", "elsewhere": True}
        DeliverLetter(office.town.as_clerk, case_id=case.pk, letter_id=letter.pk, **given).run()
    letter.refresh_from_db()
    return letter


def told(letter: Letter, day: date = REPLIED) -> str:
    return "\n".join(standing.remedies(Case.objects.get(pk=letter.case_id), day))


@pytest.mark.parametrize("ground", ["属于国家秘密", "经检索没有所申请公开的信息", "属于行政查询事项"])
def test_of_each_ground_of_a_part_the_page_says_what_the_letter_says(
    town: Town, office: Office, ground: str
) -> None:
    letter = replied(office, "partial", ground)
    text = pdf_text(letter).replace("\n", "")
    page = told(letter)
    assert ("先向" in text) is (FIRST in page)
    assert ("6个月内" in text) is ("最晚2025年9月10日" in page)
    assert ("先向" in text) is next(one.withheld for one in grounds_of_part(RECEIVED) if one.word == ground)


@pytest.mark.parametrize("outcome", ["provided", "internal", "other_agency", "reissue"])
def test_of_each_other_reply_too(town: Town, office: Office, outcome: str) -> None:
    letter = replied(office, outcome)
    text = pdf_text(letter).replace("\n", "")
    assert ("先向" in text) is (FIRST in told(letter))
    assert ("6个月内" in text) is ("直接提起行政诉讼" in told(letter))


def test_two_parts_have_two_remedies(town: Town, office: Office) -> None:
    page = told(replied(office, "partial", "属于国家秘密", "不属于本机关负责公开")).split("\n")
    assert page == [
        "不予公开的部分：申请行政复议：最晚2025年5月9日",
        "不予公开的部分：对行政复议决定不服的，收到复议决定书之日起15日内提起行政诉讼；不能直接起诉",
        "其他部分：申请行政复议：最晚2025年5月9日",
        "其他部分：或者直接提起行政诉讼：最晚2025年9月10日",
    ]


@pytest.mark.parametrize("ground", ["属于国家秘密", "经检索没有所申请公开的信息"])
def test_what_was_told_stays_when_the_letter_is_purged(town: Town, office: Office, ground: str) -> None:
    letter = replied(office, "partial", ground)
    before, kept = told(letter), remedies.of(letter)
    Purge(SYSTEM, case_id=letter.case_id, whole=True).run()
    letter.refresh_from_db()
    assert letter.fields == ""
    assert (told(letter), remedies.of(letter)) == (before, kept)


def test_a_letter_signed_before_remedies_were_kept_tells_what_was_typed(town: Town, office: Office) -> None:
    letter = replied(office, "partial", "经检索没有所申请公开的信息")
    before = told(letter)
    Letter.objects.filter(pk=letter.pk).update(remedies=[])
    assert told(letter) == before
    assert FIRST not in before


def test_the_proof_of_who_asked_is_kept_while_a_suit_may_begin(town: Town, office: Office) -> None:
    """Six months for a part that does not exist are longer than reconsideration first."""
    case = replied(office, "partial", "经检索没有所申请公开的信息").case
    case.refresh_from_db()
    assert retention.last_remedy(case) >= REPLIED + timedelta(184)


def test_a_day_that_is_past_is_said_to_be_past(town: Town, office: Office) -> None:
    letter = replied(office, "provided")
    assert told(letter, date(2025, 5, 9)).startswith("申请行政复议：最晚2025年5月9日\n")
    later = told(letter, date(2025, 5, 10)).split("\n")
    assert later == [
        "申请行政复议：最晚2025年5月9日（已过）",
        "或者直接提起行政诉讼：最晚2025年9月10日",
    ]


def test_each_last_day_is_provisional_by_itself(town: Town, office: Office) -> None:
    """One lies in a year whose holidays are published, the other does not."""
    letter = replied(office, "provided", received=date(2026, 9, 14), day=date(2026, 9, 21))
    assert told(letter, date(2026, 11, 22)).split("\n") == [
        "申请行政复议：最晚2026年11月20日（已过）",
        "或者直接提起行政诉讼：最晚2027年3月21日（放假安排尚未公布，遇节假日顺延）",
    ]


def test_of_a_posted_reply_no_day_is_past(town: Town, office: Office) -> None:
    """The terms run from receipt, which only the applicant can show."""
    page = told(replied(office, "provided", way="post"), date(2025, 5, 12))
    assert "已过" not in page
    assert page.startswith("申请行政复议：收到答复之日起60日内；从寄出之日起算到2025年5月9日，")
    assert "收到答复之日起6个月内；从寄出之日起算到2025年9月10日" in page


def test_of_a_reply_put_online_without_word_of_it_no_day_is_past(town: Town, office: Office) -> None:
    letter, late = replied(office, "provided", way="online"), date(2025, 5, 12)
    assert "最晚2025年5月9日（已过）" in told(letter, late), "a mail told of it the same day"
    with on(late):
        OutboxMail.objects.filter(notice__letter=letter).update(failed_at=timezone.now())
    page = told(letter, late)
    assert "已过" not in page
    assert page.startswith(
        "申请行政复议：收到答复之日起60日内；从在本网站提供之日起算到2025年5月9日，实际收到更晚"
    )
    Notice.objects.filter(letter=letter).delete()
    assert told(letter, late) == page, "nobody could be told: neither mail nor message"


def test_without_a_reply_nothing_is_told(town: Town, office: Office) -> None:
    case = confirmed(town)
    assert standing.remedies(case, REPLIED) == []
    RecordEvent(town.as_clerk, case_id=case.pk, kind="withdrawn", on=timezone.localdate()).run()
    assert standing.remedies(case, REPLIED) == []
