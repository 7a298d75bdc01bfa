"""Production's settings on this machine, with a bare page of the CMS beside the site's own.

``GONGKAI_BENCH_KEEP=0`` switches every cache of pages off. The variables production asks for are set by
``benchmarks.web.server``.
"""

import os

from gongkai.web.settings.production import *  # noqa: F403
from gongkai.web.settings.production import CACHES

ROOT_URLCONF = "benchmarks.web.urls"
SECURE_HSTS_SECONDS = 0
if os.environ.get("GONGKAI_BENCH_KEEP", "1") == "0":
    CACHES = CACHES | {"pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
