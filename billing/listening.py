"""The bank's events: kept raw when they arrive, handled once later, in any order. A body is only a hint."""

import uuid

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

import outbox
from billing import gateway, paying, refunding, returning
from billing.models import BankEvent, Dispute, Payment
from outbox.queue import enqueue


@csrf_exempt  # the bank signs what it sends
@require_POST
def bank_webhook(request):
    """Verify, store, answer: 200 also for what was here before, 400 for what the bank didn't sign."""
    try:
        event = gateway.read_event(request.body, request.headers.get("Stripe-Signature", ""))
    except gateway.BadSignature:
        return HttpResponse(status=400)
    with transaction.atomic():
        kept, _is_new = BankEvent.objects.get_or_create(
            event_id=event.id,
            defaults={
                "kind": event.type,
                "object_id": event.object_id,
                "payload": request.body.decode(),
            },
        )
        enqueue("billing.handle_event", key=f"event:{event.id}", event_id=kept.pk)
    return HttpResponse(status=200)


@outbox.handler("billing.handle_event")
def handle_event(job, *, event_id):
    """Fetch what the event speaks of as it is now, and bring that about."""
    event = BankEvent.objects.get(pk=event_id)
    if event.handled_at:
        return
    try:
        found = gateway.fetch(event.object_id)
    except gateway.GatewayRefused as refusal:
        if refusal.code != gateway.UNKNOWN_THERE:
            raise  # a key that was changed, say: it may be answered later
        found, event.problem = None, "The bank doesn't know the object that this speaks of."
    event.problem = react(found) or event.problem
    event.handled_at = timezone.now()
    event.save(update_fields=["handled_at", "problem"])


def react(found):
    """Bring about what an object of the bank says, as it is now; returns the problem for ops, or "". Safe to repeat."""
    reaction = REACTIONS.get(type(found))
    return (reaction(found) or "") if reaction else ""


def _charge_told(outcome):
    payment = _attempt(outcome.intent_id, outcome.key)
    if payment is None:
        return "" if not outcome.key else "No attempt of ours has this key."
    return paying.take(payment, outcome).problem


def _line_told(line):
    payment = Payment.objects.filter(intent_id=line.intent_id).exclude(intent_id="").first()
    return _charge_told(gateway.find_charge(intent_id=line.intent_id)) if payment else ""


def _refund_told(outcome):
    payment = Payment.objects.select_related("invoice").filter(refund_key=key_of(outcome.key)).first()
    if payment is None:
        problem = refunding.told(outcome)
        if problem is None and not (key_of(outcome.key) and returning.is_of_an_earlier_try(outcome)):
            return "This refund was not made here."
        return problem or ""
    if outcome.state in returning.ACCEPTED:
        returning.note_refund(payment, outcome)
    else:
        returning.note_failure(payment, outcome)
    return ""


def _dispute_told(dispute):
    payment = Payment.objects.select_related("invoice").filter(charge_id=dispute.charge_id).first()
    if payment is None:
        return f"The cardholder's bank disputes {dispute.charge_id}, which is no charge of ours."[:200]
    Dispute.take(payment, dispute)
    return ""


def _attempt(intent_id, key):
    """The attempt that an intent belongs to. The event may be here before the answer to our own call."""
    attempts = Payment.objects.select_related("invoice")
    return attempts.filter(intent_id=intent_id).first() or attempts.filter(key=key_of(key)).first()


def key_of(text):
    """Keys of ours are UUIDs; whatever else an object carries belongs to nobody here."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


REACTIONS = {
    gateway.ChargeOutcome: _charge_told,
    gateway.ChargeLine: _line_told,
    gateway.RefundOutcome: _refund_told,
    gateway.Dispute: _dispute_told,
}
