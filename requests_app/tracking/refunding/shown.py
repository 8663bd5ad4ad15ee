"""What the page of a request tells of money that goes back."""

from billing.models import Dispute, Invoice, Refund, Refundable


def back(record_request):
    """Refunds, disputes of a cardholder's bank, and of which paid invoices more can be asked for."""
    paid = Invoice.objects.filter(record_request=record_request, settled_at__isnull=False, total__gt=0)
    paid = list(paid.order_by("id"))
    if not paid:
        return {}
    refunds = Refund.objects.filter(invoice__record_request=record_request)
    disputes = Dispute.objects.filter(payment__invoice__record_request=record_request)
    return {
        "refundable": [one for one in map(Refundable, paid) if not one.refusal],
        "refunds": refunds.select_related("payment__card", "asked_by", "invoice__record_request"),
        "disputes": disputes,
    }
