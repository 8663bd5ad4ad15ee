"""Taking up what time has brought due: in batches, each row in its own transaction, each once.

A sweep may be killed at any point, run twice, on two workers at once, or after days of outage: what is due is a
question to the database, asked again of each row under its lock (docs/decisions/0009-sweeps.md).
"""

import logging
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from outbox.models import SweepFailure, SweepRun

log = logging.getLogger(__name__)

BATCH = 200
# A run ends well before Celery's time limit would kill it; the next one goes on where it stopped.
LONGEST = settings.JOB_TIME_LIMIT * 0.7


@dataclass(frozen=True)
class Sweep:
    """What is due, and what is done with each.

    `due()` is a queryset of the rows that are due now, and `day` its field that says since when: they are taken in
    the order of `day` and id, which an index should know. `settle(row)` is called with the locked, fresh row inside a
    transaction; it must leave a row that isn't due any more, and returns a word for what it did, which is counted.
    """

    name: str
    label: str
    due: Callable
    day: str
    settle: Callable


def run(sweep, *, seconds=LONGEST):
    """Settle all that is due, for `seconds` at most; returns the SweepRun."""
    SweepRun.objects.forget_old()
    until = time.monotonic() + seconds
    record, tally, failed, after = SweepRun.objects.create(sweep=sweep.name), Counter(), 0, None
    known = set(SweepFailure.objects.filter(sweep=sweep.name).values_list("subject_id", flat=True))
    while batch := _next(sweep, after):
        for _day, row_id in batch:
            word = _settle(sweep, row_id, was_failing=row_id in known)
            failed += word is FAILED
            if word and word is not FAILED:
                tally[word] += 1
        record.note(tally, failed)
        if time.monotonic() > until:
            record.end(is_whole=False)
            return record
        after = batch[-1]
    record.end(is_whole=True)
    return record


FAILED = object()


def _next(sweep, after):
    """The next `(day, id)` pairs behind `after`: a row that failed, or is another worker's, is passed once."""
    due = sweep.due().order_by(sweep.day, "pk")
    if after:
        day, row_id = after
        behind = Q(**{f"{sweep.day}__gt": day}) | Q(**{sweep.day: day}, pk__gt=row_id)
        due = due.filter(behind, **{f"{sweep.day}__gte": day})
    return list(due.values_list(sweep.day, "pk")[:BATCH])


def _settle(sweep, row_id, *, was_failing):
    """Settle one row: the word of what was done, None where nothing was left to do, or FAILED."""
    try:
        with transaction.atomic():
            row = _take(sweep, row_id)
            word = sweep.settle(row) if row else None
            if was_failing and row:
                SweepFailure.objects.settled(sweep.name, row_id)
        return word
    except Exception as error:  # whatever is wrong with this row, the next one must still be settled
        log.warning("Sweep %s could not settle row %s: %s", sweep.name, row_id, type(error).__name__)
        SweepFailure.objects.note(sweep.name, row_id, error)
        return FAILED


def _take(sweep, row_id):
    """The row, locked and still due, or None: settled meanwhile, or in another worker's hands."""
    free = sweep.due().select_for_update(of=("self",), skip_locked=skips_locked())
    return free.filter(pk=row_id).first()


def skips_locked():
    """Whether the database can pass by a row that another worker holds; SQLite has one writer at a time."""
    return connection.features.has_select_for_update_skip_locked
