"""Mail that was taken and came back, as a provider's API tells it afterwards (django-anymail). SMTP tells nobody."""

from anymail.signals import EventType, tracking
from django.conf import settings
from django.dispatch import receiver

from correspondence.models import Notice

CAME_BACK = {EventType.BOUNCED, EventType.REJECTED}


def addresses():
    """The one address at which the provider that sends our mail tells of it: `/mail/postmark/tracking/`.

    None without a secret for it (`ANYMAIL_WEBHOOK_SECRET`), or everybody could tell.
    """
    package, _, _ = settings.EMAIL_BACKEND.rpartition(".")
    if not package.startswith("anymail.backends.") or not getattr(settings, "ANYMAIL", {}).get(
        "WEBHOOK_SECRET"
    ):
        return []
    from anymail.urls import urlpatterns  # reads every provider's module

    provider = package.removeprefix("anymail.backends.")
    return [one for one in urlpatterns if one.name.startswith(f"{provider}_") and "inbound" not in one.name]


@receiver(tracking)
def came_back(sender, event, **_signal):
    """A bounce comes for any mail, also for one that no notice is owed by, such as a code."""
    if event.event_type in CAME_BACK and event.recipient:
        Notice.objects.came_back(event.recipient, provider_id=event.message_id or "")
