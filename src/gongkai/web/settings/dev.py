"""For a machine that serves only itself: development and the demo of ``make run``.

It answers to this machine's names only, so that it cannot serve a network by mistake. Data, files and keys
are in ``GONGKAI_DATA`` (``var/`` in the current folder).
"""

import os
from pathlib import Path

from gongkai.web.settings.base import *  # noqa: F403
from gongkai.web.settings.base import CACHES
from gongkai.web.settings.environment import database, optional
from gongkai.web.settings.local import demo_password, local_keys

DATA = Path(os.environ.get("GONGKAI_DATA", "var")).resolve()
# Where gongkai.law looks for the years the administrator imports.
os.environ.setdefault("GONGKAI_CALENDAR_DIR", str(DATA / "calendar"))
globals().update(local_keys(DATA))
DEBUG = os.environ.get("GONGKAI_DEBUG_PAGES") == "1"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
DATABASES = {"default": database(optional("GONGKAI_DATABASE", f"sqlite:///{DATA}/gongkai.sqlite3"))}
MEDIA_ROOT = str(DATA / "media")
STATIC_ROOT = str(DATA / "static")
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
SECOND_FACTOR_REQUIRED = False  # the demo's people have not got a phone; who sets one up is asked for it
if DEBUG:  # whoever changes a template sees it at once
    CACHES = CACHES | {"pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(DATA / "mail")
SMS_GATEWAY = {
    "BACKEND": "gongkai.web.common.sms.file_gateway.FileGateway",
    "OPTIONS": {"folder": str(DATA / "sms")},
}
DEMO_PASSWORD = demo_password(DATA)  # only these settings name one, so only they load the demo
PORTAL_NAME = "政府信息公开平台（演示）"
PORTAL_NOTICE = (
    "演示网站，不是任何机关的网站。真实机关的年报只有表格数字取自其公开的2024年度报告，"
    "文字由本项目编写；标有“虚构示例”的全部是虚构的。"
)
