"""A price is set: the card that was agreed on is charged by itself, or its people are asked (product 4.5, 5.3).

Within what was agreed with the payment method a job charges the card; a decline is tried again after a day, three
and seven, then left to be paid by hand. Above it nothing is charged before somebody approves the price.
"""

from datetime import timedelta
from enum import Enum

from django.db import transaction
from django.db.models import Q
from django.dispatch import receiver
from django.utils import timezone

import outbox
from audit.models import MoveRefused
from billing import paying
from billing.models import Invoice, Payment, Quote
from billing.signals import card_gone, payment_ended, payment_waits
from outbox.models import Job
from outbox.queue import enqueue
from requests_app import notices
from requests_app.models import RecordRequest, State
from requests_app.models.verbs import BEFORE_PAYMENT

# After each decline; then it is left to be paid by hand.
WAITS = [timedelta(days=1), timedelta(days=3), timedelta(days=7)]


class Outlook(Enum):
    """How an open price will be paid, as things stand. The value is the notice its people get."""

    BY_HAND = "request_priced"
    BY_ITSELF = "request_charging"
    ASK = "request_to_approve"
    NO_CARD = "request_card_missing"


class SomebodyIsPaying(Exception):
    """A payment by hand is under way: look again when it has ended."""


def outlook(record_request, invoice):
    """The Outlook of an open price; a cancellation fee, and what no card can pay, are always paid by hand."""
    batch = record_request.batch
    if batch.pay_by != batch.PayBy.CARD or not _is_for_cards(invoice):
        return Outlook.BY_HAND
    if batch.why_not_card:
        return Outlook.NO_CARD
    if batch.card_agreement is None:
        return Outlook.BY_HAND
    most = batch.card_agreement.most()
    return Outlook.BY_ITSELF if most is not None and invoice.total <= most else Outlook.ASK


def _is_for_cards(invoice):
    return invoice.kind == Quote.Kind.PRICE and invoice.total >= paying.LEAST_BY_CARD


def arrange(record_request, invoice):
    """Tell its people how the price is paid, and have the card charged where they agreed to it.

    Call it in the transaction that issues the invoice.
    """
    if not invoice.is_open:
        return
    expected = outlook(record_request, invoice)
    notices.to_requestor(record_request, expected.value)
    if expected is Outlook.BY_ITSELF:
        _plan(invoice, record_request.batch.card_agreement, timezone.now())


def arrange_anew(record_request, invoice):
    """The same after its people chose another way to pay themselves: they need no notice of it."""
    if outlook(record_request, invoice) is Outlook.BY_ITSELF:
        _plan(invoice, record_request.batch.card_agreement, timezone.now())


def next_try_at(invoice):
    """When the card is charged by itself the next time, or None."""
    waiting = Job.objects.filter(key__startswith=f"charge:{invoice.pk}:", state__in=["waiting", "running"])
    return waiting.order_by("due_at").values_list("due_at", flat=True).first()


def _plan(invoice, agreement, due_at):
    turns = invoice.payments.filter(turn__isnull=False).order_by("-turn").values_list("turn", flat=True)
    turn = (turns.first() or 0) + 1
    enqueue(
        "requests.charge",
        key=f"charge:{invoice.pk}:{agreement.pk}:{turn}",
        due_at=due_at,
        invoice_id=invoice.pk,
        turn=turn,
    )


@outbox.handler("requests.charge")
def charge(job, *, invoice_id, turn):
    """Charge the agreed card, once for each turn; what stands against it by now is told instead."""
    invoice = Invoice.objects.select_related("record_request__batch", "quote").get(pk=invoice_id)
    record_request = invoice.record_request
    if not invoice.is_open or invoice.payments.filter(turn=turn).exists():
        return
    if outlook(record_request, invoice) is Outlook.BY_ITSELF:
        try:
            payment = paying.pay_as_agreed(invoice, record_request.batch.card_agreement, turn)
        except MoveRefused:
            pass  # something changed in this very moment
        else:
            if payment.is_under_way and payment.turn != turn:
                raise SomebodyIsPaying
            return
    _tell_instead(invoice)


@transaction.atomic
def _tell_instead(invoice):
    invoice = invoice.locked()
    if invoice.is_open:
        expected = outlook(invoice.record_request, invoice)
        event = Outlook.BY_HAND if expected is Outlook.BY_ITSELF else expected
        notices.to_requestor(invoice.record_request, event.value)


@receiver(payment_ended)
def try_again_or_leave_it(sender, payment, **kwargs):
    """A charge that ran by itself took no money: its people are told, and it is tried again, or left to them.

    What the bank never received is tried again without a word; what its owner did not confirm is left to them.
    """
    if not payment.is_by_itself or not payment.invoice.is_open:
        return
    record_request = payment.invoice.record_request
    is_lost = payment.state == Payment.State.CANCELED and not payment.intent_id
    is_left = payment.state == Payment.State.CANCELED and not is_lost
    if is_left or payment.turn > len(WAITS):
        notices.to_requestor(record_request, "charge_left")
        return
    if not is_lost:
        notices.to_requestor(record_request, "charge_declined")
    _plan(payment.invoice, payment.agreement, timezone.now() + WAITS[payment.turn - 1])


@receiver(payment_waits)
def ask_to_confirm(sender, payment, **kwargs):
    """The bank asks for its owner, who wasn't there: they answer on the page that the link leads to."""
    if payment.is_by_itself:
        notices.to_requestor(payment.invoice.record_request, "charge_to_confirm")


@receiver(card_gone)
def ask_for_another_card(sender, card, **kwargs):
    """A card is deleted, its owner left or shares it no longer: whose requests would use it are told (product 5.3)."""
    waits = Q(state__in=BEFORE_PAYMENT) | Q(state=State.DRAFT, awaiting_signature=True)
    waiting = RecordRequest.objects.filter(waits, batch__card=card, batch__pay_by="card")
    for record_request in waiting.select_related("batch__card", "batch__card_agreement__card"):
        if record_request.batch.why_not_card:
            notices.to_requestor(record_request, "request_card_missing")
