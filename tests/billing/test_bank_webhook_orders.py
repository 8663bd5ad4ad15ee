"""The events of a payment in every order, twice, days late, of somebody else: the same end (product 7.8)."""

import itertools
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing import gateway, paying
from billing.invariants import violations
from billing.models import BankEvent, Dispute, Invoice, LedgerEntry, Payment
from outbox.queue import run_due
from sandbox import bank
from sandbox.bank import faults, refunds
from sandbox.models import Event, Reply
from tests.billing import purse
from tests.billing.test_bank_webhook import handle, post
from tests.sandbox import teller

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


@contextmanager
def undone():
    with transaction.atomic(), transaction.atomic(using="sandbox"):
        yield
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="sandbox")


def events_of(*sources):
    """What the bank has to tell of these objects."""
    return [event.body for event in Event.objects.filter(object_id__in=sources).order_by("number")]


def end():
    """How the money stands: attempts, invoices, disputes, and each entry of the ledger."""
    return (
        list(Payment.objects.order_by("id").values_list("state", "charge_id", "refunded", "problem")),
        [one.state_word for one in Invoice.objects.order_by("id")],
        list(Dispute.objects.values_list("state", "amount")),
        sorted(LedgerEntry.objects.values_list("transaction__reference", "account", "amount")),
    )


def told(client, bodies):
    """The end after these events, each handled before the next arrives."""
    with undone():
        for body in bodies:
            assert post(client, body).status_code == 200
            handle()
        return end()


def every_order(client, bodies):
    return {repr(told(client, order)) for order in itertools.permutations(bodies)}


@pytest.fixture
def unheard(invoice, card, rosa):
    """The bank has charged, and its answer was lost."""
    faults.break_next(faults.TIMEOUT_AFTER, path="payment_intents")
    payment = paying.pay(invoice, card, rosa)
    intent = gateway.find_charge(key=payment.key)
    return payment, intent


def test_a_charge_is_heard_in_every_order_the_same(unheard, client):
    _payment, intent = unheard
    bodies = events_of(intent.intent_id, intent.charge_id)
    assert len(bodies) == 3
    (only,) = every_order(client, bodies)
    assert "succeeded" in only
    assert "'paid'" in only


def test_a_question_and_its_answer_in_every_order_the_same(invoice, rosa, client):
    payment = paying.pay(invoice, purse.card(rosa, purse.ASKS), rosa)
    purse.answer(payment)
    bodies = events_of(payment.intent_id, gateway.find_charge(intent_id=payment.intent_id).charge_id)
    assert len(bodies) == 4
    (only,) = every_order(client, bodies)
    assert "'paid'" in only


def test_a_decline_in_every_order_the_same(invoice, rosa, client):
    faults.break_next(faults.TIMEOUT_AFTER, path="payment_intents")
    payment = paying.pay(invoice, purse.card(rosa, purse.DECLINED), rosa)
    intent = gateway.find_charge(key=payment.key)
    charges = Event.objects.filter(body__type="charge.failed").values_list("object_id", flat=True)
    (only,) = every_order(client, events_of(intent.intent_id, *charges))
    assert "declined" in only
    assert "'open'" in only


def test_a_dispute_that_is_lost_in_every_order_the_same(invoice, card, rosa, client):
    payment = paying.pay(invoice, card, rosa)
    dispute = bank.open_dispute(payment.charge_id)
    bank.close_dispute(dispute.id, won=False)
    (only,) = every_order(client, events_of(payment.charge_id, dispute.id))
    assert "dispute-lost" in only
    assert f"Decimal('{invoice.total}')" in only


