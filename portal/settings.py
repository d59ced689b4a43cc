"""Settings of the portal, read from the environment; docs/operations.md lists the variables."""

import os
from pathlib import Path

from portal.env import (
    EnvironmentVariableError,
    read_database,
    read_flag,
    read_list,
    read_number,
    read_origins,
    read_secret_key,
    read_text,
)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
IS_TESTING = "PYTEST_VERSION" in os.environ

# What the operator decides

PORTAL_PRODUCTION = read_flag("PORTAL_PRODUCTION", default=False)
PORTAL_TRUST_PROXY = read_flag("PORTAL_TRUST_PROXY", default=False)
PORTAL_LOGIN_REQUIRED = read_flag("PORTAL_LOGIN_REQUIRED", default=False)
PORTAL_LICENCE = read_text("PORTAL_LICENCE", default="CC BY 4.0")
DEBUG = read_flag("DEBUG", default=False)
SECRET_KEY = read_secret_key("SECRET_KEY", file=VAR_DIR / "secret_key", is_required=PORTAL_PRODUCTION)
ALLOWED_HOSTS = read_list("ALLOWED_HOSTS", default=("localhost", "127.0.0.1", "[::1]"))
CSRF_TRUSTED_ORIGINS = read_origins("CSRF_TRUSTED_ORIGINS")
# Requests to the API in a minute, by address for everybody and by account or token for readers who are known.
PORTAL_API_QUOTAS = {
    "address": read_number("PORTAL_API_QUOTA", default=3_000, minimum=0, maximum=1_000_000),
    "reader": read_number("PORTAL_API_READER_QUOTA", default=6_000, minimum=0, maximum=1_000_000),
}
PORTAL_API_ORIGINS = read_origins("PORTAL_API_ORIGINS")
DATABASES = {"default": read_database("DATABASE_URL", default="sqlite:///var/portal.sqlite3", base_dir=BASE_DIR)}

if PORTAL_PRODUCTION and DEBUG:
    raise EnvironmentVariableError("DEBUG", "it is on while PORTAL_PRODUCTION is on", "one of the two")

# Application

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "corsheaders",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "simple_history",
    "cooperation",
]

# Static files are compressed ahead of time by whitenoise. A compressed page with a secret in it can be guessed at
# (BREACH): Django adds random bytes against it, and masks the only secret, the CSRF token of those who are logged in.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "portal.csp.ContentSecurityPolicyMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    *(["django.contrib.auth.middleware.LoginRequiredMiddleware"] if PORTAL_LOGIN_REQUIRED else []),
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The largest bundle that the API takes; the command line has the same limit for a file.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

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
            ],
        },
    },
]

# Languages and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("uk", "Українська")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# Static files

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(read_text("STATIC_ROOT", default=str(VAR_DIR / "static"), allowed="a folder"))
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # Tests run without collected files.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if IS_TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}

# Accounts

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# In the session, so that there is no further cookie to protect.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_COOKIE_HTTPONLY = True
if IS_TESTING:
    # Slow on purpose is right for passwords and wrong for thousands of tests.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# What browsers are told

SECURE_CSP = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
X_FRAME_OPTIONS = "DENY"

if PORTAL_PRODUCTION:
    SECURE_SSL_REDIRECT = True
    # A load balancer asks these over plain HTTP, from inside.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    # __Host- binds a cookie to this very host: no sibling domain can set it.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_NAME = "__Host-language"
    LANGUAGE_COOKIE_SECURE = True
if PORTAL_TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# API

# Other sites may read it and lists as files, all unless PORTAL_API_ORIGINS names some; never with a reader's cookies.
CORS_URLS_REGEX = r"^(/api/|.*\.(csv|xlsx|json|atom)$)"
CORS_ALLOW_ALL_ORIGINS = not PORTAL_API_ORIGINS
CORS_ALLOWED_ORIGINS = PORTAL_API_ORIGINS
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = ["accept", "accept-language", "authorization", "if-modified-since", "if-none-match"]
CORS_EXPOSE_HEADERS = ["ETag", "Last-Modified", "Link", "RateLimit", "RateLimit-Policy", "Retry-After"]

