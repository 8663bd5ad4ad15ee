"""How much of a paid invoice can still go back, and why not more (product 7.7)."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from billing.models.dispute import Dispute
from billing.models.invoice import Invoice
from billing.models.payment import Payment
from billing.models.quote import Quote
from billing.models.sums import total
from chartrequest.days import business_day

DAYS = 30
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Refundable:
    """A paid invoice, as somebody who wants money back sees it. Amounts in USD, days are business_day()'s."""

    invoice: Invoice

    @cached_property
    def charge(self):
        """The card payment that settled it; None where checks did."""
        found = [one for one in self.invoice.payments.all() if one.state == Payment.State.SUCCEEDED]
        return found[0] if found else None

    @property
    def paid(self):
        return self.invoice.total if self.invoice.settled_at else NOTHING

    @cached_property
    def refunds(self):
        """Those that were paid or may yet be, the oldest first."""
        return sorted((one for one in self.invoice.refunds.all() if one.counts), key=lambda one: one.pk)

    @property
    def paid_back(self):
        return sum((one.sum for one in self.refunds if not one.is_open), NOTHING)

    @property
    def asked_back(self):
        """What open refunds speak of: not paid yet, and not free for another one either."""
        return sum((one.sum for one in self.refunds if one.is_open), NOTHING)

    @property
    def open_refund(self):
        return next((one for one in self.refunds if one.is_open), None)

    @property
    def left(self):
        return self.paid - self.paid_back - self.asked_back

    @property
    def paid_on(self):
        return business_day(self.invoice.settled_at)

    @property
    def last_day(self):
        """The last day on which a refund can be asked for."""
        return self.paid_on + timedelta(days=DAYS)

    @cached_property
    def is_disputed(self):
        return bool(self.charge) and any(one.is_taking for one in self.charge.disputes.all())

    @property
    def refusal(self):
        """Why nobody can ask for a refund now, as a sentence; empty where they can."""
        if not self.paid:
            return _("Nothing was paid for this, so nothing can be refunded.")
        if self.is_disputed:
            return disputed()
        if not self.left:
            return _("All that was paid was refunded, or is being refunded.")
        if business_day() > self.last_day:
            return _(
                "This was paid on %(paid)s. A refund can be asked for within 30 days, here until %(last)s."
            ) % {"paid": _day(self.paid_on), "last": _day(self.last_day)}
        return ""

    def too_much(self, amount):
        """Why `amount` can't be asked for, as a sentence that says how much can; empty where it can."""
        if amount <= self.left:
            return ""
        if self.left == self.paid:
            return _("You paid $%(paid)s. The refund can't be more than that.") % {"paid": self.paid}
        return _(
            "You paid $%(paid)s, of which $%(gone)s was refunded or asked for already. "
            "At most $%(left)s can be refunded."
        ) % {"paid": self.paid, "gone": self.paid - self.left, "left": self.left}


def lately_paid(invoices):
    """Refundable of those of `invoices` (a queryset) that were paid within the last 30 days, newest first."""
    earliest = business_day() - timedelta(days=DAYS)
    disputes = Prefetch("payments__disputes", Dispute.objects.all())
    paid = invoices.filter(total__gt=0, settled_at__date__gte=earliest - timedelta(days=1))
    rows = paid.prefetch_related("refunds", "payments", disputes).order_by("-settled_at", "-id")
    return [one for one in map(Refundable, rows) if one.last_day >= business_day()]


def has_gone_back(record_request):
    """Whether all that was paid as the price of a request went back, by refunds or lost in a dispute; one query."""
    paid = Invoice.objects.filter(
        record_request=record_request, kind=Quote.Kind.PRICE, settled_at__isnull=False, total__gt=0
    )
    back = Coalesce(total("refunds__amount_approved", filter=Q(refunds__state="paid")), NOTHING)
    lost = Exists(Dispute.objects.filter(payment__invoice=OuterRef("pk"), state=Dispute.State.LOST))
    found = paid.annotate(back=back, lost=lost).values_list("total", "back", "lost")
    kept = [price for price, gone, is_lost in found if gone < price and not is_lost]
    return bool(found) and not kept


def disputed():
    """What whoever wants money back is told while the cardholder's bank has it."""
    return _(
        "The cardholder's bank has taken this payment back and decides about it. Until it has, nothing can be refunded."
    )


def _day(day):
    return date_format(day, "M j, Y")
