"""E of trust.md for notices: each that is owed has its job, and what was delivered was delivered by it."""

from correspondence.models import Notice
from outbox.models import Job


def violations():
    """Sentences, one for each thing that is not as it must be."""
    done = set(
        Job.objects.filter(kind="correspondence.send", state=Job.State.DONE).values_list("key", flat=True)
    )
    known = set(Job.objects.filter(kind="correspondence.send").values_list("key", flat=True))
    for notice in Notice.objects.only("pk", "state").iterator(chunk_size=2000):
        key = f"notice:{notice.pk}"
        if key not in known:
            yield f"E: notice {notice.pk} is owed but no job sends it"
        elif key in done and notice.state == Notice.State.WAITING:
            yield f"E: the job of notice {notice.pk} is done, but nobody was told"
