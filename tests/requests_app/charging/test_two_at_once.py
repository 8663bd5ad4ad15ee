"""Two at once around a charge that runs by itself; each race has a twin with the lock off, which fails."""

import pytest
from django.db import transaction

from audit.models import MoveRefused
from billing import paying
from billing.models import Invoice, Payment
from requests_app.tracking import abandoning
from sandbox.models import Charge
from tests.billing import purse
from tests.races import at_once
from tests.requests_app.charging.conftest import card_of

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, databases=["default", "sandbox"]),
]


def fresh(invoice):
    return Invoice.objects.select_related("record_request__batch").get(pk=invoice.pk)


def by_itself(invoice):
    agreement = invoice.record_request.batch.card_agreement
    return lambda: paying.pay_as_agreed(fresh(invoice), agreement, 1)


def taken():
    return Charge.objects.filter(status="succeeded").count()


@pytest.fixture
def waiting(pat, request_of, price):
    """A patient's price that is about to be charged by itself."""
    return price(request_of(pat, card_of(pat)), "80.00")


def with_a_click(waiting, pat):
    card = purse.card(pat, "5555555555554444")
    return at_once(by_itself(waiting), lambda: paying.pay(fresh(waiting), card, pat))


def test_by_itself_and_by_hand_charge_once(waiting, pat, slow_lock):
    with_a_click(waiting, pat)
    assert (taken(), Payment.objects.filter(state="succeeded").count()) == (1, 1)


def test_without_the_lock_they_trip_over_each_other(waiting, pat, no_lock):
    results = with_a_click(waiting, pat)
    assert any(isinstance(one, Exception) and not isinstance(one, MoveRefused) for one in results)


@pytest.fixture
def firm_s(allowed, request_of, price):
    """The same of rosa's firm, which pays for canceling."""
    return price(request_of(allowed, card_of(allowed)), "80.00")


def with_a_cancellation(invoice, rosa):
    record_request = invoice.record_request
    agreed = str(abandoning.cost(record_request).total)

    def end():
        abandoning.end(type(record_request).objects.get(pk=record_request.pk), by=rosa, agreed=agreed)

    results = at_once(by_itself(invoice), end)
    record_request.refresh_from_db()
    return results, (record_request.state, fresh(invoice).state_word, taken())


WHOLE = [("ordered", "paid", 1), ("canceled", "void", 0)]


def test_a_charge_and_a_cancellation_one_wins(firm_s, rosa, slow_lock):
    results, stands = with_a_cancellation(firm_s, rosa)
    assert stands in WHOLE
    assert sum(isinstance(result, MoveRefused) for result in results) == 1


def test_without_the_lock_charge_and_cancellation_mix(firm_s, rosa, no_lock):
    results, stands = with_a_cancellation(firm_s, rosa)
    told = sum(isinstance(result, MoveRefused) for result in results)
    assert stands not in WHOLE or told != 1


def with_a_new_price(waiting, pat, price):
    def reprice():
        with transaction.atomic():
            row = waiting.record_request.locked()
            if row.state != "priced":
                raise MoveRefused("It is paid already.")
            Invoice.objects.withdraw(row, by=pat)
            return price(row, "300.00")

    return at_once(by_itself(waiting), reprice)


def test_a_charge_and_a_new_price_one_wins(waiting, pat, price, slow_lock):
    results = with_a_new_price(waiting, pat, price)
    assert sum(isinstance(result, MoveRefused) for result in results) == 1
    assert (fresh(waiting).state_word, taken()) in [("paid", 1), ("void", 0)]


def test_without_the_lock_charge_and_new_price_mix(waiting, pat, price, no_lock):
    results = with_a_new_price(waiting, pat, price)
    told = sum(isinstance(result, MoveRefused) for result in results)
    assert told != 1 or (fresh(waiting).state_word, taken()) not in [("paid", 1), ("void", 0)]


def test_a_job_taken_up_twice_charges_once(waiting, slow_lock):
    results = at_once(by_itself(waiting), by_itself(waiting))
    assert {one.pk for one in results} == {Payment.objects.get().pk}
    assert taken() == 1
