"""What is erased with a person, by kind. An app with personal data of staff adds its own::

    registry.of("erasure").register("reporting.drafts", erase_drafts)  # (person) -> how many

Each runs in the transaction of ``ErasePerson``, while the person's name and sign-in name are still there.
"""

from collections.abc import Mapping
from typing import Final, Protocol

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from gongkai.web.agencies.models import Person
from gongkai.web.common import registry

REGISTRY: Final = "erasure"


class Eraser(Protocol):
    """Erases one kind of a person's data."""

    def __call__(self, person: Person) -> int:
        """How many records it was."""


def pseudonym(person: Person) -> str:
    """What stands in the place of the name: the number the audit log knows the person by."""
    return f"已离任人员（{person.pk}号）"


def erase(person: Person) -> Mapping[str, int]:
    """Erase every kind; how many records of each, by the key of its eraser."""
    return {key: eraser(person) for key, eraser in registry.of(REGISTRY).items()}


def end_sessions(person: Person) -> int:
    """Sign a person out everywhere; how many records it was."""
    keys = list(UserSession.objects.filter(user=person).values_list("session_key", flat=True))
    count: int = Session.objects.filter(session_key__in=keys).delete()[0]
    return count + UserSession.objects.filter(user=person).delete()[0]


def sign_in_records(person: Person) -> int:
    """Sessions with their addresses, tries to sign in, second factors, addresses of mail."""
    count = end_sessions(person)
    for rows in (
        Authenticator.objects.filter(user=person),
        EmailAddress.objects.filter(user=person),
        AccessAttempt.objects.filter(username=person.username),
        AccessFailureLog.objects.filter(username=person.username),
        AccessLog.objects.filter(username=person.username),
    ):
        count += rows.delete()[0]
    return count


def titles(person: Person) -> int:
    """Titles beside posts, which name somebody as well as a name does; role and days stay."""
    return person.posts.exclude(title="").update(title="")


def cms_profile(person: Person) -> int:
    """The CMS's profile with its picture, and the name in the CMS's own log."""
    profile = UserProfile.objects.filter(user=person).first()
    count = 0
    if profile is not None:
        if profile.avatar:
            profile.avatar.delete(save=False)
        count = profile.delete()[0]
    kind = ContentType.objects.get_for_model(Person)
    entries = ModelLogEntry.objects.filter(content_type=kind, object_id=str(person.pk))
    return count + entries.update(label=pseudonym(person))


def register_own() -> None:
    """The kinds this app knows of."""
    for key, eraser in (
        ("agencies.sign_in", sign_in_records),
        ("agencies.titles", titles),
        ("agencies.cms", cms_profile),
    ):
        registry.of(REGISTRY).register(key, eraser)
