"""What others have charged for a request, written down by ops, so that ending it costs that too (product 7.6)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import MoveRefused
from billing.models import IncurredFee
from billing.quoting import FREE_OF_EXTRAS
from requests_app.models.verbs import BEFORE_PAYMENT


@transaction.atomic
def incur(record_request, *, kind, amount, note, by):
    """Write down a fee of `amount` USD; returns it. Raises MoveRefused where it could never be billed.

    `by` is a person of ops. Whoever looks at what ending the request costs sees it from now on.
    """
    row = record_request.locked()
    check(row)
    fee = IncurredFee.objects.create(record_request=row, kind=kind, amount=amount, note=note, recorded_by=by)
    row.record("fee_incurred", by=by, kind=kind, amount=str(amount))
    return fee


@transaction.atomic
def withdraw(fee, *, by):
    """It was a mistake. Raises MoveRefused where it is withdrawn, or where the request has ended: it may be billed."""
    row = fee.record_request.locked()
    fee = IncurredFee.objects.select_for_update().get(pk=fee.pk)
    if fee.withdrawn_at:
        raise MoveRefused(_("This is withdrawn already."))
    check(row)
    fee.withdrawn_at, fee.withdrawn_by = timezone.now(), by
    fee.save(update_fields=["withdrawn_at", "withdrawn_by"])
    row.record("fee_withdrawn", by=by, kind=fee.kind, amount=str(fee.amount))


def check(row):
    """Raise MoveRefused where ending the request bills nothing, so that a fee could never be passed on."""
    if row.requestor_class in FREE_OF_EXTRAS:
        raise MoveRefused(_("Patients and practices pay nothing for ending a request."))
    if row.state not in BEFORE_PAYMENT:
        raise MoveRefused(
            _("This is %(state)s: ending it costs nothing any more.") % {"state": row.get_state_display()}
        )
