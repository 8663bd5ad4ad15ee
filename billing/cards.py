"""Saved cards: add by the bank's own field, share with colleagues, delete (product 5.3, 7.5)."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import freshly_signed_in
from billing import gateway
from billing.access import for_payer, with_own_card
from billing.customers import customer_of
from billing.models import Card
from chartrequest.way_back import way_back

SESSION_KEY = "card_setups"


@require_safe
@for_payer
def cards(request):
    """The cards this person may pay with."""
    mine = Card.objects.usable_by(request.member).select_related("owner")
    return render(request, "billing/cards.html", {"cards": mine, "next": reverse("cards")})


@require_safe
@for_payer
@freshly_signed_in
@gateway.card_page
def card_add(request):
    """The page with the bank's card field: the number goes from the browser to the bank, never to us."""
    back = way_back(request, "cards")
    context = {"next": back}
    try:
        customer_id = customer_of(request.member.organization, email=request.member.person.email)
        setup = gateway.start_card_setup(customer_id, key=uuid.uuid4())
        _remember(request, setup)
    except gateway.GatewayError as error:
        return render(request, "billing/card_add.html", {**context, "trouble": error.sentence}, status=503)
    context |= {
        "config": gateway.page_config(),
        "client_secret": setup.client_secret,
        "return_url": request.build_absolute_uri(f"{reverse('card_added')}?{urlencode({'next': back})}"),
    }
    return render(request, "billing/card_add.html", context)


@require_safe
@for_payer
def card_added(request):
    """Where the browser comes back to: look at the bank what became of it, and keep the card."""
    back = way_back(request, "cards")
    again = f"{reverse('card_add')}?{urlencode({'next': back})}"
    try:
        setup = _own_setup(request)
        if setup.state != "succeeded":
            messages.error(request, setup.sentence or _("The card was not saved. Try again."))
            return redirect(again)
        facts = gateway.card(setup.payment_method_id)
        if facts.is_prepaid:
            gateway.forget_card(facts.payment_method_id)
            messages.error(request, _("Prepaid cards can't be used here. Add a credit or debit card."))
            return redirect(again)
        card, spare = Card.keep(facts, by=request.member)
        if card.removed_at:  # an old address, called again
            return redirect(again)
        if spare:
            gateway.forget_card(spare)
    except gateway.GatewayError as error:
        messages.error(request, error.sentence)
        return redirect(again)
    messages.success(request, _("%(card)s is saved.") % {"card": card})
    return redirect(back)


def _remember(request, setup):
    """A card is its owner's: only the browser that began to add it may finish, not a colleague's."""
    begun = request.session.get(SESSION_KEY, [])
    request.session[SESSION_KEY] = [*begun[-9:], setup.id]


def _own_setup(request):
    """The setup that the address names; a colleague's or a stranger's is as unknown as one that doesn't exist."""
    named = request.GET.get("setup_intent", "")
    if named not in request.session.get(SESSION_KEY, []):
        raise Http404
    try:
        setup = gateway.read_setup(named)
    except gateway.GatewayRefused as refusal:
        raise Http404 from refusal
    if setup.customer_id != customer_of(request.member.organization, email=request.member.person.email):
        raise Http404
    return setup


@require_http_methods(["GET", "HEAD", "POST"])
@with_own_card
@freshly_signed_in
def card_remove(request, card):
    """Ask, then take the card out of use here and at the bank; what it paid stays."""
    back = way_back(request, "cards")
    if request.method == "POST":
        card.remove(by=request.member)
        messages.success(request, _("%(card)s is deleted.") % {"card": card})
        return redirect(back)
    return render(request, "billing/card_remove.html", {"card": card, "next": back})


@require_http_methods(["GET", "HEAD", "POST"])
@with_own_card
@freshly_signed_in
def card_share(request, card):
    """Ask, then let colleagues pay with it, or no longer."""
    back = way_back(request, "cards")
    if request.method == "POST":
        card.share(request.POST.get("shared") == "yes", by=request.member)
        shared, alone = _("Your colleagues can pay with %(card)s now."), _("%(card)s is yours alone again.")
        messages.success(request, (shared if card.is_shared else alone) % {"card": card})
        return redirect(back)
    return render(request, "billing/card_share.html", {"card": card, "next": back})
