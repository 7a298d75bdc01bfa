"""Which letter an answer belongs to, told of each event of a case."""

import pytest

from gongkai.law.calendar import shipped
from gongkai.law.case import EventNotAllowed
from gongkai.law.clock import consultations
from tests.law.cases import case


@pytest.mark.parametrize(
    ("events", "places"),
    [
        (("2024-03-04 received", "2024-03-05 replied"), (None, None)),
        (
            ("2024-03-04 received", "2024-03-05 consultation_started ref=a", "2024-03-06 consultation_ended"),
            (None, 0, 0),
        ),
        # The first letter was not answered within its 15 working days; the second one was.
        (
            (
                "2024-03-04 received", "2024-03-05 consultation_started", "2024-04-01 consultation_started",
                "2024-04-02 consultation_ended",
            ),
            (None, 0, 1, 1),
        ),
        (
            (
                "2024-03-04 received", "2024-03-05 consultation_started ref=a",
                "2024-03-05 consultation_started party=agency ref=a", "2024-03-06 extended 5",
                "2024-03-07 consultation_ended party=agency", "2024-03-08 consultation_ended ref=a",
            ),
            (None, 0, 1, None, 1, 0),
        ),
        # Asked, answered, asked and answered again, all on one day.
        (
            (
                "2024-03-04 received", "2024-03-05 consultation_started", "2024-03-05 consultation_ended",
                "2024-03-05 consultation_started", "2024-03-05 consultation_ended",
            ),
            (None, 0, 0, 1, 1),
        ),
    ],
)  # fmt: skip
def test_each_answer_has_its_letter(events: tuple[str, ...], places: tuple[int | None, ...]) -> None:
    assert consultations(case("in_person", *events), shipped()) == places


def test_an_answer_to_no_letter_is_refused() -> None:
    with pytest.raises(EventNotAllowed, match="没有征求"):
        consultations(case("in_person", "2024-03-04 received", "2024-03-05 consultation_ended"), shipped())
