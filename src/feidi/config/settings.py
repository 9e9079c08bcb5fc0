"""All settings: read from the environment, with a safe embedded default for each.

``FEIDI_HOME`` holds everything that must survive: database, uploads, keys. Keys are made on
first start in ``FEIDI_KEYS`` (default ``FEIDI_HOME/keys``), outside the database and never in a backup.
``DATABASE_URL=postgres://…`` alone moves the installation to PostgreSQL.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from environs import Env, validate

from feidi.config.database_url import parse_database_url
from feidi.kernel.sealing.keys import read_or_make_secret_key

env = Env()


def _switch(name: str) -> bool:
    """Return an on/off setting; unset and empty are off."""
    return bool(env.str(name, "").strip()) and env.bool(name)


#: Where this installation keeps its data. Default: ./var beside the checkout, or the working directory.
FEIDI_HOME = Path(env.str("FEIDI_HOME", "var")).resolve()
FEIDI_KEYS = Path(env.str("FEIDI_KEYS", str(FEIDI_HOME / "keys"))).resolve()
FEIDI_FILES = Path(env.str("FEIDI_FILES", str(FEIDI_HOME / "files"))).resolve()
_PACKAGE = Path(__file__).resolve().parents[1]
_BUNDLED_CONTENT = _PACKAGE / "jurisdictions"
_CHECKOUT_CONTENT = _PACKAGE.parents[1] / "jurisdictions"
#: The folder of jurisdictions/<place>/ content that ``feidi content`` reads.
FEIDI_CONTENT = Path(
    env.str("FEIDI_CONTENT", str(_BUNDLED_CONTENT if _BUNDLED_CONTENT.exists() else _CHECKOUT_CONTENT)),
).resolve()
#: Largest upload in bytes; more is refused with the limit in the message.
FEIDI_UPLOAD_LIMIT = env.int("FEIDI_UPLOAD_LIMIT", 50 * 1024 * 1024)
#: A folder of fonts for printed forms, when the machine has no Chinese font installed.
FEIDI_FONTS = env.str("FEIDI_FONTS", "")
#: Lines at the foot of each page (ICP 备案号, 公安备案号, 主办/运营), separated by "|".
FEIDI_FOOTER_LINES: tuple[str, ...] = tuple(env.list("FEIDI_FOOTER_LINES", [], delimiter="|"))
#: "1" marks an installation whose rows are invented: 演示数据 on every page, picture and paper.
FEIDI_DEMONSTRATION = _switch("FEIDI_DEMONSTRATION")

DEBUG = False
SECRET_KEY = env.str("FEIDI_SECRET_KEY", "") or read_or_make_secret_key(FEIDI_KEYS)
ALLOWED_HOSTS = env.list("FEIDI_HOSTS", ["localhost", "127.0.0.1", "[::1]", "testserver"])
#: Set when the site is reached by https: secure cookies, HSTS, origin check.
FEIDI_HTTPS = _switch("FEIDI_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = FEIDI_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if FEIDI_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if FEIDI_HTTPS else None
CSRF_TRUSTED_ORIGINS: list[str] = env.list("FEIDI_ORIGINS", [])
SESSION_COOKIE_AGE = env.int("FEIDI_SESSION_SECONDS", 12 * 3600)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "feidi.portals.account.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "feidi.kernel.identity",
    "feidi.kernel.audit",
    "feidi.kernel.content",
    "feidi.kernel.calendar",
    "feidi.kernel.jobs",
    "feidi.kernel.files",
    "feidi.kernel.evidence",
    "feidi.kernel.deadlines",
    "feidi.kernel.todos",
    "feidi.kernel.imports",
    "feidi.kernel.search",
    "feidi.kernel.documents",
    "feidi.kernel.messages",
    "feidi.kernel.saved_views",
    "feidi.kernel.notify",
    "feidi.kernel.feedback",
    "feidi.domain.parties",
    "feidi.domain.space",
    "feidi.domain.policy",
    "feidi.domain.playbook",
    "feidi.domain.talent",
    "feidi.domain.pipeline",
    "feidi.domain.incubation",
    "feidi.domain.roadshow",
    "feidi.domain.liaison",
    "feidi.domain.matching",
    "feidi.domain.showcase",
    "feidi.domain.reporting",
    "feidi.portals.ui",
    "feidi.portals.console",
    "feidi.portals.workspace",
    "feidi.portals.account",
    "feidi.portals.public",
    "feidi.portals.wall",
    "feidi.portals.cli",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "feidi.portals.ui.middleware.ActorMiddleware",
    "feidi.portals.account.middleware.SecondFactorMiddleware",
    "feidi.portals.ui.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "feidi.config.urls"
FORM_RENDERER = "feidi.portals.ui.forms.FeidiRenderer"
WSGI_APPLICATION = "feidi.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "feidi.portals.ui.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "feidi.portals.ui.templatetags.ui"],
        },
    },
]


def _sqlite(path: Path) -> dict[str, Any]:
    """SQLite in WAL: writers queue (IMMEDIATE) and wait instead of failing half-way. A thread keeps its connection for half
    a minute; a database that was put in the place of another under a running site is seen by then.

    Pages of 8 KiB (they count for a new file only) shorten an import's write lock by a quarter.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # opening it reads the whole schema of some hundred tables, which cost more than most pages
        "CONN_MAX_AGE": 30,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA page_size=8192;PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
                "PRAGMA mmap_size=268435456;PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;"
            ),
        },
    }


