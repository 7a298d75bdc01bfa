"""What an account gives: signing in, the list, particulars, leaving; and nothing to those without one."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from gongkai.web.applications.actions import RecordEvent, Submitted
from gongkai.web.applications.models import Applicant, Case
from gongkai.web.common.models import OutboxMail
from gongkai.web.portal.accounts.models import Account, ListedCase, Particulars, SignedIn, SignInCode
from gongkai.web.portal.accounts.tasks import forgotten_accounts, over_sessions
from tests.web.applications import by_form
from tests.web.applications.asking import IDENTITY, request, submit
from tests.web.applications.playing import START, Office, confirmed, on, workdays_after
from tests.web.portal.accounts.holder import CODE, MINE, Holder, last_code, mails, text
from tests.web.reporting.people import Town

FORM = {
    "kind": "natural_person", "name": "陈一心", "identity_kind": "identity_card", "identity_number": IDENTITY,
    "phone": "0577-63700000", "subject": "昆阳镇2023年征地方案", "form_wanted": "electronic",
    "way_wanted": "online",
}  # fmt: skip
OWN = {
    "kind": "natural_person", "name": "陈一心", "identity_kind": "identity_card", "identity_number": IDENTITY,
    "phone": "0577-63700000", "email": "", "address": "", "postcode": "", "contact_name": "",
}  # fmt: skip


def sent_by(client: Client, town: Town) -> tuple[str, Case]:
    """The receipt's page and the case, of an application sent by the form."""
    return by_form.sent(client, town.agency.slug, **FORM)


# --- signing in --------------------------------------------------------------------------------------------
def test_the_first_sign_in_makes_the_account_and_the_next_opens_it(town: Town) -> None:
    first = Holder("Chen@Example.CN")
    assert first.ask().headers["Location"] == CODE
    assert Account.objects.count() == 0, "nobody has proven anything yet"
    assert OutboxMail.objects.latest("pk").to == "chen@example.cn", (
        "the very spelling the account is known by"
    )
    assert "c***@example.cn" in text(first.client.get(CODE))
    assert first.enter(last_code().lower().replace("-", " ")).headers["Location"] == MINE
    assert first.signed_in
    again = Holder("ｃhen@example.cn ").sign_in()
    assert again.signed_in
    assert first.signed_in
    assert Account.objects.count() == 1
    assert SignInCode.objects.count() == 0


def test_the_link_of_the_mail_fills_in_the_code_and_waits_for_the_button(town: Town) -> None:
    holder = Holder("chen@example.cn")
    holder.ask()
    body = OutboxMail.objects.latest("pk").body
    link = next(line for line in body.splitlines() if line.startswith("http"))
    page = text(holder.client.get(link.partition("8000")[2]))
    assert f'value="{last_code()}"' in page
    assert not holder.signed_in
    assert "code" not in OutboxMail.objects.latest("pk").subject
    assert last_code() not in OutboxMail.objects.latest("pk").subject


def test_a_session_ends_after_an_hour_without_a_click_and_after_twelve_in_any_case(town: Town) -> None:
    with time_machine.travel("2024-03-04 09:00 +0800", tick=False) as clock:
        holder = Holder("chen@example.cn").sign_in()
        for _ in range(14):
            clock.shift(timedelta(minutes=50))
            assert holder.signed_in
        clock.shift(timedelta(minutes=50))
        assert not holder.signed_in, "longer than twelve hours"
        holder.sign_in()
        clock.shift(timedelta(minutes=61))
        assert not holder.signed_in
        over_sessions()
        assert SignedIn.objects.count() == 0


# --- the list ----------------------------------------------------------------------------------------------
def replied(town: Town) -> Case:
    case = confirmed(town)
    Office(town).reply(case, "provided", date(2024, 3, 6))
    return case


def withdrawn(town: Town) -> Case:
    case = confirmed(town)
    with on(date(2024, 3, 5)):
        RecordEvent(town.as_clerk, case_id=case.pk, kind="withdrawn", on=date(2024, 3, 5)).run()
    return case


def unconfirmed(town: Town) -> Case:
    with on(START):
        return submit(town.agency).case


def to_correct(town: Town) -> Case:
    case = confirmed(town)
    Office(town).send(case, "correction", {"补正事项": "写明地块", "期限": "15"}, date(2024, 3, 6))
    return case


ASKED_WHY = {"数量频次": "您一个月内提出了三十件申请。", "期限": "7"}


