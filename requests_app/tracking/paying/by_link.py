"""An invoice paid by its own link, without an account (product 7.5). Nobody is named on these pages.

The token is in the first address only; from there on a session remembers which link it was. The card's number goes to
the bank, the card is used once and forgotten there.
"""

import uuid
from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import tokens
from accounts.limits import may_try
from audit.models import MoveRefused
from billing import gateway, paying
from billing.customers import customer_of
from billing.models import PayLink, Payment
from billing.models.card import called
from outbox.queue import enqueue
from requests_app.tracking.paying.papers import receipt_paper
from requests_app.tracking.paying.views import LOOK_AGAIN

SESSION_KEY = "pay_link"
FORGET_AFTER = timedelta(hours=1)
STATUS_OF = {"unknown": 404, "no_visit": 404, "expired": 410, "void": 410, "busy": 429}
PAGES = "requests_app/tracking/paying/link"
State = Payment.State


def limited(view):
    """At most so many a minute from one place: tokens are not there to be guessed, nor cards to be tried."""

    @wraps(view)
    def found(request, *args, **kwargs):
        if not may_try(request, "pay_link"):
            return _closed(request, "busy")
        return view(request, *args, **kwargs)

    return found


def with_invoice(view):
    """Hand the view the invoice of this visit; a link that can't be used says why.

    A paid invoice shows its receipt and no field for a card.
    """

    @limited
    @wraps(view)
    def found(request):
        token_hash = _visit(request).get("link")
        if token_hash is None:
            return _closed(request, "no_visit")
        link = PayLink.objects.by_hash(token_hash)
        if link is None:
            return _closed(request, "unknown")
        if link.is_expired:
            return _closed(request, "expired")
        if link.invoice.voided_at:
            return _closed(request, "void", link.invoice)
        return view(request, link.invoice)

    return found


def while_open(view):
    """The same, and only while it is owed and nobody pays it."""

    @with_invoice
    @wraps(view)
    def found(request, invoice):
        if not invoice.is_open:
            return redirect("linked_invoice")
        if invoice.payments.under_way().exists():
            return redirect("linked_status")
        return view(request, invoice)

    return found


@require_safe
@limited
def follow(request, token):
    """Take the link out of the address and remember it."""
    request.session[SESSION_KEY] = {"link": tokens.hashed(token)}
    response = redirect("linked_invoice")
    # Only here: a page with a form must keep its origin, or the browser's POST is taken for a forged one.
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@with_invoice
@gateway.card_page
def invoice(request, invoice):
    """What is owed, and the bank's card field; the receipt where it is paid."""
    if not invoice.is_open:
        return _page(request, "paid", invoice)
    if invoice.payments.under_way().exists():
        return redirect("linked_status")
    if invoice.total < paying.LEAST_BY_CARD:
        return _page(
            request, "card", invoice, trouble=_("Less than $0.50 can't be paid by card. Pay by check.")
        )
    try:
        setup = gateway.start_card_setup(customer_of(invoice.organization), key=uuid.uuid4())
    except gateway.GatewayError as error:
        return _page(request, "card", invoice, trouble=error.sentence, status=503)
    _remember(request, setups=[*_visit(request).get("setups", [])[-9:], setup.id])
    back = request.build_absolute_uri(reverse("linked_card"))
    return _page(
        request,
        "card",
        invoice,
        config=gateway.page_config(),
        client_secret=setup.client_secret,
        return_url=back,
        problem=_visit(request).get("problem", ""),
    )


@require_safe
@while_open
def card(request, invoice):
    """Where the browser comes back to with a card: say what is charged, and to which; nothing is charged yet."""
    named = request.GET.get("setup_intent", "")
    if named not in _visit(request).get("setups", []):
        raise Http404
    try:
        setup = gateway.read_setup(named)
        if setup.state != "succeeded":
            return _again(request, setup.sentence or _("The bank did not take this card. Try again."))
        facts = gateway.card(setup.payment_method_id)
    except gateway.GatewayError as error:
        return _again(request, error.sentence)
    enqueue(
        "billing.forget_method",
        key=f"forget-method:{facts.payment_method_id}",
        due_at=timezone.now() + FORGET_AFTER,
        method_id=facts.payment_method_id,
    )
    if facts.is_prepaid:
        return _again(request, _("Prepaid cards can't be used here. Use a credit or debit card."))
    _remember(request, method=facts.payment_method_id, problem="")
    return _page(request, "agree", invoice, card=called(facts.brand, facts.last4))


