"""Asking for a refund: within 30 days, above zero, not above what is left (product 7.7)."""

import uuid
from decimal import Decimal

import pytest

from audit.models import Activity, MoveRefused
from billing import quoting
from billing.models import Invoice, Quote, Refund, Refundable
from correspondence.models import Notice
from outbox.queue import run_due
from sandbox import bank
from tests.billing import paid

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
CENT = Decimal("0.01")


@pytest.fixture
def settled(invoice, card, rosa):
    return paid.by_card(invoice, card, rosa)


def test_it_waits_for_a_decision_with_who_asked(settled, rosa):
    refund = paid.ask(settled, rosa)
    assert (refund.state, refund.asked_by, refund.organization) == ("asked", rosa.person, rosa.organization)
    assert (refund.method, refund.payment.invoice) == (Refund.Method.CARD, settled)


def test_what_checks_paid_goes_back_by_check(invoice, olga, rosa):
    assert paid.ask(paid.by_check(invoice, olga), rosa).method == Refund.Method.CHECK


def test_both_sides_read_who_asked(settled, rosa, priced):
    paid.ask(settled, rosa)
    message = priced.thread.messages.get()
    assert (message.body, message.author_name) == ("Refund request submitted", rosa.person.full_name)


def test_whoever_asked_has_it_by_email(settled, rosa):
    paid.ask(settled, rosa)
    notice = Notice.objects.get(event="refund_asked")
    assert (notice.channel, notice.address) == ("email", rosa.person.email)


def test_the_request_s_activity_tells_of_it(settled, rosa, priced):
    paid.ask(settled, rosa)
    assert Activity.objects.of(priced).filter(event="refund_asked").count() == 1


def test_day_30_is_in_time(settled, rosa):
    paid.days_ago(settled, 30)
    assert paid.ask(settled, rosa).pk


def test_day_31_is_too_late_and_says_until_when(settled, rosa):
    paid.days_ago(settled, 31)
    until = Refundable(settled).last_day
    with pytest.raises(MoveRefused, match=f"until {until:%b} {until.day}, {until.year}"):
        paid.ask(settled, rosa)


def test_all_that_was_paid_can_be_asked_for(settled, rosa):
    assert paid.ask(settled, rosa, settled.total).amount == settled.total


def test_a_cent_more_is_refused_and_says_what_was_paid(settled, rosa):
    with pytest.raises(MoveRefused, match=f"You paid \\${settled.total}"):
        paid.ask(settled, rosa, settled.total + CENT)
    assert not Refund.objects.exists()


def test_an_open_refund_counts_and_the_error_says_what_is_left(settled, rosa):
    paid.ask(settled, rosa, "10.00")
    with pytest.raises(MoveRefused, match=f"At most \\${settled.total - 10}"):
        paid.ask(settled, rosa, settled.total - 10 + CENT)


def test_what_is_left_can_be_asked_for(settled, rosa):
    paid.ask(settled, rosa, "10.00")
    assert paid.ask(settled, rosa, settled.total - 10).pk


def test_nothing_left_is_refused(settled, rosa):
    paid.ask(settled, rosa, settled.total)
    with pytest.raises(MoveRefused, match="All that was paid"):
        paid.ask(settled, rosa, "0.01")


def test_a_denied_one_counts_no_longer(settled, rosa, olga):
    paid.ask(settled, rosa, settled.total).deny(by=olga, ground=Refund.Ground.AS_ORDERED)
    assert paid.ask(settled, rosa, settled.total).pk


def test_an_unpaid_invoice_has_nothing_to_refund(invoice, rosa):
    with pytest.raises(MoveRefused, match="Nothing was paid"):
        paid.ask(invoice, rosa)


def test_other_needs_a_comment(settled, rosa):
    with pytest.raises(MoveRefused, match="comments"):
        paid.ask(settled, rosa, reason=Refund.Reason.OTHER, comments="  ")


def test_the_same_form_twice_is_one_refund(settled, rosa):
    key = uuid.uuid4()
    first = paid.ask(settled, rosa, form_key=key)
    assert paid.ask(settled, rosa, form_key=key) == first
    assert Refund.objects.count() == 1


def test_a_form_that_was_sent_for_another_payment_is_refused_and_says_so(settled, rosa, card):
    """Told "received" it would be a promise that nobody keeps."""
    key = uuid.uuid4()
    paid.ask(settled, rosa, form_key=key)
    quote = Quote.keep(settled.record_request, Quote.Kind.CANCELLATION, quoting.free("x", "X", "", pages=0))
    Quote.objects.filter(pk=quote.pk).update(total="20.00")
    quote.refresh_from_db()
    other = paid.by_card(Invoice.issue(quote, rosa.organization, settled.due_on), card, rosa)
    with pytest.raises(MoveRefused, match="another payment"):
        paid.ask(other, rosa, form_key=key)


def test_while_the_cardholder_s_bank_has_the_money_nothing_is_refunded(settled, rosa):
    bank.open_dispute(settled.payments.get().charge_id)
    bank.deliver_events()
    run_due(kind="billing.handle_event")
    with pytest.raises(MoveRefused, match="cardholder's bank"):
        paid.ask(settled, rosa)
