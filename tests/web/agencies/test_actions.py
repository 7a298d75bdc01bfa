"""Every change of agencies and people: what it does, what it refuses, whom it denies, what the log keeps."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from gongkai.web.agencies import actions, duties
from gongkai.web.agencies.models import (
    Agency,
    HandOver,
    Leave,
    Person,
    Post,
    Region,
    Role,
    SigningStep,
)
from gongkai.web.common import audit, permissions, registry
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.audit import AuditEntry
from gongkai.web.common.errors import ActionRefused, Denied
from tests.web.days import TODAY

from .conftest import SINCE, person

pytestmark = pytest.mark.usefixtures("still_today")
DAY = timedelta(days=1)


def new_agency(world: SimpleNamespace, who: Actor, **changes: Any) -> actions.CreateAgency:
    values: dict[str, Any] = {
        "agency_code": "330326-aojiang", "region": world.county, "kind": "town",
        "short_name": "鳌江镇", "full_name": "平阳县鳌江镇人民政府", "slug": "aojiang",
        "supervisor": world.government,
    }  # fmt: skip
    return actions.CreateAgency(who, **{**values, **changes})


def every_action(world: SimpleNamespace, who: Any) -> list[Action[Any]]:
    """One of each, on the town, all of which the county's administrator may do."""
    town, clerk, head = world.town, world.clerk, world.head
    leave = Leave.objects.filter(person=clerk).first() or Leave.objects.create(
        person=clerk, deputy=head, from_day=TODAY + 30 * DAY, until_day=TODAY + 40 * DAY
    )
    steps = [actions.StepWanted("拟稿", Role.CLERK), actions.StepWanted("签发", Role.LEADER)]
    return [
        new_agency(world, who),
        actions.EditAgency(who, agency=town, changes={"phone": "0577-12345678"}),
        actions.RenameAgency(
            who, agency=town, full_name="平阳县昆阳街道办", short_name="昆阳", from_day=TODAY
        ),
        actions.MoveAgency(who, agency=world.outpost, supervisor=world.bureau, region=world.county),
        actions.CreatePerson(who, agency=town, username="new", name="新人", role=Role.CLERK, from_day=TODAY),
        actions.EditPerson(who, person=clerk, name="改名", email="", phone=""),
        actions.ResetSignIn(who, person=clerk),
        actions.Appoint(who, agency=town, person=head, role=Role.CLERK, from_day=TODAY),
        actions.EndPost(who, post=clerk.posts.first(), last_day=TODAY),
        actions.RecordLeave(who, person=clerk, deputy=head, from_day=TODAY, until_day=TODAY),
        actions.CancelLeave(who, leave=leave),
        actions.SetChain(who, agency=town, matter="report", steps=steps),
        actions.PersonHandsOver(who, person=head, successor=world.leader, last_day=TODAY),
    ]


def test_an_administrator_above_may_do_each_and_each_is_logged(world: SimpleNamespace) -> None:
    who = Actor.of(world.administrator)
    for number, action in enumerate(every_action(world, who)):
        before = AuditEntry.objects.count()
        action.run()
        codes = list(AuditEntry.objects.order_by("id").values_list("code", flat=True))[before:]
        assert action.code in codes, number
    assert audit.verify() == []
    names = {"姓名", "新人", "改名", "correct"}
    assert not any(name in str(entry.details) for entry in AuditEntry.objects.all() for name in names)


@pytest.mark.parametrize("who", ["other_administrator", "other_clerk", "public", "nobody", "reader"])
def test_no_stranger_may_do_any(world: SimpleNamespace, who: str) -> None:
    others: dict[str, Any] = {
        "public": Actor("public", None, "公众"), "nobody": None, "reader": Actor.system("reporting.reader"),
    }  # fmt: skip
    actor = others[who] if who in others else Actor.of(getattr(world, who))
    before = snapshot()
    for action in every_action(world, actor):
        with pytest.raises(Denied):
            action.run()
    assert snapshot() == (before[0], before[1] + 1, *before[2:])  # the leave that every_action makes
    assert not AuditEntry.objects.exists()


def test_a_clerk_may_do_none_but_record_the_own_leave(world: SimpleNamespace) -> None:
    own = Actor.of(world.clerk)
    for action in every_action(world, own):
        if isinstance(action, actions.RecordLeave | actions.CancelLeave):
            action.run()
        else:
            with pytest.raises(Denied):
                action.run()


