"""The bank's events: signed, kept raw, handled once, in any order."""

import json
import random

import pytest
import stripe
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from billing import gateway, paying
from billing.models import BankEvent, Dispute, LedgerTransaction, Payment
from outbox.models import Job
from outbox.queue import run_due
from sandbox import bank
from sandbox.bank import faults
from sandbox.models import Event
from tests.billing import purse
from tests.sandbox import teller

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
State = Payment.State


def post(client, body, *, secret=None):
    text = json.dumps(body)
    signature = stripe.WebhookSignature.generate_signature_header(
        text, secret or settings.STRIPE_WEBHOOK_SECRET, timestamp=int(timezone.now().timestamp())
    )
    return client.post(
        reverse("stripe_webhook"),
        text,
        content_type="application/json",
        headers={"stripe-signature": signature},
    )


def handle():
    run_due(kind="billing.handle_event")


@pytest.fixture
def in_flight(invoice, card, rosa):
    faults.break_next(faults.TIMEOUT_AFTER, path="payment_intents")
    return paying.pay(invoice, card, rosa)


def test_an_event_settles_what_our_own_call_did_not_hear(in_flight, priced):
    bank.deliver_events()
    handle()
    priced.refresh_from_db()
    in_flight.refresh_from_db()
    assert (in_flight.state, priced.state) == (State.SUCCEEDED, "ordered")


def test_ten_times_is_once(in_flight, client):
    body = Event.objects.get(body__type="payment_intent.succeeded").body
    assert {post(client, body).status_code for _ in range(10)} == {200}
    handle()
    assert BankEvent.objects.count() == Job.objects.filter(kind="billing.handle_event").count() == 1
    assert LedgerTransaction.objects.filter(reference__startswith="charge:").count() == 1


@pytest.mark.parametrize("seed", range(4))
def test_any_order_comes_to_the_same(invoice, rosa, client, seed):
    payment = paying.pay(invoice, purse.card(rosa, purse.ASKS), rosa)
    purse.answer(payment)
    bodies = [event.body for event in Event.objects.all()]
    random.Random(seed).shuffle(bodies)  # noqa: S311
    for body in bodies:
        post(client, body)
        handle()
    payment.refresh_from_db()
    assert payment.state == State.SUCCEEDED
    assert LedgerTransaction.objects.filter(reference__startswith="charge:").count() == 1


def test_a_bad_signature_is_refused_and_nothing_is_kept(in_flight, client):
    body = Event.objects.get(body__type="payment_intent.succeeded").body
    assert post(client, body, secret="whsec_wrong").status_code == 400
    assert client.post(reverse("stripe_webhook"), b"{", content_type="text/plain").status_code == 400
    assert not BankEvent.objects.exists()


def test_what_it_says_is_only_a_hint(invoice, rosa, client):
    payment = paying.pay(invoice, purse.card(rosa, purse.ASKS), rosa)
    body = Event.objects.get(body__type="payment_intent.requires_action").body
    body["type"] = "payment_intent.succeeded"
    body["data"]["object"]["status"] = "succeeded"
    post(client, body)
    handle()
    payment.refresh_from_db()
    assert payment.state == State.NEEDS_ACTION


def test_somebody_else_s_charge_changes_nothing(invoice, client):
    teller.charge(teller.saved_card(), "20.00", key="not-ours")
    bank.deliver_events()
    handle()
    invoice.refresh_from_db()
    assert invoice.is_open
    assert BankEvent.objects.get(kind="payment_intent.succeeded").problem


def test_an_object_the_bank_doesn_t_know_is_flagged(client):
    body = {
        "id": "evt_1",
        "object": "event",
        "type": "payment_intent.succeeded",
        "created": int(timezone.now().timestamp()),
        "data": {"object": {"id": "pi_nobody", "object": "payment_intent"}},
    }
    assert post(client, body).status_code == 200
    handle()
    event = BankEvent.objects.get()
    assert event.handled_at
    assert event.problem


