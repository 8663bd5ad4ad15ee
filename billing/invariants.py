"""A and B of trust.md: each price has at most one charge, and our ledger is the bank's, id by id and to the cent.

What is still under way (an attempt without an end, a refund whose job is open) is not yet wrong.
"""

from datetime import timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils import timezone

from billing import gateway, refund_invariants
from billing.models import Invoice, LedgerEntry, LedgerTransaction, Payment, Refund
from outbox.models import Job

FAR_BACK = timedelta(days=400)
NOTHING = Decimal("0.00")
State = Payment.State


def violations(*, since=None):
    """Sentences, one for each thing that is not as it must be; nothing where all is well. Asks the bank."""
    yield from _one_charge_each()
    yield from _payments()
    yield from _settled_without_money()
    yield from _balances()
    yield from refund_invariants.violations()
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
            and not _is_returning(payment)
        ):
            yield f"A: Payment {payment.pk}: came too late and was not paid back"
        if payment.state == State.SUCCEEDED and not payment.invoice.settled_at:
            yield f"A: Payment {payment.pk}: succeeded, and invoice {payment.invoice} is not settled"


def _is_returning(payment):
    under_way = [Job.State.WAITING, Job.State.RUNNING]
    return Job.objects.filter(key=f"pay-back:{payment.pk}", state__in=under_way).exists()


def _settled_without_money():
    settled = Invoice.objects.filter(settled_at__isnull=False, total__gt=0)
    unpaid = settled.exclude(payments__state=State.SUCCEEDED).exclude(checks__standing="applied")
    for invoice in unpaid.iterator():
        yield f"A: Invoice {invoice}: settled, and nothing was paid"


def _balances():
    for transaction in (
        LedgerTransaction.objects.annotate(sum=Sum("entries__amount")).exclude(sum=0).iterator()
    ):
        yield f"B: Ledger {transaction}: its entries add up to {transaction.sum}"


def _bank(since):
    """Charges and refunds, ours against the bank's: each id on both sides with the same amount."""
    theirs = {f"charge:{line.id}": line for line in gateway.list_charges(since)}
    for reference, line in theirs.items():
        ours = _booked(reference)
        if ours is None and not _is_in_flight(line):
            yield f"B: The bank's charge {line.id} of {line.amount} is not in the ledger"
        elif ours is not None and ours != line.amount:
            yield f"B: The bank's charge {line.id} is {line.amount}, the ledger says {ours}"
    yield from _unknown_to_bank("charge:", set(theirs), since)
    refunds = {
        f"refund:{one.refund_id}": one
        for one in gateway.list_refunds(since)
        if one.state in ("succeeded", "pending")
    }
    for reference, one in refunds.items():
        ours = _booked(reference)
        if ours is None and not _refund_is_in_flight(one):
            yield f"B: The bank's refund {one.refund_id} of {one.amount} is not in the ledger"
        elif ours is not None and ours != -one.amount:
            yield f"B: The bank's refund {one.refund_id} is {one.amount}, the ledger says {-ours}"
    failed = {f"refund:{one.refund_id}" for one in gateway.list_refunds(since) if one.state == "failed"}
    yield from _unknown_to_bank("refund:", set(refunds) | failed, since)


def _booked(reference):
    """What the ledger has on the bank's account under this reference, or None."""
    entries = LedgerEntry.objects.filter(transaction__reference=reference, account="bank_card")
    return entries.aggregate(sum=Sum("amount"))["sum"]


def _is_in_flight(line):
    """The bank was quicker than we: an attempt of ours for this invoice and sum has no end yet."""
    attempts = Payment.objects.under_way().filter(invoice__number=line.reference, problem="")
    return attempts.filter(amount=line.amount).exists()


def _refund_is_in_flight(one):
    """The bank was quicker than we: an attempt of ours at this refund has no end yet."""
    late = Payment.objects.filter(charge_id=one.charge_id, refunded=0)
    under_way = Refund.objects.filter(payment__charge_id=one.charge_id, state=Refund.State.APPROVED)
    attempts = [str(payment.refund_key) for payment in late] + [str(refund.key) for refund in under_way]
    return one.key in attempts


def _unknown_to_bank(prefix, known, since):
    # A day apart, so that what was booked just after `since` isn't missed at the bank just before it.
    from_then = since + timedelta(days=1)
    booked = LedgerTransaction.objects.filter(reference__startswith=prefix, written_at__gte=from_then)
    for reference in booked.values_list("reference", flat=True).iterator():
        if reference not in known:
            yield f"B: The ledger's {reference} is not at the bank"
