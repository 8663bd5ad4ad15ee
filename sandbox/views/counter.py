"""The bank's own page: its books, and buttons for what a bank can do to us."""

import random

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from sandbox import bank
from sandbox.bank import refunds
from sandbox.forms import FaultForm
from sandbox.models import Charge, Customer, Dispute, Event, Fault, Refund

SHOWN = 50


@require_safe
def index(request):
    return _page(request, FaultForm())


def _page(request, fault_form, status=200):
    context = {
        "customers": Customer.objects.prefetch_related("paymentmethod_set")[:SHOWN],
        "charges": Charge.objects.select_related("intent", "payment_method")[:SHOWN],
        "refunds": Refund.objects.select_related("charge")[:SHOWN],
        "disputes": Dispute.objects.select_related("charge")[:SHOWN],
        "events": Event.objects.defer("body")[:SHOWN],
        "faults": Fault.objects.all(),
        "fault_form": fault_form,
        "here": "bank",
    }
    return render(request, "sandbox/bank.html", context, status=status)


@require_POST
def break_next(request):
    form = FaultForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    bank.break_next(form.cleaned_data["kind"])
    return redirect("sandbox:bank")


@require_POST
def mend(request):
    bank.mend()
    return redirect("sandbox:bank")


@require_POST
def dispute(request, charge_id):
    charge = get_object_or_404(Charge, id=charge_id, status="succeeded", disputed=False)
    bank.open_dispute(charge.id)
    bank.deliver_events()
    return redirect("sandbox:bank")


@require_POST
def close_dispute(request, dispute_id):
    dispute = get_object_or_404(Dispute, id=dispute_id)
    bank.close_dispute(dispute.id, won=request.POST.get("won") == "yes")
    bank.deliver_events()
    return redirect("sandbox:bank")


@require_POST
def settle_refund(request, refund_id):
    refunds.settle(get_object_or_404(Refund, id=refund_id).id)
    bank.deliver_events()
    return redirect("sandbox:bank")


@require_POST
def deliver_due(request):
    messages.success(request, f"{bank.deliver_events()} events were taken.")
    return redirect("sandbox:bank")


@require_POST
def redeliver(request, event_id):
    event = get_object_or_404(Event, id=event_id)
    messages.success(request, f"{event.type} was answered with {bank.deliver(event)}.")
    return redirect("sandbox:bank")


@require_POST
def shuffle(request):
    """The last events again, each twice, in any order: what a webhook must stand."""
    events = list(Event.objects.all()[:SHOWN]) * 2
    random.shuffle(events)
    answers = [bank.deliver(event) for event in events]
    messages.success(
        request, f"{len(answers)} deliveries, {sum(status >= 300 for status in answers)} refused."
    )
    return redirect("sandbox:bank")
