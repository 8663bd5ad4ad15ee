from datetime import timedelta

import pytest
from django.utils import timezone

from sandbox import bank
from sandbox.bank import delivery
from sandbox.models import Event
from tests.sandbox import hook, teller

pytestmark = [
    pytest.mark.django_db(databases=["default", "sandbox"]),
    pytest.mark.urls("tests.sandbox.hook"),
]


@pytest.fixture(autouse=True)
def _nothing_heard():
    hook.heard.clear()
    hook.answers.clear()


@pytest.fixture
def paid():
    outcome = teller.charge(teller.saved_card())
    Event.objects.exclude(object_id__in=[outcome.intent_id, outcome.charge_id]).delete()
    return outcome


def types():
    return [event.type for event in hook.heard]


def test_events_arrive_signed_and_in_order(paid):
    assert bank.deliver_events() == 3
    assert types() == ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"]
    assert hook.heard[2].object_id == paid.intent_id


def test_what_was_taken_is_not_sent_again(paid):
    bank.deliver_events()
    assert bank.deliver_events() == 0


def test_what_was_refused_is_sent_again_later(paid):
    hook.answers[:] = [500]
    assert bank.deliver_events() == 2
    assert bank.deliver_events() == 0
    Event.objects.update(due_at=timezone.now())
    assert bank.deliver_events() == 1
    assert types().count("payment_intent.created") == 2


def test_it_waits_longer_each_time(paid):
    event = Event.objects.first()
    waits = []
    for _ in range(3):
        hook.answers[:] = [500]
        bank.deliver(event)
        waits.append(round((event.due_at - timezone.now()).total_seconds()))
    assert waits == [2, 4, 8]


def test_twice_is_possible(paid):
    event = Event.objects.first()
    assert [bank.deliver(event), bank.deliver(event)] == [200, 200]
    assert hook.heard[0] == hook.heard[1]


def test_three_days_late_it_is_signed_anew(paid):
    event = Event.objects.first()
    event.created -= timedelta(days=3)
    event.body["created"] -= 3 * 86400
    assert bank.deliver(event) == 200
    assert hook.heard[0].created < timezone.now() - timedelta(days=2)


def test_of_two_processes_one_delivers(paid):
    due = list(Event.objects.order_by("number"))
    Event.objects.update(due_at=timezone.now() + timedelta(seconds=60))  # the other one was faster
    assert [delivery._claim(event) for event in due] == [False] * 3


def test_without_a_webhook_they_wait(paid, settings):
    settings.SANDBOX_WEBHOOK = "no_such_view"
    assert bank.deliver_events() == 0
    assert Event.objects.filter(delivered_at=None, last_status=404).count() == 3


def test_a_webhook_that_falls_over_is_asked_again(paid, monkeypatch):
    monkeypatch.setattr(delivery, "_signature", lambda body, signed_at: "t=1,v1=00")
    event = Event.objects.first()
    assert bank.deliver(event) == 500
    assert event.delivered_at is None


@pytest.mark.django_db(transaction=True, databases=["default", "sandbox"])
def test_a_process_delivers_by_itself_soon_after_a_call(settings, monkeypatch):
    monkeypatch.setattr(delivery, "IDLE", 0.5)
    settings.SANDBOX_DELIVERS = True
    teller.customer()
    delivery._thread.join(timeout=20)
    assert types() == ["customer.created"]
    assert Event.objects.get().delivered_at
