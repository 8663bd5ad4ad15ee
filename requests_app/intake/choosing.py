"""Choosing custodians, and letting go of them: a draft holds each at most once, and at most 20."""

from django.utils.translation import gettext as _

from audit.models import MoveRefused
from requests_app.intake.editing import editing
from requests_app.intake.papers import withdraw
from requests_app.models import Batch, KeptInput, RecordRequest
from requests_app.models.batch import MOST_CUSTODIANS


def choose(batch, custodian, *, by):
    """Ask `custodian` too; returns the new draft. MoveRefused for one chosen before, suspended, and the 21st."""
    with editing(batch) as held:
        chosen = list(held.record_requests.values_list("custodian_id", flat=True))
        if custodian.pk in chosen:
            raise MoveRefused(_("%(name)s is chosen already.") % {"name": custodian.name})
        if custodian.locked().merged_into_id or not custodian.can_be_asked:
            raise MoveRefused(
                _("Nobody answers for %(name)s here now, so it can't be asked.") % {"name": custodian.name}
            )
        if len(chosen) >= MOST_CUSTODIANS:
            raise MoveRefused(
                _("At most %(most)s providers can be asked at once. Remove one, or make another request.")
                % {"most": MOST_CUSTODIANS}
            )
        held.withdraw_estimate()
        return RecordRequest.draft(held, custodian, by=by)


def let_go(record_request, *, by):
    """Remove a custodian from its draft, with all that was given for it alone."""
    with editing(record_request.batch) as held:
        _erase([record_request], by=by)
        held.withdraw_estimate()


def delete(batch, *, by):
    """Delete a whole draft (product 1: Draft → deleted)."""
    with editing(batch) as held:
        _erase(held.record_requests.select_related("thread"), by=by)
        KeptInput.objects.of(held).delete()
        Batch.objects.filter(pk=held.pk).delete()
        held.patient.delete()


def forget(record_request, *, by):
    """Delete a request that waits for a signature nobody gave; with its batch, where that has no other.

    Call it in the transaction that holds the request's row.
    """
    batch = record_request.batch.locked()  # of two siblings that end at once, one is the last
    _erase([record_request], by=by)
    if not batch.record_requests.exists():
        Batch.objects.filter(pk=batch.pk).delete()
        batch.patient.delete()


def _erase(record_requests, *, by):
    for record_request in record_requests:
        record_request.record("draft_deleted", by=by, from_state=record_request.state)
        withdraw(record_request)
        record_request.quotes.all().delete()
        thread = record_request.thread
        record_request.delete()
        thread.delete()
