"""Items entered, changed, taken down and put back; what is refused, and what the log holds."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.models import AuditEntry
from gongkai.web.publishing.actions import AddItem, ChangeItem, RestoreItem, WithdrawItem
from gongkai.web.publishing.models import Item
from gongkai.web.publishing.signals import catalogue_changed
from tests.web.publishing.conftest import Enter, entry
from tests.web.reporting.people import Town

pytestmark = pytest.mark.django_db


def test_who_may_enter(town: Town) -> None:
    made = AddItem(town.as_clerk, agency=town.agency, entry=entry()).run()
    assert made.number_key == "昆政〔2024〕6号"
    for stranger in (town.as_other_clerk, town.as_leader, town.as_stranger):
        with pytest.raises(Denied):
            AddItem(stranger, agency=town.agency, entry=entry(index_number="99/2")).run()


def test_an_index_number_is_one_items(town: Town, enter: Enter) -> None:
    enter(index_number="99/2024-1")
    with pytest.raises(ActionRefused, match="索引号已经用在另一条目录上"):
        AddItem(town.as_clerk, agency=town.agency, entry=entry(index_number=" 99／2024-1")).run()
    other = enter(index_number="99/2024-2")
    with pytest.raises(ActionRefused, match="索引号已经用在另一条目录上"):
        ChangeItem(town.as_clerk, item_id=other.pk, entry=entry(index_number="99/2024-1")).run()
    ChangeItem(town.as_clerk, item_id=other.pk, entry=entry(index_number="99/2024-2")).run()


def test_the_database_holds_it_too(town: Town, enter: Enter) -> None:
    item = enter()
    for wrong in ({"url": "javascript:alert(1)"}, {"url": "", "place": ""}, {"published_on": "2000-01-01"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Item.objects.filter(pk=item.pk).update(**wrong)


def test_faults_are_refused_whatever_form_they_came_from(town: Town) -> None:
    with pytest.raises(ActionRefused, match="网址：应以 http"):
        AddItem(town.as_clerk, agency=town.agency, entry=entry(url="ftp://a.example")).run()
    assert not Item.objects.exists()


def test_two_at_once(town: Town, enter: Enter) -> None:
    item = enter()
    ChangeItem(town.as_clerk, item_id=item.pk, revision=0, entry=entry(title="先改的")).run()
    with pytest.raises(ActionRefused, match="刚刚被其他人改动过"):
        ChangeItem(town.as_second_clerk, item_id=item.pk, revision=0, entry=entry(title="后改的")).run()
    assert Item.objects.get().title == "先改的"


def test_taken_down_and_put_back(town: Town, enter: Enter) -> None:
    item = enter()
    with pytest.raises(ActionRefused, match="没有写撤下的理由"):
        WithdrawItem(town.as_clerk, item_id=item.pk, reason=" ").run()
    WithdrawItem(town.as_leader, item_id=item.pk, reason="含有未公开的联系方式").run()
    item.refresh_from_db()
    assert item.withdrawn_on == timezone.localdate()
    with pytest.raises(ActionRefused, match="已于"):
        WithdrawItem(town.as_clerk, item_id=item.pk, reason="再撤").run()
    given = entry(index_number=item.index_number, title="改正后的名称", number="")
    changed = ChangeItem(town.as_clerk, item_id=item.pk, entry=given).run()
    assert (changed.title, changed.withdrawn_on) == ("改正后的名称", timezone.localdate())
    RestoreItem(town.as_clerk, item_id=item.pk, reason="已删去联系方式").run()
    with pytest.raises(ActionRefused, match="没有撤下"):
        RestoreItem(town.as_clerk, item_id=item.pk, reason="再恢复").run()
    codes = AuditEntry.objects.filter(code__startswith="publishing.").values_list("code", flat=True)
    assert [code.removeprefix("publishing.") for code in codes] == [
        "add_item", "withdraw_item", "change_item", "restore_item",
    ]  # fmt: skip


def test_every_change_is_told(town: Town, enter: Enter) -> None:
    told: list[object] = []

    def hear(sender: object, **_: object) -> None:
        told.append(sender)

    catalogue_changed.connect(hear)
    try:
        item = enter()
        WithdrawItem(town.as_clerk, item_id=item.pk, reason="有误").run()
    finally:
        catalogue_changed.disconnect(hear)
    assert told == [AddItem, WithdrawItem]


def test_an_item_that_is_not_there(town: Town) -> None:
    with pytest.raises(ActionRefused, match="没有这条目录"):
        WithdrawItem(town.as_clerk, item_id=987654, reason="有误").run()
