"""A sweep settles what is due, each row once, a bad one by itself: killed, run twice, or after days of outage."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from outbox import sweeping
from outbox.models import Job, SweepFailure, SweepRun
from outbox.sweeping import Sweep, run

pytestmark = pytest.mark.django_db


def due():
    return Job.objects.filter(state=Job.State.WAITING, due_at__lte=timezone.now())


def settle(jobs):
    """Counts how often each was settled; a row that is called "bad" can't be."""
    for job in jobs:
        job.attempts += 1
        job.save()
        if job.kind == "bad":
            raise ValueError("Thomas Wright")
        job.finish()
    return ["finished"] * len(jobs)


SWEEP = Sweep("test", "Test", due, "due_at", settle)


@pytest.fixture
def rows(monkeypatch):
    """Five rows that are due, listed four at a time and settled two together."""
    monkeypatch.setattr(sweeping, "BATCH", 4)
    monkeypatch.setattr(sweeping, "TOGETHER", 2)
    now = timezone.now()
    return [Job.objects.create(kind="good", key=str(n), due_at=now) for n in range(5)]


def attempts():
    return list(Job.objects.order_by("pk").values_list("attempts", flat=True))


def test_all_that_is_due_is_settled_once_and_counted(rows):
    record = run(SWEEP)
    assert attempts() == [1] * 5
    assert (record.tally, record.failed, record.settled, record.is_whole) == ({"finished": 5}, 0, 5, True)
    assert record.seconds >= 0


def test_a_second_run_finds_nothing(rows):
    run(SWEEP)
    assert run(SWEEP).settled == 0
    assert attempts() == [1] * 5


def test_what_is_not_due_yet_stays(rows):
    Job.objects.update(due_at=timezone.now() + timedelta(hours=1))
    assert run(SWEEP).settled == 0


def test_a_bad_row_stops_no_other_and_leaves_nothing_half_done(rows):
    Job.objects.filter(pk=rows[1].pk).update(kind="bad")
    record = run(SWEEP)
    assert attempts() == [1, 0, 1, 1, 1]
    assert (record.settled, record.failed, record.is_whole) == (4, 1, True)


def test_ops_see_which_row_and_what_kind_of_error_and_not_its_words(rows):
    Job.objects.filter(pk=rows[1].pk).update(kind="bad")
    run(SWEEP)
    run(SWEEP)
    failure = SweepFailure.objects.get()
    assert (failure.subject_id, failure.last_error, failure.times) == (rows[1].pk, "builtins.ValueError", 2)


def test_rows_are_settled_together_and_one_that_failed_before_alone(rows):
    Job.objects.filter(pk=rows[1].pk).update(kind="bad")
    together = []

    def kept(jobs):
        together.append([job.pk for job in jobs])
        return settle(jobs)

    sweep = Sweep("test", "Test", due, "due_at", kept)
    a, b, c, d, e = (row.pk for row in rows)
    run(sweep)
    assert together == [[a, b], [a], [b], [c, d], [e]]
    Job.objects.update(state=Job.State.WAITING)
    together.clear()
    run(sweep)
    assert together == [[a, c], [d], [b], [e]]


def test_a_bad_row_that_is_mended_leaves_the_list(rows):
    Job.objects.filter(pk=rows[1].pk).update(kind="bad")
    run(SWEEP)
    Job.objects.filter(pk=rows[1].pk).update(kind="good")
    run(SWEEP)
    assert not SweepFailure.objects.exists()


def test_a_run_that_takes_too_long_stops_and_the_next_one_goes_on(rows):
    record = run(SWEEP, seconds=-1)
    assert (record.settled, record.is_whole) == (4, False)
    assert run(SWEEP).settled == 1
    assert attempts() == [1] * 5


def test_a_run_that_is_killed_says_how_far_it_came_and_loses_nothing(rows, monkeypatch):
    class Killed(BaseException):
        pass

    def dies(jobs):
        done = settle(jobs)
        if rows[3] in jobs:
            raise Killed
        return done

    monkeypatch.setattr(sweeping, "BATCH", 2)

    with pytest.raises(Killed):
        run(Sweep("test", "Test", due, "due_at", dies))
    record = SweepRun.objects.get()
    assert (record.settled, record.ended_at, record.seconds) == (2, None, None)
    run(SWEEP)
    assert attempts() == [1] * 5


def test_old_runs_are_forgotten(rows):
    with time_machine.travel(timezone.now() - timedelta(days=100)):
        run(SWEEP)
    run(SWEEP)
    assert SweepRun.objects.count() == 1


def two_workers():
    """Two runs that both list what is due before either takes one; how many each settled."""
    both_have_listed, both_took = threading.Barrier(2), []

    def work():
        thread = threading.current_thread()

        def listed():
            if not getattr(thread, "has_listed", False):
                thread.has_listed = True
                both_have_listed.wait(10)
            return due()

        try:
            both_took.append(run(Sweep("test", "Test", listed, "due_at", settle)).settled)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return both_took


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_settle_each_row_once():
    for n in range(40):
        Job.objects.create(kind="good", key=str(n))
    done = two_workers()
    assert sum(done) == 40
    assert attempts() == [1] * 40


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_twin_without_the_lock_a_row_is_settled_twice(monkeypatch):
    Job.objects.create(kind="good", key="one")
    both_have_read = threading.Barrier(2)

    def unlocked(sweep, row_ids):
        rows = list(due().filter(pk__in=row_ids))
        both_have_read.wait(10)
        return rows

    monkeypatch.setattr(sweeping, "_take", unlocked)
    assert sum(two_workers()) == 2
