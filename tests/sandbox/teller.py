"""What tests of money need at the bank: a customer, a saved card, a charge. All through the real library."""

from decimal import Decimal
from itertools import count

from billing import gateway
from sandbox import bank

_numbers = count(1)


def customer():
    number = next(_numbers)
    return gateway.ensure_customer(reference=f"org-{number}", email=f"org{number}@example.com", name="Org")


def saved_card(number="4242424242424242", *, at=None):
    """(customer id, payment method id) of a card that its owner has saved, answering the bank if asked."""
    customer_id = at or customer()
    setup = gateway.start_card_setup(customer_id, key=f"setup-{next(_numbers)}")
    bank.give_card(setup.client_secret, number)
    if gateway.read_setup(setup.id).state == "requires_action":
        bank.answer_challenge(setup.client_secret)
    return customer_id, gateway.read_setup(setup.id).payment_method_id


def charge(card, amount="20.00", *, key="attempt-1", **options):
    customer_id, payment_method_id = card
    return gateway.charge(
        key=key,
        amount=Decimal(amount),
        customer_id=customer_id,
        payment_method_id=payment_method_id,
        reference="payment-1",
        description="Request 4820-1173-94",
        **options,
    )
