"""A number that looks like another's keeps a letter unsigned until somebody says why it may stand."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.web.agencies.models import Agency
from gongkai.web.applications import tasks
from gongkai.web.applications.actions import ClearData, DraftLetter, EditLetter, RecordEvent, SignLetter
from gongkai.web.applications.letters import check, others_data
from gongkai.web.applications.models import Case, Clearance, Letter
from gongkai.web.applications.privacy import retention
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.models import AuditEntry
from tests.web.applications.asking import IDENTITY
from tests.web.applications.playing import START, confirmed, on
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

ACCOUNT, MOBILE = "6228480402564890018", "13800138000"
FEE = {"计收方式": "按量", "数量": "40", "缴纳方式": f"汇入本机关账户{ACCOUNT}"}


@pytest.fixture
def case(town: Town) -> Case:
    return confirmed(town)


def drafted(town: Town, case: Case, kind: str = "fee", **typed: str) -> Letter:
    return DraftLetter(town.as_clerk, case_id=case.pk, kind=kind, typed=typed).run()


def clear(town: Town, letter: Letter, ground: str, words: str = "") -> None:
    first = words or others_data.found_in(letter)[0].words
    ClearData(
        town.as_clerk, case_id=letter.case_id, letter_id=letter.pk, words=first, ground=ground
    ).run()  # fmt: skip


def test_a_fee_notice_with_the_agency_s_account_is_signed_once_somebody_said_so(
    town: Town, case: Case
) -> None:
    with on(START):
        letter = drafted(town, case, **FEE)
        sign = SignLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk)
        with pytest.raises(ActionRefused, match="“缴纳方式”中的银行卡号") as told:
            sign.run()
        assert ACCOUNT not in str(told.value)
        with pytest.raises(ActionRefused, match="理由不适用"):
            clear(town, letter, "office")
        clear(town, letter, "account")
        assert check.problems(letter, START) == []
        SignLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk).run()
        page = signed_in(town.head).get(reverse("applications:letter", args=[case.pk, letter.pk]))
    assert "收取信息处理费的单位账户（张三" in page.content.decode(), "who signs next sees what was said"
    (entry,) = AuditEntry.objects.filter(code="applications.clear_data")
    assert entry.details["ground"] == "account"
    assert ACCOUNT not in str(entry.details)


def test_it_holds_for_that_number_in_that_field_alone(town: Town, case: Case) -> None:
    with on(START):
        letter = drafted(town, case, **FEE)
        clear(town, letter, "account")
        other = FEE | {"缴纳方式": "汇入6228480402564890125"}
        EditLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk, typed=other).run()
        letter.refresh_from_db()
        with pytest.raises(ActionRefused, match="没有这一处"):
            clear(town, letter, "account", "“缴纳方式”中的银行卡号（x）")
        assert [one.text for one in others_data.found_in(letter)] == ["6228480402564890125"]
        EditLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk, typed=FEE).run()
        letter.refresh_from_db()
        assert others_data.found_in(letter) == []


def test_an_agency_s_own_telephone_needs_no_word_and_a_person_s_does(town: Town, case: Case) -> None:
    with on(START):
        letter = drafted(town, case, "extension", 延期理由=f"联系人手机{MOBILE}", 期限="5")
        assert [one.what for one in others_data.found_in(letter)] == ["手机号码"]
        Agency.objects.filter(pk=town.neighbour.pk).update(phone=MOBILE)
        assert others_data.found_in(letter) == []


def test_the_applicant_s_number_is_never_cleared_for_a_third_party(town: Town, case: Case) -> None:
    with on(START):
        letter = drafted(
            town, case, "errand", 协办科室="财政所", 协办事项=f"陈一心（{IDENTITY}）", 反馈期限="2024-03-20"
        )  # fmt: skip
        told = check.problems(letter, START)
        assert len(told) == len(set(told))
        assert sum("不应透露申请人是谁" in one and "姓名" in one for one in told) == 1
        with pytest.raises(ActionRefused, match="不能写给第三方和科室"):
            clear(town, letter, "public")


def test_by_form_and_only_by_who_handles_it(town: Town, case: Case) -> None:
    with on(START):
        letter = drafted(town, case, **FEE)
        clerk = signed_in(town.clerk)
        page = clerk.get(reverse("applications:letter", args=[case.pk, letter.pk])).content.decode()
        url = reverse("applications:act_on", args=[case.pk, "clear-data", letter.pk])
        assert url in page
        form = clerk.get(url)
        words = form.context["form"].initial["words"]
        assert ACCOUNT not in form.content.decode()
        given = {"words": words, "ground": "account", "revision": Case.objects.get(pk=case.pk).revision}
        assert clerk.post(url, given).status_code == 302
        assert Clearance.objects.get().words == words
        with pytest.raises(Denied):
            ClearData(
                town.as_leader, case_id=case.pk, letter_id=letter.pk, words=words, ground="account"
            ).run()


@pytest.mark.parametrize("pages", ["100000", "9" * 30, "9" * 5000])
def test_a_number_of_pages_nobody_means_is_refused(town: Town, case: Case, pages: str) -> None:
    with on(START):
        letter = drafted(town, case, **(FEE | {"数量": pages, "缴纳方式": "到本机关窗口缴纳"}))
        (told,) = [one for one in check.problems(letter, START) if "页数" in one]
    assert "最多99999" in told


def test_what_was_said_goes_with_the_file(town: Town, case: Case) -> None:
    with on(START):
        clear(town, drafted(town, case, **FEE), "account")
        RecordEvent(town.as_clerk, case_id=case.pk, kind="withdrawn", on=START).run()
    case.refresh_from_db()
    until = retention.file_until(case)
    with on(date(until.year + 1, 1, 1)):
        tasks.purge()
    assert Clearance.objects.get().words == ""
