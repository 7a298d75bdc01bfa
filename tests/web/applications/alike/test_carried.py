"""What was said of a number in one letter of a group holds in the copies, but for an applicant's own."""

import pytest
from django.urls import reverse

from gongkai.web.applications.actions import ClearData, SignLetter
from gongkai.web.applications.letters import check, others_data
from gongkai.web.applications.models import Case, Clearance, Letter
from gongkai.web.common import audit
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.models import AuditEntry
from tests.web.applications.alike.several import trio
from tests.web.applications.alike.test_group_letters import drafted, like
from tests.web.applications.asking import today
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

MOBILE, OTHER = "13911112222", "13933334444"
SAID = f"查阅请联系档案室，手机{MOBILE}。"


def clear(town: Town, letter: Letter, ground: str = "office") -> None:
    words = others_data.found_in(letter)[0].words
    ClearData(
        town.as_clerk, case_id=letter.case_id, letter_id=letter.pk, words=words, ground=ground
    ).run()  # fmt: skip


def of(letter: Letter) -> list[tuple[str, str]]:
    return [(str(one.person), one.ground) for one in letter.clearances.select_related("person")]


def test_it_goes_along_with_who_said_it_and_why(town: Town) -> None:
    one, two, three = trio(town)
    source = drafted(town, one, 提供方式=SAID)
    with pytest.raises(ActionRefused, match="说明理由"):
        like(town, two, source)
    clear(town, source)
    made = like(town, two, source)
    assert of(made) == of(source) == [(str(town.clerk), "office")]
    assert made.clearances.get().carried_from == source.clearances.get()
    assert check.problems(made, today()) == []
    entry = AuditEntry.objects.filter(code="applications.copy_letter").latest("pk")
    assert [row["ground"] for row in entry.details["cleared"]] == ["office"]
    assert MOBILE not in str(entry.details)
    page = signed_in(town.head).get(reverse("applications:letter", args=[two.pk, made.pk])).content.decode()
    assert (
        f'在<a href="{reverse("applications:letter", args=[one.pk, source.pk])}">{one.register_no}的一份</a>'
        in page
    )
    assert "照样拟写时带入" in page
    SignLetter(town.as_clerk, case_id=two.pk, letter_id=made.pk).run()
    again = like(town, three, made)
    assert again.clearances.get().carried_from == source.clearances.get(), "where it was said first"
    assert audit.verify() == []


def test_other_numbers_and_other_words_need_their_own(town: Town) -> None:
    one, two, _ = trio(town)
    source = drafted(town, one, 提供方式=SAID + f"或者{OTHER}。")
    clear(town, source)
    with pytest.raises(ActionRefused, match="说明理由"):
        like(town, two, source)
    assert Clearance.objects.count() == 1
    clear(town, source)
    assert len(of(like(town, two, source))) == 2


@pytest.mark.parametrize("spelled", ["13800000000", "138 0000 0000", "138-0000-0000"])
def test_a_number_of_the_first_applicant_is_another_s_in_the_copy(town: Town, spelled: str) -> None:
    one, two, _ = trio(town)
    assert Case.objects.get(pk=one.pk).applicant.phone == "13800000000"
    source = drafted(town, one, 提供方式=f"请凭手机{spelled}领取。")
    if others_data.found_in(source):
        clear(town, source, "public")
    with pytest.raises(ActionRefused):
        like(town, two, source)
    assert not two.letters.exists()


def test_the_copy_s_own_applicant_may_read_their_own_number(town: Town) -> None:
    one, two, _ = trio(town)
    own = Case.objects.get(pk=two.pk).applicant.phone
    source = drafted(town, one, 提供方式=f"联系手机{own}。")
    clear(town, source, "public")
    assert of(like(town, two, source)) == [], "nothing has to be said of it there"
