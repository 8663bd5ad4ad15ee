"""What a request does when something else happens: its invoice is settled, a patient signs."""

from django.dispatch import receiver

from audit.actors import SYSTEM
from billing.models import Quote
from billing.signals import invoice_settled
from requests_app import charging, delivering  # noqa: F401  (they register their jobs)
from requests_app.authorizations import ending, filing  # noqa: F401  (the same)


@receiver(invoice_settled)
def order_what_is_paid(sender, invoice, by, **kwargs):
    """A settled price orders its request, in the transaction that settles; a cancellation fee orders nothing.

    Where the request can't be ordered any more, MoveRefused lets billing pay the money back.
    """
    if invoice.quote.kind == Quote.Kind.PRICE:
        invoice.record_request.order(by=SYSTEM)
