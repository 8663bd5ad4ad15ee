"""Billing's part of a patient's "Profile": the cards (product 2.11); professionals have theirs in "My Organization"."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import sections
from accounts.models import Permission
from billing.models import Card


def _cards(request):
    mine = Card.objects.usable_by(request.member).select_related("owner")
    return {"cards": mine, "next": reverse("my_account")}


def _pays(member):
    return sections.for_patients(member) and member.may(Permission.MAKE_REQUESTS)


sections.add(
    sections.ACCOUNT,
    50,
    _("Payment methods"),
    "billing/_payment_methods.html",
    facts=_cards,
    shown=_pays,
    style="billing/billing.css",
)
