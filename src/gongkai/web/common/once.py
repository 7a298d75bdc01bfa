"""A key in the form: what a form adds is added once, however often the form is sent.

A form that changes something brings the revision of what it changes; a form that adds something brings a key
it got when it was opened. The row it becomes keeps ``key`` in a unique field ``form_key``: of two clicks, one
after the other or at once, the second finds the row of the first.
"""

import hashlib
import json
import secrets
from typing import Any, Final, TypeVar

from django.db.models import CharField, Manager, Model
from django.http import HttpRequest

from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of

#: The name of the hidden field.
FIELD: Final = "once"
_BYTES: Final = 32
M = TypeVar("M", bound=Model)


def form_key_field() -> "CharField[str | None, str | None]":
    """The field for the key; None for what no form has made."""
    return CharField("表单标识", max_length=64, unique=True, null=True, editable=False)


def token(request: HttpRequest) -> str:
    """The key a page's form bears: a new one, or the one that came, where the form is shown again."""
    return request.POST.get(FIELD, "") or new()


def new() -> str:
    """A key for a form that is shown for the first time."""
    return secrets.token_urlsafe(_BYTES)


def sent(request: HttpRequest) -> str:
    """The key a form brought. Raises ``ActionRefused`` where it brings none."""
    found = request.POST.get(FIELD, "")
    if not found:
        raise ActionRefused("表单不完整，没有办理", remedy="请刷新页面后重新提交")
    return found


def key(actor: Actor, brought: str, said: Any) -> str | None:
    """What a row keeps of the person's form: a hash of its key and of what it said (anything JSON takes).

    The same form with other words is no repeat: typed over after it was sent, it is something new. None where
    no form was sent: an action of the system. The key is random and kept nowhere, so the hash tells nothing.
    """
    if not brought:
        return None
    told = json.dumps([person_of(actor), brought, said], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def add(rows: Manager[M], form_key: str | None, values: dict[str, Any]) -> tuple[M, bool]:
    """The row a form becomes, and whether it is new. A value that can be called is called for a new row."""
    if form_key is not None:
        return rows.get_or_create(form_key=form_key, defaults=values)
    given = {name: value() if callable(value) else value for name, value in values.items()}
    return rows.create(**given), True
