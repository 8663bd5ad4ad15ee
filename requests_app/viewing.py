"""Who has seen a request: each look at health information is an entry of its activity (product 1.2)."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from audit.models import Activity

# Somebody who works on a request opens it many times; one entry an hour says as much as a hundred.
ONE_LOOK = timedelta(hours=1)


def note(record_request, member, what="viewed", *, among=None, **details):
    """Write that `member` looked, unless the same look of theirs is less than an hour old.

    `among` may give the request's looks, where the caller has read them already.
    """
    since = timezone.now() - ONE_LOOK
    if among is None:
        among = Activity.objects.of(record_request).filter(event=what, happened_at__gte=since)
        among = among.filter(**{f"details__{key}": value for key, value in details.items()})
        among = among.filter(person=member.person_id, organization=member.organization_id)
    mine = (what, member.person_id, member.organization_id)
    if any(_whose(look) == mine and look.happened_at >= since for look in among):
        return
    with transaction.atomic():
        record_request.record(what, by=member, **details)


def note_always(record_request, by, what, **details):
    """Write it every time: a download, an SSN shown."""
    with transaction.atomic():
        record_request.record(what, by=by, **details)


def _whose(look):
    return look.event, look.person_id, look.organization_id