def _database() -> dict[str, Any]:
    url = env.str("DATABASE_URL", "")
    if not url:
        return _sqlite(FEIDI_HOME / "feidi.sqlite3")
    parsed = parse_database_url(url)
    if parsed["ENGINE"].endswith("sqlite3"):
        return _sqlite(Path(parsed["NAME"]))
    # as many as the threads of a web process, and a few to spare; psycopg's default of 4 would make them wait
    parsed["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 16}
    return parsed


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "identity.User"
LOGIN_URL = "account:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account:login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

#: Sign-in: SMS (none | log | http), an OIDC provider, and the roles that must have a second factor.
FEIDI_SMS_GATEWAY = env.str("FEIDI_SMS_GATEWAY", "none")
FEIDI_SMS_URL = env.str("FEIDI_SMS_URL", "")
FEIDI_SMS_TOKEN = env.str("FEIDI_SMS_TOKEN", "")
FEIDI_SMS_BODY = env.str("FEIDI_SMS_BODY", '{"number": "{number}", "code": "{code}", "text": "{text}"}')
FEIDI_OIDC_ISSUER = env.str("FEIDI_OIDC_ISSUER", "")
FEIDI_OIDC_CLIENT_ID = env.str("FEIDI_OIDC_CLIENT_ID", "")
FEIDI_OIDC_CLIENT_SECRET = env.str("FEIDI_OIDC_CLIENT_SECRET", "")
FEIDI_OIDC_NAME = env.str("FEIDI_OIDC_NAME", "")
FEIDI_OIDC_SCOPES = env.str("FEIDI_OIDC_SCOPES", "openid profile")
FEIDI_OIDC_MATCH: tuple[str, ...] = tuple(env.list("FEIDI_OIDC_MATCH", []))
FEIDI_REQUIRE_SECOND_FACTOR: frozenset[str] = frozenset(env.list("FEIDI_REQUIRE_SECOND_FACTOR", []))

#: Mail: into files by default, so that nothing leaves the machine; ``smtp`` sends, ``console`` prints.
_MAIL = {"file": "filebased", "console": "console", "smtp": "smtp"}
FEIDI_MAIL = env.str("FEIDI_MAIL", "file", validate=validate.OneOf(_MAIL))
EMAIL_BACKEND = f"django.core.mail.backends.{_MAIL[FEIDI_MAIL]}.EmailBackend"
EMAIL_FILE_PATH = str(FEIDI_HOME / "mail")
EMAIL_HOST = env.str("FEIDI_MAIL_HOST", "localhost")
EMAIL_PORT = env.int("FEIDI_MAIL_PORT", 465)
EMAIL_HOST_USER = env.str("FEIDI_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.str("FEIDI_MAIL_PASSWORD", "")
FEIDI_MAIL_SECURITY = env.str("FEIDI_MAIL_SECURITY", "ssl", validate=validate.OneOf(("ssl", "starttls", "none")))
EMAIL_USE_SSL, EMAIL_USE_TLS = FEIDI_MAIL_SECURITY == "ssl", FEIDI_MAIL_SECURITY == "starttls"
EMAIL_TIMEOUT = 20
#: Origins of chat robots beside the vendors' own: a private deployment (``https://wx.example.cn``).
FEIDI_ROBOT_HOSTS: tuple[str, ...] = tuple(env.list("FEIDI_ROBOT_HOSTS", []))
DEFAULT_FROM_EMAIL = env.str("FEIDI_MAIL_FROM", "feidi@localhost")
#: How this site is reached from outside: the beginning of every link in a mail.
FEIDI_URL = env.str("FEIDI_URL", f"http{'s' if FEIDI_HTTPS else ''}://{ALLOWED_HOSTS[0]}")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [_PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True
FORMAT_MODULE_PATH = ["feidi.config.formats"]

STATIC_URL = "static/"
STATIC_ROOT = FEIDI_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(FEIDI_FILES)}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("FEIDI_LOG", "WARNING")},
}