def test_late_money_and_its_way_back_in_every_order_the_same(unheard, client, rosa):
    payment, intent = unheard
    faults.break_next(faults.TIMEOUT_AFTER, path="refunds")
    with pytest.raises(gateway.UnknownOutcome):
        gateway.refund(key=payment.refund_key, amount=payment.amount, charge_id=intent.charge_id)
    back = gateway.find_refund(key=payment.refund_key, charge_id=intent.charge_id)
    with transaction.atomic():  # the invoice was paid by a check meanwhile
        Invoice.objects.update(settled_at=timezone.now())
    bodies = events_of(intent.intent_id, intent.charge_id, back.refund_id)
    charged = events_of(intent.intent_id)[-1]
    ends = set()
    for order in itertools.permutations(bodies):
        # What the refund's own event could not place yet, the job asks for: pay_back finds the bank's refund.
        with undone():
            for body in order:
                post(client, body)
                handle()
            run_due(kind="billing.pay_back")
            ends.add(repr(end()))
    assert charged in bodies
    (only,) = ends
    assert "returned" in only
    assert only.count(f"refund:{back.refund_id}") == 2


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_events_that_come_between_and_again_change_nothing_at_the_end(data, invoice, rosa, client):
    """The bank moves on while old events arrive, some twice, some never; at last the newest of each is heard."""
    with undone():
        payment = paying.pay(invoice, purse.card(rosa, "4000000000005126"), rosa)  # its refunds fail later
        dispute = None
        for _step in range(data.draw(st.integers(1, 5))):
            move = data.draw(st.sampled_from(["hear", "dispute", "win", "refund", "settle"]))
            if move == "dispute" and dispute is None:
                dispute = bank.open_dispute(payment.charge_id)
            elif move == "win" and dispute:
                dispute = bank.close_dispute(dispute.id, won=True)
            elif move == "refund" and dispute is None:
                gateway.refund(key="by-hand", amount=Decimal("1.00"), charge_id=payment.charge_id)
            elif move == "settle":
                for one in Event.objects.filter(body__type="refund.created"):
                    refunds.settle(one.object_id)
            elif move == "hear":
                known = list(Event.objects.order_by("number"))
                for body in data.draw(st.lists(st.sampled_from(known), max_size=4)):
                    post(client, body.body)
                    handle()
        for event in data.draw(st.permutations(list(Event.objects.all()))):
            post(client, event.body)
        handle()
        payment.refresh_from_db()
        assert payment.state == Payment.State.SUCCEEDED
        charged = LedgerEntry.objects.filter(
            transaction__reference__startswith="charge:", account="bank_card"
        )
        assert [one.amount for one in charged] == [invoice.total]
        if dispute:
            assert Dispute.objects.get().state == ("won" if dispute.status == "won" else "needs_response")
        # A refund that somebody made by hand at the bank is the only thing that ops must look at.
        assert not [one for one in violations() if "not ours" not in one]


def test_three_days_late_is_not_too_late(unheard, invoice, client):
    _payment, intent = unheard
    bodies = events_of(intent.intent_id)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        for body in bodies:
            assert post(client, body).status_code == 200
        handle()
    invoice.refresh_from_db()
    assert invoice.state_word == "paid"


def test_a_refund_and_a_dispute_of_somebody_else_s_charge_are_flagged_and_change_nothing(
    invoice, card, rosa, client
):
    paying.pay(invoice, card, rosa)
    before = end()
    foreign = teller.charge(teller.saved_card(), "20.00", key="not-ours")
    back = gateway.refund(key="theirs", amount=Decimal("5.00"), charge_id=foreign.charge_id)
    dispute = bank.open_dispute(foreign.charge_id)
    for body in events_of(back.refund_id, dispute.id):
        post(client, body)
    handle()
    assert end() == before
    assert BankEvent.objects.exclude(problem="").count() == 2


def test_an_event_of_another_payment_s_key_settles_nothing(unheard, invoice, client):
    """A charge somebody made at the bank with our attempt's key, for another sum; the true one still settles."""
    payment, intent = unheard
    Reply.objects.all().delete()  # the bank forgets keys after a day
    forged = teller.charge(teller.saved_card(), "0.50", key=str(payment.key))
    for body in events_of(forged.intent_id, forged.charge_id):
        post(client, body)
    handle()
    invoice.refresh_from_db()
    assert invoice.is_open
    assert not LedgerEntry.objects.filter(account="bank_card").exists()
    for body in events_of(intent.intent_id, intent.charge_id):
        post(client, body)
    handle()
    invoice.refresh_from_db()
    assert invoice.state_word == "paid"


def test_a_charge_by_the_key_of_one_that_is_paid_is_flagged_and_changes_nothing(invoice, card, rosa, client):
    payment = paying.pay(invoice, card, rosa)
    Reply.objects.all().delete()
    forged = teller.charge(teller.saved_card(), "0.50", key=str(payment.key))
    for body in events_of(forged.intent_id, forged.charge_id):
        post(client, body)
    handle()
    payment.refresh_from_db()
    assert (payment.state, forged.charge_id in payment.problem) == (Payment.State.SUCCEEDED, True)
    assert LedgerEntry.objects.filter(account="bank_card").count() == 1
    assert BankEvent.objects.exclude(problem="").exists()


@pytest.mark.parametrize("field", ["id", "type", "created", "data"])
def test_a_signed_event_that_lacks_a_part_is_refused(unheard, client, field):
    _payment, intent = unheard
    body = events_of(intent.intent_id)[0]
    del body[field]
    assert post(client, body).status_code == 400
    assert not BankEvent.objects.exists()


def test_the_same_event_twice_at_once_is_kept_once(unheard, client):
    _payment, intent = unheard
    body = events_of(intent.intent_id)[-1]
    post(client, body)
    handle()
    after = end()
    post(client, body)
    handle()
    assert end() == after
