"""What a sign-in passes after the password: verified by text or by email (product 2.2), whichever they chose."""

from allauth.account.stages import EmailVerificationStage, PhoneVerificationStage
from allauth.account.utils import has_verified_email
from allauth.core.exceptions import ImmediateHttpResponse, RateLimited
from allauth.core.ratelimit import respond_429

from accounts import limits


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
