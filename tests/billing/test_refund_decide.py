"""Ops decide about a refund, and it is paid once: to the card by the bank, or by check."""

from decimal import Decimal

import pytest

from audit.models import MoveRefused, NotPermitted
from billing import gateway, refunding
from billing.invariants import violations
from billing.models import LedgerTransaction, Refund
from chartrequest.days import business_day
from correspondence.models import Notice
from correspondence.sending import wording
from outbox.models import Job
from outbox.queue import run_due
from sandbox import bank
from sandbox import models as at_bank
from sandbox.bank import faults, refunds
from tests import cast
from tests.billing import paid, purse

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
State, Ground = Refund.State, Refund.Ground


@pytest.fixture
def settled(invoice, card, rosa):
    return paid.by_card(invoice, card, rosa)


@pytest.fixture
def asked(settled, rosa):
    return paid.ask(settled, rosa, "10.00")


@pytest.fixture
def asked_by_check(invoice, olga, rosa):
    return paid.ask(paid.by_check(invoice, olga), rosa, "10.00")


def paid_out(refund):
    run_due(kind="billing.pay_out")
    refund.refresh_from_db()
    return refund


def pending_one(invoice, rosa, olga, number="4000000000005126"):
    """A refund that the bank has promised and will not keep."""
    paid.by_card(invoice, purse.card(rosa, number), rosa)
    refund = paid.ask(invoice, rosa, "10.00")
    refund.approve(by=olga)
    return paid_out(refund)


def hear(refund):
    refunds.settle(refund.bank_id)
    bank.deliver_events()
    run_due(kind="billing.handle_event")
    refund.refresh_from_db()
    return refund


def test_approved_it_goes_to_the_card(asked, olga):
    asked.approve(by=olga)
    assert (asked.state, asked.decided_by) == (State.APPROVED, olga)
    assert paid_out(asked).state == State.PAID
    assert at_bank.Refund.objects.get().amount == 1000


def test_the_payment_and_the_ledger_know_it(asked, olga, settled):
    asked.approve(by=olga)
    paid_out(asked)
    assert settled.payments.get().refunded == Decimal("10.00")
    assert paid.balance("refunds") == Decimal("10.00")
    assert paid.balance("bank_card") == settled.total - 10
    assert list(violations()) == []


def test_in_part(asked, olga):
    asked.approve(by=olga, amount=Decimal("4.00"))
    assert paid_out(asked).amount_approved == Decimal("4.00")
    assert asked.is_in_part


@pytest.mark.parametrize("amount", ["10.01", "0.00", "-1.00"])
def test_never_more_than_was_asked_nor_nothing(asked, olga, amount):
    with pytest.raises(MoveRefused, match="at most"):
        asked.approve(by=olga, amount=Decimal(amount))


def test_what_was_not_approved_can_be_asked_for_again(asked, olga, settled, rosa):
    asked.approve(by=olga, amount=Decimal("4.00"))
    assert paid.ask(settled, rosa, settled.total - 4).pk


def test_the_email_says_three_to_five_days(asked, olga):
    asked.approve(by=olga)
    _subject, body = wording(Notice.objects.get(event="refund_to_card"))
    assert "3–5 business days" in body


def test_nobody_decides_about_their_own(settled, rosa):
    rosa.person.is_staff = rosa.person.is_superuser = True
    rosa.person.save()
    refund = paid.ask(settled, rosa)
    for decide in (refund.approve, lambda by: refund.deny(by=by, ground=Ground.AS_ORDERED)):
        with pytest.raises(MoveRefused, match="somebody else"):
            decide(by=rosa.person)


def test_only_those_who_may_decide(asked, rosa):
    for nobody in (rosa, cast.staff("otto")):
        with pytest.raises(NotPermitted):
            asked.approve(by=nobody)


def test_denied_with_a_ground_that_is_emailed(asked, olga):
    asked.deny(by=olga, ground=Ground.AS_ORDERED, decision="See page 3.")
    _subject, body = wording(Notice.objects.get(event="refund_denied"))
    assert "delivered as they were ordered" in body
    assert "page 3" not in body  # what ops write may speak of the records
    assert paid_out(asked).state == State.DENIED


def test_another_ground_needs_words(asked, olga):
    with pytest.raises(MoveRefused):
        asked.deny(by=olga, ground=Ground.OTHER)


def test_decided_twice_is_refused(asked, olga):
    """Its card is paid by itself from now on; a check that wasn't sent yet can still be denied."""
    asked.approve(by=olga)
    with pytest.raises(MoveRefused, match="Approved now"):
        asked.deny(by=olga, ground=Ground.AS_ORDERED)


def test_a_check_is_recorded_when_it_is_sent(asked_by_check, olga):
    asked_by_check.approve(by=olga)
    assert paid_out(asked_by_check).state == State.APPROVED
    asked_by_check.send_check(by=olga, number="7001", sent_on=business_day())
    assert (asked_by_check.state, asked_by_check.check_number) == (State.PAID, "7001")
    assert (paid.balance("refunds"), paid.balance("bank_check")) == (10, asked_by_check.invoice.total - 10)
    assert LedgerTransaction.objects.filter(reference=f"refund-check:{asked_by_check.pk}").exists()
    assert list(violations()) == []


