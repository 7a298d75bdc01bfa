"""The due list: filters that stay in the address, whose cases, what comes next, giving out from a list."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from lxml import html

from gongkai.law.calendar import published
from gongkai.web.agencies.models import Post
from gongkai.web.applications import clock, selectors
from gongkai.web.applications.actions import AddParty, Assign, DraftLetter, RecordEvent, SaveView, SignLetter
from gongkai.web.applications.models import Case, SavedView
from gongkai.web.applications.views.base import mark
from gongkai.web.applications.workload import next_step
from gongkai.web.portal.applications import standing
from tests.web.applications.asking import register, submit, today
from tests.web.applications.playing import START, Office, confirmed, on, workdays_after
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

TYPED = {"查明事实": "已检索档案", "提供方式": "随函附上"}
URL = "/admin/applications/"


def shown(town: Town, query: str, who: str = "clerk") -> list[str]:
    """The register numbers a page of the list shows."""
    page: Any = html.fromstring(signed_in(getattr(town, who)).get(f"{URL}?{query}").content)
    return [str(one) for one in page.xpath("//table[contains(@class, 'ap-due')]/tbody/tr/th/a/text()")]


def played(town: Town) -> list[Case]:
    """张三's, 李四's and nobody's, all overdue for years but the last."""
    made = [register(town.as_clerk, town.agency, START + timedelta(days)) for days in range(3)]
    Case.objects.filter(pk=made[0].pk).update(handler=town.clerk)
    Case.objects.filter(pk=made[1].pk).update(handler=town.second_clerk)
    Case.objects.filter(pk=made[2].pk).update(handler=None)
    return [*made, submit(town.agency).case]


@pytest.fixture
def cases(town: Town) -> list[Case]:
    return played(town)


def test_whose_cases(town: Town, cases: list[Case]) -> None:
    mine, theirs, nobodys, new = (case.register_no for case in cases)
    assert shown(town, "handler=me") == [mine]
    assert shown(town, "handler=me", "second_clerk") == [theirs]
    assert shown(town, "handler=none") == [nobodys, new]
    assert shown(town, f"handler={town.second_clerk.pk}") == [theirs]
    assert shown(town, "handler=me&bucket=unconfirmed") == []
    assert shown(town, "handler=none&bucket=overdue") == [nobodys]
    assert len(shown(town, "")) == 4


def test_each_word_counts_what_it_would_show(town: Town, cases: list[Case]) -> None:
    client = signed_in(town.clerk)
    for query in (
        "",
        "handler=none",
        "bucket=overdue",
        "handler=me&channel=in_person",
        "bucket=overdue&on=2024-03-04",
    ):
        page: Any = html.fromstring(client.get(f"{URL}?{query}").content)
        for link in page.xpath("//ul[@aria-label='按到期情况' or @aria-label='按经办人']/li/a"):
            (number,) = link.xpath("./b/text()")
            assert len(shown(town, urlsplit(link.get("href")).query)) == int(number), (
                query,
                link.get("href"),
            )


def test_a_word_keeps_the_other_filters_and_the_form_keeps_the_words(town: Town, cases: list[Case]) -> None:
    query = "bucket=overdue&handler=none&channel=in_person&q=2024&p=1"
    answer = signed_in(town.clerk).get(f"{URL}?{query}", follow=True)
    (key,) = parse_qs(urlsplit(answer.redirect_chain[0][0]).query)["s"]
    page: Any = html.fromstring(answer.content)
    word = next(
        str(link.get("href"))
        for link in page.xpath("//ul[@aria-label='按到期情况']/li/a")
        if "今天" in link.text_content()
    )
    assert parse_qs(urlsplit(word).query) == {
        "bucket": ["today"], "handler": ["none"], "channel": ["in_person"], "s": [key],
    }  # fmt: skip
    form = page.xpath("//form[@role='search']")[0]
    assert form.xpath("./input[@name='bucket']/@value") == ["overdue"]
    assert form.xpath(".//select[@name='handler']/option[@selected]/@value") == ["none"]
    for link in page.xpath("//a[contains(@href, 'export.') or contains(@href, 'month/')]/@href"):
        assert "handler=none" in str(link)


def test_who_has_gone_is_found_while_cases_are_theirs(town: Town, cases: list[Case]) -> None:
    Post.objects.filter(person=town.second_clerk).delete()
    page = signed_in(town.clerk).get(f"{URL}?handler={town.second_clerk.pk}").content.decode()
    assert "李四（不再经办）" in page
    assert shown(town, f"handler={town.second_clerk.pk}") == [cases[1].register_no]
    told = signed_in(town.clerk).get(f"{URL}?handler={town.stranger.pk}").content.decode()
    assert "没有按这一项筛选" in told
    assert town.stranger.name not in told
    assert signed_in(town.clerk).get(f"{URL}?handler={'9' * 40}").status_code == 200


