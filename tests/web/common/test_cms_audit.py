from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from wagtail.log_actions import log
from wagtail.models import Collection, ModelLogEntry, Page, PageLogEntry

from gongkai.web.common import audit, registry
from gongkai.web.common.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Any:
    return get_user_model().objects.create_superuser("zhangsan", "a long pass phrase", name="张三")


def entries() -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(code__startswith="cms."))


def test_the_edit_of_a_page_enters_the_log(person: Any) -> None:
    page = Page.objects.get(depth=1).add_child(title="指南", slug="guide")
    log(page, "wagtail.edit", user=person)
    created, entry = entries()
    assert created.code == "cms.wagtail.create"
    assert (entry.code, entry.actor_kind, entry.actor_id) == ("cms.wagtail.edit", "person", person.pk)
    assert entry.details["object"] == str(page.pk)
    assert entry.details["entry"] == PageLogEntry.objects.get(action="wagtail.edit").pk
    assert "指南" not in str(entry.details)
    assert audit.verify() == []


def test_the_edit_of_anything_else_does_too_and_without_a_person_it_is_the_systems() -> None:
    collection = Collection.get_first_root_node().add_child(name="昆阳镇")
    log(collection, "wagtail.create")
    (entry,) = entries()
    assert (entry.actor_kind, entry.actor_name, entry.agency_id) == ("system", "cms", 0)
    assert entry.details["type"] == "collection"
    assert ModelLogEntry.objects.count() == 1


def test_the_entry_lies_in_the_chain_of_the_agency_it_belongs_to(
    person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = registry.Registry("cms_agency")
    mine.register("none", lambda _: None, order=1)
    mine.register("tests", lambda instance: 42 if isinstance(instance, Collection) else None, order=2)
    monkeypatch.setitem(registry._registries, "cms_agency", mine)
    log(Collection.get_first_root_node(), "wagtail.edit", user=person)
    assert [entry.agency_id for entry in entries()] == [42]


def test_erasing_the_cms_log_leaves_ours_whole(person: Any) -> None:
    log(Collection.get_first_root_node(), "wagtail.edit", user=person)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM wagtailcore_modellogentry")
    assert audit.verify() == []
    assert len(entries()) == 1
