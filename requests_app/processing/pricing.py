"""The end of the review: the price is set, the invoice goes out (product 6.6, 7.1)."""

from dataclasses import replace
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import MoveRefused
from billing.fees import FeeRefused
from billing.models import Invoice, Quote
from billing.quoting import REDUCTION
from requests_app import charging, permissions, quoting, turnaround
from requests_app.models import State
from requests_app.processing import answering
from requests_app.processing.holding import check

NOTHING = Decimal("0.00")
CHANGED = gettext_lazy("The price changed while you were looking. Nothing was released: look again.")


def reckon(record_request):
    """The price of the approved pages, as the law and the practice's own fees make it. Raises FeeRefused.

    Nothing where it completes a delivery of which something was missing (product 1.12).
    """
    pages = record_request.pages.approved().count()
    free = quoting.completes_a_delivery(record_request, pages)
    return free or quoting.reckon(record_request, pages=pages)


@transaction.atomic
def agree_fee(record_request, fee, *, by):
    """Keep what a copy costs the custodian by agreement, in USD, for this and later requests (product 7.1)."""
    row = record_request.locked()
    check(row, by=by, allowed=permissions.can_agree_fee, states=[State.QA])
    custodian = record_request.custodian
    custodian.agreed_copy_fee = fee
    custodian.save(update_fields=["agreed_copy_fee"])
    record_request.record("copy_fee_agreed", by=by, fee=str(fee))


def reduced(reckoned, amounts, reason):
    """The price after the practice asks less: `amounts` are the new amounts in USD by index of line.

    The reckoned lines stay as they are; each reduction is a line of its own below them, with its reason.
    Raises ValueError for an amount above the line's, or reductions larger than the whole price.
    """
    lines, off = list(reckoned.lines), NOTHING
    for index, amount in sorted(amounts.items()):
        line = reckoned.lines[index]
        less = Decimal(line["amount"]) - amount
        if less < 0:
            raise ValueError("A line can only be lowered.")
        if less:
            off += less
            lines.append(_reduction(line, less, reason))
    if off > reckoned.total:
        raise ValueError("More is taken off than is asked.")
    return replace(reckoned, lines=lines, total=reckoned.total - off)


def _reduction(line, less, reason):
    label = _("Reduced: %(line)s") % {"line": line["label"]}
    return {
        "code": REDUCTION,
        "label": label,
        "quantity": 1,
        "rate": "",
        "amount": str(-less),
        "citation": reason,
    }


@transaction.atomic
def release(record_request, *, by, amounts=None, reason="", seen=None, outcome=None):
    """Set the price and issue its invoice; returns the Invoice. A price of zero orders the request at once.

    `seen` is the reckoned total in USD that the person looked at; `outcome` holds the fields of a partial
    Outcome, without which all that was asked for is released. Raises MoveRefused where the price is another by
    now, can't be reckoned, or the review isn't finished; NotPermitted.
    """
    row = record_request.locked()
    check(row, by=by, allowed=permissions.can_price, states=[State.QA])
    try:
        reckoned = reckon(row)
    except FeeRefused as refusal:
        raise MoveRefused(str(refusal)) from refusal
    if not reckoned.is_complete:
        raise MoveRefused(" ".join(reckoned.open))
    if seen is not None and seen != reckoned.total:
        raise MoveRefused(str(CHANGED))
    final = reduced(reckoned, amounts or {}, reason)
    record_request.price(by=by, total=str(final.total), pages=final.facts["pages"])
    answering.keep_release(record_request, outcome, by=by)
    quote = Quote.keep(record_request, Quote.Kind.PRICE, final)
    Invoice.objects.withdraw(record_request, by=by)  # one that a revoked authorization left under payment
    invoice = Invoice.issue(quote, record_request.organization, turnaround.payment_due_on(), by=by)
    charging.arrange(record_request, invoice)
    record_request.refresh_from_db()
    return invoice
