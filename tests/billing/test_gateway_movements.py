"""What moved at the bank: charges, refunds and disputes, each way, page by page, of one day or of one object."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from billing import gateway
from sandbox import bank
from sandbox.bank import refunds
from sandbox.models import BalanceTransaction
from tests.sandbox import teller

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
D = Decimal
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def card():
    return teller.saved_card()


def listed(**of):
    return [(one.kind, one.source, one.amount) for one in gateway.list_movements(**of)]


def test_money_that_comes_and_goes_is_listed_newest_first(card):
    paid = teller.charge(card, "20.00")
    back = gateway.refund(key="back", amount=D("5.50"), charge_id=paid.charge_id)
    assert listed() == [("refund", back.refund_id, D("-5.50")), ("charge", paid.charge_id, D("20.00"))]


def test_a_declined_charge_moves_nothing(card):
    bank.break_next("decline:generic_decline")
    teller.charge(card)
    assert listed() == []


def test_a_refund_that_fails_comes_back():
    paid = teller.charge(teller.saved_card("4000000000005126"))
    back = gateway.refund(key="back", amount=D("20.00"), charge_id=paid.charge_id)
    refunds.settle(back.refund_id)
    assert listed(source=back.refund_id) == [
        ("refund_failed", back.refund_id, D("20.00")),
        ("refund", back.refund_id, D("-20.00")),
    ]


@pytest.mark.parametrize(("won", "kinds"), [(True, ["dispute_won", "dispute"]), (False, ["dispute"])])
def test_a_dispute_takes_the_money_and_gives_it_back_where_it_is_won(card, won, kinds):
    dispute = bank.open_dispute(teller.charge(card).charge_id)
    bank.close_dispute(dispute.id, won=won)
    assert [kind for kind, _source, _amount in listed(source=dispute.id)] == kinds


def test_it_says_whose_it_is(card):
    teller.charge(card, key="attempt-7")
    (move,) = gateway.list_movements()
    assert (move.key, move.reference, move.currency) == ("attempt-7", "payment-1", "usd")


def test_they_are_listed_beyond_one_page(card):
    ids = [teller.charge(card, key=f"attempt-{number}").charge_id for number in range(103)]
    assert [one.source for one in gateway.list_movements(since=LONG_AGO)] == ids[::-1]


def test_a_day_ends_where_the_next_begins(card):
    teller.charge(card)
    midnight = datetime(2026, 10, 2, 4, tzinfo=UTC)
    for moment, day in ((midnight - timedelta(microseconds=1), 0), (midnight, 1)):
        BalanceTransaction.objects.update(created=moment)
        found = [
            len(listed(since=midnight - timedelta(days=1), until=midnight)),
            len(listed(since=midnight, until=midnight + timedelta(days=1))),
        ]
        assert found == [1 - day, day]
