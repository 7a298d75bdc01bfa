"""What proves who asked is kept as long as a remedy can begin, from the day the reply was received."""

from datetime import date, time, timedelta

import pytest

from gongkai.law import outcomes as law
from gongkai.law.calendar import published
from gongkai.web.applications import tasks
from gongkai.web.applications.actions import DeliverLetter, RecordCall, RecordEvent
from gongkai.web.applications.models import Case
from gongkai.web.applications.privacy import retention
from tests.web.applications.asking import request, requester, submit
from tests.web.applications.playing import START, Office, confirmed, on
from tests.web.reporting.people import Town

REPLIED, CALLED = date(2024, 3, 18), date(2024, 9, 2)
YEAR, SIX_MONTHS = timedelta(365), timedelta(180)
TYPED = {"查明事实": "本机关检索了档案。", "理由": "见附件。", "提供方式": "随本答复书提供。"}


def replied(town: Town, office: Office, way: str, **who: str) -> Case:
    """Answered in a way, to an applicant with these contacts."""
    with on(START):
        case = submit(town.agency, request(requester(**who))).case
        RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=START).run()
    with on(REPLIED):
        letter = office.letter(case, "reply", TYPED, outcome="provided")
        DeliverLetter(
            town.as_clerk, case_id=case.pk, letter_id=letter.pk, way=way, on=REPLIED, elsewhere=True,
            tracking="1234567890123" if way == "post" else "",
        ).run()  # fmt: skip
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize("way", ["hand", "email"])
def test_received_at_once_the_time_runs_from_that_day(town: Town, office: Office, way: str) -> None:
    case = replied(town, office, way)
    assert REPLIED + SIX_MONTHS < retention.last_remedy(case) < REPLIED + SIX_MONTHS + timedelta(30)


@pytest.mark.parametrize(
    ("way", "who"), [("post", {}), ("online", {"email": "", "phone": "", "address": "南街1号"})]
)
def test_of_one_nobody_knows_the_arrival_of_some_weeks_more(
    town: Town, office: Office, way: str, who: dict[str, str]
) -> None:
    case = replied(town, office, way, **who)
    assert REPLIED + timedelta(60) + SIX_MONTHS < retention.last_remedy(case) < REPLIED + YEAR


def test_until_the_applicant_was_told_nothing_is_purged_and_then_the_time_begins(
    town: Town, office: Office
) -> None:
    """A suit is open for six months from the call, however long before it the letter went out."""
    case = replied(town, office, "online", email="", phone="13800001234")
    assert retention.last_remedy(case) >= REPLIED + 5 * YEAR, "the call is still to be made"
    with on(CALLED):
        RecordCall(
            town.as_clerk, case_id=case.pk, on=CALLED, at=time(9), result="told", who="申请人本人"
        ).run()
    case = Case.objects.get(pk=case.pk)
    assert CALLED + SIX_MONTHS < retention.last_remedy(case) < CALLED + YEAR
    with on(REPLIED + SIX_MONTHS + YEAR + timedelta(60)):
        tasks.purge()
    assert Case.objects.get(pk=case.pk).applicant.identity_number
    with on(retention.proofs_until(case) + timedelta(1)):
        tasks.purge()
    assert not Case.objects.get(pk=case.pk).applicant.identity_number


def test_no_last_day_that_was_told_comes_after_the_one_counted_here(town: Town, office: Office) -> None:
    """A last day on a holiday is put off to the working day after it; the Spring Festival is the longest."""
    case = confirmed(town)
    found = law.remedy("granted", START)
    day = START
    while day < date(2025, 6, 30):
        case.closed_on = day
        told = law.last_days(found, day, published())
        assert told.suit is not None
        assert retention.last_remedy(case) >= max(told.suit.day, told.reconsideration.day), day
        day += timedelta(1)
