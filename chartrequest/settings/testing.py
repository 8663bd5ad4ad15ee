"""For the tests: SQLite unless DATABASE_URL says otherwise, tasks run where they are asked for."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="chartrequest-test-"))

from chartrequest.settings.embedded import *  # noqa: E402, F403
from chartrequest.settings.embedded import DATABASES, STORAGES  # noqa: E402

SECRET_KEY = "only for tests"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WHITENOISE_AUTOREFRESH = True
SITE_URL = "http://testserver"
# Jobs are rows either way; tests run them by hand (`outbox.run_due()`), so nothing is poked.
CELERY_TASK_ALWAYS_EAGER = False
OUTBOX_POKE = False
SANDBOX_DELIVERS = False  # nor are the bank's events; `sandbox.bank.deliver_events()`
if os.environ.get("TEST_DATABASE_NAME"):
    DATABASES["default"].setdefault("TEST", {})["NAME"] = os.environ["TEST_DATABASE_NAME"]
