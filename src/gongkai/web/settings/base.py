"""What all settings share. Secrets, hosts and addresses are added by ``dev``, ``test``, ``production``."""

from datetime import timedelta
from pathlib import Path
from typing import Any

INSTALLED_APPS = [
    "gongkai.web.common",
    "gongkai.web.agencies",
    "gongkai.web.publishing",
    "gongkai.web.applications",
    "gongkai.web.reporting",
    "gongkai.web.portal",
    "wagtail.users",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.snippets",
    "wagtail.sites",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "gongkai.web.common.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.web.common.middleware.NoNul",
    "gongkai.web.portal.kept.KeptPages",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "gongkai.web.common.middleware.BackOfficePolicy",
    "gongkai.web.common.middleware.SessionRules",
    "gongkai.web.common.middleware.SecondFactorRequired",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gongkai.web.common.middleware.Refusals",
    "gongkai.web.portal.refusals.PublicRefusals",
    "gongkai.web.agencies.middleware.BackOfficeDoor",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "gongkai.web.urls"
WSGI_APPLICATION = "gongkai.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- language and time: Chinese, and days as days in China ---------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = ["gongkai.web.common.formats"]
LOCALE_PATHS = [str(Path(__file__).resolve().parent.parent / "locale")]

# --- sign-in ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "agencies.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: a locked-out name is refused before its password is tried
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("username", "name", "email")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]  # fmt: skip
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "gongkai.web.common.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = [
    "username*",
    "password1*",
    "password2*",
]  # there is no sign-up; allauth asks for the list
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    # Applications from one address: mildly limited with the proof of work, more strictly without scripts.
    "apply": "20/h/ip,60/d/ip",
    "apply_without_scripts": "4/h/ip,12/d/ip",
    "look": "120/h/ip,600/d/ip",
    # Receipts to one address or telephone, whoever typed it; above it the application is taken without.
    "receipt_to": "6/h/key,20/d/key",
    # Wrong codes of cases: by address and number; above the second none from the address is looked at.
    "wrong_code": "30/h/ip,10/h/key",
    "guess": "200/h/ip",
    # Citizens' accounts: mails by sender; with a harder puzzle; by sender and address; by address. Above the
    # last two a code is mailed that any browser may type (decision 14). And codes that are typed.
    "account_mail": "20/h/ip,60/d/ip",
    "account_mail_hard": "60/h/ip,240/d/ip",
    "account_mail_without_scripts": "6/h/ip,20/d/ip",
    "account_mail_pair": "3/h/key,8/d/key",
    "account_mail_to": "6/h/key,15/d/key",
    "account_code": "30/h/ip",
}
MFA_ADAPTER = "gongkai.web.common.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "政府信息公开工作系统"
MFA_TOTP_TOLERANCE = 1  # half a minute either way: phones and office machines are not always on time
SECOND_FACTOR_REQUIRED = True
USERSESSIONS_TRACK_ACTIVITY = False
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [
    "username"
]  # whatever address the tries come from; addresses are limited by allauth
SILENCED_SYSTEM_CHECKS = [
    "axes.W006",  # a whole office may share an address: names are locked, addresses only slowed
    "security.W019",  # the CMS shows previews, the review page its source, in frames of this site
]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "gongkai.web.common.accounts.tried_name"
AXES_LOCKOUT_TEMPLATE = "common/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "gongkai.web.common.accounts.known_address"
TRUSTED_PROXIES = 0
AXES_VERBOSE = False

# --- sessions: half an hour without a click, a working day at most --------------------------------------
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE = timedelta(minutes=30)
SESSION_LONGEST = timedelta(hours=12)
CSRF_COOKIE_HTTPONLY = False  # the CMS's own scripts read it
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "gongkai.web.portal.refusals.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- what pages may load ------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "base-uri": ["'none'"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
        "frame-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "manifest-src": ["'self'"],
        "media-src": ["'self'"],
        "object-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
    }
}
#: The CMS's editor sets styles from its scripts and starts them inline; only there is this allowed.
CONTENT_SECURITY_POLICY_BACK_OFFICE: dict[str, list[str]] = {
    "style-src": ["'self'", "'unsafe-inline'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
}
X_FRAME_OPTIONS = "SAMEORIGIN"  # the CMS shows its previews, the review page its source in a frame
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# --- the CMS ------------------------------------------------------------------------------------------
BACK_OFFICE = "admin/"
WAGTAIL_SITE_NAME = "政府信息公开工作系统"
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = ["Asia/Shanghai"]
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # passwords and second factors are allauth's, on one set of pages
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_NOTIFICATION_USE_HTML = False
WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": True}}
TAGGIT_CASE_INSENSITIVE = True

# --- public site ---------------------------------------------------------------------------------------
PORTAL_NAME = ""  # where it is empty the site is named after the only agency that nobody supervises
PORTAL_NOTICE = ""  # said on every public page

# --- caches -------------------------------------------------------------------------------------------
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},  # beyond 300, Django's own, limits would be forgotten
    },
    # What production takes for it where there is no Redis; what is over goes first when it is full.
    "table": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "gongkai_cache",
        "KEY_FUNCTION": "gongkai.web.common.caching.hashed",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    # Files that are made from what is published: each can be made again.
    "files": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "files"},
    # Finished public pages, in each process for itself; portal.kept asks the database whether they hold.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}

# --- files --------------------------------------------------------------------------------------------
STATIC_URL = "static/"
MEDIA_URL = "media/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_PERMISSIONS = 0o640
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# --- applications: how long personal data is kept after the last remedy is over --------------------------
APPLICATIONS_KEEP_IDENTITY = timedelta(days=365)
APPLICATIONS_KEEP_FILE = timedelta(days=3653)
CLAMD_ADDRESS = ""  # host:port or a socket's path of a ClamAV daemon; empty: files are not scanned

# --- citizens' accounts: apart from the staff's sign-in, with cookies of their own -------------------------
CITIZEN_COOKIE = "citizen"
CITIZEN_ASKING_COOKIE = "citizen-asks"
CITIZEN_CODE_VALID = timedelta(minutes=15)
# One mail in this time, once an address is asked for too often.
CITIZEN_SHARED_CODE_VALID = timedelta(hours=2)
CITIZEN_IDLE = timedelta(hours=1)
CITIZEN_LONGEST = timedelta(hours=12)
CITIZEN_KEEP = timedelta(days=3 * 365)  # without a sign-in; then it is erased
CITIZEN_WARN = timedelta(days=30)  # before that its holder is told by mail

# --- audit, tasks, mail -------------------------------------------------------------------------------
AUDIT_HASH = "sha256"  # or "sm3", where an assessment asks for it; chains may change over in the middle
TASK_LEASE = timedelta(seconds=60)
TASK_KEEP = timedelta(days=30)
OUTBOX_KEEP_TEXT = timedelta(days=30)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = "gongkai@localhost"

# --- text messages: none without a gateway; then no page offers or promises one --------------------------
SMS_GATEWAY: dict[str, Any] = {}  # {"BACKEND": a class, "OPTIONS": {…}}, see common.sms
SMS_QUIET = "21:00-08:00"  # Asia/Shanghai; what falls into it waits until its end; "none": no such hours
SMS_QUIET_DAYS_OFF = False  # whether days off are quiet all day

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "axes": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
    },
}
