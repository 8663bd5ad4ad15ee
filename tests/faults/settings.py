"""The embedded settings, with a quick start: style sheets are not gathered, passwords not stretched.

With Redis, it counts the tries as well, as in production.
"""

from chartrequest.settings.embedded import *  # noqa: F403
from chartrequest.settings.embedded import CELERY_BROKER_URL, REDIS_SOCKETS, STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if CELERY_BROKER_URL.startswith("redis"):
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": CELERY_BROKER_URL.removesuffix("/0") + "/1",
            "OPTIONS": REDIS_SOCKETS,
        }
    }
