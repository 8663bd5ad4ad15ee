"""The embedded settings, with a quick start: style sheets are not gathered, passwords not stretched."""

from chartrequest.settings.embedded import *  # noqa: F403
from chartrequest.settings.embedded import STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