def asked_why(town: Town) -> Case:
    case = confirmed(town)
    Office(town).send(case, "reasons", ASKED_WHY, date(2024, 3, 6))
    return case


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (confirmed, "办理中还有10个工作日，最晚2024年4月1日答复要做的：不用做什么，等待答复"),
        (replied, "已答复已于2024年3月6日答复要做的：查看答复，可以评价"),
        (to_correct, "等待补正等您补正，最晚2024年3月27日要做的：按补正告知书补正，最晚2024年3月27日"),
        (asked_why, "最晚2024年4月1日答复要做的：说明理由（受理机关已请您说明）"),
        (withdrawn, "已撤回您已于2024年3月5日撤回申请要做的：没有要做的"),
        (
            unconfirmed,
            "待确认收到已提交，等待受理机关与您确认收到要做的：等受理机关与您联系",
        ),
    ],
)
def test_the_list_says_where_each_case_stands_what_remains_and_what_to_do(
    town: Town, made: Callable[[Town], Case], told: str
) -> None:
    case = Case.objects.get(pk=made(town).pk)
    with on(workdays_after(START, 10)):
        holder = Holder("chen@example.cn").sign_in()
        holder.add(Submitted(case, case.code))
        assert f"{case.register_no}平阳县昆阳镇人民政府" in holder.page()
        assert told in holder.page()


def test_what_is_overdue_says_so(town: Town) -> None:
    case = confirmed(town)
    with on(workdays_after(START, 23)):
        holder = Holder("chen@example.cn").sign_in()
        holder.add(Submitted(case, case.code))
        assert "已逾期已超过答复期限3个工作日要做的：可以投诉，或依法申请行政复议" in holder.page()


def test_an_application_sent_while_signed_in_joins_the_list_and_no_other(
    chen: Holder, other: Holder, town: Town
) -> None:
    receipt, case = sent_by(chen.client, town)
    assert "这件申请已加入" in receipt
    assert case.register_no in chen.page()
    assert case.register_no not in other.page()
    receipt, alone = sent_by(Client(), town)
    assert "我的申请</a>（" not in receipt
    assert list(ListedCase.objects.values_list("case_id", flat=True)) == [case.pk]
    assert alone.pk != case.pk


def test_sent_twice_it_is_listed_once(chen: Holder, town: Town) -> None:
    address = by_form.look(chen.client, town.agency.slug, **FORM)
    for _ in range(2):
        chen.client.post(address, {"step": "send"})
    assert ListedCase.objects.count() == 1


def test_a_case_is_added_by_number_and_code_opened_without_them_and_removed(chen: Holder, town: Town) -> None:
    sent = submit(town.agency)
    assert sent.case.register_no not in chen.page()
    assert chen.add(sent).headers["Location"] == f"{MINE}?done=added"
    assert chen.add(sent).status_code == 302, "added twice it stands there once"
    assert ListedCase.objects.count() == 1
    assert chen.open(sent.case.pk).headers["Location"] == "/apply/case/"
    assert sent.case.register_no in text(chen.client.get("/apply/case/"))
    sure = {"case": sent.case.pk, "sure": "1"}
    assert chen.client.post("/apply/case/withdraw/", sure).status_code == 302
    assert Case.objects.get(pk=sent.case.pk).state == "withdrawn"
    assert chen.client.post(f"{MINE}{sent.case.pk}/remove/").headers["Location"] == f"{MINE}?done=removed"
    assert sent.case.register_no not in chen.page()
    assert not chen.sees_case(), "what was opened from the list closes with it"
    assert Case.objects.filter(pk=sent.case.pk).exists()


def test_a_case_with_a_new_code_and_one_that_was_purged_open_nothing(chen: Holder, town: Town) -> None:
    renewed, purged = submit(town.agency), submit(town.agency)
    for sent in (renewed, purged):
        chen.add(sent)
    Case.objects.filter(pk=renewed.case.pk).update(code="2222-3333-4444")
    Case.objects.filter(pk=purged.case.pk).update(code="", purged_at=timezone.now())
    page = chen.page()
    assert "查询码已更换，请用新的查询码重新加入" in page
    assert "保存期限已满" in page
    assert "征地" not in page
    assert renewed.case.subject not in page
    for sent in (renewed, purged):
        assert chen.open(sent.case.pk).status_code == 409
        assert not chen.sees_case()
    assert chen.add(renewed, "2222-3333-4444").status_code == 302
    assert chen.open(renewed.case.pk).status_code == 302


