"""A and B of trust.md for checks: no cent of one is used twice, and the ledger holds what of them is left."""

from decimal import Decimal

from django.db.models import F
from django.db.models.functions import Coalesce

from billing.models import CheckPayment, CheckUse, LedgerEntry
from billing.models.sums import total

NOTHING = Decimal("0.00")


def violations():
    """Sentences, one for each thing that is not as it must be. Asks nobody outside."""
    used = CheckPayment.objects.annotate(used=Coalesce(total("uses__amount"), NOTHING))
    for check in used.filter(used__gt=F("amount")).iterator():
        yield f"A: Check {check.pk}: {check.used:.2f} of {check.amount} was used"
    for check in used.exclude(standing__in=CheckPayment.QUEUE).filter(used__lt=F("amount")).iterator():
        yield f"A: Check {check.pk}: only {check.used:.2f} of {check.amount} was used, and it left the queue"
    left = _sum(CheckPayment.objects.all()) - _sum(CheckUse.objects.all())
    booked = -_sum(LedgerEntry.objects.filter(account="unapplied"))
    if left != booked:
        yield f"B: {left:.2f} of the checks is left, the ledger says {booked:.2f}"


def _sum(rows):
    return rows.aggregate(sum=total("amount"))["sum"] or NOTHING
