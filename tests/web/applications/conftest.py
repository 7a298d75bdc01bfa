"""The town of the reports' tests, its office, and an application to it."""

import pytest

from tests.web.applications.asking import request as _request
from tests.web.applications.playing import Office
from tests.web.reporting.conftest import town
from tests.web.reporting.people import Town

__all__ = ["town", "wanted"]


@pytest.fixture
def wanted() -> object:
    return _request()


@pytest.fixture
def office(town: Town) -> Office:
    return Office(town)
