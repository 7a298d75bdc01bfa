"""What a citizen's browser has in hand: the summary, the receipt, large print; never another browser."""

import base64
import json
from urllib.parse import quote

import pytest
from altcha import v1 as altcha
from django.conf import settings as live
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from time_machine import travel

from gongkai.web.applications.models import Case, Draft
from gongkai.web.portal.applications import challenge, in_hand
from tests.web.applications import by_form
from tests.web.reporting.people import Town, work

LARGE = 'class="large"'


@pytest.fixture
def citizen() -> Client:
    return Client()


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


# --- the receipt -------------------------------------------------------------------------------------------
def test_a_reload_shows_the_receipt_again_to_this_browser_for_a_short_time(
    town: Town, citizen: Client
) -> None:
    address = by_form.look(citizen)
    with travel(timezone.now(), tick=False) as clock:
        page, case = by_form.send(citizen, address)
        assert case.code in page
        clock.shift(in_hand.REPLAY / 2)
        assert case.code in text(citizen, address)
        clock.shift(in_hand.REPLAY / 2)
        later = text(citizen, address)
        assert citizen.get(f"{address}receipt.pdf").status_code == 404
    assert case.code not in later, "a reload does not begin the time anew"
    assert case.register_no in later
    assert "查询码不再显示" in later


def test_a_second_click_is_one_case_and_the_same_receipt(town: Town, citizen: Client) -> None:
    address = by_form.look(citizen)
    first, case = by_form.send(citizen, address)
    again, same = by_form.send(citizen, address)
    assert Case.objects.get() == case == same
    assert case.code in first
    assert case.code in again


def test_an_answer_that_got_lost_is_shown_when_it_is_asked_for_again(town: Town, citizen: Client) -> None:
    address = by_form.look(citizen)
    with travel(timezone.now(), tick=False) as clock:
        citizen.post(address, {"step": "send"})  # the redirect never arrived
        clock.shift(in_hand.REPLAY * 4)
        assert Case.objects.get().code in text(citizen, address)


def test_no_other_browser_gets_summary_receipt_or_paper(town: Town, citizen: Client) -> None:
    address = by_form.look(citizen)
    other = Client()
    assert other.get(address).status_code == 404
    assert "陈一心" not in text(other, address)
    _, case = by_form.send(citizen, address)
    by_form.look(other)  # one who has something of their own in hand, and copies names
    own = next(name for name in other.cookies if name.startswith("draft-"))
    stolen = "draft-" + address.split("/")[-2]
    other.cookies[stolen] = other.cookies[own].value
    for tried in (address, f"{address}receipt.pdf"):
        answer = other.get(tried)
        assert answer.status_code == 404
        assert case.code not in answer.content.decode()
    other.cookies[stolen] = citizen.cookies[stolen].value[:-1] + "x"
    assert other.get(address).status_code == 404


def test_put_away_it_is_gone_from_this_device_and_nowhere_else(town: Town, citizen: Client) -> None:
    address = by_form.look(citizen)
    _, case = by_form.send(citizen, address)
    assert citizen.post(address, {"step": "put_away"}).headers["Location"] == "/apply/"
    assert citizen.get(address).status_code == 404
    assert Case.objects.get() == case


def test_a_browser_holds_a_few_and_the_oldest_goes_first(town: Town, citizen: Client) -> None:
    with travel(timezone.now(), tick=False) as clock:
        addresses = []
        for _ in range(in_hand.MOST + 1):
            addresses.append(by_form.look(citizen))
            clock.shift(1)
        held = [citizen.get(address).status_code for address in addresses]
    assert held == [404] + [200] * in_hand.MOST


def test_going_back_after_sending_leads_to_the_receipt(town: Town, citizen: Client) -> None:
    address = by_form.look(citizen)
    _, case = by_form.send(citizen, address)
    back = citizen.get("/apply/to/kunyang/", {"draft": address.split("/")[-2]}, follow=True)
    assert "已提交给" in back.content.decode()
    assert case.register_no in back.content.decode()


# --- large print -------------------------------------------------------------------------------------------
def test_large_print_on_the_form_keeps_what_was_typed(town: Town, citizen: Client) -> None:
    typed = by_form.FORM | {"identity_number": "123", "display": "large"}
    page = citizen.post("/apply/to/kunyang/", typed).content.decode()
    assert LARGE in page
    assert 'value="陈一心"' in page
    assert 'value="123"' in page
    assert "需要改正" not in page
    assert LARGE in text(citizen, "/apply/")
    assert not Draft.objects.exists()
    back = citizen.post("/apply/to/kunyang/", typed | {"display": "standard"}).content.decode()
    assert LARGE not in back


