"""A new password was chosen by the link in a letter: that shows whose the address is."""

from allauth.account.models import EmailAddress
from allauth.account.signals import password_reset
from django.db import transaction
from django.dispatch import receiver

from accounts.models import Person


@receiver(password_reset, dispatch_uid="a link followed proves the address")
def when_reset(sender, user, **kwargs):
    """Count the address as verified.

    Until now somebody else may have used it, verified by their own phone: that number shows nothing any more.
    """
    with transaction.atomic():
        address, _made = EmailAddress.objects.get_or_create(user=user, email=user.email.lower())
        if address.verified or not address.set_verified():
            return
        address.set_as_primary()
        Person.objects.filter(pk=user.pk).update(phone_verified_at=None)
