"""Edits made in the CMS's own screens enter the audit log, in the chain of the agency they belong to."""

from collections.abc import Callable
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, Site

from gongkai.web.agencies import content
from gongkai.web.agencies.models import Person
from gongkai.web.common import audit
from gongkai.web.common.models import AuditEntry

# The CMS leaves the temporary files of its thumbnails to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
SignIn = Callable[[Person], Client]
SITE = 0


@pytest.fixture
def root(world: SimpleNamespace, sign_in: SignIn) -> Client:
    return sign_in(world.root)


@pytest.fixture
def clerk(world: SimpleNamespace, sign_in: SignIn) -> Client:
    content.sync_access(world.clerk)
    return sign_in(world.clerk)


def logged(client: Client, address: str, data: dict[str, Any], *expected: int) -> list[AuditEntry]:
    """The entries of the CMS's that a posting makes; it must be taken."""
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    response = client.post(address, data)
    assert response.status_code in (expected or (302,)), response.content.decode()[:2000]
    entries = AuditEntry.objects.filter(code__startswith="cms.").exclude(pk__in=before)
    assert audit.verify() == []
    return list(entries.order_by("pk"))


def png() -> SimpleUploadedFile:
    picture = BytesIO()
    Picture.new("RGB", (8, 8)).save(picture, "PNG")
    return SimpleUploadedFile("张三.png", picture.getvalue(), "image/png")


