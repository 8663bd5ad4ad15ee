"""Notices that people and organizations are owed, as `accounts.telling` says."""

from django.dispatch import receiver

from accounts.signals import notice_owed
from correspondence.models import Notice


@receiver(notice_owed)
def owe(sender, *, event, address, by_text=False, signal=None, **said):
    """Write the notice and its job, in the transaction of what it tells of."""
    channel = Notice.Channel.TEXT if by_text else Notice.Channel.EMAIL
    Notice.objects.owe_secret(event, channel, address, **said)
