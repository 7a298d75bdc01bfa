"""The sign NUL in an address or a form is no error, on either database."""

import pytest
from django.test import Client

CITIZEN = Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/apply/?region=%00", "/agencies/?region=33%00", "/search/?q=%00", "/compare/?a=%00&b=x%00"]
)
def test_in_an_address(address: str) -> None:
    plain = CITIZEN.get(address.replace("%00", "")).status_code
    assert CITIZEN.get(address).status_code == plain < 500


@pytest.mark.django_db
def test_in_the_path_itself() -> None:
    assert CITIZEN.get("/agencies/%00/").status_code == 400