def test_a_long_list_has_pages(chen: Holder, town: Town) -> None:
    for number in range(21):
        chen.client.post(
            f"{MINE}add/",
            _given(submit(town.agency, request(subject=f"第{number}件"))),
            REMOTE_ADDR=f"10.0.0.{number}",
        )
    assert chen.page().count("查看办理情况") == 20
    assert "第1页，共2页" in chen.page()
    assert text(chen.client.get(f"{MINE}?page=2")).count("查看办理情况") == 1


def _given(sent: Submitted) -> dict[str, str]:
    return {"number": sent.case.register_no, "code": sent.code}


# --- particulars -------------------------------------------------------------------------------------------
def test_particulars_are_kept_only_when_chosen_filled_in_and_deleted(
    chen: Holder, other: Holder, town: Town
) -> None:
    address, form = f"{MINE}particulars/", f"/apply/to/{town.agency.slug}/"
    sent_by(chen.client, town)
    assert Particulars.objects.count() == 0, "sending a form keeps nothing"
    assert IDENTITY not in text(chen.client.get(form))
    assert chen.client.post(address, OWN | {"step": "keep"}).headers["Location"] == f"{address}?done=kept"
    page = text(chen.client.get(form + "?subject=某某规划"))
    assert f'value="{IDENTITY}"' in page
    assert 'value="某某规划"' in page
    assert "已填入您在" in page
    assert f'value="{IDENTITY}"' in text(chen.client.get(address))
    for stranger in (Client(), other.client):
        assert IDENTITY not in text(stranger.get(form))
        assert IDENTITY not in text(stranger.get(address))
    assert chen.client.post(address, {"step": "drop"}).headers["Location"] == f"{address}?done=dropped"
    assert Particulars.objects.count() == 0
    assert IDENTITY not in text(chen.client.get(form))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"identity_number": "110105194912310021"}, "校验码不符"),
        ({"phone": "电话"}, "电话写得不对"),
        ({"postcode": "12"}, "邮政编码为6位数字"),
        ({"kind": "nobody"}, "nobody"),
        (dict.fromkeys(("name", "identity_number", "phone"), ""), "一项也没有填写"),
    ],
)
def test_wrong_particulars_are_told_and_nothing_is_kept(
    chen: Holder, given: dict[str, str], said: str
) -> None:
    answer = chen.client.post(f"{MINE}particulars/", OWN | given | {"step": "keep"})
    assert answer.status_code == 422
    assert said in text(answer)
    assert Particulars.objects.count() == 0


def test_a_part_of_the_particulars_is_enough(chen: Holder, town: Town) -> None:
    given = dict.fromkeys(OWN, "") | {"kind": "business", "identity_kind": "credit_code", "name": "某某公司"}
    assert chen.client.post(f"{MINE}particulars/", given | {"step": "keep"}).status_code == 302
    page = chen.client.get(f"/apply/to/{town.agency.slug}/")
    assert page.context["form"]["kind"].value() == "business"
    assert page.context["form"]["name"].value() == "某某公司"


# --- leaving -----------------------------------------------------------------------------------------------
def test_signing_out_ends_this_browser_and_everywhere_ends_all(chen: Holder, town: Town) -> None:
    sent, phone, office_pc = submit(town.agency), chen.elsewhere(), chen.elsewhere()
    chen.add(sent)
    phone.open(sent.case.pk)
    assert phone.sees_case()
    assert phone.client.post(f"{MINE}leave/").headers["Location"] == f"{MINE}?done=left"
    assert not phone.signed_in
    assert not phone.sees_case()
    assert chen.signed_in
    office_pc.open(sent.case.pk)
    assert (
        chen.client.post(f"{MINE}leave/", {"everywhere": "1"}).headers["Location"]
        == f"{MINE}?done=everywhere"
    )
    for device in (chen, phone, office_pc):
        assert not device.signed_in
        assert not device.sees_case()
    assert SignedIn.objects.count() == 0


def test_a_deleted_account_leaves_the_applications_where_they_are(chen: Holder, town: Town) -> None:
    sent = submit(town.agency)
    chen.add(sent)
    chen.client.post(f"{MINE}particulars/", OWN | {"step": "keep"})
    assert "已提出的申请不受影响" in text(chen.client.get(f"{MINE}delete/"))
    assert chen.client.post(f"{MINE}delete/").status_code == 409
    assert Account.objects.count() == 1
    assert chen.client.post(f"{MINE}delete/", {"sure": "1"}).headers["Location"] == f"{MINE}?done=deleted"
    for model in (Account, SignedIn, ListedCase, Particulars, SignInCode):
        assert model.objects.count() == 0, model
    assert Applicant.objects.get(case=sent.case).name == "陈一心"
    stranger = Client()
    assert stranger.post("/apply/track/", _given(sent)).headers["Location"] == "/apply/case/"
    assert "账号已删除" in text(chen.client.get(f"{MINE}?done=deleted"))


