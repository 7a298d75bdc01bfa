"""Whoever is asked for several cases, of which some end first: the others go on, the ended stay."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.web.applications.actions import DraftLetter, LeaveGroup, RecordEvent
from gongkai.web.applications.letters import check
from gongkai.web.applications.models import Case, Letter
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.alike.test_asked_once import (
    ANSWERED,
    SENT,
    all_of,
    answer,
    cases,
    decide,
    deliver,
    drafted,
    join,
    party,
    sent,
    sign,
    signed_in,
)
from tests.web.applications.playing import Office
from tests.web.applications.playing import on as at
from tests.web.reporting.people import Town

__all__ = ["cases"]

TOLD = {"公开内容": "补偿协议", "公开理由": "重大公共利益"}
REPLY = {"查明事实": "本机关检索了档案，查得方案一份。", "提供方式": "随本答复书提供。"}


def withdrawn(town: Town, case: Case, day: date) -> None:
    with at(day):
        RecordEvent(town.as_clerk, case_id=case.pk, kind="withdrawn", on=day).run()


def overridden(town: Town, cases: list[Case]) -> None:
    """One letter asked for all, the first has ended, an objection is not followed in the others."""
    sent(town, cases)
    withdrawn(town, cases[0], SENT)
    with at(ANSWERED):
        answer(town, all_of(cases)[1], "objects")
        decide(town, all_of(cases)[1], "override")


def test_the_next_case_tells_the_party_once_the_first_has_ended(town: Town, cases: list[Case]) -> None:
    overridden(town, cases)
    _, two, three = all_of(cases)
    with at(ANSWERED):
        replies = [
            DraftLetter(town.as_clerk, case_id=case.pk, kind="reply", outcome="provided", typed=REPLY).run()
            for case in cases[1:]
        ]
        assert all("告知书还没有送达" in str(check.problems(one, ANSWERED)) for one in replies)
        with pytest.raises(ActionRefused, match="一并征求") as refused:
            drafted(town, three, "third_party_notice", **TOLD)
        assert refused.value.remedy == f"请在{cases[1]}办理文书"
        with pytest.raises(ActionRefused, match="一并征求") as refused:
            drafted(town, two)
        assert "已经送达" in refused.value.remedy
        deliver(town, sign(town, drafted(town, two, "third_party_notice", **TOLD)), ANSWERED)
        assert [check.problems(one, ANSWERED) for one in replies] == [[], []]


def test_a_notice_for_other_words_tells_nobody_of_these(town: Town, cases: list[Case]) -> None:
    overridden(town, cases)
    _, two, three = all_of(cases)
    with at(ANSWERED):
        deliver(town, sign(town, drafted(town, two, "third_party_notice", **TOLD)), ANSWERED)
        reply = DraftLetter(
            town.as_clerk, case_id=three.case_id, kind="reply", outcome="provided", typed=REPLY
        ).run()
        assert check.problems(reply, ANSWERED) == []
        changed = Case.objects.get(pk=three.case_id)
        changed.details = "补正：只要2023年第5号"
        changed.save()
        again = Letter.objects.get(pk=reply.pk)
        assert any("告知书还没有送达" in text for text in check.problems(again, ANSWERED))


def test_a_case_out_of_the_group_tells_the_party_itself(town: Town, cases: list[Case]) -> None:
    overridden(town, cases)
    with at(ANSWERED):
        LeaveGroup(town.as_clerk, case_id=cases[2].pk, reason="分别答复").run()
        three = all_of(cases)[2]
        deliver(town, sign(town, drafted(town, three, "third_party_notice", **TOLD)), ANSWERED)


def test_the_page_leads_to_the_case_that_tells_the_party(town: Town, cases: list[Case]) -> None:
    overridden(town, cases)
    one, _, three = all_of(cases)

    def link(of: int) -> str:
        found = all_of(cases)[of]
        return reverse("applications:new_letter", args=[found.case_id, "third_party_notice"]) + (
            f"?party={found.pk}"
        )

    with at(ANSWERED):
        client = signed_in(town.clerk)
        page = client.get(reverse("applications:case", args=[three.case_id])).content.decode()
        assert link(2) in page
        assert client.get(link(2))["Location"] == link(1)
        assert client.get(link(1)).status_code == 200
        ended = client.get(reverse("applications:case", args=[one.case_id])).content.decode()
    assert "third_party_notice" not in ended


def test_what_was_decided_on_an_ended_case_stays(town: Town, cases: list[Case], office: Office) -> None:
    first, _ = sent(town, cases)
    with at(ANSWERED):
        answer(town, first, "agrees")
        decide(town, first, "disclose")
    office.reply(cases[1], "provided", date(2024, 3, 14))
    with at(date(2024, 3, 15)):
        action = decide(town, first, "withhold")
        assert action.beside.done == [cases[2]]
        ((left, reason),) = action.beside.left_out
        assert (left, "已办结" in reason) == (cases[1], True)
        with pytest.raises(ActionRefused, match="已办结"):
            decide(town, all_of(cases)[1], "withhold")
    assert [one.decision for one in all_of(cases)] == ["withhold", "disclose", "withhold"]


def test_a_letter_not_sent_yet_goes_over_once_the_ended_first_is_taken_out(
    town: Town, cases: list[Case]
) -> None:
    first = party(town, cases[0])
    second, _ = join(town, first, *cases[1:])
    withdrawn(town, cases[0], SENT)
    with pytest.raises(ActionRefused, match="一并征求") as refused:
        drafted(town, second)
    assert "移出同文组" in refused.value.remedy
    LeaveGroup(town.as_clerk, case_id=cases[0].pk, reason="已撤回").run()
    second.refresh_from_db()
    deliver(town, sign(town, drafted(town, second)))
    assert [one.sent_on for one in all_of(cases)] == [None, SENT, SENT]
