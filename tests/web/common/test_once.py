"""The key of a form: one row for one form of one person, however often it is sent."""

import pytest
from django.test import RequestFactory

from gongkai.web.applications.models import AssistanceRequest
from gongkai.web.common import once
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import today
from tests.web.reporting.conftest import town
from tests.web.reporting.people import Town

__all__ = ["town"]

SOMEBODY, ANOTHER = Actor("person", 1, "甲"), Actor("person", 2, "乙")


def test_the_same_form_of_the_same_person_with_the_same_words_has_one_key() -> None:
    first = once.key(SOMEBODY, "k", ["某局", 1])
    assert first == once.key(SOMEBODY, "k", ["某局", 1])
    others = {
        once.key(ANOTHER, "k", ["某局", 1]),
        once.key(SOMEBODY, "l", ["某局", 1]),
        once.key(SOMEBODY, "k", ["某局", 2]),
    }
    assert len(others | {first}) == 4
    assert once.key(SOMEBODY, "", ["某局", 1]) is None, "no form, nothing to be repeated"


def test_a_form_shown_again_keeps_its_key_and_one_without_is_refused() -> None:
    asked = RequestFactory()
    assert once.token(asked.post("/", {"once": "k"})) == "k"
    assert len({once.token(asked.get("/")) for _ in range(3)}) == 3
    with pytest.raises(ActionRefused, match="表单不完整"):
        once.sent(asked.post("/"))


@pytest.mark.django_db
def test_what_no_form_has_made_is_made_each_time_and_a_value_is_worked_out_for_a_new_row_only(
    town: Town,
) -> None:
    worked_out: list[int] = []

    def subject() -> str:
        worked_out.append(1)
        return "某事"

    given = {
        "agency": town.agency, "from_agency": "某局", "subject": subject, "received_on": today(),
        "recorded_by": town.clerk, "recorded_at": "2024-03-04T10:00+08:00",
    }  # fmt: skip
    rows = AssistanceRequest.objects
    made = [once.add(rows, key, given) for key in ("a" * 64, "a" * 64, None, None)]
    assert [new for _, new in made] == [True, False, True, True]
    assert made[0][0] == made[1][0]
    assert (rows.count(), len(worked_out)) == (3, 3)
