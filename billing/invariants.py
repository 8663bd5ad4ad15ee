"""A and B of trust.md: each price has at most one charge, and our ledger is the bank's, id by id and to the cent.

What is still under way (an attempt without an end, a refund whose job is open) is not yet wrong.
"""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from billing import check_use_invariants, gateway, reconciling, refund_invariants, returning
from billing.models import Difference, Invoice, LedgerTransaction, Payment
from billing.models.sums import total

FAR_BACK = timedelta(days=400)
TOLD_WITHIN = timedelta(days=3)
BEGUN_BY_THE_BANK = ("refund_failed", "dispute", "dispute_won")
WORDS = {
    Difference.Kind.AMOUNT: "the bank has {theirs}, the ledger says {ours}",
    Difference.Kind.CURRENCY: "the bank has {theirs} in {currency}",
    Difference.Kind.NOT_BOOKED: "the bank's {theirs} is not in the ledger",
    Difference.Kind.NOT_OURS: "the bank's {theirs} is not in the ledger, and not ours",
    Difference.Kind.NOT_AT_BANK: "the ledger's {ours} is not at the bank",
}
State = Payment.State


def violations(*, since=None):
    """Sentences, one for each thing that is not as it must be; nothing where all is well. Asks the bank."""
    yield from _one_charge_each()
    yield from _payments()
    yield from _settled_without_money()
    yield from _balances()
    yield from refund_invariants.violations()
    yield from check_use_invariants.violations()
    yield from _bank(since or timezone.now() - FAR_BACK)


def _one_charge_each():
    succeeded = Count("payments", filter=Q(payments__state=State.SUCCEEDED))
    for invoice in Invoice.objects.annotate(charges=succeeded).filter(charges__gt=1).iterator():
        yield f"A: Invoice {invoice}: {invoice.charges} charges succeeded"
    for invoice in Invoice.objects.filter(payments__state=State.SUCCEEDED).distinct().iterator():
        kept = sum(one.amount - one.refunded for one in invoice.payments.filter(state=State.SUCCEEDED))
        if not 0 <= kept <= invoice.total:
            yield f"A: Invoice {invoice}: {kept} is kept of a price of {invoice.total}"


def _payments():
    for payment in Payment.objects.filter(state__in=Payment.TOOK_MONEY).select_related("invoice").iterator():
        if not payment.charge_id:
            yield f"A: Payment {payment.pk}: took money without a charge"
        if not 0 <= payment.refunded <= payment.amount:
            yield f"A: Payment {payment.pk}: {payment.refunded} of {payment.amount} was paid back"
        if (
            payment.state == State.RETURNED
            and payment.refunded != payment.amount
            and not returning.is_under_way(payment)
        ):
            yield f"A: Payment {payment.pk}: came too late and was not paid back"
        if payment.state == State.SUCCEEDED and not payment.invoice.settled_at:
            yield f"A: Payment {payment.pk}: succeeded, and invoice {payment.invoice} is not settled"


def _settled_without_money():
    settled = Invoice.objects.filter(settled_at__isnull=False, total__gt=0)
    unpaid = settled.exclude(payments__state=State.SUCCEEDED).exclude(check_uses__kind="applied")
    for invoice in unpaid.iterator():
        yield f"A: Invoice {invoice}: settled, and nothing was paid"


def _balances():
    for transaction in (
        LedgerTransaction.objects.annotate(sum=total("entries__amount")).exclude(sum=0).iterator()
    ):
        yield f"B: Ledger {transaction}: its entries add up to {transaction.sum}"


def _bank(since):
    """The bank's movements and the ledger's: each id on both sides with the same amount (billing/reconciling.py)."""
    now = timezone.now()
    theirs = [one for one in gateway.list_movements(since=since) if not _may_be_unheard(one, now)]
    for one in reconciling.differences(theirs, since, now + TOLD_WITHIN):
        yield f"B: {one['reference']}: {WORDS[one['kind']].format(**one)}"


def _may_be_unheard(move, now):
    """Only the bank begins this, and its event may be late."""
    return move.kind in BEGUN_BY_THE_BANK and move.created > now - TOLD_WITHIN
