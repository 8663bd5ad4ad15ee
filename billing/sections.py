"""Billing's parts of "Profile" (cards, product 2.11) and "My Organization" (cards 2.10, statements, ceiling)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import sections
from accounts.idle.naming import name_forms
from accounts.membership import history
from accounts.membership.sections import is_requestor
from accounts.models import Permission
from billing.models import Card, Ceiling


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


def _ceiling(request):
    return {
        "ceiling": Ceiling.of(request.member.organization),
        "may_edit": request.member.may(Permission.MANAGE_ORGANIZATION),
    }


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
sections.add(
    sections.ORGANIZATION,
    32,
    _("Charges without asking"),
    "billing/_ceiling.html",
    facts=_ceiling,
    shown=is_requestor,
)
name_forms(ceiling=_("Charges without asking"))
history.tell_of(
    {
        "ceiling_set": _("let cards be charged without asking up to $%(amount)s"),
        "ceiling_removed": _("chose to be asked before each charge"),
    }
)
