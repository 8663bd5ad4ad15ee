"""Taking up what time has brought due: in batches, each once, a row that can't be settled by itself.

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
# So many rows are locked and settled in one transaction: whoever works on one of them waits for the others.
TOGETHER = 50
# A run ends well before Celery's time limit would kill it; the next one goes on where it stopped.
LONGEST = settings.JOB_TIME_LIMIT * 0.7


@dataclass(frozen=True)
class Sweep:
    """What is due, and what is done with each.

    `due()` is a queryset of the rows that are due now, and `day` its field that says since when: they are taken in
    the order of `day` and id, which an index should know. `settle(rows)` is called with locked, fresh rows, with
    their `related` read, inside a transaction; it must leave a row that isn't due any more, and returns a word for
    each, for what it did, which are counted. Where it fails, it is called again for each row alone.
    """

    name: str
    label: str
    due: Callable
    day: str
    settle: Callable
    related: tuple = ()


def run(sweep, *, seconds=LONGEST):
    """Settle all that is due, for `seconds` at most; returns the SweepRun."""
    SweepRun.objects.forget_old()
    until = time.monotonic() + seconds
    record, tally, failed, after = SweepRun.objects.create(sweep=sweep.name), Counter(), 0, None
    known = set(SweepFailure.objects.filter(sweep=sweep.name).values_list("subject_id", flat=True))
    while batch := _next(sweep, after):
        for row_ids in _apart([row_id for _day, row_id in batch], known):
            words, failures = _settle(sweep, row_ids, known)
            tally.update(words)
            failed += failures
        record.note(tally, failed)
        if time.monotonic() > until:
            record.end(is_whole=False)
            return record
        after = batch[-1]
    record.end(is_whole=True)
    return record


def _apart(row_ids, known):
    """The rows that are settled together; one that failed before keeps no other from it."""
    sound = [row_id for row_id in row_ids if row_id not in known]
    yield from (sound[at : at + TOGETHER] for at in range(0, len(sound), TOGETHER))
    yield from ([row_id] for row_id in row_ids if row_id in known)


def _next(sweep, after):
    """The next `(day, id)` pairs behind `after`: a row that failed, or is another worker's, is passed once."""
    due = sweep.due().order_by(sweep.day, "pk")
    if after:
        day, row_id = after
        behind = Q(**{f"{sweep.day}__gt": day}) | Q(**{sweep.day: day}, pk__gt=row_id)
        due = due.filter(behind, **{f"{sweep.day}__gte": day})
    return list(due.values_list(sweep.day, "pk")[:BATCH])


def _settle(sweep, row_ids, known):
    """Settle these rows: the words of what was done, and how many couldn't be."""
    try:
        with transaction.atomic():
            rows = _take(sweep, row_ids)
            words = sweep.settle(rows) if rows else []
            SweepFailure.objects.settled(sweep.name, known.intersection(row.pk for row in rows))
        return words, 0
    except Exception as error:  # whatever is wrong with a row, the next one must still be settled
        if len(row_ids) > 1:
            return _one_by_one(sweep, row_ids, known)
        log.warning("Sweep %s could not settle row %s: %s", sweep.name, row_ids[0], type(error).__name__)
        SweepFailure.objects.note(sweep.name, row_ids[0], error)
        return [], 1


def _one_by_one(sweep, row_ids, known):
    words, failed = [], 0
    for row_id in row_ids:
        said, failures = _settle(sweep, [row_id], known)
        words += said
        failed += failures
    return words, failed


def _take(sweep, row_ids):
    """The rows that are still due, locked: not those settled meanwhile, or in another worker's hands."""
    free = sweep.due().select_for_update(of=("self",), skip_locked=skips_locked())
    return list(free.filter(pk__in=row_ids).order_by("pk").prefetch_related(*sweep.related))


def skips_locked():
    """Whether the database can pass by a row that another worker holds; SQLite has one writer at a time."""
    return connection.features.has_select_for_update_skip_locked
