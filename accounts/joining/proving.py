"""A new password was chosen by the link in a letter: that shows whose the address is."""

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.signals import password_reset
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.dispatch import receiver

from accounts.models import Person
from accounts.two_step import is_proven_by_text, keeps_two_step


@receiver(password_reset, dispatch_uid="a link followed proves the address")
def when_reset(sender, user, request, **kwargs):
    """Count the address as verified, unless the link went to a phone (see `letters`): that shows no address.

    Until now somebody else may have used it: their number shows nothing, and their second step must not keep the
    owner out, nor their passkey let them in again.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=user.pk)
        if is_proven_by_text(person):
            return
        loses_two_step = not keeps_two_step(person)
        address, _made = EmailAddress.objects.get_or_create(user=user, email=user.email.lower())
        if address.verified or not address.set_verified():
            return
        address.set_as_primary()
        if loses_two_step and Authenticator.objects.filter(user=user).delete()[0]:
            get_adapter(request).send_notification_mail("mfa/email/cleared", user)
