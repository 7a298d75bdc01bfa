"""The site's benchmark's settings, for views that are called in the same process.

The back office's static files are not collected: their addresses are looked up in production once a start.
"""

from benchmarks.web.settings import *  # noqa: F403
from benchmarks.web.settings import STORAGES

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
