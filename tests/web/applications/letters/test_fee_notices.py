"""Fee notices: this item's own place and rate, no notice of nothing, the amount as it is on delivery."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.web.applications.actions import DeliverLetter, DraftLetter, Split
from gongkai.web.applications.letters import check, fee_items, making
from gongkai.web.applications.models import Case, Letter
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import register, request, requester
from tests.web.applications.playing import Office, on
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

DAY = date(2024, 3, 29)
HOW = {"缴纳方式": "到本机关办公室开具缴款书"}


@pytest.fixture
def month(town: Town) -> list[Case]:
    """Twelve of one applicant in March, two of them on the same day."""
    days = [*range(4, 9), *range(11, 16), 18, 18]
    with on(DAY):
        return [register(town.as_clerk, town.agency, date(2024, 3, day)) for day in days]


def draft(town: Town, case: Case, **typed: str) -> Letter:
    return DraftLetter(town.as_clerk, case_id=case.pk, kind="fee", typed={**HOW, **typed}).run()


def printed(letter: Letter) -> str:
    values = making.values_of(letter, DAY)
    return f"{values['收费标准']}，应缴纳{values['金额']}元"


def test_each_notice_charges_its_own_item(town: Town, month: list[Case]) -> None:
    with on(DAY):
        eleventh, twelfth = (draft(town, month[number], 计收方式="按件") for number in (10, 11))
        assert "第11件，第11至30件每件100元，应缴纳100元" in printed(eleventh)
        assert "您2024年3月向本机关提出的第12件" in printed(twelfth)
        assert "应缴纳100元" in printed(twelfth)
        assert list(check.problems(eleventh, DAY)) == []


def test_a_notice_of_nothing_is_not_signed(town: Town, month: list[Case], office: Office) -> None:
    with on(DAY):
        for typed in ({"计收方式": "按件"}, {"计收方式": "按量", "数量": "30"}):
            letter = draft(town, month[2], **typed)
            assert any("应缴纳0元，不得发出收费通知书" in text for text in check.problems(letter, DAY))
            letter.delete()
        with pytest.raises(ActionRefused, match="应缴纳0元"):
            office.letter(month[9], "fee", {**HOW, "计收方式": "按件"})


def test_a_typed_number_that_is_not_the_registers_is_refused(town: Town, month: list[Case]) -> None:
    with on(DAY):
        wrong = check.problems(draft(town, month[10], 计收方式="按件", 数量="12"), DAY)
        assert any("第11件，与所填的12不同" in text for text in wrong)
        assert check.problems(draft(town, month[11], 计收方式="按件", 数量="12"), DAY) == []


def test_pages_name_every_rate_they_run_through(town: Town, month: list[Case]) -> None:
    with on(DAY):
        letter = draft(town, month[0], 计收方式="按量", 数量="101")
        assert printed(letter) == (
            "按量计收：提供的信息共101页，第1至30页不收费，第31至100页每页10元，第101至200页每页20元，应缴纳720元"
        )
        assert "第201页以上每页40元，应缴纳2740元" in printed(
            draft(town, month[1], 计收方式="按量", 数量="201")
        )
        assert any(
            "没有填写页数" in text for text in check.problems(draft(town, month[3], 计收方式="按量"), DAY)
        )


def test_places_follow_the_order_of_receipt(town: Town, month: list[Case]) -> None:
    with on(DAY):
        assert [fee_items.place(case) for case in month] == [(number, 12) for number in range(1, 13)]
        early = register(town.as_clerk, town.agency, date(2024, 3, 1))
        assert fee_items.place(early) == (1, 13), "entered last, received first"
        assert fee_items.place(month[0]) == (2, 13)
        assert fee_items.place(register(town.as_clerk, town.agency, DAY)) == (14, 14)
        other = request(requester(identity_kind="passport", identity_number="E12345678"), channel="in_person")
        assert fee_items.place(register(town.as_clerk, town.agency, DAY, other)) == (1, 1)
        assert fee_items.place(register(town.as_other_clerk, town.neighbour, DAY)) == (1, 1)


def test_each_month_begins_anew(town: Town, month: list[Case]) -> None:
    with on(date(2024, 4, 1)):
        assert fee_items.place(register(town.as_clerk, town.agency, date(2024, 4, 1))) == (1, 1)
        assert fee_items.place(month[11]) == (12, 12)


def test_parts_of_a_split_application_are_items(town: Town) -> None:
    with on(DAY):
        whole = register(town.as_clerk, town.agency, DAY)
        Split(town.as_clerk, case_id=whole.pk, subjects=("甲地块方案", "乙地块方案", "丙地块方案")).run()
        cases = Case.objects.order_by("number")
        assert [fee_items.place(case) for case in cases] == [(1, 3), (2, 3), (3, 3)]


def test_without_a_number_or_a_day_nobody_counts(town: Town, month: list[Case]) -> None:
    case = month[10]
    case.applicant.identity_number = ""
    case.applicant.save()
    with on(DAY):
        letter = draft(town, case, 计收方式="按件")
        assert fee_items.place(case) is None
        assert any("不能按件计收" in text for text in check.problems(letter, DAY))


def test_an_application_entered_late_overtakes_a_signed_notice(
    town: Town, month: list[Case], office: Office
) -> None:
    with on(DAY):
        letter = office.letter(month[11], "fee", {**HOW, "计收方式": "按件"})
        register(town.as_clerk, town.agency, date(2024, 3, 1))
        with pytest.raises(ActionRefused, match=r"第12件.*现在应为.*第13件"):
            DeliverLetter(town.as_clerk, case_id=month[11].pk, letter_id=letter.pk, way="hand", on=DAY).run()


def test_the_form_says_which_item_it_is(town: Town, month: list[Case]) -> None:
    with on(DAY):
        client = signed_in(town.clerk)
        shown = client.get(reverse("applications:new_letter", args=[month[10].pk, "fee"]))
        assert "第11件（当月共登记12件），按件计收：第11至30件每件100元" in shown.content.decode()
        assert shown.context["form"]["field_0"].value() == "按件"
        free = client.get(reverse("applications:new_letter", args=[month[0].pk, "fee"]))
        assert "第1至10件不收费" in free.content.decode()
        assert not free.context["form"]["field_0"].value()
