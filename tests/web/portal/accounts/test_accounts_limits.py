"""How often codes are mailed: a stranger neither locks an owner out nor floods a mailbox."""

import json
from base64 import b64decode, b64encode

import pytest
from altcha import v1 as altcha
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from gongkai.web.common.models import OutboxMail
from gongkai.web.portal.accounts.models import SharedCode
from gongkai.web.portal.accounts.tasks import over_sessions
from gongkai.web.portal.applications import challenge
from tests.web.portal.accounts.holder import CODE, MINE, last_code, mails, text
from tests.web.reporting.people import Town

WRONG = "2222-2222"


def asked(email: str, ip: str, **more: str) -> Client:
    """Somebody at a network who asks for a code and is not refused."""
    client = Client(REMOTE_ADDR=ip)
    assert client.post(MINE, {"email": email, **more}).status_code == 302
    return client


def test_a_sender_without_scripts_is_limited_whether_there_is_an_account_or_not(town: Town) -> None:
    before = mails()
    sent = [
        Client().post(MINE, {"email": f"n{n}@example.cn"}, REMOTE_ADDR="10.2.0.1").status_code
        for n in range(7)
    ]
    assert sent == [302] * 6 + [429]
    assert mails() == before + 6


def test_one_network_does_not_use_up_the_mails_of_an_address(town: Town) -> None:
    for _ in range(6):
        asked("chen@example.cn", "10.1.1.1")
    assert mails() == 4, "three of its own, and one that any browser may use"
    owner = asked(" CHEN@example.cn", "10.1.2.1")
    assert mails() == 5
    assert owner.post(CODE, {"code": last_code()}).headers["Location"] == MINE


def test_a_form_sent_twice_mails_one_code_that_works(town: Town) -> None:
    for _ in range(2):
        asked("chen@example.cn", "10.1.1.1")
    key = "k" * 32
    browser = asked("chen@example.cn", "10.1.1.1", once=key)
    assert mails() == 3
    for _ in range(6):  # not counted either: six more would be refused
        assert browser.post(MINE, {"email": "chen@example.cn", "once": key}).status_code == 302
    assert mails() == 3
    assert browser.post(CODE, {"code": last_code()}).headers["Location"] == MINE


def test_addresses_of_one_six_network_are_one(town: Town) -> None:
    for n in range(6):
        asked("chen@example.cn", f"2001:db8:1:2::{n + 1}")
    assert mails() == 4
    asked("chen@example.cn", "2001:db8:1:3::1")
    assert mails() == 5


def flooded(email: str) -> int:
    """Strangers of many networks ask for codes until the address gets no more of its own; mails so far."""
    for n in range(8):
        asked(email, f"10.3.{n}.1")
    return mails()


def test_who_reads_the_newest_mail_signs_in_whoever_brought_it_about(town: Town) -> None:
    before = flooded("chen@example.cn")
    assert before == 7, "six of their own, one for all"
    assert OutboxMail.objects.latest("pk").subject == "“我的申请”登录码（2小时有效）"
    shared, stranger = last_code(), asked("chen@example.cn", "10.4.0.1")
    owner = asked("chen@example.cn", "10.5.0.1")
    assert mails() == before, "no further mail while it is valid"
    page = text(owner.get(CODE))
    assert "为免打扰，暂不再寄新的" in page
    assert "@example.cn" in page
    assert "chen@example.cn" not in page
    for _ in range(5):
        stranger.post(CODE, {"code": WRONG})
    assert "没有等待输入的登录码" in text(stranger.get(CODE)), "each browser has tries of its own"
    assert owner.post(CODE, {"code": shared}).headers["Location"] == MINE
    assert stranger.post(CODE, {"code": shared}).status_code == 403
    again = asked("chen@example.cn", "10.6.0.1")
    assert mails() == before + 1, "used once; then there is another one"
    assert again.post(CODE, {"code": shared}).status_code == 403
    assert again.post(CODE, {"code": last_code()}).headers["Location"] == MINE


