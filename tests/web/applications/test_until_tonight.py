"""What applicants are told and may do goes by the day it is in Shanghai, not by what was kept overnight."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from gongkai.law.case import Channel
from gongkai.web.applications.models import Case
from gongkai.web.common.models import OutboxMail
from gongkai.web.portal.applications import standing
from tests.web.applications.asking import register, request, submit
from tests.web.applications.following import CORRECT, FOLLOWED, RATE, of, opened
from tests.web.applications.playing import Office, confirmed, on, workdays_after
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

ASKED = date(2024, 3, 6)
FEE = {"计收方式": "按量", "数量": "40", "缴纳方式": "到财务室"}


def page(client: Client) -> str:
    return strip_tags(client.get(FOLLOWED).content.decode())


@pytest.fixture
def waits(town: Town, office: Office) -> Case:
    """A case whose correction nobody sent; no task has run since."""
    case = confirmed(town)
    office.send(case, "correction", {"补正事项": "名称", "期限": "10"}, ASKED)
    return case


def test_a_term_that_is_over_is_over_before_the_nights_task(waits: Case) -> None:
    with on(workdays_after(ASKED, 10) + timedelta(1)):
        citizen = opened(waits)
        shown = page(citizen)
        late = citizen.post(CORRECT, of(waits, text="人民路北侧"))
        rated = citizen.post(RATE, of(waits, stars="5", text=""))
    assert "逾期未补正，视为放弃申请" in shown
    assert "缴费" not in shown
    assert "提交补正" not in shown
    assert "撤回申请" not in shown
    assert late.status_code == 409
    told = strip_tags(late.content.decode())
    assert "补正期限已过，视为放弃申请" in told
    assert "逾期有正当理由的，请与受理机关联系说明" in told
    assert "excused" not in told
    assert rated.status_code == 302, "it has ended, so it can be rated"
    waits.refresh_from_db()
    assert waits.rating.stars == 5
    assert waits.details == request().details, "nothing was added by the late correction"


def test_on_its_last_day_a_correction_is_still_taken(waits: Case) -> None:
    with on(workdays_after(ASKED, 10)):
        citizen = opened(waits)
        assert "提交补正" in page(citizen)
        assert citizen.post(CORRECT, of(waits, text="人民路北侧")).status_code == 302


def test_an_unpaid_fee_is_told_as_that_and_knows_no_excuse(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.send(case, "fee", FEE, ASKED)
    with on(ASKED + timedelta(1)):
        before = page(opened(case))
    with on(workdays_after(ASKED, 20) + timedelta(1)):
        after = page(opened(case))
    assert "逾期未缴纳的，视为放弃申请" in before
    assert "正当理由" not in before
    assert "逾期未缴费，视为放弃申请" in after


def test_nobody_says_received_before_both_sides_confirm(town: Town) -> None:
    with on(ASKED):
        case = submit(town.agency).case
        shown = page(opened(case))
    mail = OutboxMail.objects.get()
    assert "2024-03-06 提交申请" in shown
    assert "2024年3月6日提交申请。答复期限自确认收到之日起计算" in shown
    assert "收到申请" not in shown
    assert "已收到" not in mail.body
    assert "答复期限自确认之日起计算" in mail.body


def test_what_was_handed_in_is_received(town: Town) -> None:
    with on(ASKED):
        case = register(town.as_clerk, town.agency, ASKED, request(channel=Channel.IN_PERSON))
        assert list(standing.timeline(case)) == [(ASKED, "收到申请")]
        body = OutboxMail.objects.get().body
    assert "确认之日" not in body


EARLY = datetime(2024, 3, 5, 23, 30, tzinfo=UTC)  # half past seven in the morning of the sixth in Shanghai


def test_before_eight_in_the_morning_it_is_the_same_day(town: Town) -> None:
    with time_machine.travel(EARLY, tick=False):
        case = submit(town.agency).case
        assert "2024年3月6日提交申请" in page(opened(case))
        assert "2024年3月5日" not in page(opened(case))


def test_the_day_of_purging_is_a_day_in_shanghai(town: Town) -> None:
    case = confirmed(town)
    Case.objects.filter(pk=case.pk).update(purged_at=EARLY)
    shown = signed_in(town.clerk).get(reverse("applications:case", args=[case.pk])).content.decode()
    assert "已于2024年3月6日按保存期限清除" in shown