def test_the_email_says_ten_to_fourteen_days(asked_by_check, olga):
    asked_by_check.approve(by=olga)
    _subject, body = wording(Notice.objects.get(event="refund_by_check"))
    assert "10–14 business days" in body


def test_no_check_for_what_goes_to_a_card(asked, olga):
    asked.approve(by=olga)
    with pytest.raises(MoveRefused, match="no check"):
        asked.send_check(by=olga, number="7001", sent_on=business_day())


@pytest.mark.parametrize("fault", [faults.TIMEOUT_BEFORE, faults.TIMEOUT_AFTER, faults.ERROR_AFTER])
def test_an_answer_that_is_lost_pays_once(asked, olga, fault):
    asked.approve(by=olga)
    faults.break_next(fault, path="refunds")
    assert paid_out(asked).state == State.APPROVED
    assert list(violations()) == []
    Job.objects.get(kind="billing.pay_out").retry()
    assert paid_out(asked).state == State.PAID
    assert at_bank.Refund.objects.count() == 1
    assert list(violations()) == []


def test_the_job_run_twice_pays_once(asked, olga):
    asked.approve(by=olga)
    job = Job.objects.get(kind="billing.pay_out")
    for _ in range(2):
        refunding.pay_out(job, refund_id=asked.pk)
    assert at_bank.Refund.objects.count() == 1
    assert paid.balance("refunds") == Decimal("10.00")


def test_an_event_that_comes_before_our_answer_settles_it(asked, olga):
    asked.approve(by=olga)
    faults.break_next(faults.TIMEOUT_AFTER, path="refunds")
    paid_out(asked)
    bank.deliver_events()
    run_due(kind="billing.handle_event")
    asked.refresh_from_db()
    assert asked.state == State.PAID


def test_a_promise_the_bank_breaks_is_taken_back(invoice, rosa, olga):
    refund = pending_one(invoice, rosa, olga)
    assert refund.state == State.PAID
    assert hear(refund).state == State.FAILED
    assert (paid.balance("refunds"), invoice.payments.get().refunded) == (0, 0)
    assert list(violations()) == []


def test_after_that_a_check_is_sent_instead(invoice, rosa, olga):
    refund = hear(pending_one(invoice, rosa, olga))
    refund.again(by=olga, by_check=True)
    refund.send_check(by=olga, number="7001", sent_on=business_day())
    assert paid.balance("refunds") == Decimal("10.00")
    assert list(violations()) == []


def test_tried_again_it_has_a_key_of_its_own_and_an_old_event_changes_nothing(invoice, rosa, olga):
    refund = hear(pending_one(invoice, rosa, olga))
    first = refund.bank_id
    refund.again(by=olga)
    assert paid_out(refund).state == State.PAID
    assert refunding.told(gateway.fetch(first)) == ""
    refund.refresh_from_db()
    assert (refund.state, refund.bank_id != first) == (State.PAID, True)
    assert list(violations()) == []


def test_it_can_be_denied_after_it_failed(invoice, rosa, olga):
    refund = hear(pending_one(invoice, rosa, olga))
    refund.deny(by=olga, ground=Ground.PAID_BACK)
    assert list(violations()) == []


def test_a_dispute_stops_an_approved_refund(asked, olga, settled):
    asked.approve(by=olga)
    bank.open_dispute(settled.payments.get().charge_id)
    refund = paid_out(asked)
    assert (refund.state, "disputes this payment" in refund.problem) == (State.FAILED, True)
    assert not at_bank.Refund.objects.exists()


def test_a_refund_of_another_amount_settles_nothing(asked, olga):
    asked.approve(by=olga)
    outcome = gateway.refund(key=asked.key, amount=Decimal("9.00"), charge_id=asked.payment.charge_id)
    asked = refunding.take(asked, outcome)
    assert (asked.state, "not the one" in asked.problem) == (State.APPROVED, True)


@pytest.fixture
def check_instead(invoice, rosa, olga):
    """A refund whose card failed: a check is to be sent, and then the cardholder's bank takes the money."""
    refund = hear(pending_one(invoice, rosa, olga))
    refund.again(by=olga, by_check=True)
    bank.open_dispute(refund.payment.charge_id)
    bank.deliver_events()
    run_due(kind="billing.handle_event")
    return refund


def test_no_check_is_sent_while_the_cardholder_s_bank_has_the_money(check_instead, olga):
    with pytest.raises(MoveRefused, match="bank"):
        check_instead.send_check(by=olga, number="7001", sent_on=business_day())
    check_instead.refresh_from_db()
    assert (check_instead.state, paid.balance("refunds")) == (State.APPROVED, 0)


def test_a_check_that_was_not_sent_can_be_denied(check_instead, olga):
    check_instead.deny(by=olga, ground=Ground.ELSEWHERE)
    assert (check_instead.state, check_instead.amount_approved) == (State.DENIED, None)
    assert list(violations()) == []
