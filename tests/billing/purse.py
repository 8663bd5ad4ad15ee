"""Cards and open invoices for the tests of money, made by the product's own verbs and the sandbox bank."""

import time

from billing import gateway
from billing.customers import customer_of
from billing.models import Card
from sandbox import bank
from tests.sandbox import teller

GOOD, DECLINED = "4242424242424242", "4000000000000341"
ASKS, PREPAID = "4000002760003184", "5105105105105100"


def card(member, number=GOOD, *, shared=False):
    """A card saved by `member` in the way the page saves it."""
    customer_id = customer_of(member.organization, email=member.person.email)
    _customer, method = teller.saved_card(number, at=customer_id)
    made, _spare = Card.keep(gateway.card(method), by=member)
    if shared:
        made.share(True, by=member)
    return made


def sign_in(client, member):
    """Sign in as one who has just typed the password."""
    client.force_login(member.person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(member.person.pk)
    session.save()
    return client


def answer(payment, *, passed=True):
    """The owner of the card answers its bank, as the page does for them."""
    secret = gateway.find_charge(intent_id=payment.intent_id).client_secret
    bank.answer_challenge(secret, passed=passed)
