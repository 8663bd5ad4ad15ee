""" "Pay": several open invoices with one card and one click. Each is an attempt of its own, and told by itself."""

import time
import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audit.models import MoveRefused
from billing import gateway, paying
from billing.access import for_payer
from billing.models import Card, Invoice, Payment
from requests_app.tracking.paying.views import LOOK_AGAIN, chosen_card

MOST_AT_ONCE = 20
# Seconds: a slow bank must not hold the page for ever. What was not begun by then is told, and not charged.
LONGEST = 40
# Whoever pays for forty cases knows them by patient and case number.
SHOWN = ("record_request__custodian", "record_request__patient", "record_request__batch")


@require_http_methods(["GET", "HEAD", "POST"])
@for_payer
def pay_several(request):
    """The open invoices of one's organization; a click pays those that are ticked."""
    if request.method != "POST":
        return _page(request)
    # Compared here: a text with NUL in it would reach PostgreSQL, which raises.
    ticked = set(request.POST.getlist("invoice"))
    chosen = [one for one in _open(request.member) if one.number in ticked]
    card = chosen_card(request)
    wrong = _wrong(ticked, chosen, card)
    if wrong:
        return _page(request, ticked=ticked, card=card, status=422, **wrong)
    run = uuid.uuid4()
    for sentence in _pay_each(chosen, card, request.member, run):
        messages.warning(request, sentence)
    return redirect("paid_several", run)


def _wrong(ticked, chosen, card):
    wrong = {}
    if not ticked:
        wrong["invoice_error"] = _("Choose at least one invoice.")
    elif len(chosen) < len(ticked):
        wrong["invoice_error"] = _("Not all of these are open any more. Look again; nothing was charged.")
    elif len(chosen) > MOST_AT_ONCE:
        wrong["invoice_error"] = _("Choose at most %(most)d at once.") % {"most": MOST_AT_ONCE}
    if card is None:
        wrong["error"] = _("Choose a card.")
    return wrong


def _pay_each(invoices, card, by, run):
    """Pay one after the other; yields a sentence for each that no attempt was made for in this run."""
    began = time.monotonic()
    for invoice in invoices:
        if time.monotonic() - began > LONGEST:
            yield _(
                "%(number)s: the bank is slow, so this one was not tried. Nothing was charged for it."
            ) % {"number": invoice.number}
            continue
        try:
            payment = paying.pay(invoice, card, by, run=run)
        except MoveRefused as refusal:
            yield f"{invoice.number}: {refusal}"
        else:
            if payment.run != run:
                yield _("%(number)s: another payment for it is under way already.") % {
                    "number": invoice.number
                }


def _page(request, *, ticked=None, card=None, error="", invoice_error="", status=200):
    cards = list(Card.objects.usable_by(request.member).select_related("owner"))
    usable = [one.pk for one in cards if not one.is_expired]
    invoices = list(_open(request.member))
    context = {
        "invoices": invoices,
        "total": sum(one.total for one in invoices),
        "ticked": [one.number for one in invoices[:MOST_AT_ONCE]] if ticked is None else ticked,
        "cards": cards,
        "chosen": card.pk if card else next(iter(usable), None),
        "next": request.path,
        "error": error,
        "invoice_error": invoice_error,
        "most": MOST_AT_ONCE,
    }
    return render(request, "requests_app/tracking/paying/several.html", context, status=status)


def _open(member):
    """What a card can pay, the oldest debt first."""
    owed = Invoice.objects.open().filter(organization=member.organization_id, total__gte=paying.LEAST_BY_CARD)
    return owed.select_related(*SHOWN, "quote").order_by("due_on", "pk")


@require_safe
@for_payer
def paid_several(request, run):
    """What became of each. While the bank hasn't said it of one, the page asks, and comes again."""
    mine = Payment.objects.filter(run=run, invoice__organization=request.member.organization_id)
    payments = list(mine.select_related(*(f"invoice__{one}" for one in SHOWN), "card").order_by("pk"))
    if not payments and not messages.get_messages(request):
        raise Http404
    for place, payment in enumerate(payments):
        if payment.state == Payment.State.STARTED:
            payments[place] = _asked(payment)
    waits = any(one.state == Payment.State.STARTED for one in payments)
    context = {"payments": payments, "waits": waits, "left": _open(request.member).exists()}
    response = render(request, "requests_app/tracking/paying/several_done.html", context)
    if waits:
        response["Refresh"] = str(LOOK_AGAIN)
    return response


def _asked(payment):
    try:
        return paying.ask(payment)
    except gateway.GatewayError:
        return payment  # the job asks as well