def test_a_page_is_edited_and_published(world: SimpleNamespace, root: Client) -> None:
    page = Page.objects.filter(depth=2).first()
    assert page is not None
    fields = {"title": "公开指南", "slug": page.slug, "seo_title": "", "search_description": "",
              "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}  # fmt: skip
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    (edited,) = logged(root, address, fields)
    assert (edited.code, edited.actor_id, edited.agency_id) == ("cms.wagtail.edit", world.root.pk, SITE)
    assert edited.details["object"] == str(page.pk)
    codes = [entry.code for entry in logged(root, address, {**fields, "action-publish": "1"})]
    assert "cms.wagtail.publish" in codes
    assert "公开指南" not in str([entry.details for entry in AuditEntry.objects.all()])


def test_a_page_is_moved_to_the_bin_and_that_is_kept(root: Client) -> None:
    page = Page.objects.filter(depth=2).first()
    assert page is not None
    child = page.add_child(title="制度", slug="zhidu")
    address = reverse("wagtailadmin_pages:delete", args=[child.pk])
    entries = logged(root, address, {"next": ""})
    assert [(entry.code, entry.details["object"]) for entry in entries] == [
        ("cms.wagtail.delete", str(child.pk))
    ]


def test_a_picture_is_uploaded_changed_and_deleted(world: SimpleNamespace, clerk: Client) -> None:
    collection = world.town.collection.pk
    (added,) = logged(
        clerk, reverse("wagtailimages:add"), {"title": "秘密", "file": png(), "collection": collection}
    )
    image = get_image_model().objects.get()
    assert (added.code, added.actor_id, added.agency_id) == (
        "cms.wagtail.create",
        world.clerk.pk,
        world.town.pk,
    )
    assert (added.details["type"], added.details["object"]) == ("image", str(image.pk))
    assert "秘密" not in str(added.details)
    assert "张三" not in str(added.details)
    (changed,) = logged(
        clerk,
        reverse("wagtailimages:edit", args=[image.pk]),
        {"title": "新", "collection": collection, "description": "", "tags": ""},
    )
    assert (changed.code, changed.agency_id) == ("cms.wagtail.edit", world.town.pk)


def test_many_pictures_and_documents_at_once(world: SimpleNamespace, clerk: Client) -> None:
    sent = {"files[]": png(), "title": "a", "collection": world.town.collection.pk}
    entries = logged(clerk, reverse("wagtailimages:add_multiple"), sent, 200)
    assert [(entry.code, entry.agency_id) for entry in entries] == [("cms.wagtail.create", world.town.pk)]
    text = SimpleUploadedFile("a.txt", b"x", "text/plain")
    sent = {"files[]": text, "title": "a", "collection": world.town.collection.pk}
    entries = logged(clerk, reverse("wagtaildocs:add_multiple"), sent, 200)
    assert [(entry.code, entry.agency_id) for entry in entries] == [("cms.wagtail.create", world.town.pk)]


def test_a_document_is_deleted(world: SimpleNamespace, root: Client) -> None:
    text = SimpleUploadedFile("a.txt", b"x", "text/plain")
    document = get_document_model().objects.create(title="a", file=text, collection=world.town.collection)
    address = reverse("wagtaildocs:delete", args=[document.pk])
    (entry,) = logged(root, address, {})
    assert (entry.code, entry.agency_id, entry.details["object"]) == (
        "cms.wagtail.delete",
        world.town.pk,
        str(document.pk),
    )


def test_files_are_moved_and_deleted_many_at_once(world: SimpleNamespace, root: Client) -> None:
    made = [
        get_document_model().objects.create(
            title="a", file=SimpleUploadedFile("a.txt", b"x"), collection=world.town.collection
        )
        for _ in range(2)
    ]
    query = "?" + "&".join(f"id={document.pk}" for document in made)
    address = reverse("wagtail_bulk_action", args=["wagtaildocs", "document", "add_to_collection"]) + query
    entries = logged(root, address, {"collection": world.bureau.collection.pk})
    assert [(entry.code, entry.agency_id) for entry in entries] == [("cms.wagtail.edit", world.bureau.pk)] * 2
    address = reverse("wagtail_bulk_action", args=["wagtaildocs", "document", "delete"]) + query
    entries = logged(root, address, {})
    assert {(entry.code, entry.details["object"]) for entry in entries} == {
        ("cms.wagtail.delete", str(document.pk)) for document in made
    }
    assert not get_document_model().objects.exists()


def test_settings_of_the_site_and_collections(root: Client) -> None:
    site = Site.objects.get()
    address = reverse("wagtailsites:edit", args=[site.pk])
    fields = {"hostname": "www.example.gov.cn", "port": 443, "site_name": "公开", "is_default_site": "on"}
    (entry,) = logged(root, address, {**fields, "root_page": site.root_page_id})
    assert (entry.code, entry.details["type"], entry.agency_id) == ("cms.wagtail.edit", "site", SITE)
    top = Collection.get_first_root_node()
    (entry,) = logged(root, reverse("wagtailadmin_collections:add"), {"name": "共用", "parent": top.pk})
    assert (entry.code, entry.details["type"]) == ("cms.wagtail.create", "collection")


def test_people_and_groups_are_changed_in_our_screens_only_and_those_are_logged(
    world: SimpleNamespace, root: Client
) -> None:
    for name in ("wagtailusers_users:add", "wagtailusers_groups:add"):
        assert root.post(reverse(name), {"name": "x", "username": "x"}).status_code in {403, 404}
    fields = {"name": "新名", "phone": "", "email": ""}
    assert root.post(reverse("people:edit", args=[world.clerk.pk]), fields).status_code == 302
    entry = AuditEntry.objects.get(code="agencies.edit_person")
    assert (entry.actor_id, entry.agency_id) == (world.root.pk, world.town.pk)
    assert entry.details == {"person": world.clerk.pk, "fields": ["name"]}
    assert audit.verify() == []


def test_what_the_log_cannot_take_is_not_done(
    world: SimpleNamespace, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The edit and its entry are one transaction: without the entry there is no edit."""

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(audit, "record", full)
    own = world.town.collection.pk
    for address, sent in (
        ("wagtailimages:add", {"title": "a", "file": png(), "collection": own}),
        ("wagtailimages:add_multiple", {"title": "a", "files[]": png(), "collection": own}),
    ):
        with pytest.raises(OSError, match="no space"):
            clerk.post(reverse(address), sent)
    assert not get_image_model().objects.exists()
