"""Two sweeps at once, a sweep against a person: one wins, nothing is done twice; twins without the lock must fail."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import IntegrityError

from audit.invariants import violations
from audit.models import Activity, MoveRefused
from audit.models.lifecycle import Lifecycle
from billing.models import Invoice
from correspondence.models import Notice
from outbox import sweeping
from outbox.models import SweepFailure
from requests_app.models import RecordRequest, State
from requests_app.sweeping import requests
from requests_app.tracking import abandoning, reopening
from tests.requests_app.processing.test_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def over(pending):
    """Its time is over."""
    RecordRequest.objects.update(sweep_on=None, submitted_at=pending.submitted_at - timedelta(days=61))
    requests.reckon_unreckoned()
    pending.refresh_from_db()
    return pending


def two_sweeps(over, monkeypatch, take=None):
    """Both have listed the request before either takes it."""
    both, listed = threading.Barrier(2), sweeping._next

    def together(sweep, after):
        found = listed(sweep, after)
        if after is None:
            both.wait(10)
        return found

    monkeypatch.setattr(sweeping, "_next", together)
    if take:
        monkeypatch.setattr(sweeping, "_take", take)
    return at_once(over, lambda mine: sweeping.run(requests.SWEEP), lambda mine: sweeping.run(requests.SWEEP))


def test_two_sweeps_at_once_cancel_bill_and_tell_once(over, monkeypatch):
    assert two_sweeps(over, monkeypatch) == ["done", "done"]
    assert (over.state, Invoice.objects.count(), SweepFailure.objects.count()) == (State.CANCELED, 1, 0)
    assert Activity.objects.of(over).filter(event="cancel").count() == 1
    assert Notice.objects.filter(event="request_swept").count() == 1
    assert list(violations()) == []


def unlocked(sweep, row_ids):
    return list(sweep.due().filter(pk__in=row_ids))


def test_twin_without_the_lock_one_of_them_fails(over, monkeypatch):
    """Both take the row; the chain of the activity lets one through alone, and the other is a failure."""
    both = threading.Barrier(2)

    def both_unlocked(sweep, row_ids):
        rows = unlocked(sweep, row_ids)
        both.wait(10)
        return rows

    two_sweeps(over, monkeypatch, take=both_unlocked)
    assert SweepFailure.objects.count() == 1


@pytest.fixture
def near(pending):
    """It is to be warned of."""
    RecordRequest.objects.update(sweep_on=None, submitted_at=pending.submitted_at - timedelta(days=47))
    requests.reckon_unreckoned()
    pending.refresh_from_db()
    return pending


def test_two_sweeps_at_once_warn_once(near, monkeypatch):
    two_sweeps(near, monkeypatch)
    assert Notice.objects.filter(event="request_ends_soon").count() == 1


def test_twin_without_the_lock_both_would_warn(near, monkeypatch):
    """Neither finds the other's warning; the chain of the activity lets one of two entries in."""
    both, said_before = threading.Barrier(2), requests._said_before

    def asked_together(record_requests):
        found = said_before(record_requests)
        both.wait(10)
        return found

    monkeypatch.setattr(requests, "_said_before", asked_together)
    two_sweeps(near, monkeypatch, take=unlocked)
    assert SweepFailure.objects.count() == 1


def test_a_sweep_and_whoever_abandons_it_end_it_once(over, rosa):
    agreed = str(abandoning.cost(over).total)
    came_to = at_once(
        over,
        lambda mine: requests.sweep(),
        lambda mine: abandoning.end(mine, by=rosa, agreed=agreed),
    )
    assert came_to in (["done", "done"], ["done", MoveRefused])
    assert (over.state, Invoice.objects.count()) == (State.CANCELED, 1)
    assert bool(over.swept) == (came_to[1] is MoveRefused)


def test_two_colleagues_reopen_it_once(over, rosa, ruth):
    requests.sweep()
    came_to = at_once(
        over,
        lambda mine: reopening.reopen(mine, by=rosa, agreed="10.00"),
        lambda mine: reopening.reopen(mine, by=ruth, agreed="10.00"),
    )
    assert sorted(map(str, came_to)) == sorted(["done", str(MoveRefused)])
    assert (over.state, Invoice.objects.filter(kind="reopening").count()) == (State.PENDING, 1)


def test_twin_without_the_lock_it_is_reopened_or_written_down_twice(over, rosa, ruth, monkeypatch):
    requests.sweep()
    monkeypatch.setattr(Lifecycle, "locked", read_late)
    came_to = at_once(
        over,
        lambda mine: reopening.reopen(mine, by=rosa, agreed="10.00"),
        lambda mine: reopening.reopen(mine, by=ruth, agreed="10.00"),
    )
    assert IntegrityError in came_to


def read_late(self):
    """Everybody reads the row and has time to be late."""
    row = type(self)._base_manager.get(pk=self.pk)
    time.sleep(0.2)
    return row
