"""Passkeys: added, renamed, used. What a browser sends is read with suspicion: it may be anything."""

from allauth.mfa.webauthn import forms as library
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from chartrequest.forms import PlainTextField

NOT_ACCEPTED = _("The passkey was not accepted. Try again, or use another way.")
# What the library raises where the browser's answer has another shape than it expects.
MISSHAPEN = (TypeError, ValueError, KeyError, AttributeError, IndexError, OverflowError)


def _as_accepted(check):
    try:
        return check()
    except ValidationError as refusal:
        if "incorrect_code" not in [error.code for error in refusal.error_list]:
            raise
        raise ValidationError(NOT_ACCEPTED, code="not_accepted") from refusal
    except MISSHAPEN as error:
        raise ValidationError(NOT_ACCEPTED, code="not_accepted") from error


class _Used:
    def clean_credential(self):
        return _as_accepted(super().clean_credential)


class SecondStepByPasskeyForm(_Used, library.AuthenticateWebAuthnForm):
    pass


class ConfirmByPasskeyForm(_Used, library.ReauthenticateWebAuthnForm):
    pass


class SignInByPasskeyForm(_Used, library.LoginWebAuthnForm):
    pass


class AddPasskeyForm(library.AddWebAuthnForm):
    """Every passkey opens the account by itself, so each must ask its owner for a finger, a face or a PIN."""

    name = PlainTextField(label=_("Name"), max_length=60, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("So that you know it again, like “Work laptop”.")

    def clean_passwordless(self):
        return True

    def clean(self):
        return _as_accepted(super().clean)


class RenamePasskeyForm(library.EditWebAuthnForm):
    name = PlainTextField(label=_("Name"), max_length=60)
