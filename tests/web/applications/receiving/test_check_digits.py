"""Numbers of persons and organisations: form, date and check digit, and nothing about the place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.applications.receiving.check_digits import is_credit_code, is_identity_card

DIGITS = "0123456789"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def checked(seventeen: str) -> str:
    """The number with its check digit, by the weights of the standard's table."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, seventeen, strict=True))
    return seventeen + "10X98765432"[total % 11]


@pytest.mark.parametrize(
    "number",
    [
        checked("33032619550315123"),  # the county got this code in 1981
        checked("44010619550315123"),  # a district that is younger than the person
        checked("42011119350102001"),
        checked("81000019900101001"),  # residence permits of Hong Kong, Macao and Taiwan
        checked("83000019900101001"),
    ],
)
def test_a_card_is_not_refused_for_its_place(number: str) -> None:
    assert is_identity_card(number)


@given(st.integers(0, 10**17 - 1))
def test_another_last_sign_is_never_right(number: int) -> None:
    seventeen = f"{number:017d}"
    right = checked(seventeen)
    assert not any(is_identity_card(seventeen + last) for last in DIGITS + "X" if last != right[-1])


@pytest.mark.parametrize(
    "number",
    [
        checked("33032619550230123"),  # there is no 30 February
        checked("03032619550315123"),
        checked("33032619550315123")[:-1],
        checked("33032619550315123") + "0",
        "３３０３２６１９５５０３１５１２３０",
        "33032619550315123x",
        "",
    ],
)
def test_what_is_no_card_is_refused(number: str) -> None:
    assert not is_identity_card(number)


def test_codes_of_companies_and_of_village_collectives() -> None:
    assert is_credit_code("91110000600037341L")
    body = "N2330326MF0000001"  # village collectives are registered under N
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(signs.index(sign) * 3**place for place, sign in enumerate(body))
    assert is_credit_code(body + signs[-total % 31])
    assert not any(is_credit_code(body + sign) for sign in signs if sign != signs[-total % 31])
    assert not is_credit_code("91110000600037341I")
    assert not is_credit_code("9111000060003734L")
