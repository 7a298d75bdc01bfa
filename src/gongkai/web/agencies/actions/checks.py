"""What several actions ask before they change something."""

from collections.abc import Iterable

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from gongkai.web.agencies.models import Agency, Person
from gongkai.web.agencies.selectors import agencies_of
from gongkai.web.common import permissions
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused


def valid(row: models.Model) -> None:
    """Refuse a row that breaks a rule of its model, with the field and the reason in Chinese."""
    try:
        row.full_clean()
    except ValidationError as error:
        fields = {field.name: str(getattr(field, "verbose_name", field.name)) for field in row._meta.fields}
        reasons = [
            f"{fields[name]}：{'；'.join(messages)}"
            if name in fields and name != NON_FIELD_ERRORS
            else "；".join(messages)
            for name, messages in error.message_dict.items()
        ]
        raise ActionRefused("；".join(reasons), remedy="请改正后重新提交") from error


def existing(agency: Agency) -> None:
    """Refuse to work on an agency that has been abolished, whatever the caller read of it before."""
    day = Agency.objects.values_list("abolished_on", flat=True).get(pk=agency.pk)
    if day is not None:
        raise ActionRefused(f"“{agency}”已于{day:%Y-%m-%d}撤销", remedy="已撤销的机关只能查看")


def not_oneself(actor: Actor, person: Person, what: str) -> None:
    """Nobody gives themselves a post, a deputy's powers or a clean record."""
    if actor.person_id == person.pk:
        raise ActionRefused(f"不能{what}", remedy="请由另一名有权限的人员办理")


def active(person: Person) -> None:
    """Refuse to give anything to a person who has gone, whatever the caller read of them before."""
    if not Person.objects.filter(pk=person.pk, is_active=True).exists():
        raise ActionRefused(f"“{person}”的账号已停用", remedy="请另选在岗人员")


def everywhere(actor: Actor, permission: str, person: Person) -> None:
    """Ask the permission in every agency where the person works; only one of them touches an administrator.

    Whoever looks after one agency must not take over an account that signs in another.
    """
    wanted: Iterable[int] = agencies_of(person).values_list("pk", flat=True)
    for agency_id in wanted:
        permissions.require(actor, permission, agency_id)
    if person.is_superuser:
        permissions.require(actor, permission, permissions.SITE)
