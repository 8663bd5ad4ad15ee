""" "Approve": a price above what was agreed is shown with its breakdown, and charged once somebody says yes (4.5)."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from billing import paying
from billing.models import Card, Quote
from requests_app import charging
from requests_app.charging import Outlook
from requests_app.refusing import refused_to
from requests_app.tracking.paying.views import follow, for_payer


@require_http_methods(["GET", "HEAD", "POST"])
@for_payer
@refused_to("record_request")
def approve_price(request, record_request):
    """The price, what was agreed, and the card; a click charges that card with exactly what was shown."""
    price = record_request.invoices.open().filter(kind=Quote.Kind.PRICE)
    invoice = price.select_related("quote").first()
    if request.method == "POST":
        shown = request.POST.get("invoice", "")
        # Not the newest one: the invoice that they looked at, which may be void by now.
        invoice = next((one for one in record_request.invoices.all() if one.number == shown), None)
        if invoice is None:
            raise Http404
    if not may_approve(request.member, record_request, invoice):
        return redirect("make_payment", record_request.public_id)
    agreement = record_request.batch.card_agreement
    if request.method == "POST":
        return follow(request, record_request, paying.pay(invoice, agreement.card, request.member))
    context = {
        "record_request": record_request,
        "invoice": invoice,
        "quote": invoice.quote,
        "card": agreement.card,
        "most": agreement.most(),
    }
    return render(request, "requests_app/tracking/paying/approve.html", context)


def may_approve(member, record_request, invoice):
    """Whether the price waits for a yes, and this member may give it: the card is theirs, or shared with them."""
    if invoice is None or charging.outlook(record_request, invoice) is not Outlook.ASK:
        return False
    card = record_request.batch.card_agreement.card
    return Card.objects.usable_by(member).filter(pk=card.pk).exists()
