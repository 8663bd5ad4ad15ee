"""Paying by card: an attempt is committed, the bank asked outside of any lock, its answer brought about.

Whatever happens to this process or to the line, `ask` finds out later what became of the attempt.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import outbox
from audit.models import MoveRefused
from billing import gateway, settling
from billing.customers import customer_of
from billing.models import Card, CardAgreement, Payment
from billing.models.card import called
from billing.outcomes import CardFacts
from outbox.queue import enqueue

FIRST_ASK = timedelta(seconds=20)
LEAST_BY_CARD = Decimal("0.50")  # Stripe takes no less
State = Payment.State


class StillUnknown(Exception):
    """The bank doesn't know yet, or wasn't reached: ask again later."""


class AboveAgreed(MoveRefused):
    """More than the payer agreed to: they must be asked."""


@dataclass(frozen=True)
class Wish:
    """Whose card is to be charged, and what they agreed to: the total they saw, or a standing agreement."""

    card: Card | None = None
    person_id: int | None = None
    seen: Decimal | None = None
    agreement: CardAgreement | None = None
    turn: int | None = None
    run: UUID | None = None
    once: CardFacts | None = None

    def most(self):
        """The most that may be charged, in USD; None for nothing. Holds the ceiling until the transaction ends."""
        return self.agreement.most(locked=True) if self.agreement else self.seen


def pay(invoice, card, by, *, run=None):
    """Charge `card` for the whole invoice, once; returns the Payment, whose state says what became of it.

    Who clicked agreed to the total of the `invoice` as it is passed in. A second click, or a colleague's, gets the
    attempt that is under way. STARTED means that nobody knows yet. Raises MoveRefused with a sentence where
    nothing is owed any more; bank troubles are states, not errors. `run` marks what one click pays together.
    """
    return _pay(invoice, Wish(card, by.person_id, seen=invoice.total, run=run))


def pay_as_agreed(invoice, agreement, turn):
    """Charge the card of a CardAgreement while nobody is there: for the `turn`th time, and once for each turn.

    Returns the Payment: that of this turn, or one that is under way. Raises AboveAgreed where the total is more
    than was agreed, MoveRefused where nothing is owed or the card can't be used.
    """
    wish = Wish(agreement.card, agreement.person_id, agreement=agreement, turn=turn)
    return _pay(invoice, wish)


def pay_once(invoice, facts):
    """Charge a card that is not kept, for who holds the invoice's link; `facts` are the bank's of it.

    They agreed to the total of the `invoice` as it is passed in. Returns and raises as `pay` does.
    """
    return _pay(invoice, Wish(seen=invoice.total, once=facts))


def _pay(invoice, wish):
    payment, is_new = _begin(invoice, wish)
    if not is_new:
        return payment
    try:
        outcome = _charge(payment)
        return take(payment, outcome)
    except gateway.GatewayRefused as refusal:
        return settling.close(payment, State.DECLINED, refusal.sentence)
    except (gateway.UnknownOutcome, gateway.TryLater):
        return payment  # the job of _begin asks


def _begin(invoice, wish):
    """Commit the attempt with its key, and the job that finds out what became of it: (payment, is new).

    The one place where a charge begins, and so the one that keeps it within what was agreed.
    """
    with transaction.atomic():
        invoice = invoice.locked()
        if wish.turn and (done := invoice.payments.filter(turn=wish.turn).first()):
            return done, False
        if under_way := invoice.payments.under_way().first():
            return under_way, False
        agreed = wish.most()
        _check(invoice, wish, agreed)
        payment = Payment.objects.create(
            invoice=invoice,
            card=wish.card,
            once_method_id=wish.once.payment_method_id if wish.once else "",
            once_label=called(wish.once.brand, wish.once.last4) if wish.once else "",
            amount=invoice.total,
            agreed=agreed,
            agreement=wish.agreement,
            turn=wish.turn,
            run=wish.run,
            person_id=wish.person_id,
        )
        for name, wait in (("", FIRST_ASK), (":left", payment.time_to_confirm)):
            enqueue(
                "billing.ask_bank",
                key=f"ask:{payment.pk}{name}",
                due_at=timezone.now() + wait,
                payment_id=payment.pk,
            )
    return payment, True


def _check(invoice, wish, agreed):
    if invoice.settled_at:
        raise MoveRefused(_("This invoice is paid already. Nothing was charged."))
    if invoice.voided_at:
        raise MoveRefused(_("This invoice is no longer owed. Nothing was charged."))
    if agreed is None or invoice.total > agreed:
        raise AboveAgreed(_("This is more than was agreed to. Nothing was charged."))
    if why := _why_not(invoice, wish):
        raise MoveRefused(why)
    if invoice.total < LEAST_BY_CARD:
        raise MoveRefused(_("Less than $0.50 can't be paid by card. Pay by check."))


def _why_not(invoice, wish):
    """What stands against the card, as it is now."""
    if wish.agreement:
        agreement = CardAgreement.objects.select_related("card").get(pk=wish.agreement.pk)
        if agreement.organization_id != invoice.organization_id:
            return _("This card can't be used any more. Choose another one.")
        return agreement.why_not_its_card()
    if wish.once:
        is_prepaid = wish.once.is_prepaid
        return _("Prepaid cards can't be used here. Use a credit or debit card.") if is_prepaid else ""
    return Card.objects.get(pk=wish.card.pk).why_not_for(wish.person_id, invoice.organization_id)


def _charge(payment):
    return gateway.charge(
        key=payment.key,
        amount=payment.amount,
        customer_id=customer_of(payment.invoice.organization),
        payment_method_id=payment.method_id,
        reference=payment.invoice.number,
        description=f"Invoice {payment.invoice.number}",
        off_session=payment.is_by_itself,
    )


def take(payment, outcome):
    """Bring about what the bank says of this attempt; returns the fresh Payment. Safe to repeat.

    A charge of another amount, or of somebody else's attempt, brings nothing about; a person must look at it.
    """
    if outcome.key != str(payment.key) or outcome.amount != payment.amount:
        return settling.flag(payment, outcome)
    if outcome.state == "declined":
        # The intent could still be paid from an open tab: end it at the bank before we call it declined.
        ended = gateway.cancel_charge(intent_id=outcome.intent_id)
        if ended.state != "succeeded":
            return settling.close(payment, State.DECLINED, outcome.sentence)
        outcome = ended
    if outcome.state == "succeeded":
        return settling.settle_charge(payment, outcome)
    if outcome.state == "canceled":
        return settling.close(
            payment, State.CANCELED, _("The payment was not confirmed. Nothing was charged.")
        )
    return settling.wait(payment, outcome)


def ask(payment):
    """Ask the bank what became of an attempt; returns the fresh Payment. Lets gateway errors out."""
    payment.refresh_from_db()
    if not payment.is_under_way:
        return payment
    outcome = gateway.find_charge(
        intent_id=payment.intent_id or None,
        key=payment.key,
        customer_id=customer_of(payment.invoice.organization),
    )
    if outcome is not None:
        return take(payment, outcome)
    if not payment.is_surely_over:
        return payment
    sentence = _("The bank never received this payment. Nothing was charged; try again.")
    return settling.close(payment, State.CANCELED, sentence)


def question(payment):
    """The outcome with the secret by which the page answers the bank; None where it asks nothing."""
    outcome = gateway.find_charge(intent_id=payment.intent_id)
    if outcome.decline_code == "authentication_required":  # asked while its owner was away: ask again now
        outcome = gateway.confirm_charge(
            key=f"{payment.key}-confirm",
            intent_id=payment.intent_id,
            payment_method_id=payment.method_id,
        )
    return outcome if outcome.state == "requires_action" else None


def give_up(payment):
    """Its owner doesn't want to confirm: end the attempt at the bank, unless it is too late for that."""
    payment.refresh_from_db()
    if payment.is_under_way and payment.intent_id:
        return take(payment, gateway.cancel_charge(intent_id=payment.intent_id))
    return ask(payment)


@outbox.handler("billing.ask_bank")
def ask_bank(job, *, payment_id):
    """Until the attempt has an end. What its owner left unconfirmed for too long is ended."""
    payment = Payment.objects.select_related("invoice").get(pk=payment_id)
    payment = ask(payment)
    if payment.state == State.NEEDS_ACTION and payment.was_left:
        payment = give_up(payment)
    if payment.problem and payment.is_under_way:
        raise outbox.GiveUp(payment.problem)
    if payment.state == State.STARTED:
        raise StillUnknown
