"""The tests' settings with pages kept, for a server that a test starts."""

from gongkai.web.settings.test import *  # noqa: F403
from gongkai.web.settings.test import CACHES

CACHES = CACHES | {"pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
