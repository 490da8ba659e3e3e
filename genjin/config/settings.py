"""Every setting comes from the environment and every one is optional (the table stands in docs/howto/settings.md)."""

import contextlib
import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from genjin.config.layout import LOCALE_FOLDERS, static_fingerprint


def writable(folder: Path) -> Path:
    """The data folder, made when absent. These sentences come before any translation, so they are in both languages."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writes = os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        writes = False
    if not writes:
        raise SystemExit(
            f"数据目录 {folder} 写不进去，请用 GENJIN_DATA 换一个 / The data folder {folder} cannot be written."
        )
    return folder


def port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SystemExit(f"GENJIN_PORT 要填端口号，不是 {text} / GENJIN_PORT must be a port number and not {text}.")
    return int(text)


def roles_named(text: str) -> frozenset[str]:
    """Roles, separated by commas; the owner is always one of them."""
    known = ("owner", "manager", "seller", "service", "reader")
    roles = {word.strip() for word in text.split(",")} - {""}
    if unknown := roles.difference(known):
        raise SystemExit(
            f"GENJIN_EXPORT_ROLES 只能填 {'、'.join(known)}，没有 {'、'.join(sorted(unknown))}"
            f" / GENJIN_EXPORT_ROLES takes {', '.join(known)}, not {', '.join(sorted(unknown))}."
        )
    return frozenset(roles | {"owner"})


def hour_of_backup(text: str) -> int | None:
    """None where backups by the clock are switched off."""
    if text == "off":
        return None
    if not text.isdecimal() or int(text) > 23:
        raise SystemExit(
            f"GENJIN_BACKUP_HOUR 要填 0 到 23，或者 off，不是 {text} / GENJIN_BACKUP_HOUR must be 0 to 23, or off."
        )
    return int(text)


def own_cores() -> int:
    """How many cores we may use, two at most: what a small company's server has."""
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 2)


def number_kept(name: str, text: str) -> int:
    if not text.isdecimal():
        raise SystemExit(f"{name} 要填个数，不是 {text} / {name} must be a number and not {text}.")
    return int(text)


def mail_settings(text: str) -> dict[str, object]:
    """Where letters go: `smtp://user:password@host:587` (STARTTLS), `smtps://…:465`, `console`, or `off`."""
    if text in ("console", "off"):
        return {
            "EMAIL_BACKEND": f"django.core.mail.backends.{'console' if text == 'console' else 'dummy'}.EmailBackend"
        }
    parts = urlsplit(text)
    try:
        known = parts.scheme in ("smtp", "smtps") and bool(parts.hostname)
        number = parts.port
    except ValueError:
        known, number = False, None
    if not known:
        raise SystemExit(
            "GENJIN_MAIL 要填 smtp://用户:密码@主机:587、smtps://…:465、console 或者 off"
            " / GENJIN_MAIL takes smtp://user:password@host:587, smtps://…:465, console or off."
        )
    is_tls, plain = parts.scheme == "smtps", parts.query == "plain"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": number or (465 if is_tls else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": is_tls,
        "EMAIL_USE_TLS": not is_tls and not plain,
        "EMAIL_TIMEOUT": 20,
    }


DATA = writable(Path(os.environ.get("GENJIN_DATA", "data")).resolve())
HOST = os.environ.get("GENJIN_HOST", "127.0.0.1")
PORT = port(os.environ.get("GENJIN_PORT", "8000"))
WEB_PROCESSES = max(number_kept("GENJIN_WEB_PROCESSES", os.environ.get("GENJIN_WEB_PROCESSES") or str(own_cores())), 1)
LOAD_DEMO = os.environ.get("GENJIN_DEMO", "1") != "0"
BACKUP_FOLDER = Path(os.environ.get("GENJIN_BACKUP_FOLDER") or DATA / "backups").resolve()
BACKUP_KEY = os.environ.get("GENJIN_BACKUP_KEY", "")
BACKUP_HOUR = hour_of_backup(os.environ.get("GENJIN_BACKUP_HOUR", "2"))
BACKUP_DAILY = number_kept("GENJIN_BACKUP_DAILY", os.environ.get("GENJIN_BACKUP_DAILY", "7"))
BACKUP_WEEKLY = number_kept("GENJIN_BACKUP_WEEKLY", os.environ.get("GENJIN_BACKUP_WEEKLY", "4"))
BACKUP_MONTHLY = number_kept("GENJIN_BACKUP_MONTHLY", os.environ.get("GENJIN_BACKUP_MONTHLY", "6"))
EXPORT_ROLES = roles_named(os.environ.get("GENJIN_EXPORT_ROLES", "owner,manager"))
DEBUG = os.environ.get("GENJIN_DEBUG", "0") == "1"


def kept_secret(path: Path) -> str:
    """The key of this installation: made once, kept beside the data, readable by its owner only."""
    if not path.exists():
        # Two processes may start at once in an empty folder: the one that is first is heard, and only when it is whole.
        written = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(written, path)
        written.unlink()
    return path.read_text().strip()


