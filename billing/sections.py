"""Billing's parts of a patient's "Profile" (cards, product 2.11) and of "My Organization" (cards 2.10, statements)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import sections
from accounts.models import Permission
from billing.models import Card


def _cards_from(page):
    def facts(request):
        mine = Card.objects.usable_by(request.member).select_related("owner")
        return {"cards": mine, "next": reverse(page)}

    return facts


def _patient_pays(member):
    return sections.for_patients(member) and member.may(Permission.MAKE_REQUESTS)


def _requestor_pays(member):
    """Practices ask each other for nothing that costs (product 1.6)."""
    return not member.organization.is_provider and member.may(Permission.MAKE_REQUESTS)


_CARDS = {"template": "billing/_payment_methods.html", "style": "billing/billing.css"}
sections.add(
    sections.ACCOUNT,
    50,
    _("Payment methods"),
    facts=_cards_from("my_account"),
    shown=_patient_pays,
    **_CARDS,
)
sections.add(
    sections.ORGANIZATION,
    30,
    _("Credit cards"),
    facts=_cards_from("my_organization"),
    shown=_requestor_pays,
    **_CARDS,
)
sections.add(
    sections.ORGANIZATION,
    35,
    _("Statements"),
    "billing/statements/_section.html",
    shown=_requestor_pays,
)
