"""Each night the bank's books and the ledger are compared, id by id and to the cent (product 7.8)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import models

from billing import gateway, paying, reconciling
from billing.models import BankDay, Difference, LedgerEntry, LedgerTransaction, Payment
from billing.tasks import compare_with_the_bank
from outbox.models import Job
from outbox.queue import run_due
from sandbox import bank
from sandbox.models import BalanceTransaction, PaymentIntent
from tests.sandbox import teller

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
D = Decimal
Kind = Difference.Kind


@pytest.fixture(autouse=True)
def clock():
    """Noon of a Wednesday in New York; tests move it on."""
    with time_machine.travel(datetime(2026, 11, 25, 17, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def paid(invoice, card, rosa):
    return paying.pay(invoice, card, rosa)


@pytest.fixture
def night(clock):
    """`night()`: the next night has come, and its comparisons are done."""

    def comes():
        clock.shift(timedelta(days=1))
        compare_with_the_bank()
        run_due(kind="billing.compare_day")
        return [(one.kind, one.ours, one.theirs) for one in Difference.objects.open().order_by("id")]

    return comes


def booked(prefix="charge:"):
    """The ledger's entry at the bank, past the lock that keeps it as it is."""
    return models.QuerySet(LedgerEntry).filter(transaction__reference__startswith=prefix, account="bank_card")


def forget(prefix="charge:"):
    of = models.QuerySet(LedgerTransaction).filter(reference__startswith=prefix)
    models.QuerySet(LedgerEntry).filter(transaction__in=of)._raw_delete("default")
    of._raw_delete("default")


def test_where_both_say_the_same_nothing_waits(paid, night):
    assert night() == []
    day = BankDay.objects.get(day=date(2026, 11, 25))
    assert (day.movements, day.problem, bool(day.compared_at)) == (1, "", True)


def test_a_cent_is_found(paid, night):
    booked().update(amount=paid.amount - D("0.01"))
    assert night() == [(Kind.AMOUNT, paid.amount - D("0.01"), paid.amount)]


def test_an_entry_that_was_lost_is_found(paid, night):
    forget()
    assert night() == [(Kind.NOT_BOOKED, None, paid.amount)]
    assert Difference.objects.get().invoice == paid.invoice


def test_a_charge_that_nobody_here_made_is_found(night):
    charge = teller.charge(teller.saved_card(), "20.00", key="not-ours")
    assert night() == [(Kind.NOT_OURS, None, D("20.00"))]
    assert Difference.objects.get().reference == f"charge:{charge.charge_id}"


def test_a_charge_that_the_bank_never_had_is_found(paid, night):
    models.QuerySet(LedgerTransaction).filter(reference__startswith="charge:").update(
        reference="charge:ch_none"
    )
    assert sorted(night()) == [
        (Kind.NOT_AT_BANK, paid.amount, None),
        (Kind.NOT_BOOKED, None, paid.amount),
    ]


def test_another_currency_is_found(paid, night):
    PaymentIntent.objects.update(currency="eur")
    assert night() == [(Kind.CURRENCY, paid.amount, paid.amount)]
    assert Difference.objects.get().currency == "eur"


def test_a_charge_of_another_sum_than_was_asked_for_is_found(invoice, card, rosa, night):
    bank.break_next("timeout_after", path="payment_intents")
    payment = paying.pay(invoice, card, rosa)
    models.QuerySet(Payment).filter(pk=payment.pk).update(amount=payment.amount - 1)
    assert night() == [(Kind.NOT_BOOKED, None, payment.amount)]


def test_a_refund_by_hand_at_the_bank_is_found(paid, night):
    gateway.refund(key="by-hand", amount=D("1.00"), charge_id=paid.charge_id)
    models.QuerySet(Payment).filter(pk=paid.pk).update(refunded=D("1.00"))
    assert night() == [(Kind.NOT_OURS, None, D("-1.00"))]


def test_what_went_and_came_back_unheard_is_no_difference(paid, night):
    refund = gateway.refund(key="by-hand", amount=D("1.00"), charge_id=paid.charge_id)
    going = BalanceTransaction.objects.get(source=refund.refund_id)
    going.pk, going.id, going.amount, going.reporting_category = None, "txn_back", 100, "refund_failure"
    going.save(force_insert=True)
    assert night() == []


def test_a_charge_whose_answer_was_lost_is_not_yet_a_difference(invoice, card, rosa, night):
    bank.break_next("timeout_after", path="payment_intents")
    paying.pay(invoice, card, rosa)
    assert night() == []


def test_a_dispute_nobody_told_us_of_is_heard_in_the_night(paid, night):
    dispute = bank.open_dispute(paid.charge_id)
    assert night() == []
    assert booked(f"dispute:{dispute.id}").get().amount == -paid.amount


def test_what_was_booked_on_another_day_than_it_happened_is_no_difference(paid, night):
    models.QuerySet(LedgerTransaction).update(written_at=datetime(2026, 11, 28, 12, tzinfo=UTC))
    for _number in range(5):
        assert night() == []


def test_it_closes_by_itself_when_it_is_mended(paid, night):
    booked().update(amount=paid.amount - 1)
    night()
    booked().update(amount=paid.amount)
    assert night() == []
    difference = Difference.objects.get()
    assert (bool(difference.closed_at), difference.closed_by) == (True, None)


def test_it_stays_one_row_while_it_lasts(paid, night):
    forget()
    for _number in range(3):
        night()
    assert Difference.objects.count() == 1


def test_what_ops_closed_stays_closed_until_it_changes(night, olga):
    teller.charge(teller.saved_card(), "20.00", key="not-ours")
    night()
    Difference.objects.get().close(by=olga, why="A test of the terminal, paid back there.")
    assert night() == []
    BalanceTransaction.objects.update(amount=2001)
    assert night() == [(Kind.NOT_OURS, None, D("20.01"))]


def test_days_that_were_missed_are_caught_up(paid, clock, night):
    clock.shift(timedelta(days=4))
    night()
    days = BankDay.objects.filter(compared_at__isnull=False).values_list("day", flat=True)
    assert sorted(days) == [date(2026, 11, 25) + timedelta(days=number) for number in range(5)]


def test_a_bank_that_is_down_is_seen_and_asked_again(paid, night, monkeypatch, clock):
    def down(**_of):
        raise gateway.UnknownOutcome(code="APIConnectionError")
        yield

    with monkeypatch.context() as broken:
        broken.setattr(gateway, "list_movements", down)
        night()
        assert "UnknownOutcome" in BankDay.objects.get(day=date(2026, 11, 25)).problem
        assert reconciling.late_days() == 1
        assert Job.objects.get(kind="billing.compare_day").state == Job.State.WAITING
    clock.shift(timedelta(minutes=1))
    run_due(kind="billing.compare_day")
    assert reconciling.late_days() == 0


def test_a_beat_that_was_off_is_seen(paid, clock):
    clock.shift(timedelta(days=4))
    assert reconciling.late_days() == 3


def test_two_plans_of_one_night_ask_once(paid, clock):
    clock.shift(timedelta(days=1))
    compare_with_the_bank()
    compare_with_the_bank()
    assert Job.objects.filter(kind="billing.compare_day").count() == 1


def test_a_ledger_entry_dropped_weeks_later_is_found(paid, night, clock):
    night()
    clock.shift(timedelta(days=20))
    forget()
    assert night() == [(Kind.NOT_BOOKED, None, paid.amount)]
