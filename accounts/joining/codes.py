"""A code that was sent, by email or by text: six digits, ten minutes, five tries, a minute between sends (trust.md).

The library keeps, sends and settles it. It counts minutes and tries once for a whole sign-in, and forgets the sign-in
when they are over; here each code has its own, and whoever has used them up asks for the next on the same page.
"""

import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import email_verification_by_code, phone_verification
from allauth.account.internal.flows.manage_email import email_already_exists
from allauth.account.internal.stagekit import clear_login, stash_login
from allauth.account.models import EmailAddress
from allauth.account.stages import LoginStageController
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal.cryptokit import compare_user_code
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import limits
from accounts.joining.signing_up import NOBODY
from accounts.models import Person
from accounts.stages import is_outlived


class Sent:
    """What both channels share. `stage` is the sign-in that waits for the code, or None for who is signed in."""

    limit = ""  # the rate that counts what is sent

    def is_valid(self):
        return True  # what is too old is sent anew, from its own page

    def send(self, *args, **kwargs):
        super().send()  # also for an address that has an account: each time the same work
        self.state.update(at=time.time(), failed_attempts=0)
        if self.stage:
            self.stage.login.initiated_at = time.time()
            stash_login(self.request, self.stage.login)
        self.persist()

    @property
    def is_old(self):
        return time.time() - self.state["at"] > self.timeout

    @property
    def tries_left(self):
        return max(0, self.max_attempts - self.state["failed_attempts"])

    @property
    def can_be_typed(self):
        return self.tries_left > 0 and not self.is_old and not self.is_locked

    @property
    def seconds_to_send(self):
        """Seconds until the next code may be sent."""
        return limits.seconds_left(self.request, self.limit, self.to.lower())

    @property
    def seconds_locked(self):
        return max(limits.seconds_left(self.request, "guess_code", key) for key in self._guessed_at())

    @property
    def is_locked(self):
        return self.seconds_locked > 0

    def guess(self, typed):
        """Raise ValidationError unless `typed` is the code.

        A try is counted before it is compared: many at once get no more than one after the other. New codes give no
        new tries beyond ten wrong ones in an hour, for one account and for one address or number.
        """
        if not self.can_be_typed:
            raise ValidationError(_("This code works no longer."), code="over")
        usages = limits.counted(self.request, "guess_code", self._guessed_at())
        if usages is None:
            raise ValidationError(_("Too many wrong codes."), code="locked")
        if self.user is None or not compare_user_code(actual=typed, expected=self.code):
            self.state["failed_attempts"] += 1
            self.persist()
            raise ValidationError(self._wrong(), code="wrong")
        for usage in usages:
            usage.rollback()
        self._still_free()

    def _wrong(self):
        left = self.tries_left
        if not left:
            return _("This is not the code, and it was the last try.")
        return ngettext(
            "This is not the code. You have %(left)s try left.",
            "This is not the code. You have %(left)s tries left.",
            left,
        ) % {"left": left}

    def _guessed_at(self):
        account = (self.stage and self.stage.login.email) or self.state["user_id"]
        return {account, self.to.lower()}

    def _still_free(self):
        """Raise ValidationError where the address became somebody else's meanwhile."""


class ByEmail(Sent, email_verification_by_code.EmailVerificationProcess):
    limit, channel, page = "confirm_email", "email", "account_email_verification_sent"

    def __init__(self, request, state, stage):
        self.stage = stage
        super().__init__(request=request, state=state, user=stage.login.user if stage else request.user)

    def send(self, *args, **kwargs):
        if self.user is None:
            EmailAddress.objects.filter(user_id=NOBODY).first()  # as for somebody
        super().send()

    @property
    def to(self):
        return self.email

    @property
    def masked(self):
        """ "r•••@example.test": enough to know it by, for whoever only sees the screen."""
        local, _at, domain = self.email.rpartition("@")
        return f"{local[:1] if len(local) > 1 else ''}•••@{domain}"

    def _still_free(self):
        email_already_exists(self.email, user=self.user, always_raise=True)

    def settle(self):
        """Verify the address; answer with where it goes on from here."""
        address = self.finish()
        if self.stage:
            return self.stage.exit() if address else self.stage.abort()
        if not address:
            return redirect("account_email")
        url = get_next_redirect_url(self.request)
        return redirect(url or get_adapter(self.request).get_email_verification_redirect_url(address))


class _OfText(Sent):
    limit, channel, page = "verify_phone", "text", "account_verify_phone"

    @property
    def to(self):
        return self.phone

    @property
    def masked(self):
        return f"(•••) •••-{self.phone[-4:]}"


class ByText(_OfText, phone_verification.PhoneVerificationStageProcess):
    def __init__(self, request, stage):
        self.request = request
        super().__init__(stage)

    def settle(self):
        self.finish()
        return self.stage.exit()


class OfNewNumber(_OfText, phone_verification.ChangePhoneVerificationProcess):
    stage = None

    def settle(self):
        self.finish()
        return redirect("account_change_phone")


def emailed(request):
    """The code that this browser waits for by email, or None."""
    state = request.session.get(email_verification_by_code.EMAIL_VERIFICATION_CODE_SESSION_KEY)
    if not state:
        return None
    if request.user.is_authenticated:
        return ByEmail(request, state, None) if state.get("user_id") == str(request.user.pk) else None
    stage = _stage(request, "verify_email")
    return ByEmail(request, state, stage) if stage else None


def texted(request):
    """The code that this browser waits for by text, or None."""
    if request.user.is_authenticated:
        state = request.session.get(phone_verification.PHONE_VERIFICATION_SESSION_KEY)
        theirs = state and state.get("user_id") == str(request.user.pk)
        return OfNewNumber(request, state) if theirs else None
    stage = _stage(request, "verify_phone")
    return ByText(request, stage) if stage and stage.state else None


def _stage(request, key):
    """Where the sign-in of this browser stands, if there; found by as many looks when it is nobody's."""
    stage = LoginStageController.enter(request, key)
    if stage and is_outlived(
        stage.login
    ):  # before the code shows a number, or drops the account, of somebody else
        clear_login(request)
        return None
    if stage and stage.login.user is None:
        Person.objects.filter(pk=NOBODY).first()
    return stage


def awaited(request):
    """The code that a sign-in of this browser waits for, or None."""
    return None if request.user.is_authenticated else (emailed(request) or texted(request))
