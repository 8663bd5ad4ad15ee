"""What a request costs by the law of its custodian's state: one way for the estimate and for the price."""

from copy import copy
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from billing import quoting
from requests_app.models.batch import Batch

PAPER, ELECTRONIC = "paper", "electronic"


def medium(record_request):
    """How the copy is made, in the words of the fee schedules: a fax comes out on paper, a download does not."""
    offers_fax = _agreed(record_request).get("offers_fax", record_request.custodian.offers_fax)
    is_faxed = record_request.batch.delivery == Batch.Delivery.FAX and offers_fax
    return PAPER if is_faxed else ELECTRONIC


def terms_of_today(record_request):
    """The practice's own terms as they stand: its fees in USD by kind, and whether it faxes, as JSON keeps them.

    Kept in `agreed_terms` once the requestor approved the estimate: a practice that changes its fees
    afterwards changes those of requests to come (product 2.9). Its agreed cost of a copy is none of them.
    """
    fees = {service.kind: str(service.fee) for service in record_request.services.all()}
    fees["provider_fee"] = str(record_request.custodian.provider_fee)
    if record_request.is_rush:
        fees["rush"] = str(record_request.custodian.rush_fee)
    return {"fees": fees, "offers_fax": record_request.custodian.offers_fax}


def reckon(record_request, *, pages, book=None):
    """The price of releasing `pages` pages today: billing's Reckoned. Raises billing.fees.FeeRefused.

    `book` holds today's fee schedules, for whoever prices many at once.
    """
    return quoting.reckon(
        custodian=custodian_as_agreed(record_request),
        requestor_class=record_request.requestor_class,
        medium=medium(record_request),
        pages=pages,
        services=_services_as_agreed(record_request),
        is_rush=record_request.is_rush,
        book=book,
    )


def completes_a_delivery(record_request, pages=0):
    """The price of nothing, for what completes a delivery of which something was missing; None for all else."""
    before = record_request.earlier_delivery
    if before is None:
        return None
    said = {"day": date_format(timezone.localtime(before.delivered_at), "M j, Y")}
    label = _("No charge: completes the delivery of %(day)s") % said
    return quoting.free("completion", label, _("Something was missing from it"), pages=pages)


def _agreed(record_request):
    """The terms that hold; none while no estimate is approved."""
    return record_request.agreed_terms if record_request.batch.estimate_approved_at else {}


def custodian_as_agreed(record_request):
    """The custodian with the fees that were agreed instead of today's; a copy, which nobody saves."""
    fees, custodian = _agreed(record_request).get("fees", {}), copy(record_request.custodian)
    if "rush" in fees:
        custodian.rush_fee = Decimal(fees["rush"])
    if "provider_fee" in fees:
        custodian.provider_fee = Decimal(fees["provider_fee"])
    return custodian


def _services_as_agreed(record_request):
    fees = _agreed(record_request).get("fees", {})
    services = [copy(one) for one in record_request.services.all()]
    for service in services:
        service.fee = Decimal(fees.get(service.kind, service.fee))
    return services
