"""Whatever changes a post or a leave has the groups of those concerned worked out anew."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from gongkai.web.agencies.models import Leave, Person, Post


def _post_changed(instance: Post, **_: Any) -> None:
    _stale(instance.person_id)
    _stale(*Leave.objects.filter(person_id=instance.person_id).values_list("deputy_id", flat=True))


def _leave_changed(instance: Leave, **_: Any) -> None:
    _stale(instance.person_id, instance.deputy_id)


def _stale(*person_ids: int) -> None:
    Person.objects.filter(pk__in=person_ids).update(access_synced_on=None)


def connect() -> None:
    """Listen; called once at start-up."""
    for signal in (post_save, post_delete):
        signal.connect(_post_changed, sender=Post, dispatch_uid=f"agencies.post.{id(signal)}")
        signal.connect(_leave_changed, sender=Leave, dispatch_uid=f"agencies.leave.{id(signal)}")
