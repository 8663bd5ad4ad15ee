"""This app's part of "My Account"."""

from collections import Counter

from django.utils.translation import gettext_lazy as _

from accounts import sections
from accounts.models import Member
from correspondence import events
from correspondence.models import Choice
from correspondence.views import sides_of


def _notifications(request):
    """How many of the events that reach this person go which way."""
    channels = Choice.objects.of(request.user)
    parts = events.told_to(**sides_of(Member.objects.of(request.user)))
    count = Counter(channels[group.key] for _heading, groups in parts for group in groups)
    return {"by": [(channel.label, count[channel]) for channel in Choice.Channel]}


sections.add(
    sections.ACCOUNT,
    60,
    _("Status notifications"),
    "correspondence/_notifications.html",
    facts=_notifications,
    shown=lambda member: member is not None,
)
