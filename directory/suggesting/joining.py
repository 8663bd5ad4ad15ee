"""Whoever wants a provider in the network hears when it is."""

from django.db.models import Q
from django.urls import reverse

from accounts import telling
from audit.actors import SYSTEM
from directory.models import Suggestion
from directory.models.suggestion import Standing


def tell_who_waits(custodian):
    """Tell of a custodian that has just got its practice, which works here; call it in that transaction."""
    wanted = Suggestion.objects.filter(
        Q(custodian=custodian) | Q(npi__in=custodian.npis, standing=Standing.WAITING)
    )
    for suggestion in wanted.order_by("id"):
        if suggestion.standing == Standing.WAITING:
            suggestion.link(by=SYSTEM, custodian=custodian)  # which tells them too
        else:
            telling.tell(suggestion.who_waits, "provider_joined", path=reverse("suggest"))
