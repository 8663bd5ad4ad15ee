"""Money that came too late goes back by itself, once, by a key of its own (product 7.8)."""

import uuid
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

import outbox
from audit.actors import SYSTEM
from audit.models import MoveRefused
from billing import gateway, settling
from billing.models import LedgerTransaction, Payment
from correspondence.models import Notice
from outbox.models import Job
from outbox.queue import enqueue

ACCEPTED = ("succeeded", "pending")  # pending: the bank has promised it


@outbox.handler("billing.pay_back")
def pay_back(job, *, payment_id):
    """Return a payment to its card and say so. What the bank refuses ends as a dead letter for ops."""
    payment = Payment.objects.select_related("invoice").get(pk=payment_id)
    if payment.refund_id:
        return
    outcome = pay_once(key=payment.refund_key, amount=payment.amount, charge_id=payment.charge_id)
    if outcome.state in ACCEPTED:
        note_refund(payment, outcome)
        return
    note_problem(payment, f"The bank did not pay this back: {outcome.state}.")
    raise outbox.GiveUp(outcome.state)


def pay_once(*, key, amount, charge_id):
    """The bank's refund under `key`: the one it has already, or a new one. Call it outside of any transaction."""
    found = gateway.find_refund(key=key, charge_id=charge_id)
    return found or gateway.refund(key=key, amount=amount, charge_id=charge_id)


def note_refund(payment, outcome):
    """The bank has paid it back: attempt and ledger say so, and its payer is told."""
    with transaction.atomic():
        payment = settling.hold(payment)
        if payment.refund_id:
            return
        payment.refund_id, payment.refunded = outcome.refund_id, outcome.amount
        payment.refunded_at, payment.problem = timezone.now(), ""
        payment.save(update_fields=["refund_id", "refunded", "refunded_at", "problem"])
        LedgerTransaction.write(
            f"refund:{outcome.refund_id}",
            {"receivable": outcome.amount, "bank_card": -outcome.amount},
            invoice=payment.invoice,
        )
        record_request = payment.invoice.record_request
        record_request.record(
            "paid_back", by=SYSTEM, number=payment.invoice.number, amount=str(outcome.amount)
        )
        Notice.objects.to_people(
            [payment.person or record_request.batch.owner],
            "payment_returned",
            reference=str(record_request),
            path=record_request.get_absolute_url(),
        )


def note_failure(payment, outcome):
    """The bank promised a refund and could not keep it: the money is with it again, and ops must look."""
    with transaction.atomic():
        payment = settling.hold(payment)
        if payment.refund_id != outcome.refund_id or not payment.refunded:
            return
        LedgerTransaction.write(
            f"refund-failed:{outcome.refund_id}",
            {"receivable": -outcome.amount, "bank_card": outcome.amount},
            invoice=payment.invoice,
        )
        payment.refunded, payment.refunded_at = Decimal("0.00"), None
        payment.problem = "The bank could not pay this back."
        payment.save(update_fields=["refunded", "refunded_at", "problem"])


def again(payment, *, by):
    """Try once more what the bank has not paid back: by a new key, since it has ended the old one.

    `by` is a person of ops. Raises MoveRefused where nothing has failed.
    """
    with transaction.atomic():
        payment = settling.hold(payment)
        if not payment.is_return_failed or is_under_way(payment):
            raise MoveRefused("Nothing of this payment waits to be paid back again. Nothing was changed.")
        payment.refund_key, payment.refund_id, payment.problem = uuid.uuid4(), "", ""
        payment.save(update_fields=["refund_key", "refund_id", "problem"])
        payment.invoice.record_request.record(
            "pay_back_again", by=by, number=payment.invoice.number, amount=str(payment.amount)
        )
        enqueue("billing.pay_back", key=f"pay-back:{payment.refund_key}", payment_id=payment.pk)


def is_under_way(payment):
    """Whether a job is still to pay it back, or does it right now."""
    open_ = [Job.State.WAITING, Job.State.RUNNING]
    return Job.objects.filter(kind="billing.pay_back", ids__payment_id=payment.pk, state__in=open_).exists()


def is_of_an_earlier_try(outcome):
    """Whether a refund whose key no payment has any more was a try of `pay_back` that ended before."""
    return Payment.objects.filter(charge_id=outcome.charge_id, state=Payment.State.RETURNED).exists()


def note_problem(payment, problem):
    with transaction.atomic():
        payment = settling.hold(payment)
        payment.problem = problem
        payment.save(update_fields=["problem"])
