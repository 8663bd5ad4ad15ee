"""Asking for a job, carrying it to a worker, doing it."""

import logging
import time
import uuid
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import connections, transaction
from django.db.models import Q
from django.utils import timezone

from outbox.handlers import HANDLERS
from outbox.models import Job

log = logging.getLogger(__name__)

POKE_AGAIN_AFTER = timedelta(seconds=45)
BATCH = 500
# More jobs than these are taken up by a worker, which looks for what is due.
FEW = 20
# After a try that failed, seconds in which this process tells nobody: each try may take as long as a socket waits.
SILENCE = 15
_silent_until = 0.0


def enqueue(kind, *, key=None, due_at=None, **ids):
    """Write a job in the transaction of the change that needs it; returns the row.

    `key` makes it happen once: a second call with the same key is the first job. `ids` are ids and plain words.
    """
    if kind not in HANDLERS:
        raise LookupError(f"No handler for {kind}")
    job, is_new = Job.objects.get_or_create(
        key=key or f"{kind}:{uuid.uuid4()}",
        defaults={"kind": kind, "ids": ids, "due_at": due_at or timezone.now()},
    )
    if is_new and job.due_at <= timezone.now():
        transaction.on_commit(lambda: poke(job.pk), robust=True)
    return job


def enqueue_new(kind, jobs):
    """Write several jobs at once: `(key, ids)` of each. Their keys are new by construction, such as a new row's."""
    if kind not in HANDLERS:
        raise LookupError(f"No handler for {kind}")
    made = Job.objects.bulk_create(Job(kind=kind, key=key, ids=ids) for key, ids in jobs)
    if len(made) > FEW:
        transaction.on_commit(poke_all, robust=True)
        return made
    for job in made:
        transaction.on_commit(partial(poke, job.pk), robust=True)
    return made


def poke(job_id):
    """Tell a worker. Losing this is harmless: the sweep finds the row."""
    from outbox.tasks import run_job  # tasks import this module

    _send(run_job, job_id)


def poke_all():
    """Tell a worker that there is more than a few to do, so that who wrote it need not wait for the broker."""
    from outbox.tasks import take_up_due  # tasks import this module

    _send(take_up_due)


def _send(task, *args):
    global _silent_until
    if not settings.OUTBOX_POKE or time.monotonic() < _silent_until:
        return
    try:
        task.apply_async(args, retry=False)
    except Exception as error:  # whatever the broker's client raises when it is down
        _silent_until = time.monotonic() + SILENCE
        log.warning("Broker unreachable (%s); jobs wait for the sweep", type(error).__name__)


def run(job_id):
    """Do one job, if it is still to be done; failures are kept on its row."""
    job = Job.objects.claim(job_id)
    if job is None:
        return
    try:
        HANDLERS[job.kind](job, **job.ids)
    except Exception as error:  # a job may fail in any way; the next one must still run
        log.warning("Job %s (%s) failed: %s", job.pk, job.kind, type(error).__name__)
        _let_go_of_cut_connections()
        job.fail(error)
    else:
        job.finish()


def _let_go_of_cut_connections():
    """One that was cut under the job could not keep its failure; the next use opens a new one."""
    for connection in connections.all(initialized_only=True):
        if connection.errors_occurred and not connection.is_usable():
            connection.close()


def poke_due():
    """Poke what is due and was not poked lately; returns how many."""
    now = timezone.now()
    lately = Q(poked_at__isnull=True) | Q(poked_at__lt=now - POKE_AGAIN_AFTER)
    due = list(Job.objects.due().filter(lately).values_list("pk", flat=True)[:BATCH])
    Job.objects.filter(pk__in=due).update(poked_at=now)
    for job_id in due:
        poke(job_id)
    return len(due)


def run_due(*, kind=None):
    """Do everything that is due, here, including what it brings about; returns how many jobs were run."""
    count = 0
    tried = set()
    while True:
        due = Job.objects.due().exclude(pk__in=tried)
        job = (due.filter(kind=kind) if kind else due).first()
        if job is None:
            return count
        tried.add(job.pk)
        run(job.pk)
        count += 1
