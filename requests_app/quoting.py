"""What a request costs by the law of its custodian's state: one way for the estimate and for the price."""

from billing import quoting
from requests_app.models.batch import Batch


def medium(record_request):
    """How the copy is made, in the words of the fee schedules: a fax comes out on paper, a download does not."""
    is_faxed = record_request.batch.delivery == Batch.Delivery.FAX and record_request.custodian.offers_fax
    return "paper" if is_faxed else "electronic"


def reckon(record_request, *, pages):
    """The price of releasing `pages` pages today: billing's Reckoned. Raises billing.fees.FeeRefused."""
    return quoting.reckon(
        custodian=record_request.custodian,
        requestor_class=record_request.requestor_class,
        medium=medium(record_request),
        pages=pages,
        services=list(record_request.services.all()),
        is_rush=record_request.is_rush,
    )
