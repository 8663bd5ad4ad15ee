"""Paying back: an approved refund goes to its card once, by a job, outside of any lock (product 7.7, 7.8)."""

from django.db import transaction

import outbox
from audit.actors import SYSTEM
from billing.models import Invoice, Refund, Refundable
from billing.returning import ACCEPTED, pay_once

State, Reason = Refund.State, Refund.Reason
# The bank's word that it is over and nothing was paid.
ENDED = ("failed", "canceled", "refused")


def in_full(record_request, *, by, reason):
    """Everything that was paid for a request goes back by itself: no day is counted and nobody decides.

    `by` is the system, `reason` a Refund.Reason or a sentence for the payer. What was asked for and waits is
    approved, the rest is added; money that the cardholder's bank disputes stays with it. Safe to repeat, also inside
    the transaction of the move that calls for it; returns the refunds.
    """
    with transaction.atomic():
        record_request.locked()
        paid = Invoice.objects.filter(record_request=record_request, settled_at__isnull=False, total__gt=0)
        for invoice in paid.order_by("id"):
            _whole(invoice.locked(), by, reason)
    return list(Refund.objects.filter(invoice__record_request=record_request).order_by("id"))


def _whole(invoice, by, reason):
    if Refundable(invoice).is_disputed:
        return
    known = reason in Reason.values
    for asked in invoice.refunds.filter(state=State.ASKED).order_by("id"):
        asked.approve(by=by, decision="" if known else str(reason))
    refundable = Refundable(invoice)
    if not refundable.left:
        return
    organization = invoice.organization
    refund = Refund.begin(
        refundable,
        amount=refundable.left,
        reason=reason if known else Reason.BY_ITSELF,
        comments="" if known else str(reason),
        mail_street=organization.street,
        mail_city=organization.city,
        mail_state=organization.state,
        mail_zip=organization.zip_code,
    )
    refund.record("refund_asked", by=by, to_state=State.ASKED, amount=str(refund.amount))
    refund.approve(by=by)


@outbox.handler("billing.pay_out")
def pay_out(job, *, refund_id):
    """Pay an approved refund to its card. What the bank refuses waits for ops, with its reason."""
    refund = Refund.objects.select_related("payment", "invoice").get(pk=refund_id)
    if refund.state != State.APPROVED or not refund.is_to_card:
        return
    outcome = pay_once(key=refund.key, amount=refund.amount_approved, charge_id=refund.payment.charge_id)
    refund = take(refund, outcome)
    if refund.problem and refund.state == State.APPROVED:
        raise outbox.GiveUp(refund.problem)


def take(refund, outcome):
    """Bring about what the bank says of a refund; returns the fresh row. Safe to repeat and to hear in any order."""
    with transaction.atomic():
        refund = refund.locked()
        if outcome.key != str(refund.key):
            return refund
        if outcome.state in ACCEPTED and refund.state == State.APPROVED:
            if outcome.amount != refund.amount_approved:
                refund.problem = f"The bank's refund {outcome.refund_id} is not the one that was asked for."
                refund.save(update_fields=["problem"])
            else:
                refund.settle(by=SYSTEM, bank_id=outcome.refund_id)
        elif outcome.state in ENDED and refund.state in (State.APPROVED, State.PAID):
            refund.fail(
                by=SYSTEM, problem=outcome.sentence or f"The bank did not pay this back: {outcome.state}."
            )
    return refund


def told(outcome):
    """Bring about what the bank says by an event: "" or the problem for ops; None where the refund isn't ours."""
    for refund in Refund.objects.filter(payment__charge_id=outcome.charge_id):
        if outcome.key == str(refund.key):
            refund = take(refund, outcome)
            return refund.problem if refund.state == State.APPROVED else ""
        if outcome.key in refund.spent_keys:
            return ""  # an attempt that ended before
    return None
