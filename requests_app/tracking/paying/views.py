from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing import gateway, paying
from billing.models import Card, Payment, Quote
from requests_app import permissions
from requests_app.access import with_record_request

LOOK_AGAIN = 5  # seconds
State = Payment.State
for_payer = with_record_request(allowed=permissions.can_ask)


@require_http_methods(["GET", "HEAD", "POST"])
@for_payer
def make_payment(request, record_request):
    """The breakdown, and how to pay it: a saved card at once, or a check by mail."""
    if request.method == "POST":
        return _pay(request, record_request)
    invoice = owed(record_request, request.GET.get("invoice", ""))
    if invoice is None:
        return nothing_owed(request, record_request)
    if under_way := invoice.payments.under_way().first():
        return follow(request, record_request, under_way)
    return _page(request, record_request, invoice)


def owed(record_request, number=""):
    """The open invoice of that number, else the price, else the oldest: a reopened request may owe several."""
    open_ones = list(record_request.invoices.open().select_related("quote").order_by("id"))
    asked = [one for one in open_ones if one.number == number]
    prices = [one for one in open_ones if one.kind == Quote.Kind.PRICE]
    return next(iter(asked or prices or open_ones), None)


def _pay(request, record_request):
    """Charge the chosen card for the invoice that the person looked at, not for a newer one."""
    number = request.POST.get("invoice", "")
    # Compared here: a text with NUL in it would reach PostgreSQL, which raises.
    of_this = record_request.invoices.select_related("quote")
    invoice = next((one for one in of_this if one.number == number), None)
    if invoice is None:
        raise Http404
    card = chosen_card(request)
    if card is None:
        return _page(request, record_request, invoice, error=_("Choose a card."), status=422)
    payment = paying.pay(invoice, card, request.member)
    if payment.state in (State.DECLINED, State.CANCELED):
        return _page(request, record_request, invoice, error=payment.sentence, chosen=card.pk, status=422)
    return follow(request, record_request, payment)


def chosen_card(request):
    """The card of the form that this person may use, or None."""
    chosen = request.POST.get("card", "")
    return Card.objects.usable_by(request.member).filter(pk=chosen).first() if _is_id(chosen) else None


def _is_id(text):
    return text.isascii() and text.isdigit() and len(text) < 19


def _page(request, record_request, invoice, *, error="", chosen=None, status=200):
    cards = list(Card.objects.usable_by(request.member).select_related("owner"))
    usable = [card.pk for card in cards if not card.is_expired]
    chosen = chosen or record_request.batch.card_id
    context = {
        "record_request": record_request,
        "invoice": invoice,
        "quote": invoice.quote,
        "cards": cards,
        "chosen": chosen if chosen in usable else next(iter(usable), None),
        "next": request.path,
        "error": error,
        "operator": settings.OPERATOR,
    }
    return render(request, "requests_app/tracking/paying/make_payment.html", context, status=status)


def follow(request, record_request, payment):
    """Where a person goes from here, by what became of the attempt."""
    if payment.state == State.NEEDS_ACTION:
        return redirect("payment_action", record_request.public_id)
    if payment.state == State.STARTED:
        return redirect("payment_status", record_request.public_id)
    if payment.state == State.SUCCEEDED:
        is_price = payment.invoice.kind == Quote.Kind.PRICE
        messages.success(request, _("Paid. The records are being put together.") if is_price else _("Paid."))
        return redirect(record_request)
    if payment.state == State.RETURNED:
        messages.warning(request, _("This was no longer owed. The charge goes back to your card."))
        return redirect(record_request)
    messages.error(request, payment.sentence)
    return redirect("make_payment", record_request.public_id)


def nothing_owed(request, record_request):
    messages.info(request, _("Nothing is owed for this request now."))
    return redirect(record_request)


@require_safe
@for_payer
@gateway.card_page
def payment_action(request, record_request):
    """The card's bank asks its owner: the page hands the question over and comes back to the status."""
    payment = _newest(record_request)
    if payment.state != State.NEEDS_ACTION:
        return redirect("payment_status", record_request.public_id)
    try:
        asked = paying.question(payment)
    except gateway.GatewayError:
        return redirect("payment_status", record_request.public_id)
    if asked is None:
        return redirect("payment_status", record_request.public_id)
    context = {
        "record_request": record_request,
        "payment": payment,
        "client_secret": asked.client_secret,
        "config": gateway.page_config(),
    }
    return render(request, "requests_app/tracking/paying/confirm.html", context)


@require_POST
@for_payer
def payment_cancel(request, record_request):
    """End a payment that its owner doesn't want to confirm; then another card can be chosen."""
    try:
        payment = paying.give_up(_newest(record_request))
    except gateway.GatewayError:
        return redirect("payment_status", record_request.public_id)
    return follow(request, record_request, payment)


@require_safe
@for_payer
def payment_status(request, record_request):
    """What became of the newest attempt. While nobody knows, the page asks the bank and comes again."""
    payment = _newest(record_request)
    try:
        payment = paying.ask(payment)
        if payment.state != State.STARTED:
            return follow(request, record_request, payment)
    except gateway.GatewayError:
        pass  # the job asks as well
    context = {"record_request": record_request, "payment": payment, "invoice": payment.invoice}
    response = render(request, "requests_app/tracking/paying/status.html", context)
    response["Refresh"] = str(LOOK_AGAIN)
    return response


def _newest(record_request):
    attempts = Payment.objects.filter(invoice__record_request=record_request)
    payment = attempts.select_related("invoice", "card").first()
    if payment is None:
        raise Http404
    return payment
