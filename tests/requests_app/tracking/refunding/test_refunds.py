"""Where a refund is seen: the list to choose from, the request's page, gray in the lists."""

from decimal import Decimal

import pytest
from django.urls import reverse

from billing.models import Refund
from outbox.queue import run_due
from sandbox import bank
from sandbox.bank import disputes
from tests.billing import paid

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


def page(browser, name, *args):
    return browser.get(reverse(name, args=args)).content.decode()


def test_what_was_paid_lately_can_be_chosen(fresh, rosa, settled, address):
    assert address in page(fresh(rosa), "refunds")


def test_what_was_paid_long_ago_can_not(fresh, rosa, settled, address):
    paid.days_ago(settled, 31)
    said = page(fresh(rosa), "refunds")
    assert address not in said
    assert "Nothing can be refunded now" in said


def test_one_that_was_asked_for_is_gray_and_says_so(fresh, rosa, settled):
    paid.ask(settled, rosa)
    said = page(fresh(rosa), "refunds")
    assert "is-refunding" in said
    assert "Refund requested" in said


@pytest.mark.parametrize("name", ["outbound", "home"])
def test_also_in_the_other_lists(fresh, rosa, settled, name):
    assert "is-refunding" not in page(fresh(rosa), name)
    paid.ask(settled, rosa)
    said = page(fresh(rosa), name)
    assert '<tr class="is-refunding">' in said
    assert "Refund requested" in said


def test_no_longer_once_it_is_decided(fresh, rosa, settled, olga):
    paid.ask(settled, rosa).deny(by=olga, ground=Refund.Ground.AS_ORDERED)
    assert "is-refunding" not in page(fresh(rosa), "outbound")


def test_the_request_s_page_leads_there_and_tells_what_became_of_it(fresh, rosa, settled, olga, address):
    assert address in page(fresh(rosa), "record_request", settled.record_request.public_id)
    refund = paid.ask(settled, rosa)
    refund.approve(by=olga, amount=Decimal("4.00"), decision="Half of the pages were doubles.")
    run_due(kind="billing.pay_out")
    said = page(fresh(rosa), "record_request", settled.record_request.public_id)
    for word in ("$4.00 went back to Visa", "$10.00 was requested", "Half of the pages", "3–5 business days"):
        assert word in said


def test_a_denial_is_explained(fresh, rosa, settled, olga):
    paid.ask(settled, rosa).deny(by=olga, ground=Refund.Ground.AS_ORDERED, decision="See page 3.")
    said = page(fresh(rosa), "record_request", settled.record_request.public_id)
    assert "delivered as they were ordered" in said
    assert "See page 3." in said


def test_the_practice_reads_who_asked_and_not_why(fresh, rosa, clara, settled):
    paid.ask(settled, rosa, comments="The doctor's office was rude.")
    said = page(fresh(clara), "record_request", settled.record_request.public_id)
    assert "Refund request submitted" in said
    assert "rude" not in said


@pytest.mark.parametrize("won", [True, False])
def test_both_sides_read_of_a_dispute_in_plain_words(fresh, rosa, clara, settled, won):
    dispute = bank.open_dispute(settled.payments.get().charge_id)
    bank.deliver_events()
    run_due(kind="billing.handle_event")
    for member in (rosa, clara):
        said = page(fresh(member), "record_request", settled.record_request.public_id)
        assert "holds the money until it" in said
    disputes.close_dispute(dispute.id, won=won)
    bank.deliver_events()
    run_due(kind="billing.handle_event")
    said = page(fresh(rosa), "record_request", settled.record_request.public_id)
    assert ("It stays paid." if won else "went back to the card") in said