def test_a_shared_code_opens_nothing_for_who_did_not_ask_or_asked_for_another(town: Town) -> None:
    flooded("chen@example.cn")
    shared = last_code()
    assert Client().post(CODE, {"code": shared}).status_code == 403
    other = asked("other@example.cn", "10.7.0.1")
    assert other.post(CODE, {"code": shared}).status_code == 403
    flooded("other@example.cn")
    other = asked("other@example.cn", "10.8.0.1")
    assert other.post(CODE, {"code": shared}).status_code == 403


def test_a_shared_code_ends(town: Town, settings: Settings) -> None:
    flooded("chen@example.cn")
    shared, owner = last_code(), asked("chen@example.cn", "10.5.0.1")
    SharedCode.objects.update(created_at=timezone.now() - settings.CITIZEN_SHARED_CODE_VALID * 1.01)
    assert owner.post(CODE, {"code": shared}).status_code == 403
    before = mails()
    owner = asked("chen@example.cn", "10.5.0.1")
    assert mails() == before + 1
    assert owner.post(CODE, {"code": last_code()}).headers["Location"] == MINE
    flooded("chen@example.cn")
    SharedCode.objects.update(created_at=timezone.now() - settings.CITIZEN_SHARED_CODE_VALID * 1.01)
    over_sessions()
    assert not SharedCode.objects.exists()


def test_who_deletes_the_account_leaves_no_shared_code(town: Town) -> None:
    flooded("chen@example.cn")
    owner = asked("chen@example.cn", "10.5.0.1")
    owner.post(CODE, {"code": last_code()})
    flooded("chen@example.cn")
    assert SharedCode.objects.exists()
    owner.post(f"{MINE}delete/", {"sure": "1"})
    assert not SharedCode.objects.exists()


def test_no_address_gets_more_than_a_bounded_number_of_mails_a_day(town: Town) -> None:
    for n in range(80):
        asked("chen@example.cn", f"10.9.{n}.1")
    assert mails() == 7


def answer(*, hard: bool = False) -> str:
    """The right answer to a puzzle, as the page's script writes it."""
    puzzle = challenge.new(hard=hard)
    found = altcha.solve_challenge(
        challenge=puzzle["challenge"], salt=puzzle["salt"], algorithm="SHA-256",
        max_number=puzzle["maxNumber"], start=0,
    )  # fmt: skip
    assert found is not None
    given = {name: puzzle[name] for name in ("algorithm", "challenge", "salt", "signature")}
    return b64encode(json.dumps({**given, "number": found.number}).encode()).decode()


def test_where_the_network_is_used_up_a_harder_puzzle_takes_the_place_of_a_refusal(
    town: Town, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(challenge, "_HASHES", 50)
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"account_mail": "1/h/ip"}
    asked("a@example.cn", "10.2.0.1", altcha=answer())
    client = Client(REMOTE_ADDR="10.2.0.1")
    refused = client.post(MINE, {"email": "chen@example.cn", "altcha": answer()})
    assert refused.status_code == 429
    page = text(refused)
    assert 'data-puzzle="/apply/puzzle/?hard=1"' in page
    assert "data-waiting=" in page
    assert "hard" in client.get("/apply/puzzle/?hard=1").json()["salt"]
    assert challenge.worth(answer()) is challenge.Worth.PLAIN
    hard = answer(hard=True)
    plain = json.loads(b64decode(answer()))
    forged = b64encode(json.dumps(plain | {"salt": plain["salt"] + "hard=1&"}).encode()).decode()
    assert challenge.worth(forged) is challenge.Worth.NOTHING
    asked("chen@example.cn", "10.2.0.1", altcha=hard)
    assert client.post(MINE, {"email": "chen@example.cn", "altcha": hard}).status_code == 302, "without"
    assert challenge.worth(hard) is challenge.Worth.NOTHING, "an answer counts once"


def test_a_sender_who_is_used_up_types_a_shared_code_all_the_same(town: Town) -> None:
    for n in range(6):
        asked(f"n{n}@example.cn", "10.2.0.1")
    flooded("chen@example.cn")
    before, client = mails(), asked("chen@example.cn", "10.2.0.1")
    assert mails() == before
    assert client.post(CODE, {"code": last_code()}).headers["Location"] == MINE
