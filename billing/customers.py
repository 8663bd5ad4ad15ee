"""Whom the bank knows: one customer for each organization, and the cards that it keeps for them."""

from django.dispatch import receiver

import outbox
from accounts.signals import member_left
from audit.actors import SYSTEM
from billing import gateway
from billing.models import BankCustomer, Card, Payment


def customer_of(organization, *, email=""):
    """The bank's id of this organization, made there at the first need. Raises GatewayError."""
    known = BankCustomer.objects.filter(organization=organization).first()
    if known:
        return known.customer_id
    # Of a household the name is a patient's: the bank gets a number instead.
    name = f"Customer {organization.pk}" if organization.is_household else organization.name
    customer_id = gateway.ensure_customer(
        reference=f"organization-{organization.pk}", email=organization.email or email, name=name
    )
    return BankCustomer.objects.get_or_create(
        organization=organization, defaults={"customer_id": customer_id}
    )[0].customer_id


@outbox.handler("billing.forget_card")
def forget_card(job, *, card_id):
    """Detach a deleted card at the bank, once no attempt with it is under way."""
    card = Card.objects.get(pk=card_id)
    if Payment.objects.under_way().filter(card=card).exists():
        raise CardInUse
    gateway.forget_card(card.payment_method_id)


@outbox.handler("billing.forget_method")
def forget_method(job, *, method_id):
    """The same for a card that was given to pay once by a link, whether or not it paid."""
    if Payment.objects.under_way().filter(once_method_id=method_id).exists():
        raise CardInUse
    gateway.forget_card(method_id)


@receiver(member_left)
def take_their_cards_out_of_use(sender, member, **kwargs):
    """Who leaves takes their cards along: nobody pays with them for the organization any more (product 5.3)."""
    theirs = Card.objects.filter(organization=member.organization_id, owner=member.person_id)
    for card in theirs.filter(removed_at__isnull=True):
        card.remove(by=SYSTEM)


class CardInUse(Exception):
    """A payment with this card has no end yet: try again later."""
