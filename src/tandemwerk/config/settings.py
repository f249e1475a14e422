"""Django settings; everything an operator may change comes from `env.py`."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from tandemwerk.config.env import Env
from tandemwerk.core.limits import MAX_ROOM_FILE_BYTES

ENV = Env()
PACKAGE = Path(__file__).resolve().parent.parent
DATA = ENV.data
DATA.mkdir(parents=True, exist_ok=True, mode=0o700)  # people's data is nobody else's
# The matching engine keeps its compiled loops beside its code, or here where that is read-only.
if not os.access(PACKAGE / "matching", os.W_OK):
    os.environ.setdefault("NUMBA_CACHE_DIR", str(DATA / "compiled"))

SECRET_KEY = ENV.effective_secret_key
DEBUG = ENV.debug
DEMO = ENV.demo
DEMO_PASSWORD = ENV.demo_password
OPEN_SIGNUP = ENV.open_signup
BASE_URL = ENV.base_url
KEYS_FOLDER = ENV.keys_folder
ALLOWED_HOSTS = ENV.hosts
CSRF_TRUSTED_ORIGINS = ENV.origins

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "tandemwerk.ui",
    "django.contrib.staticfiles",
    "django.forms",
    "django.contrib.humanize",
    # Before allauth: its pages, messages and words come from here.
    "tandemwerk.people",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
    "csp",
    "rules",
    "tandemwerk.core",
    "tandemwerk.audit",
    "tandemwerk.notifications",
    "tandemwerk.programmes",
    "tandemwerk.pairing",
    "tandemwerk.tandems",
    "tandemwerk.rooms",
    "tandemwerk.safeguarding",
    "tandemwerk.reports",
    "tandemwerk.api",
    "tandemwerk.demo",
]

MIDDLEWARE = [
    "tandemwerk.api.middleware.OptionalSlash",
    "tandemwerk.api.middleware.RateLimitHeaders",
    "tandemwerk.core.middleware.NoZeroCharacters",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tandemwerk.core.middleware.PrivateResponses",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tandemwerk.people.middleware.BearerToken",
    "tandemwerk.people.middleware.Preferences",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tandemwerk.ui.middleware.HtmxToasts",
    "allauth.account.middleware.AccountMiddleware",
    "tandemwerk.core.middleware.DomainErrors",
    "tandemwerk.core.middleware.DeclaredAccess",
    "tandemwerk.people.middleware.StaffNeedsMfa",
    "tandemwerk.core.middleware.WriteOnce",
]

ROOT_URLCONF = "tandemwerk.config.urls"
ASGI_APPLICATION = "tandemwerk.config.asgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tandemwerk.ui.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "tandemwerk.ui.renderers.FormRenderer"


def _database(url: str) -> dict[str, Any]:
    """Connection settings; SQLite in the data folder unless `url` names a PostgreSQL."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "tandemwerk.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                    "PRAGMA secure_delete=ON;"  # what is deleted is overwritten: keys of rooms
                ),
            },
            # A file, not memory: threads and the live server must see one database.
            "TEST": {"NAME": DATA / "test.sqlite3"},
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(ENV.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# Accounts -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "tandemwerk.people.passwords.LengthByFactors"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "tandemwerk.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "tandemwerk.people.forms.extras.SignupExtras"
ACCOUNT_FORMS = {
    "login": "tandemwerk.people.forms.account.LoginForm",
    "signup": "tandemwerk.people.forms.account.SignupForm",
    "reset_password": "tandemwerk.people.forms.account.ResetPasswordForm",
    "reset_password_from_key": "tandemwerk.people.forms.account.ResetPasswordKeyForm",
    "change_password": "tandemwerk.people.forms.account.ChangePasswordForm",
    "set_password": "tandemwerk.people.forms.account.SetPasswordForm",
    "add_email": "tandemwerk.people.forms.account.AddEmailForm",
    "reauthenticate": "tandemwerk.people.forms.account.ReauthenticateForm",
}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ENV.is_https else "http"
MFA_ADAPTER = "tandemwerk.people.adapters.MfaAdapter"
MFA_FORMS = {
    "authenticate": "tandemwerk.people.forms.account.MfaAuthenticateForm",
    "reauthenticate": "tandemwerk.people.forms.account.MfaReauthenticateForm",
    "activate_totp": "tandemwerk.people.forms.account.ActivateTotpForm",
    "add_webauthn": "tandemwerk.people.forms.account.AddWebauthnForm",
    "edit_webauthn": "tandemwerk.people.forms.account.EditWebauthnForm",
}
# Changing the address waits for its confirmation anyway, so nobody gets locked out by it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Tandemwerk"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ENV.is_loopback

NINJA_NUM_PROXIES = 0  # the web server resolves forwarded addresses, the application never does

# Mail -----------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.email_from


def _mail(url: str) -> dict[str, Any]:
    """SMTP as in `url`; without one, mails are kept as files in the data folder."""
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(DATA / "mail"),
        }
    parts = urlsplit(url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 20,
    }


globals().update(_mail(ENV.email_url))

# Language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "tandemwerk_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
FORMAT_MODULE_PATH = ["tandemwerk.config.formats"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

# Files ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS: list[Path] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = DATA / "files"
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# What people send stays in memory and never lies in a temporary folder: `core.limits.BodyLimit`
# lets nothing larger through, and no handler is there that would write it to the disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = MAX_ROOM_FILE_BYTES
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Security -------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
_PREFIX = "__Host-" if ENV.is_https else ""
SESSION_COOKIE_NAME = f"{_PREFIX}tandemwerk_session"
CSRF_COOKIE_NAME = f"{_PREFIX}tandemwerk_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENV.is_https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "tandemwerk.ui.views.csrf_failure"
SECURE_SSL_REDIRECT = ENV.is_https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.is_https else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if ENV.is_https else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    # Letters' links open accounts and roles; at the two loggers, too, for handlers of others.
    "filters": {"no_secrets": {"()": "tandemwerk.core.secret_paths.NoSecrets"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["no_secrets"],
        }
    },
    "root": {"handlers": ["console"], "level": ENV.log_level},
    "loggers": {
        # Everybody on the internet can send a strange Host header; the answer is 400.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        # Django would mail errors with all that was typed; what people write is nobody's mail.
        "django": {"handlers": [], "level": "INFO"},
        "django.request": {"filters": ["no_secrets"]},
        "django.security.csrf": {"filters": ["no_secrets"]},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}
