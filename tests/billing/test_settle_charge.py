"""Money that comes too late, twice, or in another amount."""

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.urls import reverse

from audit.models import Activity, MoveRefused
from billing import gateway, listening, paying, returning, settling
from billing.invariants import violations
from billing.models import CheckPayment, LedgerEntry, Payment
from correspondence.models import Notice
from outbox.models import Job
from outbox.queue import run_due
from sandbox import bank
from sandbox.bank import faults, refunds
from sandbox.models import Charge
from tests.billing import paid, purse

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
State = Payment.State


@pytest.fixture
def in_flight(invoice, card, rosa):
    """The bank took the money, and we have not heard of it."""
    faults.break_next(faults.TIMEOUT_AFTER, path="payment_intents")
    return paying.pay(invoice, card, rosa)


@pytest.fixture
def too_late(in_flight, invoice, olga):
    """… and meanwhile a check paid the invoice."""
    check(invoice, olga)
    return in_flight


def check(invoice, ops):
    return CheckPayment.receive(
        invoice=invoice, number="1001", amount=invoice.total, dated_on=invoice.due_on, by=ops
    )


def test_it_settles_once_however_often_it_is_told(in_flight, invoice):
    outcome = gateway.find_charge(key=in_flight.key)
    assert settling.settle_charge(in_flight, outcome).state == State.SUCCEEDED
    settling.settle_charge(in_flight, outcome)
    assert LedgerEntry.objects.filter(account="bank_card").count() == 1


def test_money_that_came_too_late_goes_back(too_late):
    assert paying.ask(too_late).state == State.RETURNED
    run_due(kind="billing.pay_back")
    too_late.refresh_from_db()
    assert too_late.refunded == too_late.amount
    assert sum(refund.amount for refund in Charge.objects.get().refunds.all()) == too_late.amount * 100


def test_the_books_are_even_after_it(too_late):
    paying.ask(too_late)
    run_due(kind="billing.pay_back")
    balance = {"bank_card": Decimal(0), "receivable": Decimal(0), "unapplied": Decimal(0)}
    for entry in LedgerEntry.objects.filter(account__in=balance):
        balance[entry.account] += entry.amount
    assert set(balance.values()) == {Decimal(0)}


def test_its_payer_is_told(too_late, rosa):
    paying.ask(too_late)
    run_due(kind="billing.pay_back")
    assert Notice.objects.get(event="payment_returned").person == rosa.person


@pytest.mark.parametrize("fault", [faults.TIMEOUT_AFTER, faults.ERROR_AFTER, faults.TIMEOUT_BEFORE])
def test_a_refund_whose_answer_is_lost_is_made_once(too_late, fault):
    paying.ask(too_late)
    faults.break_next(fault, path="refunds")
    run_due(kind="billing.pay_back")
    Job.objects.filter(kind="billing.pay_back").update(due_at=too_late.created_at)
    run_due(kind="billing.pay_back")
    too_late.refresh_from_db()
    assert too_late.refunded == too_late.amount
    assert Charge.objects.get().refunds.count() == 1


def test_a_refund_the_bank_refuses_is_a_dead_letter_with_its_reason(too_late):
    paying.ask(too_late)
    charge_id = Charge.objects.get().id
    gateway.refund(key="by-hand", amount=too_late.amount, charge_id=charge_id)
    run_due(kind="billing.pay_back")
    too_late.refresh_from_db()
    assert Job.objects.get(kind="billing.pay_back").state == Job.State.DEAD
    assert too_late.problem


@pytest.mark.parametrize("state", ["succeeded", "declined", "canceled", "requires_action", "processing"])
@pytest.mark.parametrize("change", [{"amount": Decimal("1.00")}, {"key": "somebody-else"}])
def test_another_amount_or_attempt_settles_nothing_and_is_flagged(in_flight, invoice, change, state):
    outcome = replace(gateway.find_charge(key=in_flight.key), state=state, **change)
    payment = paying.take(in_flight, outcome)
    invoice.refresh_from_db()
    assert (payment.state, invoice.settled_at) == (State.STARTED, None)
    assert (bool(payment.problem), payment.intent_id) == (True, "")
    assert not LedgerEntry.objects.filter(account="bank_card").exists()


