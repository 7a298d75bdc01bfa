"""A case to write letters of, and agencies' own templates looked at anew."""

from collections.abc import Iterator

import pytest

from gongkai.web.applications.letters import own_templates
from gongkai.web.applications.models import Case
from tests.web.applications.asking import register, today
from tests.web.reporting.people import Town


@pytest.fixture
def case(town: Town) -> Case:
    return register(town.as_clerk, town.agency, today())


@pytest.fixture
def judged_anew() -> Iterator[None]:
    """What was said of a template before is forgotten."""
    own_templates._verdict.cache_clear()
    yield
    own_templates._verdict.cache_clear()
