"""Who was asked in an old system: each party by itself, whatever the old list called them."""

from datetime import date
from typing import Any

import pytest

from gongkai.web.applications import clock, old_cases
from gongkai.web.applications.actions import RecordAnswer
from gongkai.web.applications.models import Case
from tests.web.applications.playing import on
from tests.web.applications.test_old_cases import RECEIVED, row
from tests.web.reporting.people import Town

TODAY = date(2024, 2, 1)
EVENTS: list[dict[str, Any]] = [
    {"on": "2023-12-22", "kind": "consultation_started"},
    {"on": "2023-12-25", "kind": "consultation_started", "party": "agency"},
    {"on": "2023-12-27", "kind": "consultation_ended", "party": "agency"},
    {"on": "2024-01-22", "kind": "consultation_started", "ref": "1"},
    {"on": "2024-01-23", "kind": "consultation_started"},
    {"on": "2024-01-25", "kind": "consultation_ended", "ref": "1"},
]


def tried(town: Town, *events: dict[str, Any]) -> str:
    given = row("1", events=[RECEIVED, *events])
    (done,) = old_cases.take_over(town.as_head, town.agency, old_cases.of_rows([given]), only_look=False)
    return done.fault


def test_parties_the_old_list_gave_no_name_or_the_same_one_are_kept_apart(town: Town) -> None:
    with on(TODAY):
        assert tried(town, *EVENTS) == ""
        case = Case.objects.get()
        asked = list(case.consultations.order_by("pk"))
        assert [(one.party, one.ref, one.sent_on, one.answered_on) for one in asked] == [
            ("third_party", "2", date(2023, 12, 22), None),
            ("agency", "3", date(2023, 12, 25), date(2023, 12, 27)),
            ("third_party", "1", date(2024, 1, 22), date(2024, 1, 25)),
            ("third_party", "4", date(2024, 1, 23), None),
        ]
        given: dict[str, Any] = {"case_id": case.pk, "consultation_id": asked[3].pk, "answer": "agrees"}
        RecordAnswer(town.as_clerk, **given, on=TODAY).run()
        terms = [term for term in clock.account(case).terms if term.party]
    assert [(term.ref, term.ended) for term in terms] == [
        ("2", None), ("3", date(2023, 12, 27)), ("1", date(2024, 1, 25)), ("4", TODAY),
    ]  # fmt: skip


def test_an_answer_without_a_name_is_that_of_the_letter_it_belongs_to(town: Town) -> None:
    asked = {"on": "2023-12-22", "kind": "consultation_started", "party": "agency", "ref": "甲" * 40}
    answered = {"on": "2023-12-27", "kind": "consultation_ended"}
    with on(TODAY):
        assert tried(town, asked, answered) == ""
    found = Case.objects.get().consultations.get()
    assert (found.ref, found.answered_on) == ("1", date(2023, 12, 27))
    assert found.name.endswith("甲" * 40)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"on": "2023-12-23", "kind": "consultation_started"}, "尚未结束"),
        ({"on": "2023-12-21", "kind": "extended", "workdays": 5}, "早于前一个事件"),
        ({"on": "2023-12-23", "kind": "consultation_started", "ref": "甲\n乙"}, "应是一行"),
        ({"on": "2023-12-23", "kind": "consultation_started", "ref": "甲" * 61}, "最多60个字符"),
    ],
)
def test_what_the_law_does_not_allow_as_it_was_given_is_refused(town: Town, wrong: Any, why: str) -> None:
    with on(TODAY):
        assert why in tried(town, {"on": "2023-12-22", "kind": "consultation_started"}, wrong)
    assert not Case.objects.exists()


def test_working_days_of_an_event_that_has_no_use_for_them_are_left_aside(town: Town) -> None:
    past = [
        {"on": "2023-12-22", "kind": "reasons_requested", "workdays": 100000},
        {"on": "2023-12-25", "kind": "reasons_given", "workdays": -3},
        {"on": "2023-12-26", "kind": "extended", "workdays": 10, "ref": "甲" * 30},
    ]
    with on(TODAY):
        assert tried(town, *past) == ""
    rows = Case.objects.get().events.order_by("number")
    assert [one.workdays for one in rows] == [None, None, None, 10]