# Counters of requests: room for many addresses, or the oldest would be forgotten within their minute. Pages ready to be
# sent (`cooperation.views.copies`): their names hold for one edition of the data.
LOCAL = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": LOCAL, "OPTIONS": {"MAX_ENTRIES": 20_000}},
    "pages": {"BACKEND": LOCAL, "LOCATION": "pages", "TIMEOUT": None, "OPTIONS": {"MAX_ENTRIES": 200}},
}

# DRF exempts its views from LoginRequiredMiddleware, so the closed portal needs the permission as well.
API_PERMISSIONS = [
    f"rest_framework.permissions.{'IsAuthenticated' if PORTAL_LOGIN_REQUIRED else 'AllowAny'}",
    "cooperation.api.tokens.MayRead",
]

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "cooperation.api.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": API_PERMISSIONS,
    "DEFAULT_THROTTLE_CLASSES": ["cooperation.api.throttling.MinuteThrottle"],
    # How many proxies may say in X-Forwarded-For whom they speak for; what anybody else says there counts for nothing.
    "NUM_PROXIES": 1 if PORTAL_TRUST_PROXY else 0,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "cooperation.api.pagination.Pages",
    "DEFAULT_FILTER_BACKENDS": ["cooperation.api.filtering.FilterBackend"],
    "EXCEPTION_HANDLER": "cooperation.api.errors.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

API_TAGS = [
    {"name": "root", "description": "Where to begin."},
    {"name": "parties", "description": "Who takes part: states, organisations, ministries, forces, companies."},
    {"name": "officials", "description": "Who speaks or signs for a party."},
    {"name": "systems", "description": "Weapons and other equipment."},
    {"name": "instruments", "description": "Sources of money."},
    {"name": "publishers", "description": "Who publishes articles."},
    {"name": "partnerships", "description": "Parties that cooperate lastingly."},
    {"name": "programs", "description": "One mode of cooperation in one partnership, and how far it has got."},
    {"name": "developments", "description": "Dated statements, each with the words that earn it."},
    {"name": "articles", "description": "The source documents."},
    {"name": "changes", "description": "What changed between two days."},
    {"name": "search", "description": "Words over all nouns."},
    {"name": "codes", "description": "Code lists with labels in three languages."},
    {"name": "bundles", "description": "The one way in, and public articles in the shape in which they come in."},
]

SPECTACULAR_SETTINGS = {
    "TITLE": "Cooperation Portal",
    "DESCRIPTION": (
        "Who agreed to do what together in defence, and which sentence says so. Labels and sentences follow "
        "`Accept-Language` (en, fr, uk); ids, codes and keys never change. `docs/api.md` in the source tells of "
        "versions, caches and limits, and has a tour of five minutes."
    ),
    "VERSION": "1.0.0",
    "TAGS": API_TAGS,
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "cooperation.api.finishing.finish"],
    # No badge of an outside validator on the documentation page.
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "validatorUrl": None},
    "LICENSE": {"name": PORTAL_LICENCE},
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SERVE_PERMISSIONS": API_PERMISSIONS,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # The code lists keep their names, however many fields come to show them.
    "ENUM_NAME_OVERRIDES": {
        name: f"cooperation.choices.{name}"
        for name in (
            *(
                "Mode",
                "Phase",
                "Stage",
                "Step",
                "Category",
                "PartyKind",
                "Role",
                "InstrumentKind",
                "ArticleKind",
                "Channel",
            ),
            *("Qualifier", "Basis", "Per", "Rank", "Reliability", "Credibility", "TextKind", "Language", "State"),
        )
    }
    | {"WantedState": "cooperation.api.writing_schema.STATES"},
}

# Logs

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "portal.logs.OneLineFormatter",
            "format": "[{asctime}] [{process}] [{levelname}] {name}: {message}",
            "datefmt": "%Y-%m-%d %H:%M:%S %z",
            "style": "{",
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django gives these two handlers of their own, which would print a second time and unescaped.
        "django": {"handlers": [], "level": "INFO"},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
