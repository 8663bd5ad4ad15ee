from decimal import Decimal

import pytest
from django.urls import reverse

from billing import gateway
from sandbox.models import Charge, Dispute, Event, Fault, Refund
from tests.sandbox import teller

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


@pytest.fixture
def paid():
    return teller.charge(teller.saved_card(), "1234.50")


def press(client, name, *args, **data):
    return client.post(reverse(f"sandbox:{name}", args=args), data)


def test_the_books_are_on_the_page(client, paid):
    gateway.refund(key="back", amount=Decimal("0.05"), charge_id=paid.charge_id)
    text = client.get(reverse("sandbox:bank")).content.decode()
    for shown in (paid.charge_id, "$1,234.50", "$0.05", "4242", "payment_intent.succeeded"):
        assert shown in text


def test_the_next_charge_is_declined(client):
    press(client, "break_next", kind="decline:insufficient_funds")
    assert teller.charge(teller.saved_card()).decline_code == "insufficient_funds"
    assert Fault.objects.count() == 0


def test_an_unknown_fault_is_refused(client):
    assert press(client, "break_next", kind="earthquake").status_code == 422
    assert Fault.objects.count() == 0


def test_mended(client):
    press(client, "break_next", kind="timeout_after")
    press(client, "mend")
    assert Fault.objects.count() == 0


def test_a_charge_is_disputed_once(client, paid):
    press(client, "dispute", paid.charge_id)
    assert press(client, "dispute", paid.charge_id).status_code == 404
    assert Dispute.objects.count() == 1


@pytest.mark.parametrize(("won", "status"), [("yes", "won"), ("no", "lost")])
def test_a_dispute_ends(client, paid, won, status):
    press(client, "dispute", paid.charge_id)
    press(client, "close_dispute", Dispute.objects.get().id, won=won)
    assert Dispute.objects.get().status == status


def test_a_pending_refund_is_settled(client):
    paid = teller.charge(teller.saved_card("4000000000007726"))
    back = gateway.refund(key="back", amount=Decimal("1.00"), charge_id=paid.charge_id)
    press(client, "settle_refund", back.refund_id)
    assert Refund.objects.get().status == "succeeded"


@pytest.mark.parametrize("name", ["deliver_due", "shuffle"])
def test_events_are_sent_on_request(client, paid, name):
    press(client, name)
    assert Event.objects.filter(attempts=0).count() == 0


def test_one_event_is_sent_again(client, paid):
    event = Event.objects.first()
    press(client, "redeliver", event.id)
    event.refresh_from_db()
    assert event.attempts == 1


def test_a_failed_charge_can_not_be_disputed(client):
    teller.charge(teller.saved_card("4000000000000341"))
    assert press(client, "dispute", Charge.objects.get().id).status_code == 404
