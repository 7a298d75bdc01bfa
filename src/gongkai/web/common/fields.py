"""Model fields for personal data: encrypted at rest, and found by blind index."""

from typing import TYPE_CHECKING, Any

from django.db import models

from gongkai.web.common import keys

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
    _Chars = models.CharField[str, str]
else:
    _Text, _Chars = models.TextField, models.CharField


class EncryptedTextField(_Text):
    """Text that the database holds encrypted; in Python it is plain. It cannot be searched or sorted by."""

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """Plain text of what the database holds."""
        return keys.decrypt(value, self.context) if value else value

    def get_prep_value(self, value: Any) -> Any:
        """What the database holds."""
        value = super().get_prep_value(value)
        return keys.encrypt(value, self.context) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Only ``isnull`` has an answer: equal texts are stored differently."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    @property
    def context(self) -> str:
        """The place a value is bound to."""
        return f"{self.model._meta.label_lower}.{self.name}"


class BlindIndexField(_Chars):
    """The keyed hash of another field of the same row, so that an encrypted value can be found by equality.

    ``phone_index = BlindIndexField(of="phone")``, then
    ``objects.filter(phone_index__in=field.candidates("138…"))``.
    """

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **({"max_length": 100, "editable": False, "db_index": True} | kwargs))

    def deconstruct(self) -> Any:
        """For migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002 - Django's own
        """Hash the other field's value as it is now."""
        value = getattr(model_instance, self.of) or ""
        hashed = keys.keyed_hash(value, self.purpose) if value else ""
        setattr(model_instance, self.attname, hashed)
        return hashed

    def candidates(self, value: str) -> list[str]:
        """What the index may hold for this value, whichever key wrote it."""
        return keys.blind_indexes(value, self.purpose)

    @property
    def purpose(self) -> str:
        """What the hashes are made for: this field alone."""
        return f"{self.model._meta.label_lower}.{self.name}"
