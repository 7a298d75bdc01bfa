"""For a server. It starts only with keys and hosts of its own; no default here is a secret.

Required: GONGKAI_SECRET_KEY, GONGKAI_ENCRYPTION_KEYS, GONGKAI_HASH_KEYS, GONGKAI_HOSTS, GONGKAI_DATA. Each
may be given as a file (``NAME_FILE``).
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from gongkai.web.common import keys
from gongkai.web.settings.base import *  # noqa: F403
from gongkai.web.settings.base import CACHES, LOGGING, STORAGES
from gongkai.web.settings.environment import database, flag, listed, optional, required
from gongkai.web.settings.sms import sms_settings

DEBUG = False
SECRET_KEY = required("GONGKAI_SECRET_KEY", "登录会话的签名密钥")
SECRET_KEY_FALLBACKS = listed(optional("GONGKAI_SECRET_KEY_FALLBACKS"))
if (
    len(SECRET_KEY) < 50
    or len(set(SECRET_KEY)) < 10
    or SECRET_KEY.startswith(("django-insecure", "tests-only"))
):
    raise ImproperlyConfigured("GONGKAI_SECRET_KEY 过短或不是随机生成的，请用 generate_keys 生成")
ENCRYPTION_KEYS = required("GONGKAI_ENCRYPTION_KEYS", "个人信息的加密密钥")
HASH_KEYS = required("GONGKAI_HASH_KEYS", "摘要密钥")
for _name, _text in (("GONGKAI_ENCRYPTION_KEYS", ENCRYPTION_KEYS), ("GONGKAI_HASH_KEYS", HASH_KEYS)):
    if any(len(set(key)) < 10 for key in keys.parse(_text, _name).values()):
        raise ImproperlyConfigured(f"{_name} 不是随机生成的，请用 generate_keys 生成")
if set(keys.parse(ENCRYPTION_KEYS, "").values()) & set(keys.parse(HASH_KEYS, "").values()):
    raise ImproperlyConfigured("GONGKAI_ENCRYPTION_KEYS 与 GONGKAI_HASH_KEYS 不能相同")

ALLOWED_HOSTS = listed(required("GONGKAI_HOSTS", "本站域名，逗号分隔"))
if any("*" in host or host.startswith(".") for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("GONGKAI_HOSTS 应逐个写明域名，不能用通配")
WAGTAILADMIN_BASE_URL = f"https://{ALLOWED_HOSTS[0]}"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

DATA = Path(required("GONGKAI_DATA", "数据目录")).resolve()
# Where gongkai.law looks for the years the administrator imports; several machines share one folder.
os.environ.setdefault("GONGKAI_CALENDAR_DIR", str(DATA / "calendar"))
DATABASES = {"default": database(optional("GONGKAI_DATABASE", f"sqlite:///{DATA}/gongkai.sqlite3"))}
MEDIA_ROOT = str(DATA / "media")
STATIC_ROOT = str(DATA / "static")
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
_REDIS = optional("GONGKAI_REDIS")
CACHES = CACHES | {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _REDIS,
        "KEY_FUNCTION": CACHES["table"]["KEY_FUNCTION"],
    }
    if _REDIS
    # In the database, for all processes together: limits and used puzzles are kept until their time is over.
    else CACHES["table"],
    "files": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(DATA / "cache"),
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = flag("GONGKAI_HSTS_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CITIZEN_COOKIE = "__Host-citizen"
CITIZEN_ASKING_COOKIE = "__Host-citizen-asks"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
LANGUAGE_COOKIE_SECURE = True
if flag("GONGKAI_BEHIND_PROXY", default=True):
    # The proxy must set these two itself, never pass on what came from outside (docs/guide).
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    TRUSTED_PROXIES = int(optional("GONGKAI_PROXIES", "1"))

PORTAL_NAME = optional("GONGKAI_SITE_NAME")
PORTAL_NOTICE = optional("GONGKAI_SITE_NOTICE")

CLAMD_ADDRESS = optional("GONGKAI_CLAMD")
EMAIL_HOST = optional("GONGKAI_MAIL_HOST", "localhost")
EMAIL_PORT = int(optional("GONGKAI_MAIL_PORT", "25"))
EMAIL_HOST_USER = optional("GONGKAI_MAIL_USER")
EMAIL_HOST_PASSWORD = optional("GONGKAI_MAIL_PASSWORD")
EMAIL_USE_TLS = flag("GONGKAI_MAIL_STARTTLS", default=False)
EMAIL_USE_SSL = flag("GONGKAI_MAIL_TLS", default=False)
DEFAULT_FROM_EMAIL = optional("GONGKAI_MAIL_FROM", f"gongkai@{ALLOWED_HOSTS[0]}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
globals().update(sms_settings())
LOGGING = LOGGING | {"root": {"handlers": ["stderr"], "level": optional("GONGKAI_LOG_LEVEL", "INFO")}}
