"""Applications in the same words: suggested, grouped by hand, taken out again; repeats are told apart."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.kernel.period import Period
from gongkai.web.applications import selectors
from gongkai.web.applications.actions import AddNote, GroupCases, LeaveGroup, RecordEvent, Split
from gongkai.web.applications.alike import groups, same_words
from gongkai.web.applications.models import Case, Note, SavedView
from gongkai.web.applications.statistics import figures
from gongkai.web.common import audit
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.models import AuditEntry
from tests.web.applications.alike.several import NAMES, asked, group, marked, somebody
from tests.web.applications.asking import IDENTITY, register, request, submit, today
from tests.web.reporting.people import Town


def heads(*cases: Case) -> list[int | None]:
    return [Case.objects.get(pk=one.pk).same_as_id for one in cases]


def test_the_same_words_are_suggested_and_nothing_is_grouped_by_itself(town: Town) -> None:
    one, two = asked(town, 0), asked(town, 1, subject="昆阳镇 2023年 土地征收补偿安置方案")
    asked(town, 2, subject="另一件事")
    submit(town.neighbour, request(somebody(3)))
    found = groups.panel(one)
    assert [(like.case, like.who) for like in found.others] == [(two, "林*帆")]
    assert (found.members, found.repeats, found.applicants) == ([], [], 2)
    assert heads(one, two) == [None, None]


def test_the_first_received_names_the_group(town: Town) -> None:
    late, early, mid = asked(town, 0), asked(town, 1, date(2024, 3, 4)), asked(town, 2, date(2024, 3, 5))
    made = group(town, late, early, mid)
    assert made == [early, mid, late]
    assert heads(early, mid, late) == [None, early.pk, early.pk]
    panel = groups.panel(Case.objects.get(pk=mid.pk))
    assert [like.case for like in panel.members] == [early, mid, late]
    assert panel.others == []
    for one in made:
        note = one.notes.get()
        assert note.text.endswith("理由：所需信息相同，申请人不同")
        assert all(str(other) in note.text for other in made)
    entry = AuditEntry.objects.get(code="applications.group")
    assert (entry.details["first"], entry.details["cases"]) == (early.pk, [one.pk for one in made])
    assert "申请人不同" not in str(entry.details)
    assert audit.verify() == []


def test_the_first_received_stands_first_though_its_number_is_later(town: Town) -> None:
    day = today()
    entered_first, came_first = asked(town, 0, day), asked(town, 1, day - timedelta(1))
    group(town, entered_first, came_first)
    if came_first.year == entered_first.year:
        assert came_first.number > entered_first.number
    assert heads(came_first, entered_first) == [None, came_first.pk]
    members = groups.members(Case.objects.get(pk=entered_first.pk))
    assert list(members) == [came_first, entered_first]


def test_a_repeat_is_shown_as_one_and_never_grouped(town: Town) -> None:
    first, again, other = asked(town, 0), asked(town, 0), asked(town, 1)
    panel = groups.panel(first)
    assert [like.case for like in panel.repeats] == [again]
    assert [like.case for like in panel.others] == [other]
    assert panel.applicants == 2
    with pytest.raises(ActionRefused, match="同一申请人") as refused:
        group(town, first, again)
    assert "第三十六条第（六）项" in refused.value.remedy
    with pytest.raises(ActionRefused, match="同一申请人"):
        group(town, other, first, again)
    hints = [like.hint for like in groups.panel(other).others]
    assert hints == ["", f"与{first}为同一申请人"]
    assert heads(first, again, other) == [None] * 3


def test_a_repeat_is_not_brought_in_by_way_of_another_group(town: Town) -> None:
    first, again, other, fourth = asked(town, 0), asked(town, 0), asked(town, 1), asked(town, 2)
    group(town, first, other)
    group(town, again, fourth)
    with pytest.raises(ActionRefused, match="同一申请人"):
        group(town, other, fourth)
    assert heads(first, other, again, fourth) == [None, first.pk, None, again.pk]


def test_two_of_one_name_are_looked_at_first(town: Town) -> None:
    one = asked(town, 0)
    register(
        town.as_clerk, town.agency, today(), request(somebody(1, name=NAMES[0]), channel="in_person")
    )  # fmt: skip
    (like,) = groups.panel(one).others
    assert "请核对是否同一人" in like.hint


def test_what_cannot_be_grouped_is_named(town: Town) -> None:
    one, two = asked(town, 0), asked(town, 1)
    different = asked(town, 2, subject="另一件事")
    ended = asked(town, 3)
    RecordEvent(town.as_clerk, case_id=ended.pk, kind="withdrawn", on=today()).run()
    elsewhere = submit(town.neighbour, request(somebody(4))).case
    for wrong, word in (
        (different, "文字不同"),
        (ended, "已办结"),
        (elsewhere, "不在本机关"),
        (one, "不在本机关"),
    ):
        with pytest.raises(ActionRefused, match=word):
            group(town, one, two, wrong)
    with pytest.raises(ActionRefused, match="没有写归组理由"):
        group(town, one, two, reason=" ")
    with pytest.raises(ActionRefused, match="没有选定"):
        group(town, one)
    with pytest.raises(Denied):
        GroupCases(town.as_leader, case_id=one.pk, others=marked(two), reason="x").run()
    with pytest.raises(Denied):
        GroupCases(town.as_other_clerk, case_id=one.pk, others=marked(two), reason="x").run()
    stale = marked(two)
    AddNote(town.as_second_clerk, case_id=two.pk, kind="note", text="先办一步").run()
    with pytest.raises(ActionRefused, match="改动过") as refused:
        GroupCases(town.as_clerk, case_id=one.pk, others=stale, reason="x").run()
    assert refused.value.place == str(two)
    assert Case.objects.exclude(same_as=None).count() == 0


def test_leaving_passes_the_first_place_on_and_the_last_two_dissolve(town: Town) -> None:
    one, two, three = asked(town, 0), asked(town, 1), asked(town, 2)
    group(town, one, two, three)
    LeaveGroup(town.as_clerk, case_id=one.pk, reason="申请人改了要求").run()
    assert heads(one, two, three) == [None, None, two.pk]
    assert groups.panel(Case.objects.get(pk=one.pk)).members == []
    assert "首件改为" in two.notes.last().text  # type: ignore[union-attr]
    LeaveGroup(town.as_clerk, case_id=three.pk, reason="分别答复").run()
    assert heads(one, two, three) == [None] * 3
    with pytest.raises(ActionRefused, match="没有归入"):
        LeaveGroup(town.as_clerk, case_id=two.pk, reason="x").run()
    with pytest.raises(Denied):
        LeaveGroup(town.as_leader, case_id=two.pk, reason="x").run()
    details = AuditEntry.objects.filter(code="applications.leave_group").first().details  # type: ignore[union-attr]
    assert (details["case"], details["first"], details["cases"]) == (one.pk, two.pk, [two.pk, three.pk])


def test_several_applicants_suggest_to_publish_until_somebody_has(town: Town) -> None:
    one, two = asked(town, 0), asked(town, 1)
    assert groups.panel(one).suggest
    group(town, one, two)
    assert groups.panel(Case.objects.get(pk=one.pk)).suggest
    AddNote(town.as_clerk, case_id=two.pk, kind=Note.Kind.PUBLISH, text="建议主动公开").run()
    assert not groups.panel(Case.objects.get(pk=one.pk)).suggest


def test_one_person_asking_twice_suggests_nothing(town: Town) -> None:
    one, _again = asked(town, 0), asked(town, 0)
    assert not groups.panel(one).suggest


def test_the_list_marks_and_narrows(town: Town) -> None:
    one, two, three = asked(town, 0), asked(town, 1), asked(town, 2)
    alone = asked(town, 3, subject="另一件事")
    group(town, one, two)
    marks = same_words.marks(selectors.cases_for(town.as_clerk))
    assert marks == {one.pk: "同文2件，已归组", two.pk: "同文2件，已归组", three.pk: "同文3件"}
    every = selectors.cases_for(town.as_clerk)
    assert set(same_words.narrowed(every, "alike")) == {one, two, three}
    assert set(same_words.narrowed(every, "grouped")) == {one, two}
    assert alone in same_words.narrowed(every, "")


def test_the_list_says_how_many_and_leads_to_them(town: Town) -> None:
    one, two, three = asked(town, 0), asked(town, 1), asked(town, 2)
    asked(town, 3, subject="另一件事")
    group(town, one, two)
    client = Client()
    client.force_login(town.clerk)
    page = client.get(reverse("applications:due")).content.decode()
    assert (page.count("同文2件，已归组"), page.count("同文3件")) == (2, 1)
    assert reverse("applications:group", args=[three.pk]) in page
    assert "另一件事" in page
    for wanted, count in (("alike", 3), ("grouped", 2), ("nonsense", 4)):
        narrowed = client.get(reverse("applications:due"), {"same": wanted})
        assert len(narrowed.context["rows"]) == count, wanted
        table = client.get(reverse("applications:export", args=["csv"]), {"same": wanted}).content.decode(
            "utf-8-sig"
        )
        assert len(table.strip().splitlines()) == count + 1, wanted
    client.post(reverse("applications:save_view"), {"name": "同文", "query": "same=alike"})
    assert SavedView.objects.get().query == "same=alike"


def test_the_page_of_a_case_names_them_masked(town: Town) -> None:
    one, two, again = asked(town, 0), asked(town, 1), asked(town, 0)
    client = Client()
    client.force_login(town.clerk)
    page = client.get(reverse("applications:case", args=[one.pk])).content.decode()
    assert "林*帆" in page
    assert "林一帆" not in page
    assert "同一申请人" in page
    assert again.register_no in page
    url = reverse("applications:group", args=[one.pk])
    assert url in page
    shown = client.get(url)
    assert "林一帆" not in shown.content.decode()
    assert [row["like"].case for row in shown.context["others"]] == [two]
    given = {"revision": one.revision, "case": [f"{two.pk}-{two.revision}"], "reason": "核对无误"}
    assert client.post(url, given | {"reason": " "}).status_code == 422
    assert client.post(url, given | {"case": []}).status_code == 409
    assert client.post(url, given | {"case": [f"{again.pk}-{again.revision}"]}).status_code == 409
    assert client.post(url, given).status_code == 302
    assert heads(one, two, again) == [None, one.pk, None]
    assert "刚刚被其他人改动过" in client.post(url, given).content.decode()
    page = client.get(url).content.decode()
    assert "本组2件" in page
    assert "建议主动公开" in page
    note = client.get(reverse("applications:act", args=[one.pk, "note"]) + "?kind=publish")
    assert note.context["form"]["kind"].value() == "publish"


def test_each_case_of_a_group_is_counted_by_itself(town: Town) -> None:
    group(town, asked(town, 0), asked(town, 1), asked(town, 2))
    assert figures.table3([town.agency.pk], Period.of_year(today().year))["new"]["natural_person"] == 3


def test_a_case_that_was_split_no_longer_asks_for_the_same(town: Town) -> None:
    one, two = asked(town, 0), asked(town, 1)
    Split(town.as_clerk, case_id=two.pk, subjects=("补偿方案", "安置方案")).run()
    assert groups.panel(one).others == []


def test_nothing_of_who_asks_is_in_the_audit_log(town: Town) -> None:
    group(town, asked(town, 0), asked(town, 1))
    text = str(list(AuditEntry.objects.values_list("details", flat=True)))
    assert not [word for word in (*NAMES, IDENTITY, "E00000000", "征收") if word in text]