def test_a_flagged_payment_becomes_a_dead_letter(in_flight, invoice):
    type(in_flight).objects.filter(pk=in_flight.pk).update(amount=invoice.total - 1)
    Job.objects.filter(key=f"ask:{in_flight.pk}").update(due_at=in_flight.created_at)
    run_due(kind="billing.ask_bank")
    assert Job.objects.get(key=f"ask:{in_flight.pk}").state == Job.State.DEAD


def test_a_request_that_can_t_be_ordered_any_more_gets_its_money_back(in_flight, invoice, priced, rosa):
    # Nothing of ours leads here: a cancellation is refused while a payment is under way.
    priced.abandon(by=rosa)
    payment = paying.ask(in_flight)
    invoice.refresh_from_db()
    assert payment.state == State.RETURNED
    assert invoice.state_word == "void"


def test_an_invoice_can_t_be_voided_while_a_payment_is_under_way(in_flight, invoice, rosa):
    from audit.models import MoveRefused

    with pytest.raises(MoveRefused, match="under way"):
        invoice.void(by=rosa)


def test_a_closed_attempt_that_was_charged_after_all_settles(invoice, card, rosa):
    faults.break_next(faults.TIMEOUT_AFTER, path="payment_intents")
    payment = paying.pay(invoice, card, rosa)
    settling.close(payment, State.CANCELED)
    settled = paying.take(payment, gateway.find_charge(key=payment.key))
    assert settled.state == State.SUCCEEDED


def test_of_two_charges_the_second_goes_back(invoice, rosa, card):
    faults.break_next(faults.TIMEOUT_AFTER, path="payment_intents")
    first = paying.pay(invoice, card, rosa)
    settling.close(first, State.CANCELED)
    second = paying.pay(invoice, purse.card(rosa, "5555555555554444"), rosa)
    late = paying.take(first, gateway.find_charge(key=first.key))
    assert (second.state, late.state) == (State.SUCCEEDED, State.RETURNED)


@pytest.fixture
def not_paid_back(invoice, rosa, olga):
    """It came too late, and the bank could not keep its promise to pay it back."""
    faults.break_next(faults.TIMEOUT_AFTER, path="payment_intents")
    payment = paying.pay(invoice, purse.card(rosa, "4000000000005126"), rosa)
    check(invoice, olga)
    paying.ask(payment)
    run_due(kind="billing.pay_back")
    payment.refresh_from_db()
    refunds.settle(payment.refund_id)
    hear(payment)
    assert (payment.refunded, bool(payment.problem)) == (0, True)
    return payment


def hear(payment):
    bank.deliver_events()
    run_due(kind="billing.handle_event")
    payment.refresh_from_db()


def test_what_the_bank_did_not_pay_back_is_paid_back_again(not_paid_back, olga):
    before = gateway.fetch(not_paid_back.refund_id)
    returning.again(not_paid_back, by=olga)
    assert list(violations()) == []  # its job is open
    run_due(kind="billing.pay_back")
    not_paid_back.refresh_from_db()
    assert (not_paid_back.refunded, not_paid_back.problem) == (not_paid_back.amount, "")
    assert paid.balance("bank_card") == 0
    assert list(violations()) == []
    # An event of the first try that comes late changes nothing and bothers nobody.
    assert listening.react(before) == ""
    not_paid_back.refresh_from_db()
    assert not_paid_back.refunded == not_paid_back.amount


def test_again_is_only_for_what_failed_and_once(not_paid_back, olga):
    returning.again(not_paid_back, by=olga)
    with pytest.raises(MoveRefused, match="Nothing"):
        returning.again(not_paid_back, by=olga)
    told = Activity.objects.of(not_paid_back.invoice.record_request)
    assert told.filter(event="pay_back_again").count() == 1


def test_nor_while_the_first_try_is_under_way(too_late, olga):
    """Flagged for something else: a second key beside the first could pay twice."""
    paying.ask(too_late)
    returning.note_problem(too_late, "Somebody must look at this.")
    with pytest.raises(MoveRefused, match="Nothing"):
        returning.again(too_late, by=olga)


def test_ops_do_it_on_the_payment_s_page(not_paid_back, olga, client):
    ops = purse.sign_in(client, SimpleNamespace(person=olga))
    change = reverse("admin:billing_payment_change", args=[not_paid_back.pk])
    address = reverse("admin:billing_payment_pay-back", args=[not_paid_back.pk])
    assert address in ops.get(change).content.decode()
    assert ops.post(address).status_code == 302
    assert address not in ops.get(change).content.decode()
    assert ops.post(address).status_code == 422
