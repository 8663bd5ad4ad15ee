"""Arriving from a practice's public page: the place whose button was clicked is chosen by itself (product 2.9)."""

from django.contrib import messages
from django.utils.translation import gettext as _

from audit.models import MoveRefused
from directory.models import Custodian
from requests_app.intake import choosing

LONGEST_NUMBER = 18  # digits of any key of the database


def asked_at(said):
    """The place that an address's query or a form's field names by `at`, or None where it is none of the network."""
    number = str(said.get("at") or "")
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        return None
    return Custodian.objects.in_network().filter(pk=number).first()


def choose_at(request, batch):
    """Choose the place that the first page's form names; where that can't be, say so, and they choose themselves."""
    if not request.POST.get("at"):
        return
    place = asked_at(request.POST)
    if place is None:
        messages.warning(request, _("The practice you came from can't be asked here now. Choose a provider."))
        return
    try:
        choosing.choose(batch, place, by=request.member)
    except MoveRefused as refusal:
        messages.warning(request, str(refusal))
