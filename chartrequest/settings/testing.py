"""For the tests: SQLite unless DATABASE_URL says otherwise, jobs run where a test asks for it."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="chartrequest-test-"))

from chartrequest.settings.embedded import *  # noqa: F403
from chartrequest.settings.embedded import DATA_DIR, DATABASES, INSTALLED_APPS, STORAGES

# Without its app, zeal patches nothing and `zeal_context` never complains.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
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
OUTBOX_POKE = False
SANDBOX_DELIVERS = False  # nor are the bank's events; `sandbox.bank.deliver_events()`
# Files, since SQLite in memory is shared between threads without waiting for one another's locks.
# The bank's tables are made from its models: taking every app's migrations through for them costs seconds a worker.
DATABASES["sandbox"]["TEST"] = {"NAME": str(DATA_DIR / "test_bank.sqlite3"), "MIGRATE": False}
_name = os.environ.get("TEST_DATABASE_NAME")
if not _name and DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    _name = str(DATA_DIR / "test.sqlite3")
if _name:
    DATABASES["default"].setdefault("TEST", {})["NAME"] = _name