def test_large_print_on_summary_and_receipt_leads_back_to_them(town: Town, citizen: Client) -> None:
    address = by_form.look(citizen)
    for said in ("核对申请</h1>", "申请回执</h1>"):
        citizen.get("/display/")
        page = text(citizen, address)
        assert said in page
        link = f"/display/?size=large&amp;next={quote(address, safe='')}"
        assert link in page
        large = citizen.get("/display/", {"size": "large", "next": address}, follow=True).content.decode()
        assert LARGE in large
        assert said in large
        by_form.send(citizen, address)
    assert Case.objects.get().code in text(citizen, address)


# --- limits ------------------------------------------------------------------------------------------------
def solution() -> dict[str, object]:
    puzzle = challenge.new()
    found = altcha.solve_challenge(
        challenge=puzzle["challenge"], salt=puzzle["salt"], algorithm="SHA-256",
        max_number=puzzle["maxNumber"], start=0,
    )  # fmt: skip
    assert found is not None
    names = ("algorithm", "challenge", "salt", "signature")
    return {name: puzzle[name] for name in names} | {"number": found.number}


def written(given: dict[str, object], blanks: int) -> str:
    return base64.b64encode((json.dumps(given) + " " * blanks).encode()).decode()


def test_a_puzzle_is_used_once_however_its_solution_is_written() -> None:
    given = solution()
    assert [challenge.solved(written(given, blanks)) for blanks in range(5)] == [True] + [False] * 4
    turned = dict(reversed(given.items())) | {"more": "1"}
    assert not challenge.solved(written(turned, 0))
    assert challenge.solved(written(solution(), 0)), "another one counts"


@pytest.mark.parametrize("junk", ["null", "[]", "7", '"a"', "{}", '{"algorithm": null}', '{"salt": 1}'])
def test_what_is_no_solution_is_worth_nothing(junk: str) -> None:
    assert not challenge.solved(base64.b64encode(junk.encode()).decode())


def test_a_form_sent_twice_stays_proven(town: Town, citizen: Client) -> None:
    answer = {"altcha": written(solution(), 0), "once": "k" * 32}
    address = by_form.look(citizen, **answer)
    del citizen.cookies[next(name for name in citizen.cookies if address.strip("/").endswith(name[-20:]))]
    assert by_form.look(citizen, **answer) == address
    hand = in_hand.of(citizen.get(address).wsgi_request, address.strip("/").rpartition("/")[2])
    assert hand is not None
    assert hand.proven


def test_looking_again_is_not_sending(town: Town, citizen: Client) -> None:
    for _ in range(12):
        address = by_form.look(citizen)
    assert Case.objects.count() == 0
    assert by_form.send(citizen, address)[1].register_no


