"""A patient's own request whose time is over: ops say whether it ends or goes on (product 1.9)."""

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actors import SYSTEM
from audit.models import MoveRefused
from requests_app import clocks
from requests_app.models import RecordRequest
from requests_app.tracking import abandoning


@transaction.atomic
def end(record_request, *, by):
    """It is canceled, as the sweep would have done, and costs a patient nothing. Raises MoveRefused."""
    row = _asked(record_request)
    why = clocks.clock(row).why
    row.record("end_confirmed", by=by, swept=why)
    abandoning.lapse(row, by=SYSTEM, swept=why)


@transaction.atomic
def keep_going(record_request, *, by):
    """It goes on for 30 days, then ops are asked again. Raises MoveRefused."""
    row = _asked(record_request)
    row.keep_for(clocks.KEPT_GOING_DAYS)
    RecordRequest.objects.filter(pk=row.pk).update(
        kept_until=row.kept_until, ops_asked_at=None, sweep_on=clocks.first_look(row)
    )
    row.record("kept_going", by=by, ends_on=row.kept_until.isoformat())


def _asked(record_request):
    row = record_request.locked()
    if not row.ops_asked_at:
        raise MoveRefused(_("This was decided already, or something else happened. Nothing was changed."))
    return row


MOVES = {"end": end, "keep_going": keep_going}