def test_a_wrong_amount_is_flagged_and_not_settled(in_flight, invoice):
    Payment.objects.filter(pk=in_flight.pk).update(amount=invoice.total - 1)
    bank.deliver_events()
    handle()
    invoice.refresh_from_db()
    assert invoice.is_open
    assert BankEvent.objects.filter(kind="payment_intent.succeeded").exclude(problem="").exists()


def test_while_the_bank_is_away_the_event_waits(in_flight, monkeypatch):
    bank.deliver_events()

    def away(object_id):
        raise gateway.UnknownOutcome

    monkeypatch.setattr(gateway, "fetch", away)
    handle()
    assert not BankEvent.objects.filter(handled_at__isnull=False).exists()
    assert Job.objects.filter(kind="billing.handle_event", state=Job.State.WAITING).exists()


def test_a_dispute_is_shown_to_ops(invoice, rosa):
    paying.pay(invoice, purse.card(rosa, "4000000000000259"), rosa)
    bank.deliver_events()
    handle()
    assert Dispute.objects.get().state == Dispute.State.NEEDS_RESPONSE


def test_a_refund_that_fails_later_puts_the_money_back_in_the_books(in_flight, invoice, olga):
    from billing.models import CheckPayment, LedgerEntry

    CheckPayment.receive(invoice=invoice, number="1", amount=invoice.total, dated_on=invoice.due_on, by=olga)
    payment = paying.ask(in_flight)
    run_due(kind="billing.pay_back")
    payment.refresh_from_db()
    from billing import returning
    from billing.outcomes import RefundOutcome

    failed = RefundOutcome(state="failed", amount=payment.amount, refund_id=payment.refund_id)
    returning.note_failure(payment, failed)
    payment.refresh_from_db()
    assert payment.problem
    card_money = LedgerEntry.objects.filter(account="bank_card").values_list("amount", flat=True)
    assert sum(card_money) == payment.amount


def test_only_post_is_taken(client):
    assert client.get(reverse("stripe_webhook")).status_code == 405


def test_a_call_that_is_refused_for_another_reason_comes_again(in_flight, monkeypatch):
    """A key that was changed says nothing about the object: the event must not be lost by it."""
    bank.deliver_events()

    def refuse(object_id):
        raise gateway.GatewayRefused(code="AuthenticationError")

    with monkeypatch.context() as while_refused:
        while_refused.setattr(gateway, "fetch", refuse)
        handle()
    assert not BankEvent.objects.filter(handled_at__isnull=False).exists()
    Job.objects.filter(state=Job.State.WAITING).update(due_at=timezone.now())
    handle()
    in_flight.refresh_from_db()
    assert in_flight.state == State.SUCCEEDED


@pytest.mark.parametrize("about", [{"object": "balance"}, {"object": "balance", "id": None}, []])
def test_what_speaks_of_nothing_with_an_id_is_kept_and_answered(client, about):
    body = {
        "id": "evt_1",
        "object": "event",
        "type": "balance.available",
        "created": 1,
        "data": {"object": about},
    }
    assert post(client, body).status_code == 200
    handle()
    assert BankEvent.objects.get().handled_at


def test_a_huge_body_is_refused_and_nothing_is_kept(client):
    answer = client.post(
        reverse("stripe_webhook"),
        b"x" * 3_000_000,
        content_type="application/json",
        headers={"stripe-signature": "t=1,v1=0"},
    )
    assert answer.status_code in (400, 413)
    assert not BankEvent.objects.exists()


@pytest.mark.parametrize(
    "signature", ["", "x", "t=,v1=", "t=1", "v1=1", "t=1,v1=\u00e9", "t=99999999999999999999,v1=00", "\x00"]
)
def test_what_is_no_signature_is_a_400(client, signature):
    answer = client.post(
        reverse("stripe_webhook"), b"{}", content_type="application/json", HTTP_STRIPE_SIGNATURE=signature
    )
    assert answer.status_code == 400
