"""A cardholder's bank takes money back: a row that follows what it says, and the ledger with it."""

import random

import pytest
from django.db import models

from billing import gateway, listening
from billing.invariants import violations
from billing.models import Dispute, LedgerTransaction
from outbox.queue import run_due
from sandbox import bank
from sandbox.bank import disputes
from sandbox.models import Event
from tests.billing import paid
from tests.billing.test_bank_webhook import post

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
State = Dispute.State


@pytest.fixture
def settled(invoice, card, rosa):
    return paid.by_card(invoice, card, rosa)


@pytest.fixture
def disputed(settled):
    return bank.open_dispute(settled.payments.get().charge_id)


def hear():
    bank.deliver_events()
    run_due(kind="billing.handle_event")
    return Dispute.objects.get()


def test_the_money_is_with_the_cardholder_s_bank(disputed, settled):
    dispute = hear()
    assert (dispute.state, dispute.amount) == (State.NEEDS_RESPONSE, settled.total)
    assert (paid.balance("disputed"), paid.balance("bank_card")) == (settled.total, 0)
    assert list(violations()) == []


def test_won_it_comes_back(disputed, settled, rosa):
    hear()
    disputes.close_dispute(disputed.id, won=True)
    dispute = hear()
    assert (dispute.state, bool(dispute.closed_at)) == (State.WON, True)
    assert (paid.balance("disputed"), paid.balance("bank_card")) == (0, settled.total)
    assert paid.ask(settled, rosa).pk


def test_lost_it_is_gone(disputed, settled):
    hear()
    disputes.close_dispute(disputed.id, won=False)
    assert hear().state == State.LOST
    assert (paid.balance("chargebacks"), paid.balance("disputed")) == (settled.total, 0)
    assert list(violations()) == []


@pytest.mark.parametrize("won", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_any_order_and_ten_times_come_to_the_same(disputed, settled, client, won, seed):
    disputes.close_dispute(disputed.id, won=won)
    bodies = [event.body for event in Event.objects.filter(body__type__startswith="charge.dispute")] * 5
    random.Random(seed).shuffle(bodies)  # noqa: S311
    for body in bodies:
        post(client, body)
        run_due(kind="billing.handle_event")
    assert Dispute.objects.get().state == (State.WON if won else State.LOST)
    assert LedgerTransaction.objects.filter(reference__startswith="dispute").count() == 2


def test_what_was_decided_stays_decided(disputed, settled):
    """An answer of the bank that was fetched before the decision, and arrives after it."""
    before = gateway.fetch(disputed.id)
    disputes.close_dispute(disputed.id, won=True)
    hear()
    listening._dispute_told(before)
    assert Dispute.objects.get().state == State.WON


def test_a_dispute_of_somebody_else_s_charge_is_for_ops_to_read(settled):
    said = gateway.Dispute(id="du_x", charge_id="ch_x", amount=settled.total, state="lost", reason="")
    assert "no charge of ours" in listening._dispute_told(said)
    assert not Dispute.objects.exists()


def test_an_inquiry_takes_no_money_and_stops_no_refund(settled, rosa):
    charge_id = settled.payments.get().charge_id
    said = gateway.Dispute(
        id="du_1", charge_id=charge_id, amount=settled.total, state="warning_needs_response", reason=""
    )
    listening._dispute_told(said)
    assert paid.balance("disputed") == 0
    assert paid.ask(settled, rosa).pk


def test_a_dispute_nobody_booked_is_found(disputed):
    hear()
    models.QuerySet(LedgerTransaction).filter(reference__startswith="dispute:").update(reference="gone")
    assert any("is not in the ledger" in sentence for sentence in violations())
