"""Who must sign in by two steps, and who does (product 2.6)."""

from allauth.account.utils import has_verified_email
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Member
from accounts.models.person import SHORTEST_PASSWORD

SHORTEST_WITH_TWO_STEP = 8
WAYS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_two_step(person):
    return Authenticator.objects.filter(user=person, type__in=WAYS).exists()


def must_have_two_step(person):
    """Ops always; others where one of their organizations asks for it."""
    return person.is_staff or Member.objects.active().filter(
        person=person, organization__requires_two_step=True
    ).exists()  # fmt: skip


def is_proven_by_text(person):
    """Whether only a phone number shows whose the account is: its address is a claim, maybe a mistyped one."""
    return person.phone_verified_at is not None and not has_verified_email(person, person.email)


def keeps_two_step(person):
    """Whether a second step stays when its owner proves the address by a link.

    What was set up before the address was shown may be somebody else's. Of ops it always stays.
    """
    return person.is_staff or has_verified_email(person, person.email)


class LongEnough:
    """15 characters, or 8 where there is a second step; no rules about what they are (NIST 800-63B)."""

    def __init__(self, least=None):
        self.least = least

    def validate(self, password, user=None):
        least = self.least or self._least(user)
        if len(password) < least:
            raise ValidationError(
                _(
                    "Use at least %(least)s characters; this has %(count)s. A few words in a row are easy to keep."
                )
                % {"least": least, "count": len(password)},
                code="password_too_short",
            )

    def get_help_text(self):
        return _("At least 15 characters. A few words in a row are easy to keep and hard to guess.")

    def _least(self, user):
        return (
            SHORTEST_WITH_TWO_STEP
            if user is not None and user.pk and has_two_step(user)
            else SHORTEST_PASSWORD
        )
