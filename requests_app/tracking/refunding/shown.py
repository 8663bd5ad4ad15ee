"""What the lists and the page of a request tell of money that goes back."""

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects

from billing.models import Refund, Refundable


def has_open_refund():
    """For a list of requests: whether a refund of this one waits for its end."""
    return Exists(Refund.objects.open().filter(invoice__record_request=OuterRef("pk")))


def back(record_request, invoices):
    """Refunds, disputes of a cardholder's bank, and of which paid invoices more can be asked for; in three queries."""
    paid = [one for one in invoices if one.settled_at and one.total]
    if not paid:
        return {}
    told = Refund.objects.select_related("payment__card", "asked_by")
    prefetch_related_objects(paid, Prefetch("refunds", told), "payments__disputes")
    for invoice in paid:
        invoice.record_request = record_request
    disputes = [
        one for invoice in paid for payment in invoice.payments.all() for one in payment.disputes.all()
    ]
    found = [Refundable(one) for one in paid]
    return {
        "refundable": [one for one in found if not one.refusal],
        # Who looks for a way to ask and finds none reads why: the days are over.
        "too_late": [one for one in found if one.left and not one.is_disputed and one.refusal],
        "refunds": [one for invoice in paid for one in invoice.refunds.all()],
        "disputes": disputes,
    }
