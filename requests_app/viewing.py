"""Who has seen a request: each look at health information is an entry of its activity (product 1.2)."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from audit.models import Activity

# Somebody who works on a request opens it many times; one entry an hour says as much as a hundred.
ONE_LOOK = timedelta(hours=1)


def note(record_request, member, what="viewed", **details):
    """Write that `member` looked, unless the same look of theirs is less than an hour old."""
    lately = Activity.objects.of(record_request).filter(
        event=what,
        person=member.person_id,
        organization=member.organization_id,
        happened_at__gte=timezone.now() - ONE_LOOK,
        **{f"details__{key}": value for key, value in details.items()},
    )
    if not lately.exists():
        with transaction.atomic():
            record_request.record(what, by=member, **details)


def note_always(record_request, by, what, **details):
    """Write it every time: a download, an SSN shown."""
    with transaction.atomic():
        record_request.record(what, by=by, **details)
