"""Codes from an authenticator app, and recovery codes."""

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as library
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import transaction
from django.utils.translation import gettext_lazy as _

LAST_STEP = "last_step"  # in an authenticator's data: the half minute of the newest code that was taken


class _CodeForm:
    """A code is taken once. The library forgets one after 30 seconds, and it would count for 90."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.max_length = 40
        field.widget.attrs |= {"autofocus": True, "maxlength": 40, "class": "w-short num"}
        field.widget.attrs.pop("placeholder", None)

    def clean_code(self):
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not take_once(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondStepForm(_CodeForm, library.AuthenticateForm):
    pass


class ConfirmByCodeForm(_CodeForm, library.ReauthenticateForm):
    pass


class AuthenticatorForm(totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label, field.help_text = _("Code"), _("The six digits that the app shows now.")
        field.widget.attrs |= {"inputmode": "numeric", "maxlength": 10, "class": "w-code num"}
        field.widget.attrs.pop("placeholder", None)

    @property
    def secret_in_fours(self):
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


def take_once(authenticator, code):
    """Remember that a code was taken; False where it, or a newer one, was taken before."""
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        secret = get_adapter().decrypt(row.data["secret"])
        typed = normalize_user_code(code)
        steps = [
            step
            for step in yield_hotp_counters_from_time()
            if format_hotp_value(hotp_value(secret, step)) == typed
        ]
        if not steps or max(steps) <= row.data.get(LAST_STEP, 0):
            return False
        row.data[LAST_STEP] = max(steps)
        row.save(update_fields=["data"])
        authenticator.data = row.data
    return True