def test_too_many_sent_keeps_what_was_filled_in(town: Town, citizen: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = live.ACCOUNT_RATE_LIMITS | {"apply_without_scripts": "2/h/ip"}
    for _ in range(2):
        by_form.sent(citizen)
    address = by_form.look(citizen)
    answer = citizen.post(address, {"step": "send"})
    assert answer.status_code == 429
    assert "提交的申请较多" in answer.content.decode()
    assert "陈一心" in text(citizen, address)
    cache.clear()
    assert by_form.send(citizen, address)[1].register_no
    assert Case.objects.count() == 3


def test_a_second_press_of_the_same_form_does_not_count(
    town: Town, citizen: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two presses at once: neither knows of the other when it comes; the second waits for the first."""
    settings.ACCOUNT_RATE_LIMITS = live.ACCOUNT_RATE_LIMITS | {
        "apply_without_scripts": "1/h/ip", "receipt_to": "1/h/key"
    }  # fmt: skip
    address = by_form.look(citizen, email="a@b.cn")
    with monkeypatch.context() as at_once:
        at_once.setattr("gongkai.web.portal.applications.draft.drafts.case_of_token", lambda _: None)
        assert [citizen.post(address, {"step": "send"}).status_code for _ in range(6)] == [302] * 6
    page = text(citizen, address)
    assert Case.objects.get().register_no in page
    assert "也已寄往您的邮箱" in page, "what the first press brought about stays said"
    assert citizen.post(by_form.look(citizen, subject="另一件"), {"step": "send"}).status_code == 429


def test_receipts_to_one_address_end_and_applications_do_not(
    town: Town, citizen: Client, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = live.ACCOUNT_RATE_LIMITS | {
        "receipt_to": "2/h/key", "apply_without_scripts": "20/h/ip"
    }  # fmt: skip
    said = [by_form.sent(citizen, email=email)[0] for email in ("a@b.cn", "A@B.CN", "a@b.cn", "c@d.cn")]
    work()
    assert [message.to for message in mail.outbox] == [["a@b.cn"], ["a@b.cn"], ["c@d.cn"]]
    assert Case.objects.count() == 4
    assert ["也已寄往您的邮箱" in page for page in said] == [True, True, False, True]
    assert "这次没有寄送" in said[2]


def test_a_number_no_message_goes_to_holds_back_no_mail(
    town: Town, citizen: Client, settings: Settings
) -> None:
    """Seven people whom one helper's telephone stands for: each has an address of their own."""
    settings.ACCOUNT_RATE_LIMITS = live.ACCOUNT_RATE_LIMITS | {
        "receipt_to": "1/h/key", "apply_without_scripts": "20/h/ip"
    }  # fmt: skip
    same = {"phone": "13800000000"}
    said = [by_form.sent(citizen, email=f"{one}@b.cn", **same)[0] for one in "abc"]
    assert ["也已寄往您的邮箱" in page for page in said] == [True] * 3
    assert len(mail.outbox) == 0
    work()
    assert [message.to for message in mail.outbox] == [["a@b.cn"], ["b@b.cn"], ["c@b.cn"]]


# --- the form ----------------------------------------------------------------------------------------------
def test_an_error_is_named_by_its_field_for_those_who_hear_the_page(town: Town, citizen: Client) -> None:
    page = citizen.post("/apply/to/kunyang/", by_form.FORM | {"identity_number": "123"}).content.decode()
    field = page.partition('name="identity_number"')[2].partition(">")[0]
    named = field.partition('aria-describedby="')[2].partition('"')[0].split()
    assert "id_identity_number_error" in named
    for one in named:
        assert page.count(f'id="{one}"') == 1, one
    assert "aria-required" in field


def test_every_error_counts_and_files_are_named_where_there_were_some(town: Town, citizen: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = citizen.post("/apply/to/kunyang/", by_form.FORM | {"name": ""}).content.decode()
    assert "有1处需要改正" in page
    assert "请重新选择" not in page
    two = [SimpleUploadedFile("一.pdf", b"x"), SimpleUploadedFile("二.pdf", b"y")]
    wrong = by_form.FORM | {"name": "", "identity_files": two}
    page = citizen.post("/apply/to/kunyang/", wrong).content.decode()
    assert "有3处需要改正" in page
    assert "请重新选择" in page


def test_the_form_says_what_it_needs_and_takes(town: Town, citizen: Client) -> None:
    page = text(citizen, "/apply/to/kunyang/")
    assert page.count(">必填</span>") == 3
    assert ">可不填</span>" in page
    assert 'accept=".pdf,.jpg' in page
    assert "每个最大20MB，最多10个" in page


# --- refusals ----------------------------------------------------------------------------------------------
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def test_a_form_whose_token_is_old_comes_back_filled_in(town: Town) -> None:
    page = strict().post("/apply/to/kunyang/", by_form.FORM | {"csrfmiddlewaretoken": "x" * 64})
    assert page.status_code == 403
    assert 'value="陈一心"' in page.content.decode()
    assert "再点一次" in page.content.decode()
    assert "工作人员登录" not in page.content.decode()
    assert not Draft.objects.exists()


def test_the_form_works_after_signing_in_elsewhere(town: Town) -> None:
    client = strict()
    before = client.get("/apply/to/kunyang/").context["csrf_token"]
    client.cookies["csrftoken"] = "b" * 32  # as a new sign-in in another tab sets it
    refused = client.post("/apply/to/kunyang/", by_form.FORM | {"csrfmiddlewaretoken": str(before)})
    assert refused.status_code == 403
    again = by_form.FORM | {"csrfmiddlewaretoken": str(refused.context["csrf_token"])}
    assert client.post("/apply/to/kunyang/", again).status_code == 302


def test_another_site_gets_nothing_filled_in(town: Town) -> None:
    page = strict().post("/apply/to/kunyang/", by_form.FORM, headers={"Sec-Fetch-Site": "cross-site"})
    assert page.status_code == 403
    assert "陈一心" not in page.content.decode()


def test_a_draft_that_is_over_is_told_on_a_public_page(town: Town, citizen: Client) -> None:
    address = by_form.look(citizen)
    Draft.objects.all().delete()
    for answer in (citizen.get(address), citizen.post(address, {"step": "send"})):
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "已经过期" in page
        assert "工作人员登录" not in page
        assert "查询办理进度" in page
