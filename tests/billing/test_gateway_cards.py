import pytest

from billing import gateway
from sandbox import bank
from tests.sandbox import teller

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


def test_a_customer_is_made_once():
    given = {"reference": "org-7", "email": "pay@smith.example", "name": "Smith Law"}
    assert gateway.ensure_customer(**given) == gateway.ensure_customer(**given)


def test_two_references_with_one_email_are_two_customers():
    one = gateway.ensure_customer(reference="org-7", email="pay@smith.example", name="Smith Law")
    other = gateway.ensure_customer(reference="org-8", email="pay@smith.example", name="Smith Law")
    assert one != other


def test_a_new_email_the_same_day_is_not_refused():
    gateway.ensure_customer(reference="org-7", email="old@smith.example", name="Smith Law")
    assert gateway.ensure_customer(reference="org-7", email="new@smith.example", name="Smith Law")


def test_a_card_is_saved_by_the_page():
    customer_id = teller.customer()
    setup = gateway.start_card_setup(customer_id, key="setup")
    assert gateway.read_setup(setup.id).state == "open"
    bank.give_card(setup.client_secret)
    saved = gateway.read_setup(setup.id)
    assert (saved.state, saved.customer_id) == ("succeeded", customer_id)
    assert saved.payment_method_id.startswith("pm_")


def test_the_same_key_is_the_same_setup():
    customer_id = teller.customer()
    once = gateway.start_card_setup(customer_id, key="setup")
    assert gateway.start_card_setup(customer_id, key="setup") == once


def test_a_declined_card_is_not_saved_and_says_why():
    setup = gateway.start_card_setup(teller.customer(), key="setup")
    status, _ = bank.give_card(setup.client_secret, "4000000000009995")
    state = gateway.read_setup(setup.id)
    assert (status, state.state, state.payment_method_id) == (402, "open", "")
    assert "insufficient funds" in state.sentence


def test_a_card_that_asks_its_owner_is_saved_after_the_answer():
    setup = gateway.start_card_setup(teller.customer(), key="setup")
    bank.give_card(setup.client_secret, "4000002500003155")
    assert gateway.read_setup(setup.id).state == "requires_action"
    bank.answer_challenge(setup.client_secret)
    assert gateway.read_setup(setup.id).state == "succeeded"


def test_an_owner_who_fails_the_question_has_no_card():
    setup = gateway.start_card_setup(teller.customer(), key="setup")
    bank.give_card(setup.client_secret, "4000002500003155")
    bank.answer_challenge(setup.client_secret, passed=False)
    state = gateway.read_setup(setup.id)
    assert (state.state, state.payment_method_id) == ("open", "")
    assert "could not confirm" in state.sentence


@pytest.mark.parametrize(
    ("number", "brand", "funding"),
    [
        ("4242424242424242", "visa", "credit"),
        ("4000056655665556", "visa", "debit"),
        ("5555555555554444", "mastercard", "credit"),
        ("5105105105105100", "mastercard", "prepaid"),
        ("378282246310005", "amex", "credit"),
        ("3566002020360505", "jcb", "credit"),
        ("6011111111111117", "discover", "credit"),
        ("36227206271667", "diners", "credit"),
    ],
)
def test_the_facts_of_a_card(number, brand, funding):
    _, payment_method_id = teller.saved_card(number)
    facts = gateway.card(payment_method_id)
    assert (facts.brand, facts.last4, facts.funding) == (brand, number[-4:], funding)
    assert facts.is_prepaid == (funding == "prepaid")
    assert facts.exp_month == 12


def test_the_same_number_has_the_same_fingerprint():
    prints = [gateway.card(teller.saved_card()[1]).fingerprint for _ in range(2)]
    other = gateway.card(teller.saved_card("5555555555554444")[1]).fingerprint
    assert prints[0] == prints[1] != other


def test_a_forgotten_card_can_not_be_charged():
    card = teller.saved_card()
    gateway.forget_card(card[1])
    with pytest.raises(gateway.GatewayRefused):
        teller.charge(card)


def test_forgetting_twice_is_fine():
    _, payment_method_id = teller.saved_card()
    gateway.forget_card(payment_method_id)
    gateway.forget_card(payment_method_id)
    assert gateway.card(payment_method_id).customer_id == ""


def test_an_unknown_card_is_refused():
    with pytest.raises(gateway.GatewayRefused) as refused:
        gateway.card("pm_nothing")
    assert refused.value.code == "resource_missing"
