"""check_invariants is quiet where all is well, and loud about each thing that is not."""

import pytest
from django.db import models

from billing import gateway, paying
from billing.invariants import violations
from billing.models import CheckPayment, Invoice, LedgerEntry, LedgerTransaction, Payment
from outbox.queue import run_due
from sandbox.bank import faults
from tests.billing import purse
from tests.sandbox import teller

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


@pytest.fixture
def paid(invoice, card, rosa):
    return paying.pay(invoice, card, rosa)


def test_a_paid_invoice_is_in_order(paid):
    assert list(violations()) == []


def test_a_lost_answer_is_no_violation_before_and_after_it_is_found(invoice, card, rosa):
    faults.break_next(faults.TIMEOUT_AFTER, path="payment_intents")
    payment = paying.pay(invoice, card, rosa)
    assert list(violations()) == []
    paying.ask(payment)
    assert list(violations()) == []


def test_money_that_goes_back_is_in_order_on_its_way_and_after(invoice, card, rosa, olga):
    faults.break_next(faults.TIMEOUT_AFTER, path="payment_intents")
    payment = paying.pay(invoice, card, rosa)
    CheckPayment.receive(invoice=invoice, number="1", amount=invoice.total, dated_on=invoice.due_on, by=olga)
    paying.ask(payment)
    assert list(violations()) == []
    run_due(kind="billing.pay_back")
    assert list(violations()) == []


def test_a_charge_nobody_booked_is_found(paid):
    models.QuerySet(LedgerEntry).filter(transaction__reference__startswith="charge:").delete()
    models.QuerySet(LedgerTransaction).filter(reference__startswith="charge:").delete()
    assert any("not in the ledger" in sentence for sentence in violations())


def test_a_charge_that_is_not_ours_is_found(paid):
    teller.charge(teller.saved_card(), "20.00", key="not-ours")
    (sentence,) = violations()
    assert "20.00 is not in the ledger" in sentence


def test_a_booked_charge_the_bank_doesn_t_have_is_found(paid):
    models.QuerySet(LedgerTransaction).filter(reference__startswith="charge:").update(
        reference="charge:ch_none"
    )
    assert any("ch_none" in sentence and "is not at the bank" in sentence for sentence in violations())


def test_a_cent_of_difference_is_found(paid):
    entry = LedgerEntry.objects.get(account="bank_card")
    models.QuerySet(LedgerEntry).filter(pk=entry.pk).update(amount=entry.amount + 1)
    told = list(violations())
    assert any("the ledger says" in sentence for sentence in told)
    assert any("add up to 1" in sentence for sentence in told)


def test_an_invoice_settled_for_nothing_is_found(invoice):
    models.QuerySet(Invoice).filter(pk=invoice.pk).update(settled_at=invoice.issued_at)
    assert any("nothing was paid" in sentence for sentence in violations())


def test_a_refund_made_elsewhere_is_found(paid):
    gateway.refund(key="by-hand", amount=paid.amount, charge_id=paid.charge_id)
    Payment.objects.update(refunded=1)
    assert any("refund" in sentence and "not in the ledger" in sentence for sentence in violations())


def test_late_money_without_its_way_back_is_found(paid):
    Payment.objects.update(state=Payment.State.RETURNED)
    assert any("was not paid back" in sentence for sentence in violations())


def test_a_declined_card_leaves_nothing_behind(invoice, rosa):
    paying.pay(invoice, purse.card(rosa, purse.DECLINED), rosa)
    assert list(violations()) == []
