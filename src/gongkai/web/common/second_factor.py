"""The second factor: its secrets are encrypted with our keys and rotate with them."""

from typing import Any

from allauth.account.utils import user_username
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from gongkai.web.common import keys, registry

_CONTEXT = "mfa.authenticator"
_SECRETS = ("secret", "seed", "migrated_codes")


class Adapter(DefaultMFAAdapter):
    """allauth's adapter with encryption."""

    def encrypt(self, text: str) -> str:
        """What the database holds."""
        return keys.encrypt(text, _CONTEXT)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret."""
        return keys.decrypt(encrypted_text, _CONTEXT)

    def _get_user_identifier(self, user: Any) -> str:
        return str(user_username(user))


def rotate() -> int:
    """Encrypt every secret with the key in force; how many were encrypted anew."""
    count = 0
    for authenticator in Authenticator.objects.select_related(None).iterator():
        with transaction.atomic():
            locked = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
            if changed := {
                name: _renewed(locked.data[name]) for name in _SECRETS if _stale(locked.data.get(name))
            }:
                locked.data = locked.data | changed
                locked.save(update_fields=["data"])
                count += 1
    return count


def _stale(value: Any) -> bool:
    values = value if isinstance(value, list) else [value]
    return any(isinstance(item, str) and keys.outdated(item) for item in values)


def _renewed(value: Any) -> Any:
    if isinstance(value, list):
        return [_renewed(item) for item in value]
    return keys.encrypt(keys.decrypt(value, _CONTEXT), _CONTEXT)


registry.of("key_rotation").register("second_factor", rotate)
