"""Settings, all from the environment: CHUANGTU_DATA, DATABASE_URL, PORT and those listed in docs.

Every name starting with CHUANGTU_ is described in docs/how-to/run-in-production.md; a test in
tests/house keeps that list complete.
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.contrib.messages import constants as messages

from chuangtu.site import basemap, environment

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("CHUANGTU_DATA", "chuangtu-data")).resolve()
if not environment.only_looks():
    environment.make_folder(DATA)

DEBUG = os.environ.get("CHUANGTU_DEBUG") == "1"
DEMO = os.environ.get("CHUANGTU_DEMO") == "1"

SECRET_KEY = os.environ.get("CHUANGTU_SECRET_KEY") or environment.secret_in(DATA)
ALLOWED_HOSTS = os.environ.get("CHUANGTU_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [each for each in os.environ.get("CHUANGTU_ORIGINS", "").split(",") if each]
HTTPS = os.environ.get("CHUANGTU_HTTPS") == "1"

INSTALLED_APPS = [
    "chuangtu.site.apps.TablesConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "chuangtu.site.apps.SignInsConfig",
    "csp",
    "chuangtu.apps.journal",
    "chuangtu.apps.accounts",
    "chuangtu.apps.places",
    "chuangtu.apps.registry",
    "chuangtu.apps.imports",
    "chuangtu.apps.duplicates",
    "chuangtu.apps.reports",
    "chuangtu.apps.snapshots",
    "chuangtu.apps.catalog",
    "chuangtu.apps.desk",
    "chuangtu.apps.portal",
    "chuangtu.site.apps.SiteConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "chuangtu.site.keeping.Keeping",
    "chuangtu.apps.catalog.middleware.MachineErrors",
    "chuangtu.apps.catalog.middleware.RateLimit",
    "chuangtu.apps.catalog.middleware.PublicTiles",
    "chuangtu.apps.catalog.middleware.Heads",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "chuangtu.site.errors.ErrorPages",
]

ROOT_URLCONF = "chuangtu.site.urls"
WSGI_APPLICATION = "chuangtu.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "chuangtu.site.context.site",
            ],
            "builtins": ["chuangtu.site.templatetags.words"],
        },
    }
]

DATABASES = {"default": environment.database(default=f"sqlite:///{DATA / 'chuangtu.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE: a writer waits for its turn instead of failing in the middle.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            "PRAGMA mmap_size=268435456; PRAGMA cache_size=-65536; PRAGMA foreign_keys=ON;"
        ),
    }
    # A file: threads of a test must see one another's rows, which an in-memory database hides.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "chuangtu.apps.accounts.backends.PersonBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{each}"}
    for each in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "portal:home"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# Behind a proxy all share its address: eight wrong guesses of one would lock out everybody.
AXES_CLIENT_IP_CALLABLE = "chuangtu.apps.catalog.middleware.network_of"
# The two other limits, over accounts and over addresses, count in the log of failures.
AXES_HANDLER = "chuangtu.apps.accounts.lockout.Slowing"
AXES_ENABLE_ACCESS_FAILURE_LOG = True
# A wait that every further try lengthens could not be told.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False  # accounts/admin.py shows them as the other tables are shown
AXES_LOCKOUT_CALLABLE = "chuangtu.apps.accounts.views.locked_out"
AXES_VERBOSE = False

# Django's levels of messages, by the names of the design system.
MESSAGE_TAGS = {
    messages.SUCCESS: "met",
    messages.WARNING: "attention",
    messages.ERROR: "refusal",
    messages.INFO: "",
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "site" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path] = []
# Served from the package itself: installing needs no collecting step.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
# Vite writes the content's hash into the name: those files never change.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/built/assets/.+-[A-Za-z0-9_-]{8}\.\w+$"
VITE_MANIFEST = PACKAGE / "site" / "static" / "built" / "manifest.json"

MEDIA_ROOT = DATA / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_LIMIT_BYTES = environment.number("CHUANGTU_UPLOAD_LIMIT_MB", 64) * 1024 * 1024
READER_MEMORY_MB = environment.number("CHUANGTU_READER_MEMORY_MB", environment.reader_memory_mb())

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "chuangtu.site.errors.form_expired"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

# Base maps from outside are a setting; the offline base map is the default. See docs.
BASEMAP_LAYERS = basemap.read_layers(
    os.environ.get("CHUANGTU_BASEMAP_TILES", ""),
    os.environ.get("CHUANGTU_BASEMAP_HOSTS", "0,1,2,3,4,5,6,7"),
)
BASEMAP_ATTRIBUTION = os.environ.get("CHUANGTU_BASEMAP_ATTRIBUTION", "")
MAP_APPROVAL_NUMBER = os.environ.get("CHUANGTU_MAP_APPROVAL_NUMBER", "")
_BASEMAP_ORIGINS = basemap.origins(BASEMAP_LAYERS)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "worker-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *_BASEMAP_ORIGINS],
        "connect-src": [SELF, *_BASEMAP_ORIGINS],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

SNAPSHOTS = DATA / "snapshots"
# How long a worker may believe that nothing changed, in milliseconds.
SNAPSHOT_CHECK_MS = environment.number("CHUANGTU_CHECK_MS", 200)
# From how many changed records on a new snapshot is built in the background.
SNAPSHOT_OVERLAY = environment.number("CHUANGTU_OVERLAY_LIMIT", 2000)
# Questions a second that one client may ask of the API, on average; 0 for no limit.
RATE_LIMIT = environment.rate("CHUANGTU_RATE_LIMIT", 50)
# Proxies in front that can be trusted to say who the client is.
TRUSTED_PROXIES = environment.number("CHUANGTU_TRUSTED_PROXIES", 0)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("CHUANGTU_LOG_LEVEL", "WARNING")},
}
