"""Work on a request that doesn't move it: the same lock, the same refusals as a move."""

from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from audit.models import MoveRefused, NotPermitted
from requests_app.models import RecordRequest


@contextmanager
def held(record_request, *, by, allowed, states):
    """The request's row, fresh and locked, while it is in one of `states` and `allowed(by, row)` says yes.

    All that is done inside stands or falls together. Raises NotPermitted, or MoveRefused in any other state.
    """
    with transaction.atomic():
        row = record_request.locked()
        check(row, by=by, allowed=allowed, states=states)
        yield row
        RecordRequest.objects.filter(pk=row.pk).update(updated_at=timezone.now())


def check(record_request, *, by, allowed, states):
    """Raise what `held` would, without its lock: a cheap no before costly work."""
    if not allowed(by, record_request):
        raise NotPermitted
    if record_request.state not in states:
        raise MoveRefused(record_request.why_not(""))
