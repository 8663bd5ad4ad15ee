"""What a sign-in passes after the password: verified by text or by email (product 2.2), whichever they chose."""

from allauth.account.stages import EmailVerificationStage, LoginStage, PhoneVerificationStage
from allauth.account.utils import has_verified_email
from allauth.core.exceptions import ImmediateHttpResponse, RateLimited
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts import limits

BEGAN_WITH = "began_with"  # in a sign-in's state: what the password was, as a session remembers it


class Begun(LoginStage):
    key = "begun"

    def handle(self):
        self.login.state[BEGAN_WITH] = _password_of(self.login)
        return None, True


class Unchanged(LoginStage):
    """The last one: who waited here while the password was changed is not let in by the old one."""

    key = "unchanged"

    def handle(self):
        if is_outlived(self.login):
            messages.info(self.request, _("The password was changed meanwhile. Sign in with the new one."))
            return redirect("account_login"), False
        return None, True


def is_outlived(login):
    """Whether a sign-in that waits, for a code or a second step, began with a password that counts no more."""
    return login.state.get(BEGAN_WITH) != _password_of(login)


def _password_of(login):
    return login.user.get_session_auth_hash() if login.user else ""


class ByText(PhoneVerificationStage):
    """Only for who chose it and has verified nothing yet.

    Who signs up with an address that has an account passes here too, so that the page is the same for both.
    """

    def handle(self):
        person = self.login.user
        verified = person and (person.phone_verified_at or has_verified_email(person, self.login.email))
        if verified or self.login.state.get("verify_by") == "email":
            return None, True
        try:
            return super().handle()
        except RateLimited:  # a code went there less than a minute ago
            phone = str(person.phone) if person else self.login.phone
            self.request.seconds_left = limits.seconds_left(self.request, "verify_phone", phone)
            raise ImmediateHttpResponse(respond_429(self.request)) from None


class ByEmail(EmailVerificationStage):
    def handle(self):
        person = self.login.user
        if person and person.phone_verified_at:
            return None, True
        email = self.login.email or (person.email if person else "")
        self.request.seconds_left = limits.seconds_left(self.request, "confirm_email", email.lower())
        return super().handle()
