"""What a request costs by the law of its custodian's state: one way for the estimate and for the price."""

from billing import quoting

# A download and a fax are both made from electronic files; nothing is copied onto paper.
MEDIUM = "electronic"


def reckon(record_request, *, pages, on=None):
    """The price of releasing `pages` pages: billing's Reckoned. Raises billing.fees.FeeRefused."""
    return quoting.reckon(
        custodian=record_request.custodian,
        requestor_class=record_request.requestor_class,
        medium=MEDIUM,
        pages=pages,
        services=list(record_request.services.all()),
        is_rush=record_request.is_rush,
        on=on,
    )
