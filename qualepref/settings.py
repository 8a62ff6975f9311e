"""Settings, all read from the environment, with working defaults for the embedded mode (SQLite, no Redis)."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from environs import Env

from qualepref.secret_key import kept_in

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
env.read_env(BASE_DIR / ".env")

VAR_DIR = env.path("VAR_DIR", BASE_DIR / "var")
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", False)
DEMONSTRATION_MARK = VAR_DIR / "demonstration"  # left by `load_demo`, so that commands know it as the pages do
DEMO = env.bool("DEMO", DEMONSTRATION_MARK.exists())
DEMO_PASSWORD = "demonstration-2026"  # noqa: S105 - printed on the sign-in page of a demonstration, and nowhere else
TESTING = env.bool("TESTING", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
# Lines of the State's brand block (« Préfet|de l’Isère »): only for its own sites, and never in demonstration mode.
SITE_BRAND = env.str("SITE_BRAND", "")
SITE_URL = env.str("SITE_URL", "http://localhost:8000")
# Whom the public writes to about its data: « la déléguée à la protection des données, dpo@prefecture.gouv.fr ».
DATA_PROTECTION_CONTACT = env.str("DATA_PROTECTION_CONTACT", "")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "organisations",
    "organisations.apps.AccountsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "core.staticfiles.QualeprefStaticFilesConfig",
    "django.contrib.humanize",
    "django.forms",
    "axes",
    "crispy_forms",
    "csp",
    "django_filters",
    "django_htmx",
    "widget_tweaks",
    "dsfr",
    "simple_history",
    "tree_queries",
    "core",
    "django_tables2",  # after core, which loads it without the types of PostgreSQL
    "referential",
    "actions",
    "indicators",
    "surveys",
    "complaints",
    "training",
    "audits",
    "clu",
    "reports",
]

MIDDLEWARE = [
    # First, so that static files, redirections and refusals carry the headers too.
    "core.base.headers.EveryAnswer",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "core.base.headers.Encrypted",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.pages.errors.ErrorPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.pages.sessions.SlidingSession",
    "core.pages.sessions.SignInRequired",
    "core.pages.saving.SavingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "organisations.views.signing_in.FollowRights",
    "organisations.views.places.FollowPlace",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "qualepref.urls"
WSGI_APPLICATION = "qualepref.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.pages.context_processors.site",
                "organisations.places.context",
            ],
            "builtins": ["core.templatetags.french"],
            "libraries": {"importing": "core.importing.tags"},
        },
    },
]

# Database: SQLite under var/ by default; PostgreSQL through DATABASE_URL.
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'qualepref.sqlite3'}", conn_max_age=60)}
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if DEMO or DEBUG or TESTING or IS_SQLITE:  # `load_demo` has public passwords: a server never has it
    INSTALLED_APPS.append("demo")
# On a server the secret is given; in embedded mode it is drawn once and kept.
SECRET_KEY = env.str("SECRET_KEY", "") or (kept_in(VAR_DIR) if IS_SQLITE or TESTING or DEMO else "")
# What opens the identities of people outside; without it, the secret above does, and must never be changed.
IDENTITY_KEY = env.str("IDENTITY_KEY", "")
if IS_SQLITE:
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        transaction_mode="IMMEDIATE",
        timeout=20,
        # recursive_triggers: INSERT OR REPLACE must not slip past the append-only triggers of history tables.
        # secure_delete: what is erased is overwritten in the file.
        init_command=(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA secure_delete=ON;"
        ),
    )
    DATABASES["default"]["CONN_MAX_AGE"] = 0
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Jobs: Redis absent means the embedded mode, where `manage.py work` claims jobs from the database.
REDIS_URL = env.str("REDIS_URL", "")
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900, "socket_connect_timeout": 2, "socket_timeout": 10}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # kilobytes: a child that grew on a big report is replaced
# A dead worker's job is taken up after its lease, plus one sweep in Celery mode: under a minute in all.
JOB_LEASE_SECONDS = env.int("JOB_LEASE_SECONDS", 40)
JOB_BEAT_SECONDS = env.int("JOB_BEAT_SECONDS", 10)
JOB_MAX_ATTEMPTS = env.int("JOB_MAX_ATTEMPTS", 3)
CELERY_TIMEZONE = "Europe/Paris"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = SimpleLazyObject(lambda: import_string("qualepref.schedule.SCHEDULE"))
TASKS_APP = "qualepref.celery.app"  # both loaded by who sends or runs a task: a web worker starts without Celery

CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# Accounts
AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "organisations.backends.RoleBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "organisations.rules.passwords.CommonInFrench"},
]
# « required »: the roles that open accounts or run everything sign in with a second factor; « everyone »: all do.
# Never in a demonstration.
SECOND_FACTOR = "" if DEMO else env.str("SECOND_FACTOR", "")
# ProConnect, or another OpenID Connect provider: off without these.
OIDC_ISSUER, OIDC_NAME = env.str("OIDC_ISSUER", "").rstrip("/"), env.str("OIDC_NAME", "ProConnect")
OIDC_CLIENT_ID, OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_ID", ""), env.str("OIDC_CLIENT_SECRET", "")
LOGIN_URL = "organisations:login"
LOGIN_REDIRECT_URL = "reports:home"
LOGOUT_REDIRECT_URL = "organisations:login"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = False  # it slides by steps, see core.pages.sessions
SESSION_LONGEST = 24 * 3600  # however much it is used, see core.pages.sessions
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
PASSWORD_RESET_TIMEOUT = 3600
# Attempts are counted by organisations.throttle, which explains the limits; refused attempts are not evaluated.
AXES_HANDLER = "organisations.throttle.Throttle"
AXES_CLIENT_IP_CALLABLE = "organisations.throttle.client_address"
AXES_USERNAME_CALLABLE = "organisations.throttle.username"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "organisations.views.locked_out"

# Safety
SECURE_COOKIES = env.bool("SECURE_COOKIES", not (DEBUG or DEMO or TESTING))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
# Tied by the browser to this very host: no neighbour of the domain writes it. Not possible over plain http, and not for
# `sessionid` and `csrftoken`, names that tools outside rely on.
COOKIE_PREFIX = "__Host-" if SECURE_COOKIES else ""
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000 if SECURE_COOKIES else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", SECURE_COOKIES)
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", SECURE_COOKIES)
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 1 if BEHIND_PROXY else 0)  # whose X-Forwarded-For is believed
# The browsers' preload list is for whoever keeps the domain to decide.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REDIRECT_EXEMPT = [r"^sante$", r"^plans/agenda/"]  # what programs ask for: core.base.headers.Encrypted
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "core.pages.views.site.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", 10 * 1024 * 1024)
# How long an import may be undone; its file and its preview go for good then.
IMPORT_KEPT_DAYS = env.int("IMPORT_KEPT_DAYS", 90)

# Language
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # years are not figures; `core.base.figures` separates thousands

# Files
STATIC_URL = "/static/"
WHITENOISE_MIMETYPES = {".svg": "image/svg+xml; charset=utf-8"}
WHITENOISE_ALLOW_ALL_ORIGINS = False  # our files are for our pages
STATIC_ROOT = env.path("STATIC_ROOT", VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.path("MEDIA_ROOT", VAR_DIR / "media")
PRINTED_PARTS_ROOT = VAR_DIR / "printed"  # parts of reports as they were laid out; may be emptied at any time
PRINTING_PROCESSES = env.int("PRINTING_PROCESSES", 2)  # of one report: itself and those it forks
# Backups: a key encrypts them; each night one goes to BACKUP_DIR, where the last BACKUP_KEPT stay (0: none is made).
BACKUP_KEY = env.str("BACKUP_KEY", "")
BACKUP_DIR = env.path("BACKUP_DIR", VAR_DIR / "sauvegardes")
BACKUP_KEPT = env.int("BACKUP_KEPT", 0 if DEMO else 7)
STORAGES = {
    "default": {"BACKEND": "core.record.whole_files.WholeFiles"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG or TESTING
            else "core.staticfiles.CompressedManifestStorage"
            if env.bool("COMPRESS_STATIC", False)
            else "core.staticfiles.ManifestStorage"
        )
    },
}

# Mail: printed to files under var/mails unless EMAIL_URL says otherwise.
if env.str("EMAIL_URL", ""):
    globals().update(env.dj_email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mails"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Démarche qualité <ne-pas-repondre@qualepref.invalid>")

# Pages
CRISPY_ALLOWED_TEMPLATE_PACKS = ["dsfr"]
CRISPY_TEMPLATE_PACK = "dsfr"
DJANGO_TABLES2_TEMPLATE = "components/table.html"
DSFR_MARK_OPTIONAL_FIELDS = True
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_REVERT_DISABLED = True

# What follows these in an address is a secret: no log keeps it (a test holds them against the addresses there are).
SECRET_PATHS = [
    "/enquetes/(?:r|borne|mystere)/",
    "/plans/agenda/",
    "/instances/reponse/",
    "/audits/d/",
    "/bilans/relecture/",
    "/(?:nouveau-mot-de-passe|bienvenue)/[^\\s/]+/",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "core.base.logs.WithoutSecrets",
            "format": "{asctime} {levelname} {name} {message}",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            "style": "{",
        }
    },
    "filters": {"refusals": {"()": "core.base.logs.RefusalsInOneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.request": {"filters": ["refusals"]},
        "django.server": {"handlers": ["console"], "propagate": False},
        "axes": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
