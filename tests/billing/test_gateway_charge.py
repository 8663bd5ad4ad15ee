from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from billing import gateway
from sandbox import bank
from sandbox.models import Charge
from tests.sandbox import teller

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
LONG_AGO = timezone.now() - timedelta(days=3650)


@pytest.fixture
def card():
    return teller.saved_card()


def test_a_good_card_pays(card):
    outcome = teller.charge(card, "96.62")
    assert (outcome.state, outcome.amount, outcome.reference) == ("succeeded", Decimal("96.62"), "payment-1")
    assert outcome.charge_id.startswith("ch_")
    assert Charge.objects.get().amount == 9662


def test_the_same_key_charges_once(card):
    assert teller.charge(card) == teller.charge(card)
    assert Charge.objects.count() == 1


def test_the_same_key_for_another_amount_is_refused(card):
    teller.charge(card, "20.00")
    with pytest.raises(gateway.GatewayRefused):
        teller.charge(card, "30.00")
    assert Charge.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("insufficient_funds", "insufficient"),
        ("expired_card", "expired"),
        ("incorrect_cvc", "security code"),
        ("generic_decline", "declined"),
        ("processing_error", "could not process"),
    ],
)
def test_a_decline_is_an_outcome_with_a_sentence(card, code, word):
    bank.break_next(f"decline:{code}")
    outcome = teller.charge(card)
    assert (outcome.state, outcome.decline_code, outcome.charge_id) == ("declined", code, "")
    assert word in outcome.sentence


def test_a_stolen_card_is_not_told_apart(card):
    bank.break_next("decline:stolen_card")
    stolen = teller.charge(card).sentence
    bank.break_next("decline:generic_decline")
    assert stolen == teller.charge(card, key="attempt-2").sentence


def test_a_card_that_declines_after_it_was_saved():
    assert teller.charge(teller.saved_card("4000000000000341")).state == "declined"


def test_a_declined_attempt_repeats_its_answer_and_may_be_confirmed_again(card):
    bank.break_next("decline:insufficient_funds")
    declined = teller.charge(card)
    assert teller.charge(card) == declined
    again = gateway.confirm_charge(key="again", intent_id=declined.intent_id, payment_method_id=card[1])
    assert (again.state, again.intent_id) == ("succeeded", declined.intent_id)


def test_the_bank_asks_the_owner_on_the_page():
    outcome = teller.charge(teller.saved_card("4000002500003155"))
    assert outcome.state == "requires_action"
    bank.answer_challenge(outcome.client_secret)
    assert gateway.find_charge(intent_id=outcome.intent_id).state == "succeeded"


def test_a_failed_question_declines():
    outcome = teller.charge(teller.saved_card("4000002760003184"))
    bank.answer_challenge(outcome.client_secret, passed=False)
    found = gateway.find_charge(intent_id=outcome.intent_id)
    assert (found.state, found.charge_id) == ("declined", "")


def test_a_card_set_up_for_later_is_charged_without_its_owner():
    card = teller.saved_card("4000002500003155")
    assert teller.charge(card, off_session=True).state == "succeeded"


def test_a_card_that_always_asks_waits_for_its_owner():
    card = teller.saved_card("4000002760003184")
    away = teller.charge(card, off_session=True)
    assert (away.state, away.decline_code) == ("requires_action", "authentication_required")
    here = gateway.confirm_charge(key="here", intent_id=away.intent_id, payment_method_id=card[1])
    bank.answer_challenge(here.client_secret)
    assert gateway.find_charge(intent_id=away.intent_id).state == "succeeded"
    assert Charge.objects.filter(status="succeeded").count() == 1


def test_a_question_passed_may_still_end_in_a_decline():
    outcome = teller.charge(teller.saved_card("4000008260003178"))
    bank.answer_challenge(outcome.client_secret)
    assert gateway.find_charge(intent_id=outcome.intent_id).decline_code == "insufficient_funds"


def test_an_open_charge_can_be_called_off():
    outcome = teller.charge(teller.saved_card("4000002760003184"))
    assert gateway.cancel_charge(intent_id=outcome.intent_id).state == "canceled"
    status, _ = bank.answer_challenge(outcome.client_secret)
    assert status == 400


def test_calling_off_too_late_tells_that_it_was_paid(card):
    outcome = teller.charge(card)
    assert gateway.cancel_charge(intent_id=outcome.intent_id).state == "succeeded"


def test_another_customers_card_is_refused(card):
    with pytest.raises(gateway.GatewayRefused):
        teller.charge((teller.customer(), card[1]))


def test_too_small_for_the_bank(card):
    with pytest.raises(gateway.GatewayRefused) as refused:
        teller.charge(card, "0.49")
    assert refused.value.code == "amount_too_small"


@pytest.mark.parametrize(
    "amount",
    [Decimal(text) for text in ("0", "-0.01", "0.001", "1E9", "1E309", "NaN", "Infinity", "-0")]
    + [20, 20.0, "20"],
)
def test_an_amount_that_is_not_dollars_and_cents_never_leaves(amount):
    with pytest.raises(gateway.GatewayRefused):
        gateway.to_cents(amount)


@given(st.decimals(min_value="0.01", max_value="999999.99", places=2))
def test_dollars_and_cents_are_the_same_money(amount):
    assert gateway.to_dollars(gateway.to_cents(amount)) == amount