def database(url: str) -> dict:
    """SQLite in the data folder, or what DATABASE_URL names.

    IMMEDIATE takes the write lock when a transaction begins, so that two writers queue (`core/databases`) instead of
    failing half way; FULL means that an acknowledged note survives a power cut. The worker brings the log's pages into
    the file every minute (`core/jobs/jobs.py`): whoever saves a note when the log is full would wait for it.
    """
    if not url:
        return {
            "ENGINE": "genjin.core.databases.sqlite3",
            "NAME": DATA / "genjin.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
                    "PRAGMA cache_size=-8000;PRAGMA temp_store=MEMORY;PRAGMA mmap_size=33554432;"
                    "PRAGMA wal_autocheckpoint=10000;"
                ),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise SystemExit(f"DATABASE_URL must begin with postgresql:// and not with {parts.scheme}://")
    # PostgreSQL takes a page read here and there for four times as dear as the next one. On today's disks it is not,
    # and it would read the search table through where the index of its words is ten times as fast (bench/README.md).
    options = {"options": "-c random_page_cost=1.1", **dict(parse_qsl(parts.query, keep_blank_values=True))}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or options.pop("host", "")),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


SECRET_KEY = os.environ.get("GENJIN_SECRET_KEY") or kept_secret(DATA / "secret_key")
DATABASE_URL = os.environ.get("DATABASE_URL", "")
DATABASES = {"default": database(DATABASE_URL)}
REDIS_URL = os.environ.get("REDIS_URL", "")

# On one's own machine only its own names: a foreign page must not reach it through a name that leads to 127.0.0.1.
OWN_NAMES = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [name for name in os.environ.get("GENJIN_ALLOWED_HOSTS", "").split(",") if name] or (
    OWN_NAMES if HOST in ("localhost", "127.0.0.1", "::1") else ["*"]
)
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("GENJIN_ORIGINS", "").split(",") if origin]

# Where people open Genjin: what links in letters and in the texts of robots begin with.
ADDRESS = (
    os.environ.get("GENJIN_ADDRESS")
    or next(iter(CSRF_TRUSTED_ORIGINS), "")
    or (f"http://{HOST}:{PORT}" if HOST in OWN_NAMES else "")
).rstrip("/")
# Hosts ("name" or "name:port") that a robot may have although they stand in a private network or speak plain http.
INSIDE_HOSTS = frozenset(host for host in os.environ.get("GENJIN_INSIDE_HOSTS", "").split(",") if host)
MAIL = os.environ.get("GENJIN_MAIL") or ("console" if LOAD_DEMO else "off")
globals().update(mail_settings(MAIL))
DEFAULT_FROM_EMAIL = os.environ.get("GENJIN_MAIL_FROM", "genjin@localhost")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "genjin.core.audit",
    "genjin.core.backup",
    "genjin.core.calendar",
    "genjin.core.fields",
    "genjin.core.jobs",
    "genjin.core.search",
    "genjin.core.transfer",
    "genjin.web",
    "genjin.organization",
    "genjin.playbooks",
    "genjin.customers",
    "genjin.followups",
    "genjin.leads",
    "genjin.insights",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "genjin.web.middleware.language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "genjin.web.middleware.answers",
    "genjin.web.middleware.refusals",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "genjin.web.jinja.Templates",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "genjin.web.jinja.environments",
            "context_processors": [
                "genjin.web.context.page",
            ],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.Jinja2"

ROOT_URLCONF = "genjin.config.urls"
WSGI_APPLICATION = "genjin.config.wsgi.application"
EVENT_REACTIONS = "genjin.config.wiring.REACTIONS"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People
AUTH_USER_MODEL = "organization.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "genjin.organization.backend.PersonBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("sign_in", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
SESSION_ENGINE = "genjin.core.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "genjin.web.errors.csrf_failure"

# A guesser gets five tries per name and address, then waits a quarter of an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_SENSITIVE_PARAMETERS = ["sign_in", "ip_address", "password_again", "present"]
AXES_LOCKOUT_CALLABLE = "genjin.organization.views.signing_in.locked_out"
AXES_CLIENT_IP_CALLABLE = "genjin.organization.addresses.client_address"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Behind TLS the operator says so once; a cookie over plain HTTP is right on one's own machine.
BEHIND_PROXY = os.environ.get("GENJIN_HTTPS", "0") == "1"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31536000
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# Chinese first, English complete; instants are UTC in the database and days are dates.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
USE_TZ = True
TIME_ZONE = os.environ.get("GENJIN_TIME_ZONE", "Asia/Shanghai")
FORMAT_MODULE_PATH = ["genjin.web.formats"]
LOCALE_PATHS = LOCALE_FOLDERS

# Its address changes with its content: browsers ask for a file once, and scripts may still import each other.
STATIC_URL = "/static/" if DEBUG else f"/static/{static_fingerprint()}/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 365 * 24 * 3600

MESSAGE_STORAGE = "genjin.web.toasts.Sayings"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

JOBS_IMMEDIATE = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"genjin": {"level": "INFO"}, "axes": {"level": "ERROR"}, "huey": {"level": "WARNING"}},
}
