"""Refund × refund: never more goes back than was paid. Each race has a twin with the lock off, which fails."""

import time
import uuid
from decimal import Decimal

import pytest

from audit.actors import SYSTEM
from audit.models import Lifecycle, MoveRefused
from billing import refunding
from billing.invariants import violations
from billing.models import Invoice, Payment, Refund
from outbox.models import Job
from sandbox import models as at_bank
from tests.billing import paid
from tests.races import A_MOMENT, at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, databases=["default", "sandbox"]),
]


@pytest.fixture
def settled(invoice, card, rosa):
    return paid.by_card(invoice, card, rosa)


@pytest.fixture
def slow_lock(monkeypatch):
    """Between taking the rows and writing them there is time for somebody else, if the lock lets them in."""
    take = Invoice.locked

    def invoice_locked(self):
        row = take(self)
        time.sleep(A_MOMENT)
        return row

    monkeypatch.setattr(Invoice, "locked", invoice_locked)


@pytest.fixture
def no_lock(monkeypatch):
    """The same moment, and no lock."""

    def invoice_read(self):
        row = Invoice.objects.get(pk=self.pk)
        time.sleep(A_MOMENT)
        return row

    monkeypatch.setattr(Invoice, "locked", invoice_read)
    monkeypatch.setattr(Lifecycle, "locked", lambda self: type(self)._base_manager.get(pk=self.pk))
    monkeypatch.setattr(Payment, "locked", lambda self: Payment.objects.get(pk=self.pk))


def ask_twice(invoice, rosa, keys):
    most = invoice.total - Decimal("0.01")
    fresh = lambda: Invoice.objects.get(pk=invoice.pk)  # noqa: E731
    return at_once(*[lambda key=key: paid.ask(fresh(), rosa, most, form_key=key) for key in keys])


@pytest.mark.parametrize("again", range(3))
def test_of_two_that_ask_for_all_one_is_told_what_is_left(settled, rosa, slow_lock, again):
    results = ask_twice(settled, rosa, [uuid.uuid4(), uuid.uuid4()])
    assert sorted(type(result) for result in results if isinstance(result, MoveRefused)) == [MoveRefused]
    assert Refund.objects.count() == 1


def test_without_the_lock_both_get_it(settled, rosa, no_lock):
    results = ask_twice(settled, rosa, [uuid.uuid4(), uuid.uuid4()])
    # Both were let in, or they tripped over each other's entries: nobody was told what is left.
    assert not any(isinstance(result, MoveRefused) for result in results)


def test_a_double_click_is_one_refund_and_both_see_it(settled, rosa, slow_lock):
    key = uuid.uuid4()
    results = ask_twice(settled, rosa, [key, key])
    assert len({result.pk for result in results}) == Refund.objects.count() == 1


def test_without_the_lock_a_double_click_breaks(settled, rosa, no_lock):
    key = uuid.uuid4()
    assert any(isinstance(result, Exception) for result in ask_twice(settled, rosa, [key, key]))


def decide_twice(settled, rosa, olga):
    """Approve and deny at the same moment: the results, and the states they left."""
    refund = paid.ask(settled, rosa)
    fresh = lambda: Refund.objects.get(pk=refund.pk)  # noqa: E731
    results = at_once(
        lambda: fresh().approve(by=olga),
        lambda: fresh().deny(by=olga, ground=Refund.Ground.AS_ORDERED),
    )
    refund.refresh_from_db()
    jobs = Job.objects.filter(kind="billing.pay_out").count()
    return results, (refund.state, jobs, bool(refund.ground))


WHOLE = [("approved", 1, False), ("denied", 0, True)]


@pytest.mark.parametrize("again", range(3))
def test_approve_and_deny_one_wins_and_the_other_is_told(settled, rosa, olga, slow_lock, again):
    results, stands = decide_twice(settled, rosa, olga)
    assert stands in WHOLE
    assert sum(isinstance(result, MoveRefused) for result in results) == 1


def test_without_the_lock_approve_and_deny_mix(settled, rosa, olga, no_lock):
    results, stands = decide_twice(settled, rosa, olga)
    assert stands not in WHOLE or sum(isinstance(result, MoveRefused) for result in results) != 1


def test_two_workers_and_an_event_pay_once(settled, rosa, olga, slow_lock):
    refund = paid.ask(settled, rosa)
    refund.approve(by=olga)
    job = Job.objects.get(kind="billing.pay_out")
    pay = lambda: refunding.pay_out(job, refund_id=refund.pk)  # noqa: E731
    at_once(pay, pay, pay)
    refund.refresh_from_db()
    assert (refund.state, at_bank.Refund.objects.count()) == ("paid", 1)
    assert settled.payments.get().refunded == refund.amount
    assert list(violations()) == []


def test_ask_and_approve_don_t_wait_for_each_other_for_ever(settled, rosa, olga, slow_lock):
    refund = paid.ask(settled, rosa)
    results = at_once(
        lambda: Refund.objects.get(pk=refund.pk).approve(by=olga),
        lambda: paid.ask(Invoice.objects.get(pk=settled.pk), rosa, "1.00"),
        lambda: refunding.in_full(settled.record_request, by=SYSTEM, reason="late"),
    )
    # In one order the request waits first; what was refused was told why.
    assert all(not isinstance(result, Exception) or isinstance(result, MoveRefused) for result in results)
    assert sum(one.sum for one in Refund.objects.all()) <= settled.total
