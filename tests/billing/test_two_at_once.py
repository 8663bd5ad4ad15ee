"""Two at once: one wins, the other is told, nothing is mixed. Each race has a twin with the lock off, which fails.

Only PostgreSQL can show it: SQLite lets one writer in at a time.
"""

import pytest
from django.db import IntegrityError

from audit.models import MoveRefused
from billing import paying
from billing.models import Invoice, Payment
from requests_app.tracking import abandoning
from sandbox.models import Charge
from tests.billing import purse
from tests.races import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, databases=["default", "sandbox"]),
]


def pay_and_cancel(invoice, card, rosa):
    """How the request and its money stand after a payment and a cancellation at the same moment."""
    record_request = invoice.record_request
    agreed = str(abandoning.cost(record_request).total)
    results = at_once(
        lambda: paying.pay(Invoice.objects.get(pk=invoice.pk), card, rosa),
        lambda: abandoning.end(
            type(record_request).objects.get(pk=record_request.pk), by=rosa, agreed=agreed
        ),
    )
    record_request.refresh_from_db()
    invoice.refresh_from_db()
    taken = Charge.objects.filter(status="succeeded").count()
    return results, (record_request.state, invoice.state_word, taken)


WHOLE = [("ordered", "paid", 1), ("canceled", "void", 0)]


@pytest.mark.parametrize("again", range(3))
def test_pay_and_cancel_one_wins_and_the_other_is_told(invoice, card, rosa, slow_lock, again):
    results, stands = pay_and_cancel(invoice, card, rosa)
    assert stands in WHOLE
    assert sum(isinstance(result, MoveRefused) for result in results) == 1


def test_without_the_lock_pay_and_cancel_mix(invoice, card, rosa, no_lock):
    results, stands = pay_and_cancel(invoice, card, rosa)
    told = sum(isinstance(result, MoveRefused) for result in results)
    assert stands not in WHOLE or told != 1


def click_twice(invoice, card, rosa):
    pay = lambda: paying.pay(Invoice.objects.get(pk=invoice.pk), card, rosa)  # noqa: E731
    return at_once(pay, pay)


def test_a_double_click_charges_once_and_both_see_it(invoice, card, rosa, slow_lock):
    results = click_twice(invoice, card, rosa)
    assert Charge.objects.filter(status="succeeded").count() == Payment.objects.count() == 1
    assert all(isinstance(result, Payment | MoveRefused) for result in results)


def test_without_the_lock_a_double_click_breaks(invoice, card, rosa, no_lock):
    # The database's own rule still keeps it to one charge; the person gets an error for it.
    results = click_twice(invoice, card, rosa)
    assert any(isinstance(result, IntegrityError) for result in results)


def settle_twice(invoice, rosa):
    payment = paying.pay(invoice, purse.card(rosa, purse.ASKS), rosa)
    purse.answer(payment)
    ask = lambda: paying.ask(Payment.objects.get(pk=payment.pk))  # noqa: E731
    return at_once(ask, ask, ask)


def test_page_job_and_event_settle_once(invoice, rosa, slow_lock):
    results = settle_twice(invoice, rosa)
    assert {result.state for result in results} == {Payment.State.SUCCEEDED}


def test_without_the_lock_they_trip_over_each_other(invoice, rosa, no_lock):
    results = settle_twice(invoice, rosa)
    assert any(isinstance(result, Exception) or result.state == Payment.State.RETURNED for result in results)
