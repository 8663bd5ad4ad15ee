"""Paying by card: what each answer of the bank brings about, also when it doesn't come."""

from datetime import timedelta

import pytest

from audit.models import Activity, MoveRefused
from billing import gateway, paying
from billing.customers import customer_of
from billing.models import LedgerEntry, LedgerTransaction, Payment
from outbox.models import Job
from outbox.queue import run_due
from sandbox.bank import faults
from sandbox.models import Charge
from tests.billing import purse

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
State = Payment.State


def charges():
    return Charge.objects.filter(status="succeeded")


def test_a_good_card_pays_and_orders(invoice, card, rosa, priced):
    payment = paying.pay(invoice, card, rosa)
    priced.refresh_from_db()
    assert (payment.state, priced.state) == (State.SUCCEEDED, "ordered")
    assert charges().get().amount == int(invoice.total * 100)


def test_the_ledger_holds_the_charge_and_owes_nothing(invoice, card, rosa):
    payment = paying.pay(invoice, card, rosa)
    written = LedgerTransaction.objects.get(reference=f"charge:{payment.charge_id}")
    assert {entry.account: entry.amount for entry in written.entries.all()} == {
        "bank_card": invoice.total,
        "receivable": -invoice.total,
    }
    assert sum(entry.amount for entry in LedgerEntry.objects.filter(account="receivable")) == 0


def test_who_paid_stands_in_the_activity(invoice, card, rosa, priced):
    paying.pay(invoice, card, rosa)
    entry = Activity.objects.of(priced).get(event="paid")
    assert (entry.person, entry.details["amount"]) == (rosa.person, str(invoice.total))


def test_the_attempt_is_committed_before_the_bank_is_called(invoice, card, rosa, monkeypatch):
    def called(**given):
        assert Payment.objects.get(key=given["key"]).state == State.STARTED
        assert not gateway_in_transaction()
        raise gateway.UnknownOutcome

    from django.db import connection

    depth = len(connection.savepoint_ids)  # the test's own
    gateway_in_transaction = lambda: len(connection.savepoint_ids) > depth  # noqa: E731
    monkeypatch.setattr(gateway, "charge", called)
    assert paying.pay(invoice, card, rosa).state == State.STARTED


def test_a_declined_card_is_told_and_nothing_is_settled(invoice, rosa, priced):
    payment = paying.pay(invoice, purse.card(rosa, purse.DECLINED), rosa)
    priced.refresh_from_db()
    assert (payment.state, priced.state) == (State.DECLINED, "priced")
    assert "declined" in payment.sentence


def test_a_declined_attempt_can_never_be_paid_later(invoice, rosa):
    payment = paying.pay(invoice, purse.card(rosa, purse.DECLINED), rosa)
    intent_id = Charge.objects.get().intent_id
    assert gateway.find_charge(intent_id=intent_id).state == "canceled"
    assert payment.charge_id == ""


def test_after_a_decline_another_card_pays_by_a_new_key(invoice, card, rosa):
    declined = paying.pay(invoice, purse.card(rosa, purse.DECLINED), rosa)
    paid = paying.pay(invoice, card, rosa)
    assert paid.state == State.SUCCEEDED
    assert paid.key != declined.key


def test_a_second_click_gets_the_attempt_that_is_under_way(invoice, rosa):
    card = purse.card(rosa, purse.ASKS)
    assert paying.pay(invoice, card, rosa) == paying.pay(invoice, card, rosa)
    assert Payment.objects.count() == 1


def test_a_paid_invoice_can_t_be_paid_again(invoice, card, rosa):
    paying.pay(invoice, card, rosa)
    with pytest.raises(MoveRefused, match="paid already"):
        paying.pay(invoice, card, rosa)
    assert charges().count() == 1


def test_a_voided_invoice_can_t_be_paid(invoice, card, rosa):
    invoice.void(by=rosa)
    with pytest.raises(MoveRefused, match="no longer owed"):
        paying.pay(invoice, card, rosa)
    assert not charges().exists()


def test_a_card_of_another_organization_is_refused(invoice, rosa, sam):
    with pytest.raises(MoveRefused):
        paying.pay(invoice, purse.card(sam), rosa)


def test_a_deleted_card_is_refused(invoice, card, rosa):
    card.remove(by=rosa)
    with pytest.raises(MoveRefused):
        paying.pay(invoice, card, rosa)


@pytest.mark.parametrize("passed", [True, False])
def test_what_the_owner_answers_their_bank_decides(invoice, rosa, passed):
    payment = paying.pay(invoice, purse.card(rosa, purse.ASKS), rosa)
    assert payment.state == State.NEEDS_ACTION
    purse.answer(payment, passed=passed)
    payment = paying.ask(payment)
    assert payment.state == (State.SUCCEEDED if passed else State.DECLINED)


def test_giving_up_lets_another_card_pay(invoice, card, rosa):
    payment = paying.pay(invoice, purse.card(rosa, purse.ASKS), rosa)
    assert paying.give_up(payment).state == State.CANCELED
    assert paying.pay(invoice, card, rosa).state == State.SUCCEEDED


