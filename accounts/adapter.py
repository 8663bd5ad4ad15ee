"""Our hooks into the sign-in library: who may sign up, how codes and letters leave, what a phone number is."""

from urllib.parse import urljoin

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts import telling
from accounts.models import Person
from accounts.two_step import must_have_two_step
from chartrequest.way_back import way_back
from documents.crypto import seal, unseal


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("This is not the code. Check the newest message, and type its six digits."),
        "email_password_mismatch": _("The email address or the password is not correct."),
        "too_many_login_attempts": _("Too many tries. Wait 15 minutes, then try again."),
    }

    def get_login_stages(self):
        """Verified by text or by email, whichever they chose; then the second step; by one password all the way."""
        ours = {
            "allauth.account.stages.PhoneVerificationStage": "accounts.stages.ByText",
            "allauth.account.stages.EmailVerificationStage": "accounts.stages.ByEmail",
        }
        stages = [ours.get(stage, stage) for stage in super().get_login_stages()]
        return ["accounts.stages.Begun", *stages, "accounts.stages.Unchanged"]

    def format_email_subject(self, subject):
        """The sentence alone: the sender already says who writes."""
        return subject

    def send_mail(self, template_prefix, email, context):
        """Letters leave by the outbox, sealed until then: a mail server that is down is nobody's error."""
        known = {"email": email, "site": settings.SITE_NAME, "operator": settings.OPERATOR}
        letter = self.render_mail(template_prefix, email, known | context)
        telling.tell_address(
            email, "account_letter", language=get_language(), subject=letter.subject, body=letter.body
        )

    def send_account_already_exists_mail(self, email):
        """To the owner of an address that somebody signs up with: no link comes from the request's own host."""
        sign_in, new_password = reverse("account_login"), reverse("account_reset_password")
        links = {
            "sign_in_url": urljoin(settings.SITE_URL, sign_in),
            "password_reset_url": urljoin(settings.SITE_URL, new_password),
        }
        self.send_mail("account/email/account_already_exists", email, links)

    def send_verification_code_sms(self, user, phone, code, **kwargs):
        telling.tell_address(phone, "code_text", by_text=True, language=get_language(), code=code)

    def send_account_already_exists_sms(self, phone):
        """Says as little as the page does; the address's owner learns the rest by email, if they choose that."""
        telling.tell_address(phone, "no_code_text", by_text=True, language=get_language())

    def phone_form_field(self, **kwargs):
        from chartrequest.forms import PhoneField  # the forms are drawn when the apps are ready

        return PhoneField(**kwargs)

    def get_phone(self, user):
        return (str(user.phone), user.phone_verified_at is not None) if user.phone else None

    def set_phone(self, user, phone, verified):
        user.phone, user.phone_verified_at = phone, timezone.now() if verified else None
        user.save(update_fields=["phone", "phone_verified_at"])

    def set_phone_verified(self, user, phone):
        """Where another number was in use, its owner is told there too."""
        with transaction.atomic():
            before = user.phone if user.phone_verified_at else None
            self.set_phone(user, phone, True)
            if self.request.user.is_authenticated:
                self.tell_of_phone(user, before, "phone_changed")

    def tell_of_phone(self, person, before, event):
        """Tell by email, and by text at the number `before`, that a number is no longer (the only) one."""
        self.send_notification_mail(f"account/email/{event}", person)
        if before and before != person.phone:
            telling.tell_address(before, f"{event}_text", by_text=True, language=person.language)

    def get_user_by_phone(self, phone):
        """Nobody signs in by phone, and a family shares one: a number belongs to nobody alone."""
        return None

    def authenticate(self, request, **credentials):
        """Remember for this request whether the password was right, so that it can be told what else is in the way."""
        person = super().authenticate(request, **credentials)
        request.knows_password = person is not None
        return person

    def is_safe_url(self, url):
        """Pages of ours alone, as everywhere: see `way_back`."""
        return bool(url) and way_back(self.request, said=url) == url

    def get_password_change_redirect_url(self, request):
        return reverse("my_account")

    def is_reauthentication_required(self, *, app, **kwargs):
        """One rule of what is fresh, the library's pages and ours: `accounts.access.freshly_signed_in`."""
        from accounts.access import is_fresh  # which asks this adapter for the ways to confirm

        return not is_fresh(self.request)

    def get_reauthentication_methods(self, user):
        words = {
            "reauthenticate": _("Type your password"),
            "mfa_reauthenticate": _("Use a code from your authenticator app, or a recovery code"),
            "mfa_reauthenticate:webauthn": _("Use your passkey"),
        }
        return [way | {"description": words[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def confirm_email(self, request, email_address):
        """Wholly or not at all; where somebody else was faster with the same address, say so."""
        try:
            with transaction.atomic():
                return super().confirm_email(request, email_address)
        except IntegrityError:
            messages.error(request, _("This address can't be used any more. Choose another one."))
            return False


class TwoStepAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This is not the code. Authenticator codes change every 30 seconds; type the newest."
        ),
        "cannot_generate_recovery_codes": _("Set up an authenticator app or a passkey first."),
        "unverified_email": _("Verify your email address first; then set up two-step verification."),
        "cannot_delete_authenticator": _(
            "You need two-step verification: add another way first, or choose a password of 15 characters or more."
        ),
    }

    def get_totp_issuer(self):
        return settings.SITE_NAME

    def _get_site_name(self):
        return settings.SITE_NAME

    def encrypt(self, text):
        return seal(text, "two-step").hex()

    def decrypt(self, encrypted_text):
        return unseal(bytes.fromhex(encrypted_text), "two-step")

    def generate_authenticator_name(self, user, type):
        return gettext("Passkey of %(day)s") % {"day": date_format(timezone.localdate(), "M j, Y")}

    def can_delete_authenticator(self, authenticator):
        """The last way stays while something hangs on it: ops, an organization that asks for it, a short password."""
        ways = Authenticator.objects.filter(user=authenticator.user_id).exclude(pk=authenticator.pk)
        others = ways.exclude(type=Authenticator.Type.RECOVERY_CODES)
        if others.exists() or authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return True
        person = Person.objects.get(pk=authenticator.user_id)
        return not (person.password_is_short or must_have_two_step(person))
