"""What was paid for a request that is never fulfilled goes back by itself, once (product 1.9)."""

from decimal import Decimal

import pytest

from audit.actors import SYSTEM
from billing import refunding
from billing.invariants import violations
from billing.models import Refund
from outbox.queue import run_due
from sandbox import bank
from sandbox import models as at_bank
from tests.billing import paid

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
WHY = "The records did not come within 90 days."


@pytest.fixture
def settled(invoice, card, rosa):
    return paid.by_card(invoice, card, rosa)


def give_back(invoice):
    return refunding.in_full(invoice.record_request, by=SYSTEM, reason=WHY)


def test_all_of_it_goes_to_the_card(settled):
    paid.days_ago(settled, 90)
    (refund,) = give_back(settled)
    run_due(kind="billing.pay_out")
    refund.refresh_from_db()
    assert (refund.state, refund.amount_approved, refund.comments) == ("paid", settled.total, WHY)
    assert list(violations()) == []


def test_twice_is_once(settled):
    assert give_back(settled) == give_back(settled)
    run_due(kind="billing.pay_out")
    give_back(settled)
    run_due(kind="billing.pay_out")
    assert at_bank.Refund.objects.count() == 1
    assert Refund.objects.count() == 1


def test_what_was_asked_for_is_approved_and_the_rest_added(settled, rosa):
    paid.ask(settled, rosa, "10.00")
    assert [one.sum for one in give_back(settled)] == [Decimal("10.00"), settled.total - 10]
    run_due(kind="billing.pay_out")
    assert settled.payments.get().refunded == settled.total


def test_checks_wait_for_ops(invoice, olga):
    (refund,) = give_back(paid.by_check(invoice, olga))
    assert (refund.state, refund.method) == ("approved", "check")
    assert refund in Refund.objects.waiting_for_ops()


def test_nothing_paid_nothing_back(invoice):
    assert give_back(invoice) == []


def test_what_the_cardholder_s_bank_has_stays_there(settled):
    bank.open_dispute(settled.payments.get().charge_id)
    bank.deliver_events()
    run_due(kind="billing.handle_event")
    assert give_back(settled) == []
