"""Signing in as an attacker tries it: codes, addresses, telling who has an account."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as live
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from gongkai.web.common import outbox
from gongkai.web.common.models import AuditEntry, OutboxMail
from gongkai.web.portal.accounts import address
from gongkai.web.portal.accounts.models import Account, SignedIn, SignInCode
from tests.web.portal.accounts.holder import CODE, MINE, Holder, last_code, mails, text, told
from tests.web.reporting.people import Town

WRONG = "2222-2222"


# --- codes -------------------------------------------------------------------------------------------------
def test_five_wrong_guesses_and_the_right_code_is_worth_nothing(town: Town) -> None:
    holder = Holder("chen@example.cn")
    holder.ask()
    for left in (4, 3, 2, 1):
        answer = holder.enter(WRONG)
        assert answer.status_code == 403
        assert f"还可以试{left}次" in text(answer)
    assert "这个登录码作废" in text(holder.enter(WRONG))
    answer = holder.enter(last_code())
    assert answer.status_code == 403
    assert "没有等待输入的登录码" in text(answer)
    assert not holder.signed_in
    assert Account.objects.count() == 0
    tried = AuditEntry.objects.filter(code="portal.enter_code")
    assert [one.details for one in tried] == [{"account": None, "right": False}] * 5


def test_guesses_of_many_codes_end_at_the_limit_of_the_sender(town: Town, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = live.ACCOUNT_RATE_LIMITS | {"account_code": "3/h/ip"}
    holder = Holder("chen@example.cn")
    holder.ask()
    assert [holder.enter(WRONG).status_code for _ in range(4)] == [403, 403, 403, 429]
    assert holder.enter(last_code()).status_code == 429, "nor is the right one looked at"


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_time_are_counted_one_by_one(town: Town) -> None:
    holder = Holder("chen@example.cn")
    holder.ask()
    browser = holder.client.cookies[live.CITIZEN_ASKING_COOKIE].value

    def guess(_: int) -> str:
        try:
            client = Client()
            client.cookies[live.CITIZEN_ASKING_COOKIE] = browser
            return text(client.post(CODE, {"code": WRONG}))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(16)))
    assert sum("登录码不对" in one for one in answers) == 5
    assert sum("没有等待输入的登录码" in one for one in answers) == 11
    assert SignInCode.objects.count() == 0


def test_a_code_is_used_once_and_for_fifteen_minutes(town: Town) -> None:
    with time_machine.travel("2024-03-04 09:00 +0800", tick=False) as clock:
        holder = Holder("chen@example.cn")
        holder.ask()
        used, browser = last_code(), holder.client.cookies[live.CITIZEN_ASKING_COOKIE].value
        holder.enter(used)
        replay = Client()
        replay.cookies[live.CITIZEN_ASKING_COOKIE] = browser
        assert replay.post(CODE, {"code": used}).status_code == 403
        late = Holder("chen@example.cn")
        late.ask()
        clock.shift(timedelta(minutes=15, seconds=1))
        assert late.enter(last_code()).status_code == 403
        assert SignedIn.objects.count() == 1


def test_a_newer_code_takes_the_place_of_the_one_before(town: Town) -> None:
    holder = Holder("chen@example.cn")
    holder.ask()
    old = last_code()
    holder.ask()
    assert holder.enter(old).status_code == 403
    assert SignInCode.objects.count() == 1
    assert holder.enter(last_code()).status_code == 302


def test_a_forwarded_mail_signs_nobody_in_another_browser(town: Town) -> None:
    holder = Holder("chen@example.cn")
    holder.ask()
    code, finder = last_code(), Holder("finder@example.cn")
    page = text(finder.client.get(f"{CODE}?code={code}"))
    assert "不是在这个浏览器里申请的" in page
    assert f'value="{code}"' not in page
    assert "chen" not in page
    assert finder.enter(code).status_code == 403
    finder.ask()  # now the finder's browser waits for a code, of the finder's own address
    assert finder.enter(code).status_code == 403
    assert SignedIn.objects.count() == 0
    holder.client.get(f"{CODE}?code={code}")  # a scanner of mails opens links
    assert SignedIn.objects.count() == 0
    assert holder.enter(code).status_code == 302


def test_what_an_attacker_asks_for_another_address_is_no_use_without_its_mail(town: Town) -> None:
    victim = Holder("chen@example.cn").sign_in()
    attacker = Holder("chen@example.cn")
    attacker.ask()
    for _ in range(5):
        attacker.enter(WRONG)
    assert not attacker.signed_in
    assert victim.signed_in
    assert victim.elsewhere().signed_in, "nor is the holder locked out by it"


# --- telling nobody who has an account ---------------------------------------------------------------------
def test_an_address_with_an_account_and_one_without_are_answered_alike(town: Town) -> None:
    known = Holder("knows@example.cn").sign_in()
    answers, letters, work = [], [], []
    for email in ("knows@example.cn", "knots@example.cn"):
        asker = Holder(email)
        asker.client.get(MINE)
        with CaptureQueriesContext(connection) as caught:
            asked = told(asker.ask())
        work.append([re.split(r"VALUES| WHERE | SET |EPOINT", query["sql"])[0] for query in caught])
        letter = OutboxMail.objects.latest("pk")
        letters.append((letter.subject, letter.body.replace(last_code(), "").replace(email, "")))
        answers.append((asked, told(asker.client.get(CODE))))
    assert answers[0] == answers[1]
    assert letters[0] == letters[1]
    assert work[0] == work[1]
    assert known.signed_in


# --- addresses ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "email",
    [
        "", "chen", "chen@", "@example.cn", "chen@example", "chen@@example.cn", "a b@example.cn",
        "chen@example.cn\nBcc: all@example.cn", "chen@example.cn\r\nSubject: x",
        "chen@example.cn%0aBcc:x@y.cn",
        "chen@example.cn,other@example.cn", "chen@example.cn;other@example.cn", "陈<chen@example.cn>",
        '"chen,x"@example.cn', "chen@[127.0.0.1]", "chen@127.0.0.1", "chen@localhost", ".chen@example.cn",
        "chen@-example.cn", "chen@exa_mple.cn", f"{'a' * 65}@example.cn", f"a@{'b' * 250}.cn",
        "陈一心@example.cn", "chen@例子.中国", "chen@exаmple.cn", "chen@example.cn\u2028x", "ſam@example.cn",
    ],
)  # fmt: skip
def test_what_no_mail_should_go_to_is_refused_and_no_mail_written(town: Town, email: str) -> None:
    before = mails()
    answer = Client().post(MINE, {"email": email})
    assert answer.status_code == 422
    assert "wrong-box" in text(answer)
    assert mails() == before


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Chen.Yi+x@Example.CN", "chen.yi+x@example.cn"),
        ("　ｃｈｅｎ＠ｅｘａｍｐｌｅ．ｃｎ", "chen@example.cn"),
        ("10086@139.com", "10086@139.com"),
        ("a@b.xn--fiqs8s", "a@b.xn--fiqs8s"),
        ("O'Brien@example.com", "o'brien@example.com"),
        ("a&b!c#1@example.com", "a&b!c#1@example.com"),
    ],
)
def test_what_people_type_becomes_one_spelling(typed: str, kept: str) -> None:
    assert address.normal(typed) == kept


def test_the_mail_that_leaves_has_one_recipient_and_plain_headers(town: Town) -> None:
    Holder("chen@example.cn").ask()
    outbox.send(OutboxMail.objects.latest("pk").pk)
    message = mail.outbox[-1].message()
    assert message["To"] == "chen@example.cn"
    assert message["Bcc"] is None
    assert message["Cc"] is None
