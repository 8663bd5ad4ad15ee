"""E and G of trust.md, as far as jobs go: none hangs, none is forgotten, and none carries more than ids."""

from datetime import timedelta

from django.utils import timezone

from outbox.models import LEASE, Job

FORGOTTEN = timedelta(minutes=15)
LONGEST_ID = 120


def violations():
    """Sentences, one for each thing that is not as it must be."""
    now = timezone.now()
    for job in Job.objects.filter(state=Job.State.RUNNING, leased_until__lt=now - LEASE):
        yield f"G: job {job.pk} ({job.kind}) has been running since long before its lease ended"
    for job in Job.objects.filter(state=Job.State.WAITING, due_at__lt=now - FORGOTTEN):
        yield f"G: job {job.pk} ({job.kind}) is due for more than 15 minutes: does a worker run?"
    for job in Job.objects.only("kind", "ids").iterator(chunk_size=2000):
        if any(
            not isinstance(value, int | str) or len(str(value)) > LONGEST_ID for value in job.ids.values()
        ):
            yield f"H: job {job.pk} ({job.kind}) carries more than ids"
