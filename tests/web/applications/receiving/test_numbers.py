"""A new pattern of register numbers must never give a number that was given before."""

import pytest

from gongkai.web.applications.actions import SetRegister
from gongkai.web.applications.models import Case
from gongkai.web.applications.receiving import numbers
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import submit, today
from tests.web.reporting.people import Town


def change(town: Town, pattern: str) -> None:
    SetRegister(town.as_head, agency=town.agency, pattern=pattern).run()


@pytest.mark.parametrize(
    "pattern",
    [
        "{number}",
        "{year}",
        "{year}{year}{number}",
        "{year}-{number}-{number:03d}",
        "{year}-{no}",
        "{year}-{number:4d}",
        "",
    ],
)
def test_a_pattern_has_each_field_once(pattern: str) -> None:
    with pytest.raises(ActionRefused, match="不能用"):
        numbers.refuse_bad_pattern(pattern)


def test_a_change_that_would_give_a_number_twice_is_refused_with_its_place(town: Town) -> None:
    """Under …{number:03d}1 the second case is …0021, which plain four figures give to the 21st."""
    change(town, "{year}-{number:03d}1")
    year = today().year
    assert [submit(town.agency).case.register_no for _ in range(2)] == [f"{year}-0011", f"{year}-0021"]
    with pytest.raises(ActionRefused) as refused:
        change(town, "{year}-{number:04d}")
    assert f"{year}-0011" in refused.value.message
    assert f"{year}年第11件" in refused.value.message
    assert "{year}-{number:04d}" in refused.value.place
    assert refused.value.remedy
    assert submit(town.agency).case.register_no == f"{year}-0031"


def test_a_change_that_gives_new_numbers_alone_is_made(town: Town) -> None:
    first = submit(town.agency).case
    for pattern in ("{year}-{number:03d}", "{year}-{number}", "公{year}-{number:04d}", "{year}-{number:04d}"):
        change(town, pattern)
        submit(town.agency)
    given = list(Case.objects.order_by("number").values_list("register_no", flat=True))
    year = today().year
    assert given == [first.register_no, f"{year}-002", f"{year}-3", f"公{year}-0004", f"{year}-0005"]


def test_numbers_of_a_year_that_is_over_count_too(town: Town) -> None:
    """A letter posted in December is registered in January under December's year."""
    change(town, "{year}{number:02d}0")
    made = submit(town.agency).case
    assert made.register_no.endswith("010")
    Case.objects.filter(pk=made.pk).update(year=2024, register_no="2024010")
    with pytest.raises(ActionRefused, match="2024年第10件"):
        change(town, "{year}{number:03d}")


def test_numbers_of_other_agencies_do_not_matter(town: Town) -> None:
    SetRegister(town.as_head, agency=town.agency, pattern="{year}-{number:03d}1").run()
    submit(town.neighbour)
    change(town, "{year}-{number:04d}")


def test_the_same_pattern_is_kept_with_other_settings(town: Town) -> None:
    submit(town.agency)
    SetRegister(town.as_head, agency=town.agency, pattern="{year}-{number:04d}", mark="昆公").run()
    assert numbers.register_of(town.agency).mark == "昆公"
