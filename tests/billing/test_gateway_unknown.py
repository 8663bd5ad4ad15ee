"""When the bank doesn't answer: the key stays, and asking settles it."""

import pytest

from billing import gateway
from sandbox import bank
from sandbox.models import Charge
from tests.sandbox import teller

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


@pytest.fixture
def card():
    return teller.saved_card()


@pytest.mark.parametrize("fault", ["timeout_before", "timeout_after", "error_before", "error_after"])
def test_no_answer_is_an_unknown_outcome(card, fault):
    bank.break_next(fault)
    with pytest.raises(gateway.UnknownOutcome):
        teller.charge(card)


@pytest.mark.parametrize("fault", ["rate_limited", "in_use"])
def test_a_busy_bank_did_nothing(card, fault):
    bank.break_next(fault)
    with pytest.raises(gateway.TryLater):
        teller.charge(card)
    assert Charge.objects.count() == 0
    assert teller.charge(card).state == "succeeded"


@pytest.mark.parametrize("fault", ["timeout_before", "timeout_after", "error_before"])
def test_the_same_key_again_settles_it_with_one_charge(card, fault):
    bank.break_next(fault)
    with pytest.raises(gateway.UnknownOutcome):
        teller.charge(card)
    assert teller.charge(card).state == "succeeded"
    assert Charge.objects.count() == 1


@pytest.mark.parametrize("fault", ["timeout_after", "error_after"])
def test_asking_by_key_finds_what_was_done(card, fault):
    bank.break_next(fault)
    with pytest.raises(gateway.UnknownOutcome):
        teller.charge(card)
    found = gateway.find_charge(key="attempt-1", customer_id=card[0])
    assert (found.state, found.key, found.charge_id) == ("succeeded", "attempt-1", Charge.objects.get().id)


def test_an_error_kept_for_the_key_comes_back_but_asking_still_settles(card):
    bank.break_next("error_after")
    for _ in range(2):
        with pytest.raises(gateway.UnknownOutcome):
            teller.charge(card)
    assert gateway.find_charge(key="attempt-1").state == "succeeded"


def test_asking_for_what_never_arrived_finds_nothing(card):
    bank.break_next("timeout_before")
    with pytest.raises(gateway.UnknownOutcome):
        teller.charge(card)
    assert gateway.find_charge(key="attempt-1", customer_id=card[0]) is None


def test_one_person_s_key_is_not_looked_for_among_another_s(card):
    teller.charge(card)
    assert gateway.find_charge(key="attempt-1", customer_id=teller.customer()) is None


def test_a_bad_key_is_a_refusal_not_an_unknown(card, settings):
    settings.STRIPE_SECRET_KEY = "sk_live_wrong"
    with pytest.raises(gateway.GatewayRefused):
        teller.charge(card)
