"""An effect asked for in a transaction happens after it, once, and is retried where it fails."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from outbox import handlers, queue
from outbox.handlers import GiveUp
from outbox.models import LEASE, MOST_ATTEMPTS, Job
from outbox.queue import enqueue, enqueue_new, poke_due, run, run_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch):
    """A kind of job that writes down what it was called with; put an exception in to make it fail."""
    calls = []

    def handle(job, *, number):
        calls.append(number)
        if handle.fails:
            raise handle.fails

    handle.fails = None
    calls_of = type("Calls", (list,), {})(calls)
    monkeypatch.setitem(handlers.HANDLERS, "test.note", handle)
    calls_of.calls, calls_of.handle = calls, handle
    return calls_of


def test_a_job_of_a_transaction_that_failed_is_never_done(done):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue("test.note", number=1)
        raise ZeroDivisionError
    run_due()
    assert done.calls == []


def test_the_same_key_is_done_once(done):
    enqueue("test.note", key="one", number=1)
    enqueue("test.note", key="one", number=1)
    run_due()
    assert done.calls == [1]


def test_a_failure_is_kept_by_its_kind_and_tried_again_later(done):
    done.handle.fails = ValueError("Thomas Wright")
    job = enqueue("test.note", number=1)
    run_due()
    job.refresh_from_db()
    assert (job.state, job.last_error) == (Job.State.WAITING, "builtins.ValueError")
    assert job.due_at > timezone.now()


def test_it_succeeds_when_the_trouble_is_over(done):
    done.handle.fails = ValueError()
    job = enqueue("test.note", number=1)
    run_due()
    done.handle.fails = None
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        run_due()
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_after_many_failures_it_waits_for_ops(done):
    done.handle.fails = ValueError()
    job = enqueue("test.note", number=1)
    Job.objects.filter(pk=job.pk).update(attempts=MOST_ATTEMPTS - 1)
    run_due()
    job.refresh_from_db()
    assert job.state == Job.State.DEAD


def test_giving_up_goes_straight_to_the_dead_letters(done):
    done.handle.fails = GiveUp()
    job = enqueue("test.note", number=1)
    run_due()
    job.refresh_from_db()
    assert job.state == Job.State.DEAD


def test_ops_give_a_dead_letter_another_life(done):
    done.handle.fails = GiveUp()
    job = enqueue("test.note", number=1)
    run_due()
    done.handle.fails = None
    job.refresh_from_db()
    job.retry()
    run_due()
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_a_job_of_a_dead_worker_is_taken_up_when_its_lease_ends(done):
    job = enqueue("test.note", number=1)
    Job.objects.claim(job.pk)
    run(job.pk)
    assert done.calls == []
    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1)):
        run(job.pk)
    assert done.calls == [1]


def test_a_job_that_always_takes_its_worker_with_it_ends_as_a_dead_letter(done):
    job = enqueue("test.note", number=1)
    Job.objects.claim(job.pk)
    Job.objects.filter(pk=job.pk).update(attempts=MOST_ATTEMPTS, leased_until=timezone.now())
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.last_error) == (Job.State.DEAD, "outbox.models.job.WorkerLost")
    assert done.calls == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_job_whose_connection_was_cut_can_keep_its_failure(monkeypatch):
    def handle(job):
        connection.cursor().execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setitem(handlers.HANDLERS, "test.cut", handle)
    job = enqueue("test.cut")
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.last_error) == (Job.State.WAITING, "django.db.utils.OperationalError")


def test_one_bad_job_does_not_stop_the_next(done):
    done.handle.fails = ValueError()
    enqueue("test.note", number=1)
    enqueue("test.note", number=2)
    assert run_due() == 2
    assert done.calls == [1, 2]


def test_the_sweep_pokes_what_is_due_once_in_a_while(done):
    enqueue("test.note", number=1)
    assert (poke_due(), poke_due()) == (1, 0)


@pytest.fixture
def told(settings, monkeypatch):
    """Ids that a worker was told; `told.broken` is what the broker's client raises."""
    settings.OUTBOX_POKE = True
    monkeypatch.setattr(queue, "_silent_until", 0.0)
    ids = type("Told", (list,), {"broken": None})()

    def tell(words, **options):
        ids.extend(words)
        if ids.broken:
            raise ids.broken

    monkeypatch.setattr("outbox.tasks.run_job.apply_async", tell)
    return ids


def test_after_a_broker_did_not_answer_nobody_waits_for_it_again(told):
    told.broken = TimeoutError()
    queue.poke(1)
    queue.poke(2)
    assert told == [1]


def test_later_it_is_told_again(told, monkeypatch):
    told.broken = TimeoutError()
    queue.poke(1)
    monkeypatch.setattr(queue.time, "monotonic", lambda: queue._silent_until + 1)
    queue.poke(2)
    assert told == [1, 2]


def test_of_many_a_worker_is_told_at_once(done, told, monkeypatch, django_capture_on_commit_callbacks):
    asked = []
    monkeypatch.setattr("outbox.tasks.take_up_due.apply_async", lambda words, **options: asked.append(words))
    with django_capture_on_commit_callbacks(execute=True):
        enqueue_new("test.note", [(str(n), {"number": n}) for n in range(queue.FEW)])
        few = enqueue_new("test.note", [(f"more {n}", {"number": n}) for n in range(queue.FEW + 1)])
    assert (len(told), asked, len(few)) == (queue.FEW, [()], queue.FEW + 1)


def test_a_lost_broker_loses_nothing(done, told, django_capture_on_commit_callbacks):
    told.broken = ConnectionError()
    with django_capture_on_commit_callbacks(execute=True):
        enqueue("test.note", number=1)
    assert Job.objects.due().count() == 1
