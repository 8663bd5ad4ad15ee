"""Changing a draft: nobody writes into one that was sent meanwhile, in another tab or by a colleague."""

from contextlib import contextmanager
from functools import wraps

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from audit.models import MoveRefused
from requests_app.access import with_batch
from requests_app.models import Batch

SUBMITTED = _("This request was submitted already. Nothing was changed.")


@contextmanager
def editing(batch):
    """Hold the batch's row while it is changed; yields it fresh. Raises MoveRefused once it was submitted."""
    with transaction.atomic():
        try:
            held = batch.locked()
        except Batch.DoesNotExist:
            raise Http404 from None
        if held.submitted_at:
            raise MoveRefused(SUBMITTED)
        yield held


def with_draft(view):
    """Hand the view a batch that isn't submitted yet; one that is leads to what became of it."""

    @with_batch
    @wraps(view)
    def found(request, batch, **kwargs):
        if not batch.submitted_at:
            return view(request, batch, **kwargs)
        if request.method not in ("GET", "HEAD"):
            raise MoveRefused(SUBMITTED)
        return redirect("wizard_done", batch.pk)

    return found


def asked_or_404(batch, public_id):
    """One of this batch's own requests: a stranger's ID is as good as none."""
    record_request = (
        batch.record_requests.select_related("custodian", "thread").filter(public_id=public_id).first()
    )
    if record_request is None:
        raise Http404
    return record_request
