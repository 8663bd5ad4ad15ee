"""What the bank's answer brings about: attempt, invoice and ledger moved together, once.

Everything here is safe to repeat and to hear in any order: the rows are locked (always in the order request,
invoice, attempt) and looked at again before anything is written.
"""

from django.db import transaction
from django.utils import timezone

from audit.actors import SYSTEM, Actor, link_holder
from audit.models import MoveRefused
from billing.models import LedgerTransaction, Payment
from billing.signals import payment_ended, payment_waits
from outbox.queue import enqueue

State = Payment.State


def settle_charge(payment, outcome):
    """The bank took the money: settle the invoice, or give the money back where it came too late."""
    with transaction.atomic():
        payment = hold(payment)
        if payment.took_money:
            return payment
        payment.intent_id, payment.charge_id = outcome.intent_id, outcome.charge_id
        payment.settled_at = timezone.now()
        LedgerTransaction.write(
            f"charge:{outcome.charge_id}",
            {"bank_card": payment.amount, "receivable": -payment.amount},
            invoice=payment.invoice,
        )
        if not _settles(payment):
            _give_back(payment)
    return payment


def flag(payment, outcome):
    """What the bank has is not what this attempt asked for: a person must look. The attempt keeps its own intent."""
    with transaction.atomic():
        payment = hold(payment)
        charge = outcome.charge_id or outcome.intent_id
        payment.problem = f"The bank's charge {charge} is not the one that was asked for."
        payment.save(update_fields=["problem"])
    return payment


def hold(payment):
    """The attempt, fresh and locked with its invoice; call it inside a transaction."""
    invoice = payment.invoice.locked()
    payment = payment.locked()
    payment.invoice = invoice
    return payment


def _settles(payment):
    """Settle the invoice by this payment; False where there is nothing to settle any more."""
    if not payment.invoice.is_open:
        return False
    payment.state = State.SUCCEEDED
    try:
        with transaction.atomic():
            payment.save()
            payment.invoice.record_request.record(
                "charged" if payment.is_by_itself else "paid",
                by=payer(payment),
                number=payment.invoice.number,
                amount=str(payment.amount),
            )
            payment.invoice.settle(by=SYSTEM)
    except MoveRefused:  # the request can't be ordered any more
        payment.invoice.settled_at = None
        return False
    return True


def _give_back(payment):
    payment.state = State.RETURNED
    payment.save()
    if payment.invoice.is_open:
        payment.invoice.void(by=SYSTEM)
    enqueue("billing.pay_back", key=f"pay-back:{payment.pk}", payment_id=payment.pk)


def close(payment, state, sentence=""):
    """The bank will never take money for this attempt: DECLINED or CANCELED; another one may follow."""
    with transaction.atomic():
        payment = hold(payment)
        if not payment.is_under_way:
            return payment
        payment.state, payment.sentence, payment.settled_at = state, sentence, timezone.now()
        payment.save(update_fields=["state", "sentence", "settled_at"])
        payment.invoice.record_request.record(
            f"payment_{state}", by=payer(payment), number=payment.invoice.number, amount=str(payment.amount)
        )
        payment_ended.send(sender=Payment, payment=payment)
    return payment


def wait(payment, outcome):
    """The bank hasn't decided: it works on it, or asks the card's owner to confirm."""
    with transaction.atomic():
        payment = hold(payment)
        if not payment.is_under_way:
            return payment
        payment.intent_id = outcome.intent_id
        is_asked = outcome.state == "requires_action" and payment.state == State.STARTED
        if is_asked:
            payment.state = State.NEEDS_ACTION
        payment.save(update_fields=["intent_id", "state"])
        if is_asked:
            payment_waits.send(sender=Payment, payment=payment)
    return payment


def payer(payment):
    """Who pressed the button, as an actor of the organization that pays; the system, or who holds its link."""
    if payment.is_by_itself:
        return SYSTEM
    if payment.person is None:
        return link_holder(payment.invoice.number)
    return Actor(
        name=payment.person.full_name,
        organization_name=payment.invoice.organization.name,
        person_id=payment.person_id,
        organization_id=payment.invoice.organization_id,
    )
