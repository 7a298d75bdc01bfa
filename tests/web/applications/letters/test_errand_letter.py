"""A letter asking a section for help and the record of it are one thing; help that is overdue is said."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gongkai.web.applications.actions import AnswerErrand, AskSection, RecordEvent, SignLetter
from gongkai.web.applications.actions import DraftLetter as Draft
from gongkai.web.applications.models import Case, Errand
from gongkai.web.applications.workload import errands
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.playing import START, Office, confirmed, on, workdays_after
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

BY = workdays_after(START, 5)
TYPED = {"协办科室": "财政所", "协办事项": "请提供2023年账目", "反馈期限": BY.isoformat()}


@pytest.fixture
def case(town: Town) -> Case:
    return confirmed(town)


def test_a_letter_that_went_out_is_on_record_without_typing_it_again(
    town: Town, office: Office, case: Case
) -> None:
    office.send(case, "errand", TYPED, START)
    (made,) = Errand.objects.all()
    assert (made.section, made.question, made.asked_on, made.answer_by) == (
        "财政所", "请提供2023年账目", START, BY,
    )  # fmt: skip
    assert made.asked_by == town.clerk
    with on(BY):
        AnswerErrand(town.as_clerk, case_id=case.pk, errand_id=made.pk, text="已提供").run()


def test_what_was_recorded_first_fills_the_letter_and_is_not_recorded_twice(
    town: Town, office: Office, case: Case
) -> None:
    with on(START):
        AskSection(
            town.as_clerk, case_id=case.pk, section="财政所", question="请提供2023年账目", answer_by=BY
        ).run()
        url = reverse("applications:new_letter", args=[case.pk, "errand"])
        form = signed_in(town.clerk).get(url).context["form"]
    assert dict(errands.prefilled(case)) == TYPED
    assert list(TYPED.values()) == [form.get_initial_for_field(form.fields[one], one) for one in form.fields]
    later = BY + timedelta(1)
    office.send(case, "errand", TYPED | {"反馈期限": later.isoformat()}, START)
    assert Errand.objects.get().answer_by == later, "what the letter says holds"


def test_a_letter_with_a_day_that_is_over_is_not_signed(town: Town, case: Case) -> None:
    with on(BY + timedelta(1)):
        letter = Draft(town.as_clerk, case_id=case.pk, kind="errand", typed=TYPED).run()
        with pytest.raises(ActionRefused, match=r"“反馈期限”.*已经过去"):
            SignLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk).run()


def test_overdue_help_is_said_on_the_case_and_in_the_due_list(town: Town, office: Office, case: Case) -> None:
    office.send(case, "errand", TYPED, START)
    url = reverse("applications:case", args=[case.pk])
    with on(BY):
        clerk = signed_in(town.clerk)
        assert "今天应反馈" in clerk.get(url).content.decode()
        assert "逾期未反馈" not in clerk.get(reverse("applications:due")).content.decode()
    with on(workdays_after(BY, 2)):
        clerk = signed_in(town.clerk)
        assert "■</span> 逾期2个工作日未反馈" in clerk.get(url).content.decode()
        assert "答复；财政所协办逾期未反馈" in clerk.get(reverse("applications:due")).content.decode()
        RecordEvent(town.as_clerk, case_id=case.pk, kind="withdrawn", on=workdays_after(BY, 2)).run()
        assert "未反馈" not in clerk.get(url).content.decode(), "nobody waits for it any more"
