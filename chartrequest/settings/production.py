"""Many people, real money: PostgreSQL, Redis, S3, Stripe. Everything comes from the environment.

Each name may be given as NAME, or as NAME_FILE with the path of a file that holds it (a Docker secret).
docs/running.md lists them. What must not be is refused at the end of this file.
"""

from urllib.parse import quote, urlsplit

from botocore.config import Config

from chartrequest.checks import refuse_unsafe
from chartrequest.sentry import watch
from chartrequest.settings.base import *  # noqa: F403
from chartrequest.settings.base import (
    BASE_DIR,
    LOGGING,
    POSTGRES_OPTIONS,
    REDIS_BROKER_OPTIONS,
    REDIS_SOCKETS,
    SITE_NAME,
    SITE_URL,
    env,
)


def given(name, default=""):
    """The value of a name, without the line end that a secret's file has."""
    return env.str(name, default).strip()


SECRET_KEY = given("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
KEYSET_FILE = given("KEYSET_FILE")
KEYSET_KMS_URI = given("KEYSET_KMS_URI")
DEBUG = env.bool("DEBUG", False)
SANDBOX = False
SANDBOX_BANK = env.bool("SANDBOX_BANK", False)
STATIC_ROOT = given("STATIC_ROOT", str(BASE_DIR / "staticfiles"))

# Behind one proxy, which ends TLS and says so ---------------------------------------------------------
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[urlsplit(SITE_URL).hostname or ""])
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 1)
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", False)
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_NAME = "__Host-language"
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_HTTPONLY = True

# The database -----------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default="postgres:///chartrequest")}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
_OPTIONS = {"connect_timeout": 5, **POSTGRES_OPTIONS}
DATABASES["default"]["OPTIONS"] = _OPTIONS | DATABASES["default"].get("OPTIONS", {})
if given("DATABASE_PASSWORD"):
    DATABASES["default"]["PASSWORD"] = given("DATABASE_PASSWORD")

# Redis: database 0 carries tasks, database 1 counts tries -----------------------------------------------
REDIS_URL = given("REDIS_URL", "redis://127.0.0.1:6379").rstrip("/")
if given("REDIS_PASSWORD"):
    REDIS_URL = REDIS_URL.replace("://", f"://:{quote(given('REDIS_PASSWORD'), safe='')}@", 1)
CELERY_BROKER_URL = f"{REDIS_URL}/0"
CELERY_BROKER_TRANSPORT_OPTIONS = REDIS_BROKER_OPTIONS
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": f"{REDIS_URL}/1",
        "OPTIONS": REDIS_SOCKETS,
    }
}

# Files: a private bucket; what is in it is encrypted before it leaves this process ------------------------
STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": given("AWS_STORAGE_BUCKET_NAME"),
            "endpoint_url": given("AWS_S3_ENDPOINT_URL") or None,
            "region_name": given("AWS_S3_REGION_NAME", "us-east-1"),
            "access_key": given("AWS_ACCESS_KEY_ID") or None,
            "secret_key": given("AWS_SECRET_ACCESS_KEY") or None,
            "default_acl": None,
            "file_overwrite": False,
            "max_memory_size": 1024 * 1024,  # a larger file that is read goes to the disk, still encrypted
            "client_config": Config(
                signature_version="s3v4",
                s3={"addressing_style": given("AWS_S3_ADDRESSING_STYLE", "path")},
                connect_timeout=5,
                # A store that hangs is told to whoever waits, before the proxy gives up on us (120 s).
                read_timeout=20,
                retries={"max_attempts": 3, "mode": "standard"},
                # S3 servers other than Amazon's don't all know the newer checksums.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CLAMD = given("CLAMD")

# Money ------------------------------------------------------------------------------------------------
STRIPE_SECRET_KEY = given("STRIPE_SECRET_KEY")
STRIPE_PUBLISHABLE_KEY = given("STRIPE_PUBLISHABLE_KEY")
STRIPE_WEBHOOK_SECRET = given("STRIPE_WEBHOOK_SECRET")
STRIPE_HTTP_CLIENT = ""  # Stripe's own; a page that shows the card field lets its addresses in by itself

# Email by SMTP, or by a provider's API (django-anymail: EMAIL_BACKEND and its ANYMAIL_… keys); text, fax ----
EMAIL_BACKEND = given("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = given("EMAIL_HOST")
EMAIL_PORT = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER = given("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = given("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = given("DEFAULT_FROM_EMAIL") or f"{SITE_NAME} <no-reply@{urlsplit(SITE_URL).hostname}>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
ANYMAIL = {
    name.removeprefix("ANYMAIL_"): given(name)
    for name in env.ENVIRON
    if name.startswith("ANYMAIL_") and not name.endswith("_FILE")
}
TEXT_CHANNEL = "correspondence.channels.telnyx"
FAX_CHANNEL = "correspondence.channels.telnyx"
TELNYX_API_KEY = given("TELNYX_API_KEY")
TELNYX_PUBLIC_KEY = given("TELNYX_PUBLIC_KEY")
TELNYX_FROM = given("TELNYX_FROM")
TELNYX_FAX_APP = given("TELNYX_FAX_APP")

# What is written about it -------------------------------------------------------------------------------
LOGGING = {**LOGGING, "formatters": {"line": {"()": "chartrequest.logs.JSON"}}}
if given("SENTRY_DSN"):
    watch(
        given("SENTRY_DSN"),
        release=given("RELEASE") or None,
        environment=given("SENTRY_ENVIRONMENT", "production"),
    )

refuse_unsafe(globals())