def snapshot() -> tuple[Any, ...]:
    return (
        sorted(Agency.objects.values_list("full_name", "phone", "lineage")),
        Leave.objects.count(),
        sorted(Person.objects.values_list("username", "name", "is_active", "password")),
        sorted(Post.objects.values_list("person", "role", "from_day")),
    )


def test_a_new_agency_has_its_collection_and_group(world: SimpleNamespace) -> None:
    agency = new_agency(world, Actor.of(world.administrator), contact={"phone": "0577"}).run()
    assert agency.supervisor == world.government
    assert agency.is_government
    assert agency.collection.name == agency.full_name
    assert agency.group.collection_permissions.filter(collection=agency.collection).count() == 6
    assert AuditEntry.objects.get(code="agencies.create_agency").agency_id == world.government.pk


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"full_name": "平阳县昆阳镇人民政府"}, "已有名称"),
        ({"slug": "kunyang"}, "网址名"),
        ({"agency_code": "kunyang"}, "机构代码"),
        ({"kind": "kingdom"}, "机关类别"),
        ({"agency_code": "a b"}, "字母、数字"),
        ({"contact": {"lineage": "1/"}}, "不认识的字段"),
        ({"contact": {"postcode": "123"}}, "邮政编码"),
    ],
)
def test_an_agency_that_is_not_right_is_refused(
    world: SimpleNamespace, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(ActionRefused, match=words):
        new_agency(world, Actor.of(world.root), **change).run()


def test_only_the_sites_administrator_begins_a_tree_or_adds_regions(world: SimpleNamespace) -> None:
    with pytest.raises(Denied):
        new_agency(world, Actor.of(world.administrator), supervisor=None).run()
    assert new_agency(world, Actor.of(world.root), supervisor=None).run().lineage.count("/") == 1
    region = {"division_code": "330328", "name": "文成县", "parent": Region.objects.get(code="330300")}
    with pytest.raises(Denied):
        actions.CreateRegion(Actor.of(world.administrator), **region).run()
    assert actions.CreateRegion(Actor.of(world.root), **region).run().full_name == "浙江省温州市文成县"
    with pytest.raises(ActionRefused, match="行政区划代码"):
        actions.CreateRegion(Actor.of(world.root), **region).run()
    with pytest.raises(ActionRefused, match="不在上级区划"):
        actions.CreateRegion(Actor.of(world.root), **{**region, "division_code": "410328"}).run()


def test_a_renamed_agency_keeps_its_former_names(world: SimpleNamespace) -> None:
    who = Actor.of(world.administrator)

    def rename(name: str, day: date) -> Agency:
        return actions.RenameAgency(
            who, agency=world.town, full_name=name, short_name="昆阳", from_day=day
        ).run()

    rename("平阳县昆阳街道办事处", date(2022, 3, 1))
    town = rename("昆阳街道办事处", date(2024, 5, 1))
    former = town.former_names.order_by("until_day").values_list("full_name", "from_day", "until_day")
    assert list(former) == [
        ("平阳县昆阳镇人民政府", None, date(2022, 2, 28)),
        ("平阳县昆阳街道办事处", date(2022, 3, 1), date(2024, 4, 30)),
    ]
    assert town.full_name == "昆阳街道办事处"
    assert town.collection.name == "昆阳街道办事处"
    for name, day, words in (
        ("昆阳街道办事处", TODAY, "相同"),
        ("苍南县灵溪镇人民政府", TODAY, "已有名称"),
        ("新名", TODAY + DAY, "不能晚于今天"),
        ("新名", date(2023, 1, 1), "应晚于上次更名"),
    ):
        with pytest.raises(ActionRefused, match=words):
            rename(name, day)


def test_moving_needs_both_ends(world: SimpleNamespace) -> None:
    with pytest.raises(Denied):
        actions.MoveAgency(
            Actor.of(world.administrator), agency=world.town, supervisor=world.other, region=world.county
        ).run()
    with pytest.raises(Denied):
        actions.MoveAgency(
            Actor.of(world.administrator), agency=world.town, supervisor=None, region=world.county
        ).run()
    moved = actions.MoveAgency(
        Actor.of(world.root), agency=world.town, supervisor=world.other, region=world.next_county
    ).run()
    world.outpost.refresh_from_db()
    assert moved.lineage == f"{world.other.pk}/{moved.pk}/"
    assert world.outpost in Agency.objects.below(world.other)
    with pytest.raises(ActionRefused, match="没有变化"):
        actions.MoveAgency(
            Actor.of(world.root), agency=moved, supervisor=world.other, region=world.next_county
        ).run()
    with pytest.raises(ActionRefused, match="下级"):
        actions.MoveAgency(
            Actor.of(world.root), agency=moved, supervisor=world.outpost, region=world.county
        ).run()


def test_an_agency_is_abolished_when_nobody_is_left(world: SimpleNamespace) -> None:
    who = Actor.of(world.administrator)
    with pytest.raises(ActionRefused, match="下级机关"):
        actions.AbolishAgency(who, agency=world.town, day=TODAY).run()
    keeper = person("keeper", world.outpost, Role.CLERK)
    with pytest.raises(ActionRefused, match="在任人员"):
        actions.AbolishAgency(who, agency=world.outpost, day=TODAY).run()
    actions.EndPost(who, post=keeper.posts.get(), last_day=TODAY).run()
    with pytest.raises(ActionRefused, match="不能晚于今天"):
        actions.AbolishAgency(who, agency=world.outpost, day=TODAY + DAY).run()
    actions.AbolishAgency(who, agency=world.outpost, day=TODAY).run()
    assert list(Agency.objects.current().below(world.town)) == []
    for action in (
        actions.EditAgency(who, agency=world.outpost, changes={"phone": "1"}),
        actions.Appoint(who, agency=world.outpost, person=keeper, role=Role.CLERK, from_day=TODAY),
        new_agency(world, who, supervisor=world.outpost),
    ):
        with pytest.raises(ActionRefused, match="撤销"):
            action.run()
    with pytest.raises(Denied):
        actions.AbolishAgency(who, agency=world.government, day=TODAY).run()


def test_contacts_are_changed_and_nothing_else(world: SimpleNamespace) -> None:
    who = Actor.of(world.head)
    edit = {"phone": "0577-63882668", "site_code": "3303260016"}
    town = actions.EditAgency(who, agency=world.town, changes=edit).run()
    assert town.phone == "0577-63882668"
    assert AuditEntry.objects.get(code="agencies.edit_agency").details == {"fields": ["phone", "site_code"]}
    for changes, words in (({"full_name": "别名"}, "不能在此修改"), ({"site_code": "1"}, "标识码")):
        with pytest.raises(ActionRefused, match=words):
            actions.EditAgency(who, agency=world.town, changes=changes).run()


def test_a_new_person_cannot_sign_in_until_given_a_password(world: SimpleNamespace) -> None:
    who = Actor.of(world.administrator)
    new = actions.CreatePerson(
        who, agency=world.town, username="wang", name="王五", role=Role.CLERK, from_day=TODAY, title="科员"
    ).run()
    assert not new.has_usable_password()
    assert new.posts.get().title == "科员"
    password = actions.ResetSignIn(who, person=new).run()
    new.refresh_from_db()
    assert new.check_password(password)
    assert new.must_change_password
    assert len(password) >= 16
    assert password != actions.ResetSignIn(who, person=new).run()
    assert not any(password in str(entry.details) for entry in AuditEntry.objects.all())
    for username, words in (("wang", "登录名"), ("王 五", "登录名")):
        with pytest.raises(ActionRefused, match=words):
            actions.CreatePerson(
                who, agency=world.town, username=username, name="x", role=Role.CLERK, from_day=TODAY
            ).run()


def test_whoever_looks_after_one_agency_does_not_take_over_an_account_of_another(
    world: SimpleNamespace,
) -> None:
    Post.objects.create(person=world.clerk, agency=world.other_town, role=Role.LEADER, from_day=SINCE)
    who = Actor.of(world.administrator)
    for action in (
        actions.ResetSignIn(who, person=world.clerk),
        actions.EditPerson(who, person=world.clerk, name="x", email="", phone=""),
        actions.PersonHandsOver(who, person=world.clerk, successor=world.head, last_day=TODAY),
        actions.RecordLeave(who, person=world.clerk, deputy=world.head, from_day=TODAY, until_day=TODAY),
    ):
        with pytest.raises(Denied):
            action.run()
    Person.objects.filter(pk=world.head.pk).update(is_superuser=True)
    with pytest.raises(Denied):
        actions.ResetSignIn(who, person=world.head).run()


def test_nobody_gives_themselves_anything(world: SimpleNamespace) -> None:
    me = world.administrator
    who = Actor.of(me)
    for action in (
        actions.Appoint(who, agency=world.town, person=me, role=Role.LEADER, from_day=TODAY),
        actions.ResetSignIn(who, person=me),
        actions.PersonHandsOver(who, person=me, successor=world.office, last_day=TODAY),
        actions.RecordLeave(who, person=world.office, deputy=me, from_day=TODAY, until_day=TODAY),
    ):
        with pytest.raises(ActionRefused):
            action.run()


def test_who_is_appointed_where(world: SimpleNamespace) -> None:
    who = Actor.of(world.administrator)

    def appoint(**changes: Any) -> Post:
        values: dict[str, Any] = {
            "agency": world.town,
            "person": world.head,
            "role": Role.CLERK,
            "from_day": TODAY,
        }
        return actions.Appoint(who, **{**values, **changes}).run()

    appoint(until_day=TODAY + 9 * DAY)
    appoint(from_day=TODAY + 10 * DAY)
    for changes, words in (
        ({"from_day": TODAY + 5 * DAY}, "在此期间已任"),
        ({"role": Role.DISCLOSURE_OFFICE, "agency": world.bureau}, "不是政府信息公开工作主管机关"),
        ({"role": "king"}, "岗位"),
        ({"role": Role.LEADER, "until_day": TODAY - DAY}, "ends_after|约束|任职|离任"),
    ):
        with pytest.raises(ActionRefused, match=words):
            appoint(**changes)
    Person.objects.filter(pk=world.head.pk).update(is_active=False)
    with pytest.raises(ActionRefused, match="停用"):
        appoint(role=Role.LEADER)


def test_a_post_ends_with_its_last_day(world: SimpleNamespace) -> None:
    who, post = Actor.of(world.administrator), world.clerk.posts.get()
    with pytest.raises(ActionRefused, match="不能早于任职日期"):
        actions.EndPost(who, post=post, last_day=SINCE - DAY).run()
    actions.EndPost(who, post=post, last_day=TODAY - DAY).run()
    assert not permissions.allowed(Actor.of(world.clerk), "agencies.view", world.town.pk)
    with pytest.raises(ActionRefused, match="已于"):
        actions.EndPost(who, post=post, last_day=TODAY).run()


def test_leave_names_one_colleague_who_is_there(world: SimpleNamespace) -> None:
    own = Actor.of(world.clerk)

    def record(**changes: Any) -> Leave:
        values: dict[str, Any] = {
            "person": world.clerk,
            "deputy": world.head,
            "from_day": TODAY,
            "until_day": TODAY,
        }
        return actions.RecordLeave(own, **{**values, **changes}).run()

    record()
    stranger = {"deputy": world.other_clerk, "from_day": TODAY + DAY, "until_day": TODAY + DAY}
    for changes, words in (
        ({}, "已登记请假"),
        ({"from_day": TODAY - 9 * DAY, "until_day": TODAY - DAY}, "已过"),
        ({"from_day": TODAY + 5 * DAY, "until_day": TODAY + 4 * DAY}, "开始|结束|leave_ends|约束"),
        ({**stranger, "deputy": world.clerk}, "本人"),
        (stranger, "不在同一机关"),
    ):
        with pytest.raises(ActionRefused, match=words):
            record(**changes)
    actions.RecordLeave(
        Actor.of(world.head), person=world.head, deputy=world.leader,
        from_day=TODAY + DAY, until_day=TODAY + DAY,
    ).run()  # fmt: skip
    with pytest.raises(ActionRefused, match="也已请假"):
        record(from_day=TODAY + DAY, until_day=TODAY + DAY)


def test_a_leave_is_taken_back_or_cut_short(world: SimpleNamespace) -> None:
    own = Actor.of(world.clerk)
    to_come = Leave.objects.create(
        person=world.clerk, deputy=world.head, from_day=TODAY + DAY, until_day=TODAY + 2 * DAY
    )
    running = Leave.objects.create(
        person=world.clerk, deputy=world.head, from_day=TODAY - 3 * DAY, until_day=TODAY
    )
    with pytest.raises(Denied):
        actions.CancelLeave(Actor.of(world.head), leave=to_come).run()
    actions.CancelLeave(own, leave=to_come).run()
    actions.CancelLeave(own, leave=running).run()
    assert Leave.objects.get().until_day == TODAY - DAY
    with pytest.raises(ActionRefused, match="已经结束"):
        actions.CancelLeave(own, leave=running).run()


class Errands:
    """Open duties of another app."""

    def __init__(self, waiting: dict[int, list[int]]) -> None:
        self.waiting = waiting

    def open_duties(self, person_id: int) -> list[duties.Duty]:
        return [duties.Duty("一件事", agency) for agency in self.waiting.get(person_id, [])]

    def reassign(self, person_id: int, successor_id: int) -> int:
        moved = self.waiting.pop(person_id, [])
        self.waiting.setdefault(successor_id, []).extend(moved)
        return len(moved)


@pytest.fixture
def errands(monkeypatch: pytest.MonkeyPatch) -> dict[int, list[int]]:
    waiting: dict[int, list[int]] = {}
    entries = dict(registry.of(duties.REGISTRY)._entries)
    monkeypatch.setattr(registry.of(duties.REGISTRY), "_entries", entries)
    registry.of(duties.REGISTRY).register("tests.errands", Errands(waiting))
    return waiting


def test_whoever_goes_hands_over_everything(world: SimpleNamespace, errands: dict[int, list[int]]) -> None:
    who = Actor.of(world.administrator)
    steps = [actions.StepWanted("拟稿", Role.CLERK, world.clerk), actions.StepWanted("签发", Role.LEADER)]
    actions.SetChain(who, agency=world.town, matter="report", steps=steps).run()
    Leave.objects.create(person=world.head, deputy=world.clerk, from_day=TODAY, until_day=TODAY + DAY)
    Leave.objects.create(
        person=world.clerk, deputy=world.head, from_day=TODAY + 5 * DAY, until_day=TODAY + 9 * DAY
    )
    Post.objects.create(person=world.clerk, agency=world.town, role=Role.LEADER, from_day=TODAY + 3 * DAY)
    errands[world.clerk.pk] = [world.town.pk, world.town.pk]
    assert len(duties.of_person(world.clerk.pk)) == 4

    record = actions.PersonHandsOver(who, person=world.clerk, successor=world.leader, last_day=TODAY).run()

    passed_on = {key: count for key, count in record.duties.items() if count}
    assert passed_on == {"agencies.signing": 1, "agencies.deputy": 1, "tests.errands": 2}
    assert duties.of_person(world.clerk.pk) == []
    assert len(duties.of_person(world.leader.pk)) == 4
    assert SigningStep.objects.filter(person=world.leader).count() == 1
    gone = Person.objects.get(pk=world.clerk.pk)
    assert (gone.is_active, gone.has_usable_password()) == (False, False)
    assert [post.until_day for post in gone.posts.all()] == [TODAY]
    assert not gone.leaves.exists()
    assert not permissions.allowed(Actor("person", gone.pk, ""), "agencies.view", world.town.pk)
    with pytest.raises(ActionRefused, match="已办理移交"):
        actions.PersonHandsOver(who, person=gone, successor=world.leader, last_day=TODAY).run()


def test_a_hand_over_goes_to_somebody_who_can_take_it(
    world: SimpleNamespace, errands: dict[int, list[int]]
) -> None:
    who = Actor.of(world.administrator)
    errands[world.clerk.pk] = [world.town.pk]
    idle = person("idle")
    gone = person("gone", world.town, Role.CLERK, is_active=False)
    for successor, day, words in (
        (world.clerk, TODAY, "不能是移交人本人"),
        (world.office, TODAY, "没有在移交事项所属的机关任职"),
        (idle, TODAY, "没有在移交事项所属的机关任职"),
        (gone, TODAY, "停用"),
        (world.head, TODAY + DAY, "不能晚于今天"),
    ):
        with pytest.raises(ActionRefused, match=words):
            actions.PersonHandsOver(who, person=world.clerk, successor=successor, last_day=day).run()
    assert errands == {world.clerk.pk: [world.town.pk]}
    assert not HandOver.objects.exists()
    errands.clear()
    with pytest.raises(ActionRefused, match="没有在任岗位"):
        actions.PersonHandsOver(who, person=world.clerk, successor=idle, last_day=TODAY).run()


def test_the_site_keeps_an_administrator(world: SimpleNamespace) -> None:
    person_made, password = actions.CreateAdministrator(
        Actor.of(world.root), username="second", name="第二人"
    ).run()
    assert person_made.is_superuser
    assert person_made.must_change_password
    assert person_made.check_password(password)
    with pytest.raises(Denied):
        actions.CreateAdministrator(Actor.of(world.administrator), username="third", name="x").run()
    second = Actor.of(person_made)
    actions.PersonHandsOver(second, person=world.root, successor=person_made, last_day=TODAY).run()
    assert not Person.objects.get(pk=world.root.pk).is_superuser
    with pytest.raises(ActionRefused, match="最后一名"):
        actions.PersonHandsOver(
            Actor.system("agencies.setup"), person=person_made, successor=world.office, last_day=TODAY
        ).run()
