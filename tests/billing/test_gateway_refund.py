from decimal import Decimal

import pytest

from billing import gateway
from sandbox import bank
from sandbox.bank import refunds
from sandbox.models import Refund
from tests.sandbox import teller

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


@pytest.fixture
def paid():
    return teller.charge(teller.saved_card(), "20.00")


def back(paid, amount, key="back-1"):
    return gateway.refund(key=key, amount=Decimal(amount), charge_id=paid.charge_id)


def test_in_parts_up_to_the_whole(paid):
    assert back(paid, "5.00").state == "succeeded"
    assert back(paid, "15.00", key="back-2").state == "succeeded"
    assert gateway.fetch(paid.charge_id).refunded == Decimal("20.00")


def test_more_than_is_left_is_refused_with_a_sentence(paid):
    back(paid, "5.00")
    outcome = back(paid, "15.01", key="back-2")
    assert (outcome.state, outcome.refund_id) == ("refused", "")
    assert "more than is left" in outcome.sentence
    assert Refund.objects.count() == 1


def test_nothing_left_says_so(paid):
    back(paid, "20.00")
    assert "in full already" in back(paid, "0.01", key="back-2").sentence


def test_the_same_key_pays_back_once(paid):
    assert back(paid, "5.00") == back(paid, "5.00")
    assert Refund.objects.count() == 1


def test_by_intent(paid):
    outcome = gateway.refund(key="back", amount=Decimal("1.00"), intent_id=paid.intent_id)
    assert (outcome.charge_id, outcome.intent_id) == (paid.charge_id, paid.intent_id)


def test_a_disputed_charge_is_not_paid_back(paid):
    bank.open_dispute(paid.charge_id)
    outcome = back(paid, "5.00")
    assert (outcome.state, "disputes" in outcome.sentence) == ("refused", True)


def test_an_unknown_charge_is_misuse():
    with pytest.raises(gateway.GatewayRefused):
        gateway.refund(key="back", amount=Decimal("1.00"), charge_id="ch_nothing")


def test_an_unknown_outcome_is_settled_by_asking(paid):
    bank.break_next("timeout_after", path="refunds")
    with pytest.raises(gateway.UnknownOutcome):
        back(paid, "5.00")
    found = gateway.find_refund(key="back-1", charge_id=paid.charge_id)
    assert (found.state, found.amount) == ("succeeded", Decimal("5.00"))
    assert gateway.find_refund(key="another", charge_id=paid.charge_id) is None


def test_a_refund_that_fails_later_may_be_tried_again():
    paid = teller.charge(teller.saved_card("4000000000005126"), "20.00")
    outcome = back(paid, "20.00")
    assert outcome.state == "pending"
    refunds.settle(outcome.refund_id)
    assert gateway.fetch(outcome.refund_id).state == "failed"
    assert gateway.fetch(paid.charge_id).refunded == Decimal("0.00")
