"""The town of the reports' tests, and people with accounts who apply to it."""

import pytest

from tests.web.applications.playing import Office
from tests.web.portal.accounts.holder import Holder
from tests.web.reporting.conftest import town
from tests.web.reporting.people import Town

__all__ = ["town"]


@pytest.fixture
def office(town: Town) -> Office:
    return Office(town)


@pytest.fixture
def chen(town: Town) -> Holder:
    """Somebody who is signed in."""
    return Holder("chen@example.cn").sign_in()


@pytest.fixture
def other(town: Town) -> Holder:
    """Somebody else who is signed in."""
    return Holder("other@example.cn").sign_in()
