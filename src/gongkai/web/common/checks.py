"""System checks: keys that open, tasks that stand, production settings that are production's."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from gongkai.web.common import keys


@checks.register(checks.Tags.security)
def keys_work(**_: Any) -> list[checks.CheckMessage]:
    """The keys in the settings can be read and used."""
    try:
        for name in ("ENCRYPTION_KEYS", "HASH_KEYS"):
            keys.parse(getattr(settings, name, ""), name)
        opened = keys.decrypt(keys.encrypt("密钥自检", "common.check"), "common.check")
    except (ImproperlyConfigured, keys.NotAuthentic, keys.UnknownKey) as error:
        return [checks.Error(str(error), id="common.E001")]
    return [] if opened == "密钥自检" else [checks.Error("加密密钥不能使用", id="common.E001")]


@checks.register(checks.Tags.security, deploy=True)
def second_factor_required(**_: Any) -> list[checks.CheckMessage]:
    """A site that is deployed asks everyone for a second factor."""
    if settings.SECOND_FACTOR_REQUIRED:
        return []
    return [checks.Warning("没有要求两步验证（SECOND_FACTOR_REQUIRED）", id="common.W001")]