def test_handler_in_views_calendar_and_export(town: Town, cases: list[Case]) -> None:
    SaveView(town.as_clerk, agency=town.agency, name="我的逾期", query="bucket=overdue&handler=me").run()
    assert SavedView.objects.get().query == "bucket=overdue&handler=me"
    client = signed_in(town.clerk)
    due = cases[0].due
    assert due is not None
    month = f"{reverse('applications:month')}?m={due:%Y-%m}"
    assert "本月到期3件" in client.get(month).content.decode()
    narrowed = client.get(f"{month}&handler=me").content.decode()
    assert "本月到期1件" in narrowed
    assert f"?handler=me&amp;on={due:%Y-%m-%d}" in narrowed
    saved = client.get(reverse("applications:export", args=["csv"]) + "?handler=me").content.decode(
        "utf-8-sig"
    )
    assert cases[0].register_no in saved
    assert cases[1].register_no not in saved


def test_after_giving_out_the_list_is_the_same(town: Town, cases: list[Case]) -> None:
    given = {"person": town.second_clerk.pk, "case": f"{cases[2].pk}-{cases[2].revision}"}
    answer = signed_in(town.head).post(f"{reverse('applications:assign')}?handler=none&bucket=overdue", given)
    assert answer["Location"] == f"{URL}?bucket=overdue&handler=none"
    cases[2].refresh_from_db()
    assert cases[2].handler == town.second_clerk


def test_what_comes_next(town: Town, office: Office) -> None:
    def told(case: Case, day: date) -> str:
        case.refresh_from_db()
        return next_step.of([case], day)[case.pk]

    with on(START):
        case = submit(town.agency).case
        assert told(case, START) == "确认收到"
        RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=START).run()
        assert told(case, START) == "答复"
        letter = DraftLetter(
            town.as_clerk, case_id=case.pk, kind="reply", outcome="provided", typed=TYPED
        ).run()
        assert told(case, START) == "答复书待签批"
        for signer, waits in ((town.as_clerk, "审核"), (town.as_head, "保密审查"), (town.as_secrecy, "签发")):
            SignLetter(signer, case_id=case.pk, letter_id=letter.pk).run()
            assert told(case, START) == f"答复书等待{waits}"
        SignLetter(town.as_leader, case_id=case.pk, letter_id=letter.pk).run()
        assert told(case, START) == "送达答复书"
    other = confirmed(town)
    office.send(other, "correction", {"补正事项": "请写明文号", "期限": "15"}, START)
    until = published().add(START, 15)
    assert told(other, START) == f"还有15个工作日，至{until:%-m月%-d日}"
    third = confirmed(town)
    with on(START):
        party = AddParty(town.as_clerk, case_id=third.pk, party="third_party", name="某公司").run()
    office.send(
        third,
        "consult_third_party",
        {"征求内容": "协议", "权益": "商业秘密"},
        START,
        consultation_id=party.pk,
    )
    assert told(third, workdays_after(START, 9)) == f"还有6个工作日，至{until:%-m月%-d日}"


def test_many_cases_are_asked_in_few_questions(
    town: Town, office: Office, django_assert_max_num_queries: object
) -> None:
    cases = [confirmed(town) for _ in range(12)]
    with on(START):
        for case in cases:
            letter = DraftLetter(
                town.as_clerk, case_id=case.pk, kind="reply", outcome="provided", typed=TYPED
            ).run()
            SignLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk).run()
    fresh = list(Case.objects.filter(pk__in=[case.pk for case in cases]))
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        assert set(next_step.of(fresh, START).values()) == {"答复书等待审核"}


def test_giving_out_and_taking(town: Town, cases: list[Case]) -> None:
    Assign(town.as_head, case_id=cases[3].pk, person_id=town.clerk.pk).run()
    assert selectors.due_list(town.as_clerk, selectors.Wanted(handler="me"), today()).counts["all"] == 2


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 12, 28), "剩1个工作日"),
        (date(2026, 12, 29), "今天到期"),
        (date(2026, 12, 31), "逾期2个工作日"),
        (date(2027, 2, 9), "逾期"),
    ],
)
def test_overdue_is_said_where_nobody_can_count_the_days(town: Town, day: date, words: str) -> None:
    """Also in a year whose holidays are not published, and on the days off after the last day."""
    with on(date(2026, 12, 1)):
        case = register(town.as_clerk, town.agency, date(2026, 12, 1))
    assert case.due == date(2026, 12, 29)
    with on(day):
        assert mark(case, day)["label"] == words
        told = standing.of(case, clock.account(case))
        assert ("超过" in told.sentence) is ("逾期" in words)
    off = confirmed(town, date(2024, 9, 2))
    assert off.due == date(2024, 9, 30)
    assert mark(off, date(2024, 10, 1))["label"] == "逾期", "a holiday after the last day"
    with on(date(2024, 10, 1)):
        assert "超过" in standing.of(off, clock.account(off)).sentence


def test_who_may_not_see_cases_is_told_that_and_not_that_there_are_none(town: Town) -> None:
    submit(town.agency)
    page = signed_in(town.office).get(reverse("applications:due")).content.decode()
    assert "不是没有申请" in page
    assert "没有未办结的申请" not in page
    assert reverse("applications:figures") in page
