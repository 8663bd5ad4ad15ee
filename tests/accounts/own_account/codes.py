"""What an authenticator app shows, and what the browser keeps of codes that were sent."""

import time

from allauth.account.internal.flows import email_verification_by_code, phone_verification
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt


def app_of(person):
    """Give somebody an authenticator app."""
    return TOTP.activate(person, generate_totp_secret()).instance


def shown(person, ahead=0):
    """The code that the app of `person` shows now, or so many half minutes ahead."""
    app = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    return at_step(decrypt(app.data["secret"]), int(time.time()) // 30 + ahead)


def at_step(secret, step):
    return format_hotp_value(hotp_value(secret, step))


def emailed(browser):
    return browser.session[email_verification_by_code.EMAIL_VERIFICATION_CODE_SESSION_KEY]["code"]


def texted(browser):
    return browser.session[phone_verification.PHONE_VERIFICATION_SESSION_KEY]["code"]
