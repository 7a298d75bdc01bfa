"""In a year without published holidays a case whose last day may have come is not shown as in time."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from gongkai.web.applications import selectors
from gongkai.web.applications.models import Case, ReminderKind
from gongkai.web.applications.statistics import sheets
from gongkai.web.applications.views.base import mark
from gongkai.web.applications.workload import reminders
from gongkai.web.applications.workload.waiting import waiting_for
from tests.web.applications.asking import register
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

RECEIVED = date(2026, 12, 14)
EARLIEST = date(2027, 1, 11)


@pytest.fixture
def case(town: Town) -> Case:
    with time_machine.travel("2026-12-14T10:00:00+08:00", tick=False):
        made = register(town.as_clerk, town.agency, RECEIVED)
    assert (made.due, made.not_before) == (None, EARLIEST)
    return made


@pytest.mark.parametrize(
    ("day", "label", "buckets"),
    [
        (date(2027, 1, 4), "办理中", {"all"}),
        (date(2027, 1, 8), "办理中", {"all", "soon"}),
        (EARLIEST, "今天可能到期", {"all", "perhaps"}),
        (date(2027, 3, 5), "可能已到期", {"all", "perhaps"}),
    ],
)
def test_the_list_says_so_in_word_shape_and_number(
    town: Town, case: Case, day: date, label: str, buckets: set[str]
) -> None:
    told = mark(case, day)
    assert told["label"] == label
    assert (told["shape"], told["style"]) == (("▲", "todo") if "perhaps" in buckets else ("●", "good"))
    counts = selectors.due_list(town.as_clerk, selectors.Wanted(), day).counts
    assert {name for name, count in counts.items() if count} == buckets
    for bucket in buckets:
        assert list(selectors.due_cases(town.as_clerk, selectors.Wanted(bucket=bucket), day)) == [case]


def test_it_stands_before_what_is_due_later(town: Town, case: Case) -> None:
    with time_machine.travel("2026-12-14T10:00:00+08:00", tick=False):
        later = register(town.as_clerk, town.agency, RECEIVED)
    Case.objects.filter(pk=later.pk).update(due=date(2027, 2, 1), not_before=None)
    assert list(selectors.due_cases(town.as_clerk, selectors.Wanted(), EARLIEST)) == [case, later]


def test_the_pages_show_it_and_who_handles_it_is_reminded(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2027, 1, 13))
    clerk = signed_in(town.clerk)
    listed = clerk.get(reverse("applications:due")).content.decode()
    assert listed.count("可能已到期") == 2, "the word above the list, and the mark"
    assert "bucket=perhaps" in listed
    assert "可能已到期" in clerk.get(reverse("applications:desk")).content.decode()
    assert "不早于1月11日（暂计）" in clerk.get("/admin/").content.decode()
    day = date(2027, 1, 13)
    assert waiting_for(town.as_clerk, day, ahead=0).soon_count == 1
    (entry,) = reminders.of_everybody(day)[town.clerk.pk]
    assert (entry.kind, entry.overdue) == (ReminderKind.URGENT, False)
    assert "可能已到期" in entry.words
    lines = list(sheets.due(Case.objects.all(), day).lines)
    assert "可能已到期：不早于2027-01-11（暂计）" in lines[1]


def test_the_word_is_not_there_while_no_case_is(town: Town) -> None:
    assert "bucket=perhaps" not in signed_in(town.clerk).get(reverse("applications:due")).content.decode()