def test_forgotten_accounts_are_told_and_then_erased(town: Town) -> None:
    with time_machine.travel("2024-03-04 10:00 +0800", tick=False) as clock:
        forgotten, back = Holder("forgotten@example.cn").sign_in(), Holder("back@example.cn").sign_in()
        clock.shift(timedelta(days=3 * 365 - 31))
        before = mails()
        forgotten_accounts()
        assert mails() == before
        clock.shift(timedelta(days=2))
        forgotten_accounts()
        forgotten_accounts()
        told = OutboxMail.objects.order_by("-pk")[:2]
        assert mails() == before + 2, "told once"
        assert {one.to for one in told} == {"forgotten@example.cn", "back@example.cn"}
        assert "2027年3月6日以前不登录，账号将被删除" in told[0].body
        back.sign_in()
        clock.shift(timedelta(days=32))
        forgotten_accounts()
        assert [one.email for one in Account.objects.all()] == ["back@example.cn"]
        assert forgotten.sign_in().signed_in, "who comes back later begins anew"


def test_an_account_nobody_could_tell_is_not_erased_before_its_holder_had_the_time(town: Town) -> None:
    with time_machine.travel("2024-03-04 10:00 +0800", tick=False) as clock:
        Holder("chen@example.cn").sign_in()
        clock.shift(timedelta(days=4 * 365))  # the worker stood still for a year
        forgotten_accounts()
        assert Account.objects.count() == 1
        clock.shift(timedelta(days=29))
        forgotten_accounts()
        assert Account.objects.count() == 1
        clock.shift(timedelta(days=2))
        forgotten_accounts()
        assert Account.objects.count() == 0


# --- for those without one ---------------------------------------------------------------------------------
def test_no_page_asks_for_an_account_and_the_link_is_the_same_for_everybody(chen: Holder, town: Town) -> None:
    stranger = Client()
    for address in ("/apply/", f"/apply/to/{town.agency.slug}/", "/apply/track/"):
        assert f'<a href="{MINE}" rel="nofollow">我的申请</a>' in text(stranger.get(address))
    for address in ("/", "/agencies/", "/reports/", "/compare/", "/data/"):
        assert MINE not in text(stranger.get(address))
    assert text(stranger.get("/apply/")) == text(chen.client.get("/apply/"))
    assert not stranger.get("/apply/").cookies
    page = stranger.get("/apply/")
    assert "private" not in page.headers["Cache-Control"]


def test_what_was_taken_off_by_mistake_is_put_back_without_its_code(
    chen: Holder, other: Holder, town: Town
) -> None:
    sent = submit(town.agency)
    chen.add(sent)
    page = chen.client.post(f"{MINE}{sent.case.pk}/remove/", follow=True)
    assert "撤销，放回列表" in text(page)
    other.client.cookies["citizen-undo"] = chen.client.cookies["citizen-undo"].value
    assert other.client.post(f"{MINE}undo/").status_code == 409, "another session's"
    assert not ListedCase.objects.exists()
    assert chen.client.post(f"{MINE}undo/").headers["Location"] == f"{MINE}?done=back"
    assert sent.case.register_no in chen.page()
    assert "撤销，放回列表" not in chen.page()
    assert chen.client.post(f"{MINE}{sent.case.pk}/open/").status_code == 302


def test_nothing_is_put_back_when_its_code_has_changed(chen: Holder, town: Town) -> None:
    sent = submit(town.agency)
    chen.add(sent)
    chen.client.post(f"{MINE}{sent.case.pk}/remove/")
    sent.case.code = "2222-3333-4444"
    sent.case.save(update_fields=["code"])
    answer = chen.client.post(f"{MINE}undo/")
    assert answer.status_code == 409
    assert "重新加入" in text(answer)
    assert not ListedCase.objects.exists()


def test_a_refused_addition_leads_back_to_the_list_in_large_print(chen: Holder) -> None:
    page = text(chen.client.post(f"{MINE}add/", {"number": "2024-0001", "code": "x"}))
    assert 'next=%2Fapply%2Fmine%2F"' in page
