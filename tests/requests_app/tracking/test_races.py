"""Two at once: one wins, the other is told. Each race has a twin without the lock, which must go wrong."""

import time

import pytest
from django.db import IntegrityError

from audit.models import Activity, MoveRefused
from audit.models.lifecycle import Lifecycle
from documents.models import Document
from requests_app import delivering
from requests_app.models import RecordRequest, Release, State
from requests_app.tracking import abandoning
from tests import stage
from tests.requests_app.processing.test_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
A_MOMENT = 0.15


@pytest.fixture
def no_lock(monkeypatch):
    """Everybody reads the row and has time to be late."""

    def read(self):
        row = type(self)._base_manager.get(pk=self.pk)
        time.sleep(A_MOMENT)
        return row

    monkeypatch.setattr(Lifecycle, "locked", read)


def abandon_twice(pending, rosa, ruth):
    agreed = str(abandoning.cost(pending).total)
    return at_once(
        pending,
        lambda mine: abandoning.end(mine, by=rosa, agreed=agreed),
        lambda mine: abandoning.end(mine, by=ruth, agreed=agreed),
    )


def test_two_colleagues_abandon_it_once(pending, rosa, ruth):
    came_to = abandon_twice(pending, rosa, ruth)
    assert sorted(map(str, came_to)) == sorted(["done", str(MoveRefused)])
    assert (pending.state, pending.invoices.count()) == (State.CANCELED, 1)


def test_without_the_lock_it_is_billed_or_written_down_twice(pending, rosa, ruth, no_lock):
    assert IntegrityError in abandon_twice(pending, rosa, ruth)


def abandon_and_send_back(pending, rosa, clara):
    agreed = str(abandoning.cost(pending).total)
    return at_once(
        pending,
        lambda mine: abandoning.end(mine, by=rosa, agreed=agreed),
        lambda mine: mine.mark_incomplete(by=clara, reason="illegible"),
    )


def test_abandon_and_send_back_one_wins_at_the_cost_that_was_shown(pending, rosa, clara):
    came_to = abandon_and_send_back(pending, rosa, clara)
    if pending.state == State.CANCELED:
        assert came_to == ["done", MoveRefused]
        assert pending.rejections == 0
    else:
        assert came_to == [abandoning.CostChanged, "done"]
        assert pending.invoices.count() == 0


def test_without_the_lock_both_do_something(pending, rosa, clara, no_lock):
    came_to = abandon_and_send_back(pending, rosa, clara)
    moves = Activity.objects.of(pending).filter(event__in=["cancel", "mark_incomplete"]).count()
    assert moves == 2 or IntegrityError in came_to


@pytest.fixture
def ordered(pending, clara):
    stage.priced(pending, clara)
    pending.invoices.get().settle(by=clara)
    pending.refresh_from_db()
    return pending


def deliver_twice(ordered):
    def work(mine):
        delivering.deliver(None, record_request_id=mine.pk)

    return at_once(ordered, work, work)


def test_two_workers_deliver_once_and_leave_no_second_file(ordered):
    came_to = deliver_twice(ordered)
    assert "done" in came_to
    assert (ordered.state, Release.objects.count()) == (State.COMPLETED, 1)
    assert Document.objects.filter(name=f"release-{ordered}.pdf").count() == 1
    assert Activity.objects.of(ordered).filter(event="complete").count() == 1


def test_without_the_lock_the_workers_collide(ordered, no_lock):
    assert IntegrityError in deliver_twice(ordered)


def test_a_member_who_is_removed_meanwhile_does_nothing(pending, rosa):
    mine = RecordRequest.objects.get(pk=pending.pk)
    rosa.removed_at = pending.created_at
    with pytest.raises(Exception, match="cancel"):
        abandoning.end(mine, by=rosa, agreed=str(abandoning.cost(mine).total))
