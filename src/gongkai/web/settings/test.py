"""For the tests: no waiting, warnings are errors, and whatever a test starts stays in temporary folders.

``GONGKAI_TEST_DATABASE=postgresql`` (or a ``postgresql://`` address) runs them on PostgreSQL on loopback.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from gongkai.web.settings.base import *  # noqa: F403
from gongkai.web.settings.base import CACHES
from gongkai.web.settings.environment import database

_FOLDER = Path(os.environ.get("GONGKAI_TEST_DATA") or tempfile.mkdtemp(prefix="gongkai-test-"))
if "GONGKAI_TEST_DATA" not in os.environ:
    os.environ["GONGKAI_TEST_DATA"] = str(_FOLDER)  # a worker that a test starts shares it
    atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
SECRET_KEY = "tests-only-" + "0" * 50
ENCRYPTION_KEYS = "test:" + "A" * 43 + "="
HASH_KEYS = "test:" + "B" * 42 + "A="
DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
_CHOSEN = os.environ.get("GONGKAI_TEST_DATABASE", "sqlite")
if _CHOSEN == "sqlite":
    DATABASES = {"default": database(f"sqlite:///{_FOLDER}/gongkai.sqlite3")}
    DATABASES["default"]["TEST"] = {"NAME": str(_FOLDER / "test.sqlite3")}
else:
    _URL = "postgresql://gongkai:gongkai@127.0.0.1:5432/gongkai" if _CHOSEN == "postgresql" else _CHOSEN
    DATABASES = {"default": database(_URL)}
if os.environ.get("GONGKAI_TEST_DATABASE_NAME"):  # set for a process that a test starts
    DATABASES["default"]["NAME"] = os.environ["GONGKAI_TEST_DATABASE_NAME"]
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Tests change rows past the program too; those of kept pages switch this on.
CACHES = CACHES | {"pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECOND_FACTOR_REQUIRED = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = str(_FOLDER / "media")
STATIC_ROOT = str(_FOLDER / "static")
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)
WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = True
DEMO_PASSWORD = "gongkai-yanshi-2024"
