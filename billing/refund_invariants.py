"""A, B and G of trust.md for refunds and disputes: never more back than was paid, and each in the ledger once."""

from django.db.models.functions import Coalesce

from billing.models import Dispute, Invoice, LedgerEntry, Payment, Refund
from billing.models.sums import total
from outbox.models import Job

State = Refund.State


def violations():
    """Sentences, one for each thing that is not as it must be. Asks nobody outside."""
    yield from _within_what_was_paid()
    yield from _payments_know()
    yield from _booked()
    yield from _under_way()
    yield from _disputes()


def _within_what_was_paid():
    counting = Refund.objects.exclude(state=State.DENIED)
    sums = counting.values("invoice").annotate(sum=total(Coalesce("amount_approved", "amount")))
    totals = {row["invoice"]: row["sum"] for row in sums}
    for invoice in Invoice.objects.filter(pk__in=totals).iterator():
        paid = invoice.total if invoice.settled_at else 0
        if totals[invoice.pk] > paid:
            yield f"A: Invoice {invoice}: refunds of {totals[invoice.pk]}, and {paid} was paid"


def _payments_know():
    """What a payment says was paid back is what its refunds say."""
    for payment in Payment.objects.filter(state=Payment.State.SUCCEEDED, refunds__isnull=False).distinct():
        paid = payment.refunds.filter(state=State.PAID, method=Refund.Method.CARD)
        back = paid.aggregate(sum=total("amount_approved"))["sum"] or 0
        if back != payment.refunded:
            yield f"A: Payment {payment.pk}: {payment.refunded} was paid back, its refunds say {back}"


def _booked():
    for refund in Refund.objects.filter(state=State.PAID).iterator():
        reference = f"refund:{refund.bank_id}" if refund.is_to_card else f"refund-check:{refund.pk}"
        entries = LedgerEntry.objects.filter(transaction__reference=reference, account="refunds")
        booked = entries.aggregate(sum=total("amount"))["sum"]
        if booked != refund.amount_approved:
            yield f"B: {refund} of {refund.amount_approved}: the ledger has {booked} under {reference}"


def _under_way():
    """An approved refund to a card has its job: waiting, running, or with ops as a dead letter."""
    for refund in Refund.objects.filter(state=State.APPROVED, method=Refund.Method.CARD).iterator():
        is_open = Job.objects.filter(key=refund.job_key).exclude(state=Job.State.DONE).exists()
        # Looked at again: it may have been paid between the two looks.
        if not is_open and Refund.objects.filter(pk=refund.pk, state=State.APPROVED).exists():
            yield f"G: {refund} is approved, and nothing pays it"


def _disputes():
    for dispute in Dispute.objects.select_related("payment").iterator():
        if not dispute.is_taking:
            continue
        kept = dispute.payment.amount - dispute.payment.refunded - dispute.amount
        if kept < 0:
            yield f"A: Payment {dispute.payment.pk}: {-kept} more went to the cardholder's bank than was paid"
        reference = f"dispute:{dispute.bank_id}"
        if not LedgerEntry.objects.filter(transaction__reference=reference).exists():
            yield f"B: {dispute}: its {dispute.amount} is not in the ledger"
