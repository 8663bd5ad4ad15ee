"""The embedded settings, with a quick start: style sheets are not gathered, passwords not stretched.

With Redis, it counts the tries as well, as in production; FAULTS_S3 names a server that keeps the files.
"""

import environ
from botocore.config import Config

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
if FAULTS_S3 := environ.Env().str("FAULTS_S3", ""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "records",
            "endpoint_url": FAULTS_S3,
            "region_name": "us-east-1",
            "access_key": "test",
            "secret_key": "test",
            "file_overwrite": False,
            # As in production, with less patience.
            "client_config": Config(connect_timeout=1, read_timeout=3, retries={"max_attempts": 2}),
        },
    }
