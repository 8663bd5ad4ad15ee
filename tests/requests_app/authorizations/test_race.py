"""Two at once: one wins, the other is told. Each twin, with the lock off, shows that the lock does it."""

import threading
from datetime import date

import pytest
from django.db import connections

from audit.actors import SYSTEM
from audit.invariants import violations
from audit.models import Activity, MoveRefused
from billing.models import Invoice
from requests_app.authorizations import ending, sending, signing
from requests_app.models import RecordRequest, SigningInvitation, State
from requests_app.models.authorization import BIRTH_DATE_TRIES
from requests_app.processing import pricing
from tests import stage
from tests.requests_app.authorizations import steps

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True, databases=["default", "sandbox"])]


def together(*calls):
    """Run them at the same moment, each in a thread of its own; returns what each returned or raised."""
    barrier, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(index, call):
        try:
            barrier.wait()
            results[index] = call()
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def no_lock(monkeypatch):
    """`locked()` reads without a lock, and both have read before either writes."""
    both = threading.Barrier(2)

    def unlocked(self):
        row = type(self)._base_manager.get(pk=self.pk)
        if isinstance(self, SigningInvitation):
            both.wait(10)
        return row

    monkeypatch.setattr(SigningInvitation, "locked", unlocked)
    monkeypatch.setattr(RecordRequest, "locked", unlocked)


def two_tabs(link):
    seal = steps.seen(link)
    return [
        lambda name=name: signing.sign(link, steps.signature(name=name), seen=seal)
        for name in ("Thomas Wright", "Tom Wright")
    ]


def test_of_two_tabs_one_signs(waiting, link):
    results = together(*two_tabs(link))
    assert sorted(type(one) for one in results if isinstance(one, Exception)) == [MoveRefused]
    assert Activity.objects.of(waiting).filter(event="signed").count() == 1
    assert list(violations()) == []


def test_without_the_lock_both_would_sign(waiting, link, no_lock):
    results = together(*two_tabs(link))
    assert not any(isinstance(one, MoveRefused | threading.BrokenBarrierError) for one in results)


def test_ten_guesses_at_once_are_five(waiting, link):
    calls = [lambda day=day: signing.try_birth_date(link, date(1970, 1, day)) for day in range(1, 11)]
    results = together(*calls)
    assert results.count(False) == BIRTH_DATE_TRIES
    assert sum(isinstance(one, MoveRefused) for one in results) == 10 - BIRTH_DATE_TRIES
    link.refresh_from_db()
    assert link.is_locked


def test_without_the_lock_a_guess_is_not_counted(waiting, link, no_lock):
    together(*[lambda day=day: signing.try_birth_date(link, date(1970, 1, day)) for day in (1, 2)])
    link.refresh_from_db()
    assert link.birth_date_tries == 1


@pytest.mark.parametrize("_again", range(5))
def test_release_and_revoke_at_once_one_wins(signed, link, clara, _again):
    stage.priced(signed, clara)
    RecordRequest.objects.get().order(by=SYSTEM)
    row = RecordRequest.objects.get()
    completed, revoked = together(lambda: row.complete(by=SYSTEM), lambda: ending.revoke(link))
    assert not isinstance(revoked, Exception)
    after = RecordRequest.objects.get()
    stopped = Activity.objects.of(after).filter(event="delivery_stopped").exists()
    assert stopped == isinstance(completed, MoveRefused)
    assert after.state == (State.ORDERED if stopped else State.COMPLETED)
    assert list(violations()) == []


@pytest.mark.parametrize("_again", range(3))
def test_price_and_revoke_at_once_leave_no_open_invoice(signed, link, clara, _again):
    stage.reviewed(signed, clara)
    row = RecordRequest.objects.get()
    priced, _revoked = together(lambda: pricing.release(row, by=clara), lambda: ending.revoke(link))
    was_late = isinstance(priced, MoveRefused)
    assert RecordRequest.objects.get().state == (State.INCOMPLETE if was_late else State.ABANDONED)
    assert not Invoice.objects.open().exists()
    assert list(violations()) == []


def test_withdraw_and_sign_at_once_one_wins(waiting, link, rosa):
    seal = steps.seen(link)
    results = together(
        lambda: signing.sign(link, steps.signature(), seen=seal), lambda: sending.withdraw(link, by=rosa)
    )
    assert sum(isinstance(one, MoveRefused) for one in results) == 1
    link.refresh_from_db()
    assert bool(link.signed_at) != bool(link.withdrawn_at)