@require_POST
@while_open
def pay(request, invoice):
    """ "Pay": charge the card that was given in this visit, for the invoice as it was shown."""
    method = _visit(request).get("method")
    if method is None or request.POST.get("invoice") != invoice.number:
        return redirect("linked_invoice")
    try:
        payment = paying.pay_once(invoice, gateway.card(method))
    except (MoveRefused, gateway.GatewayError) as refusal:
        return _again(request, getattr(refusal, "sentence", str(refusal)))
    _remember(request, method=None)
    return _follow_up(request, payment)


@require_safe
@with_invoice
@gateway.card_page
def bank(request, invoice):
    """The card's bank asks its owner."""
    payment = _newest(invoice)
    try:
        asked = paying.question(payment) if _waits_here(payment) else None
    except gateway.GatewayError:
        asked = None
    if asked is None:
        return redirect("linked_status")
    return _page(
        request,
        "bank",
        invoice,
        payment=payment,
        client_secret=asked.client_secret,
        config=gateway.page_config(),
    )


@require_POST
@with_invoice
def cancel(request, invoice):
    """End a payment that its payer doesn't want to confirm."""
    payment = _newest(invoice)
    if _is_a_member_s(payment):
        return redirect("linked_status")
    try:
        payment = paying.give_up(payment)
    except gateway.GatewayError:
        return redirect("linked_status")
    return _follow_up(request, payment)


@require_safe
@with_invoice
def status(request, invoice):
    """What became of the newest attempt; while nobody knows, the page asks the bank and comes again."""
    payment = _newest(invoice)
    try:
        payment = paying.ask(payment)
    except gateway.GatewayError:
        pass  # the job asks as well
    if not payment.is_under_way or _waits_here(payment):
        return _follow_up(request, payment)
    response = _page(request, "status", invoice, payment=payment)
    response["Refresh"] = str(LOOK_AGAIN)
    return response


@require_safe
@with_invoice
def receipt(request, invoice):
    """The receipt as PDF, without the name of whom it was for."""
    if not (invoice.settled_at and invoice.total):
        raise Http404
    paper = receipt_paper(invoice.record_request, invoice=invoice, names_payer=False)
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="receipt-{invoice.number}.pdf"'
    return response


def _is_a_member_s(payment):
    """Made with an account: its card and its bank's question are nothing to who holds the link."""
    return payment.person_id is not None


def _waits_here(payment):
    """Whether the bank's question is to be answered by who holds the link."""
    return payment.state == State.NEEDS_ACTION and not _is_a_member_s(payment)


def _follow_up(request, payment):
    if _waits_here(payment):
        return redirect("linked_bank")
    if payment.is_under_way:
        return redirect("linked_status")
    if payment.state == State.SUCCEEDED:
        return redirect("linked_invoice")
    if payment.state == State.RETURNED:
        return _again(request, _("This was no longer owed. The charge goes back to your card."))
    return _again(request, payment.sentence)


def _again(request, problem):
    """Back to the card field, with what went wrong above it."""
    _remember(request, method=None, problem=problem)
    return redirect("linked_invoice")


def _newest(invoice):
    payment = invoice.payments.select_related("invoice__record_request", "card").first()
    if payment is None:
        raise Http404
    return payment


def _page(request, name, invoice, *, status=200, **context):
    context |= {
        "invoice": invoice,
        "custodian": invoice.record_request.custodian,
        "operator": settings.OPERATOR,
    }
    return render(request, f"{PAGES}/{name}.html", context, status=status)


def _closed(request, why, invoice=None):
    page = {"why": why, "invoice": invoice, "operator": settings.OPERATOR}
    response = render(request, f"{PAGES}/closed.html", page, status=STATUS_OF[why])
    response["Referrer-Policy"] = "no-referrer"
    return response


def _visit(request):
    return request.session.get(SESSION_KEY) or {}


def _remember(request, **facts):
    request.session[SESSION_KEY] = _visit(request) | facts
