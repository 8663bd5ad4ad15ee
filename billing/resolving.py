"""Checks that did not fit, brought to an end by ops: every cent pays an invoice or goes back (product 7.5).

Each verb holds the invoice, then the check, and looks again; the ledger moves with it, from "unapplied". A check leaves
the queue when nothing of it is left.
"""

from decimal import Decimal

from django.db import transaction

from accounts.models import Member
from audit.models import MoveRefused
from billing.models import CheckPayment, CheckUse, LedgerTransaction
from billing.models.sums import total
from correspondence.models import Notice

Standing = CheckPayment.Standing


def left(check):
    """USD of it that has paid nothing yet and did not go back."""
    used = check.uses.aggregate(sum=total("amount"))["sum"] or Decimal("0.00")
    return check.amount - used


@transaction.atomic
def assign(check, invoice, *, by):
    """Say which invoice an unknown check is for; it then settles it, or waits with the standing it has there.

    Raises MoveRefused where it has an invoice already, or that invoice has a check of this number.
    """
    invoice = invoice.locked()
    check = _held(check, [Standing.UNKNOWN])
    if invoice.checks.filter(number=check.number).exists():
        raise MoveRefused("This invoice has a check of that number already.")
    check.place(invoice, by=by)
    invoice.record_request.record("check_assigned", by=by, number=invoice.number, amount=str(check.amount))


@transaction.atomic
def apply(check, invoice, *, by):
    """Pay an open invoice with what is left of the check; more than it takes stays in the queue.

    Short checks that wait for that invoice pay their part of it. Raises MoveRefused where the invoice isn't open,
    belongs to somebody else than the check's own, or takes more than is left.
    """
    invoice = invoice.locked()
    check = _held(check, [Standing.OVER, Standing.NOT_OPEN, Standing.REST])
    if not invoice.is_open:
        raise MoveRefused("This invoice is not open. Nothing was changed.")
    if check.invoice and check.invoice.organization_id != invoice.organization_id:
        raise MoveRefused("This invoice is somebody else's. Send the rest back instead.")
    missing = check.missing(invoice)
    if left(check) < missing:
        raise MoveRefused(f"${left(check)} is left, and this invoice takes ${missing}.")
    check.settle(invoice, by=by)
    _file(check, Standing.REST if left(check) else Standing.APPLIED)


@transaction.atomic
def send_back(check, *, reference, by):
    """What is left went back to its payer, by a check of ours with the number `reference`.

    Whoever asked is told; of a check that belongs to no invoice, nobody is known.
    """
    if check.invoice:
        check.invoice.locked()
    check = _held(check, CheckPayment.QUEUE)
    amount = left(check)
    CheckUse.objects.create(
        check_payment=check, kind=CheckUse.Kind.RETURNED, amount=amount, reference=reference, made_by=by
    )
    LedgerTransaction.write(
        f"check-returned:{check.pk}", {"unapplied": amount, "bank_check": -amount}, invoice=check.invoice
    )
    _file(check, Standing.RETURNED)
    if check.invoice:
        check.invoice.record_request.record(
            "check_returned", by=by, number=check.invoice.number, amount=str(amount)
        )
        _tell(check.invoice.record_request, "check_returned")


@transaction.atomic
def ask_for_rest(check, *, by):
    """Write to whoever owes the rest of a short check; it stays in the queue until the rest is here."""
    invoice = check.invoice and check.invoice.locked()
    check = _held(check, [Standing.SHORT])
    request = invoice.record_request
    _tell(request, "check_short")
    request.record("check_rest_asked", by=by, number=invoice.number, amount=str(check.missing(invoice)))


def _tell(request, event):
    """An email to whoever asked, and so paid."""
    people = Member.objects.askers(request.organization_id, request.batch.owner)
    Notice.objects.to_people(people, event, reference=str(request), path=request.get_absolute_url())


def _held(check, standings):
    row = CheckPayment.objects.select_for_update().get(pk=check.pk)
    if row.standing not in standings:
        raise MoveRefused(f"This check is filed as “{row.get_standing_display()}” now. Nothing was changed.")
    return row


def _file(check, standing):
    check.standing = standing
    check.save(update_fields=["standing"])
