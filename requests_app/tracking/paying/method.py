"""How a request is paid, changed after it was submitted: the card that was chosen can't be used any more, say."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.models import MoveRefused
from requests_app import charging
from requests_app.intake.draft import Draft
from requests_app.intake.forms import PaymentForm
from requests_app.models import State
from requests_app.models.verbs import BEFORE_PAYMENT
from requests_app.refusing import refused_to
from requests_app.tracking.paying.views import for_payer


@require_http_methods(["GET", "HEAD", "POST"])
@for_payer
@refused_to("record_request")
def payment_method(request, record_request):
    """By check, or by which card and how far; it counts for all requests that were made together."""
    _check(record_request)
    batch = record_request.batch
    form = PaymentForm(Draft(batch), request.member, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        change(batch, form, by=request.member)
        messages.success(request, _("Saved."))
        return redirect(record_request)
    context = {
        "record_request": record_request,
        "form": form,
        "why": batch.why_not_card,
        "others": batch.record_requests.exclude(pk=record_request.pk).filter(state__in=BEFORE_PAYMENT),
    }
    status = 422 if form.errors else 200
    return render(request, "requests_app/tracking/paying/method.html", context, status=status)


@transaction.atomic
def change(batch, form, *, by):
    """Keep the new way to pay, and go by it at once where a price waits already."""
    asked = batch.record_requests.exclude(state=State.DRAFT, awaiting_signature=False).order_by("pk")
    # The requests' locks before the batch's: as everywhere, and always in one order.
    locked = [one.locked() for one in asked]
    held = batch.locked()
    form.save(held, by=by)
    for row in locked:
        if row.state in BEFORE_PAYMENT or row.awaiting_signature:
            row.record("payment_method_changed", by=by)
            row.batch = held
            for invoice in row.invoices.open().select_related("quote"):
                charging.arrange_anew(row, invoice)


def _check(record_request):
    if record_request.state not in BEFORE_PAYMENT and not record_request.awaiting_signature:
        raise MoveRefused(record_request.why_not("cancel"))