def test_giving_up_too_late_is_a_payment(invoice, rosa):
    payment = paying.pay(invoice, purse.card(rosa, purse.ASKS), rosa)
    purse.answer(payment)
    assert paying.give_up(payment).state == State.SUCCEEDED


LOST = [faults.TIMEOUT_AFTER, faults.ERROR_AFTER]
NEVER_THERE = [faults.TIMEOUT_BEFORE, faults.ERROR_BEFORE, faults.RATE_LIMITED, faults.IN_USE]


@pytest.mark.parametrize("fault", LOST)
def test_a_lost_answer_is_found_out_and_settles(invoice, card, rosa, priced, fault):
    faults.break_next(fault, path="payment_intents")
    payment = paying.pay(invoice, card, rosa)
    assert payment.state == State.STARTED
    Job.objects.filter(kind="billing.ask_bank").update(due_at=payment.created_at)
    run_due(kind="billing.ask_bank")
    priced.refresh_from_db()
    assert (charges().count(), priced.state) == (1, "ordered")


@pytest.mark.parametrize("fault", NEVER_THERE)
def test_what_the_bank_never_received_is_given_up_after_a_while(invoice, card, rosa, fault):
    faults.break_next(fault, path="payment_intents")
    payment = paying.pay(invoice, card, rosa)
    assert paying.ask(payment).state == State.STARTED  # a call may still be on its way
    older(payment, minutes=3)
    assert paying.ask(payment).state == State.CANCELED
    assert paying.pay(invoice, card, rosa).state == State.SUCCEEDED


def test_while_the_bank_doesn_t_know_the_job_stays(invoice, card, rosa):
    faults.break_next(faults.TIMEOUT_BEFORE, path="payment_intents")
    payment = paying.pay(invoice, card, rosa)
    Job.objects.filter(key=f"ask:{payment.pk}").update(due_at=payment.created_at)
    run_due(kind="billing.ask_bank")
    assert Job.objects.get(key=f"ask:{payment.pk}").state == Job.State.WAITING


def test_a_confirmation_left_alone_is_ended_after_half_an_hour(invoice, rosa):
    payment = paying.pay(invoice, purse.card(rosa, purse.ASKS), rosa)
    older(payment, minutes=31)
    Job.objects.filter(key=f"ask:{payment.pk}:left").update(due_at=payment.created_at)
    run_due(kind="billing.ask_bank")
    payment.refresh_from_db()
    assert payment.state == State.CANCELED
    assert gateway.find_charge(intent_id=payment.intent_id).state == "canceled"


def older(payment, **ago):
    Payment.objects.filter(pk=payment.pk).update(created_at=payment.created_at - timedelta(**ago))
    payment.refresh_from_db()


def test_less_than_stripe_takes_is_for_checks(invoice, card, rosa):
    type(invoice).objects.filter(pk=invoice.pk).update(total="0.49")
    with pytest.raises(MoveRefused, match="check"):
        paying.pay(invoice, card, rosa)


def test_a_call_the_bank_refuses_is_known_not_to_be_charged(invoice, card, rosa):
    bank_id, card.payment_method_id = card.payment_method_id, "pm_unknown"
    assert paying.pay(invoice, card, rosa).state == State.DECLINED
    card.payment_method_id = bank_id
    assert paying.pay(invoice, card, rosa).state == State.SUCCEEDED


def test_a_process_that_dies_after_the_bank_s_answer_loses_nothing(invoice, card, rosa, priced, monkeypatch):
    class Killed(BaseException):
        pass

    def die(*args):
        raise Killed

    with monkeypatch.context() as dying, pytest.raises(Killed):
        dying.setattr(paying, "take", die)
        paying.pay(invoice, card, rosa)
    Job.objects.filter(kind="billing.ask_bank").update(due_at=invoice.issued_at)
    run_due(kind="billing.ask_bank")
    priced.refresh_from_db()
    assert (charges().count(), priced.state) == (1, "ordered")


def test_a_question_put_while_its_owner_was_away_is_put_again(invoice, rosa):
    card = purse.card(rosa, purse.ASKS)
    payment = Payment.objects.create(
        invoice=invoice, card=card, amount=invoice.total, agreed=invoice.total, person=rosa.person
    )
    outcome = gateway.charge(
        key=payment.key,
        amount=payment.amount,
        customer_id=customer_of(rosa.organization),
        payment_method_id=card.payment_method_id,
        reference=invoice.number,
        description="test",
        off_session=True,
    )
    payment = paying.take(payment, outcome)
    assert payment.state == State.NEEDS_ACTION
    assert paying.question(payment).client_secret
    purse.answer(payment)
    assert paying.ask(payment).state == State.SUCCEEDED


def test_a_card_that_is_shared_no_longer_charges_nothing(invoice, rosa, ruth):
    """Its owner was quicker than the colleague who had the page open."""
    card = purse.card(ruth, shared=True)
    type(card).objects.get().share(False, by=ruth)
    with pytest.raises(MoveRefused, match="shared any more"):
        paying.pay(invoice, card, rosa)
    assert not charges().exists()
