"""As an installation runs, on a scratch database and folder; only what would measure something else is off."""

from chartrequest.settings.embedded import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
OUTBOX_POKE = False  # jobs are run where they are measured
SANDBOX_DELIVERS = False
# Each part signs in once; a fast hash there measures nothing else.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
