"""The authenticator apps of the demo's people, whose secrets nobody could scan: their codes, now and next."""

import time
from dataclasses import dataclass

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt

from sandbox.demo import people


@dataclass
class Shown:
    person: object
    now: str
    next: str


def codes():
    """Each of the demo's people who has an app, with the code of this half minute and of the next."""
    apps = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__email__in=people.emails())
    step = int(time.time()) // app_settings.TOTP_PERIOD
    return [_shown(app, step) for app in apps.select_related("user").order_by("user__email")]


def seconds_left():
    return app_settings.TOTP_PERIOD - int(time.time()) % app_settings.TOTP_PERIOD


def _shown(app, step):
    secret = decrypt(app.data["secret"])
    return Shown(app.user, *(format_hotp_value(hotp_value(secret, step + ahead)) for ahead in (0, 1)))
