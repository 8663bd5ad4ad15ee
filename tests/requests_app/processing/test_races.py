"""Two people at once: one wins, the other is told. Each race has a twin without the lock, which must go wrong."""

import threading

import pytest
from django.db import connections

from audit.models import Activity, MoveRefused
from audit.models.lifecycle import Lifecycle
from billing.models import Invoice
from requests_app.models import RecordRequest
from requests_app.processing import pricing, review
from tests import stage

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def without_lock(monkeypatch):
    """`without_lock()`: the door reads the row and locks nothing; both sides read before either goes on."""
    both_have_read = threading.Barrier(2)

    def unlocked(self):
        row = type(self)._base_manager.get(pk=self.pk)
        thread = threading.current_thread()
        thread.reads_left = getattr(thread, "reads_left", 1) - 1
        if thread.reads_left == 0:
            both_have_read.wait(10)
        return row

    return lambda: monkeypatch.setattr(Lifecycle, "locked", unlocked)


def release(record_request, by):
    """Release; the read that decides is the second one, that of the door."""
    threading.current_thread().reads_left = 2
    return pricing.release(record_request, by=by)


def at_once(record_request, *verbs):
    """Run each `verb(own copy of the request)` in a thread of its own; returns what each came to."""
    start, came_to = threading.Barrier(len(verbs)), [None] * len(verbs)

    def run(index, verb):
        mine = RecordRequest.objects.get(pk=record_request.pk)
        start.wait(10)
        try:
            verb(mine)
            came_to[index] = "done"
        except Exception as error:
            came_to[index] = type(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    record_request.refresh_from_db()
    return came_to


def moves(record_request):
    """The moves after the submission, each of which must begin where the one before ended."""
    chain = Activity.objects.of(record_request).exclude(to_state="").order_by("sequence")
    return [(entry.event, entry.from_state) for entry in chain][2:]


def two_clerks(record_request, clara, carl):
    return at_once(
        record_request,
        lambda mine: mine.mark_incomplete(by=clara, reason="expired"),
        lambda mine: mine.mark_incomplete(by=carl, reason="illegible"),
    )


def test_two_clerks_mark_incomplete_once(pending, clara, carl):
    came_to = two_clerks(pending, clara, carl)
    assert sorted(came_to, key=str) == [MoveRefused, "done"]
    assert pending.rejections == 1
    assert moves(pending) == [("mark_incomplete", "pending")]


def test_twin_two_clerks_without_the_lock_are_not_told(pending, clara, carl, without_lock):
    without_lock()
    assert MoveRefused not in two_clerks(pending, clara, carl)


def pass_and_fail(record_request, clara, carl):
    return at_once(
        record_request,
        lambda mine: release(mine, by=clara),
        lambda mine: mine.mark_incomplete(by=carl, reason="wrong_patient"),
    )


def test_of_pass_and_fail_one_wins(pending, clara, carl):
    stage.reviewed(pending, clara)
    came_to = pass_and_fail(pending, clara, carl)
    assert sorted(came_to, key=str) == [MoveRefused, "done"]
    assert (pending.state, Invoice.objects.count()) in [("priced", 1), ("incomplete", 0)]


def test_twin_pass_and_fail_without_the_lock_are_not_told(pending, clara, carl, without_lock):
    stage.reviewed(pending, clara)
    without_lock()
    assert MoveRefused not in pass_and_fail(pending, clara, carl)


WHOLE = [
    (["done", "done"], [("price", "qa"), ("cancel", "priced")]),
    ([MoveRefused, "done"], [("cancel", "qa")]),
]


def price_and_cancel(record_request, clara, rosa):
    return at_once(
        record_request,
        lambda mine: release(mine, by=clara),
        lambda mine: mine.cancel(by=rosa, fee="49.95"),
    )


def test_of_price_and_cancel_none_is_half_done(pending, clara, rosa):
    """A priced request may still be canceled, so both may happen; never a price on a canceled request."""
    stage.reviewed(pending, clara)
    came_to = price_and_cancel(pending, clara, rosa)
    assert (came_to, moves(pending)[1:]) in WHOLE


def test_twin_price_and_cancel_without_the_lock_leave_a_mixed_state(pending, clara, rosa, without_lock):
    stage.reviewed(pending, clara)
    without_lock()
    came_to = price_and_cancel(pending, clara, rosa)
    assert (came_to, moves(pending)[1:]) not in WHOLE


def test_two_reviewers_of_one_page_are_both_logged(in_review, clara, dora):
    page = in_review.pages.first()
    came_to = at_once(
        in_review,
        lambda mine: review.decide(mine.pages.get(pk=page.pk), review.Verdict.APPROVED, by=clara),
        lambda mine: review.decide(mine.pages.get(pk=page.pk), review.Verdict.REMOVED, by=dora),
    )
    assert came_to == ["done", "done"]
    told = [entry.event for entry in Activity.objects.of(in_review).filter(event__startswith="page_")]
    page.refresh_from_db()
    assert sorted(told) == ["page_approved", "page_removed"]
    assert told[-1] == f"page_{page.verdict}"
