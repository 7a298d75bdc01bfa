"""Writes everything anew with the keys in force, so that old keys can be taken out of the settings."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Cast

from gongkai.web.common import audit, keys, registry
from gongkai.web.common.fields import BlindIndexField, EncryptedTextField


def rotate() -> dict[str, int]:
    """Rows renewed, by model or by name of the registry ``key_rotation``.

    Safe to stop and to run again, and while the site runs: each row is its own transaction, and what already
    has the key in force is left alone.
    """
    counts = {}
    for model in apps.get_models():
        if fields := [
            f for f in model._meta.concrete_fields if isinstance(f, EncryptedTextField | BlindIndexField)
        ]:
            counts[model._meta.label] = sum(_renew(model, pk, fields) for pk in _stale(model, fields))
    for name, function in registry.of("key_rotation").items():
        counts[name] = function()
    counts["common.AuditChain"] = audit.reseal()
    return counts


def _stale(model: type[models.Model], fields: Sequence[models.Field[Any, Any]]) -> Iterator[int]:
    """Primary keys of rows with a value of another key, read as the database holds them."""
    columns = [f.attname for f in fields]
    raw = {f"_raw_{name}": Cast(name, models.CharField()) for name in columns}
    rows = model._default_manager.annotate(**raw).values_list("pk", *raw)
    for pk, *values in rows.iterator(chunk_size=1000):
        if any(value and keys.outdated(value) for value in values):
            yield pk


def _renew(model: type[models.Model], pk: int, fields: Sequence[models.Field[Any, Any]]) -> int:
    with transaction.atomic():
        row = model._default_manager.select_for_update().filter(pk=pk).first()
        if row is None:
            return 0
        row.save(update_fields=[f.attname for f in fields])
    return 1
