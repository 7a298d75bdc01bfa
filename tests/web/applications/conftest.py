"""The town of the reports' tests, and an application to it."""

import pytest

from tests.web.applications.asking import request as _request
from tests.web.reporting.conftest import town

__all__ = ["town", "wanted"]


@pytest.fixture
def wanted() -> object:
    return _request()
