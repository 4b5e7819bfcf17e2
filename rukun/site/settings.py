"""One module of settings, read from the environment; each RUKUN_… name stands in docs/reference/settings.md."""

import secrets
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.Env()
BASE = Path(__file__).resolve().parents[2]

DATA = Path(env.str("RUKUN_DATA", default=str(BASE / "data"))).resolve()
DEBUG = env.bool("RUKUN_DEBUG", default=False)
MODE = env.str("RUKUN_MODE", default="latihan")  # latihan or real
DEMO = env.bool("RUKUN_DEMO", default=False)  # the sign-in page lists the cast; on loopback only
HTTPS = env.bool("RUKUN_HTTPS", default=False)
ALLOWED_HOSTS = env.list("RUKUN_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS]
BOOK_ORIGIN = env.str("RUKUN_ORIGIN", default="rukun.latihan")  # the name under which checkpoints are signed

KEEP = env.str("RUKUN_KEEP", default="")  # kinds of data kept shorter than the table says: visit_text=90 photo=30


def kept_secret(name: str) -> str:
    """A secret of this installation, made on first use and readable by nobody else."""
    file = DATA / "keys" / name
    if not file.exists():
        DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.parent.mkdir(exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


SECRET_KEY = env.str("RUKUN_SECRET", default="") or kept_secret("secret")

ROOMS = [
    "lib",
    "guard",
    "access",
    "audit",
    "web",
    "care",
    "search",
    "territory",
    "officers",
    "notices",
    "fieldwork",
    "directives",
    "sharing",
    "history",
    "problems",
    "alerts",
    "handover",
    "desk",
    "rights",
    "handbook",
    "phone",
    "demo",
    "site",
]
INSTALLED_APPS = [
    *(f"rukun.{room}" for room in ROOMS),  # first: our templates and words stand before those of libraries
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "rukun.web.address.AddressMiddleware",
    "rukun.phone.middleware.ApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "rukun.officers.middleware.ActorMiddleware",
    "rukun.officers.middleware.SecondFactorMiddleware",
    "rukun.audit.refusals.RefusalMiddleware",
    "rukun.access.policy.PolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "rukun.site.urls"
WSGI_APPLICATION = "rukun.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rukun.web.context.page",
                "rukun.demo.context.cast",
            ],
        },
    }
]

# SQLite is made for one machine: a writer waits its turn, a commit is on the disk when it is acknowledged, erased means overwritten
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;"
    ),
}
DATABASES = {"default": env.db("RUKUN_DATABASE", default=f"sqlite:///{DATA / 'rukun.db'}")}
DATABASES["default"]["CONN_MAX_AGE"] = None
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": False}}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "rukun_language"
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "media"}},
    "staticfiles": {"BACKEND": "rukun.web.storage.Storage"},
}
WHITENOISE_USE_FINDERS = DEBUG
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# mail goes out only where a server for it is named; the digest of notices is all that is ever sent
SMTP = env.email_url("RUKUN_SMTP", default="dummymail://")
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = SMTP["EMAIL_BACKEND"], SMTP.get("EMAIL_HOST") or "", SMTP.get("EMAIL_PORT") or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = SMTP.get("EMAIL_HOST_USER") or "", SMTP.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = SMTP.get("EMAIL_USE_TLS", False), SMTP.get("EMAIL_USE_SSL", False), 20
DEFAULT_FROM_EMAIL = env.str("RUKUN_MAIL_FROM", default="rukun@localhost")
ADDRESS = env.str(
    "RUKUN_ADDRESS", default=f"https://{ALLOWED_HOSTS[0]}" if HTTPS else "http://localhost:8000"
)  # as links in letters name it

AUTH_USER_MODEL = "officers.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["nrp"]}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "nrp"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "rukun.officers.adapter.Adapter"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = True  # as long as SESSION_COOKIE_AGE says, no box to tick
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# axes shuts the door after AXES_FAILURE_LIMIT wrong passwords; these hold against codes, and against a flood
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,10/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ACCOUNT_FORMS = {
    "login": "rukun.officers.forms.SignIn",
    "reauthenticate": "rukun.officers.forms.AgainByPassword",
    "change_password": "rukun.officers.forms.NewPassword",
}
MFA_ADAPTER = "rukun.officers.adapter.Factors"
MFA_FORMS = {
    "authenticate": "rukun.officers.forms.Code",
    "reauthenticate": "rukun.officers.forms.AgainByCode",
    "activate_totp": "rukun.officers.forms.FirstCode",
    "add_webauthn": "rukun.officers.forms.AddPasskey",
    "edit_webauthn": "rukun.officers.forms.NamePasskey",
}
SECOND_FACTOR = env.str("RUKUN_SECOND_FACTOR", default="command")  # who must have one: all, command or none
FACTORS_KEY = kept_secret("factors")
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # a browser takes passkeys without HTTPS on localhost alone
MFA_TOTP_ISSUER = "rukun"
USERSESSIONS_TRACK_ACTIVITY = True
AXES_CLIENT_IP_CALLABLE = "rukun.officers.adapter.client_ip"
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-rukun" if HTTPS else "rukun"
CSRF_COOKIE_NAME = "__Host-rukun-csrf" if HTTPS else "rukun-csrf"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_HANDLERS = ["rukun.web.uploads.InMemory"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"rukun": {"level": "INFO"}, "django_tasks": {"level": "WARNING"}},
}
