"""The register of requests for assistance, page by page; those nobody has answered yet by themselves."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.web.applications import selectors
from gongkai.web.applications.models import AssistanceRequest
from tests.web.applications.asking import today
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

URL = "applications:assistance"
#: More than two pages of it.
MANY = 2 * selectors.PAGE + 1


@pytest.fixture
def many(town: Town) -> list[AssistanceRequest]:
    """One a day, the last today; every second was answered."""
    return AssistanceRequest.objects.bulk_create(
        AssistanceRequest(
            agency=town.agency, from_agency=f"来函机关{number:03}", subject="某事", recorded_by=town.clerk,
            received_on=today() - timedelta(number), recorded_at=timezone.now(),
            answered_on=today() if number % 2 else None, answer="已反馈" if number % 2 else "",
            answer_by=today() - timedelta(number),
        )
        for number in range(MANY)
    )  # fmt: skip


def test_every_request_stands_on_one_of_the_pages(town: Town, many: list[AssistanceRequest]) -> None:
    client, seen = signed_in(town.clerk), []
    for number in (1, 2, 3):
        answer = client.get(reverse(URL), {"p": number})
        seen += [row["asked"] for row in answer.context["rows"]]
        assert f"第{number}页，共3页（{MANY}件）" in answer.content.decode()
    assert seen == many, "the last that came first, each once"
    assert client.get(reverse(URL), {"p": "x"}).context["page"].number == 1
    assert client.get(reverse(URL), {"p": "99"}).context["page"].number == 3


def test_what_waits_for_an_answer_is_shown_by_itself_and_stays_so(
    town: Town, many: list[AssistanceRequest]
) -> None:
    client, waiting = signed_in(town.clerk), [one for one in many if one.answered_on is None]
    first = client.get(f"{reverse(URL)}?open=1")
    assert [row["asked"] for row in first.context["rows"]] == waiting[::-1][: selectors.PAGE]
    assert '?open=1&amp;p=2"' in first.content.decode()
    assert f"待反馈 <b>{len(waiting)}</b>" in first.content.decode()
    here = f"{reverse(URL)}?open=1&p=2"
    (last,) = (row["asked"] for row in client.get(here).context["rows"])
    assert client.post(here, {"answered": last.pk, "answer": "查无此人"}).headers["Location"] == here
    assert all(row["asked"] != last for row in client.get(here).context["rows"])
    again = client.post(here, {"answered": last.pk, "answer": "再次"})
    assert again.status_code == 409
    assert again.context["query"] == "open=1"


def test_an_empty_register_says_what_belongs_in_it(town: Town) -> None:
    client = signed_in(town.clerk)
    assert "收到其他机关的协助查询函，在下面登记" in client.get(reverse(URL)).content.decode()
    assert "没有待反馈的协助查询" in client.get(f"{reverse(URL)}?open=1").content.decode()
