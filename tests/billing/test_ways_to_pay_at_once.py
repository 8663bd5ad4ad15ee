"""Two ways to pay, or a payment and what ends it, at the same moment: money is taken once or goes back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from audit.invariants import violations as of_the_activity
from audit.models import MoveRefused
from billing import gateway, paying, resolving
from billing.customers import customer_of
from billing.invariants import violations
from billing.models import Card, CheckPayment, Dispute, Invoice, PayLink, Refund
from outbox.models import SweepFailure
from outbox.queue import run_due
from requests_app.models import RecordRequest
from requests_app.sweeping import requests
from requests_app.tracking import reopening
from sandbox import bank
from sandbox import models as at_bank
from tests.billing import paid, purse
from tests.races import at_once
from tests.sandbox import teller

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, databases=["default", "sandbox"]),
    pytest.mark.usefixtures("slow_lock"),
]
TIMES = pytest.mark.parametrize("again", range(2))


@pytest.fixture(autouse=True)
def in_order():
    """Whatever was done, in the end nothing is violated."""
    yield
    bank.deliver_events()
    run_due(kind="billing.handle_event")
    run_due(kind="billing.pay_back")
    run_due(kind="billing.pay_out")
    assert list(violations()) == []
    # The fixture leaps to Priced past the door, which the activity rightly says.
    leaps = ("nothing moved it to", "no entry explains its state priced")
    assert [one for one in of_the_activity() if not any(leap in one for leap in leaps)] == []


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def facts(invoice):
    """A card that is given to pay once."""
    _customer, method = teller.saved_card(purse.GOOD, at=customer_of(invoice.organization))
    return gateway.card(method)


def check_for(invoice, olga, number="1", **said):
    return CheckPayment.receive(
        number=number,
        amount=said.pop("amount", invoice.total),
        dated_on=invoice.due_on,
        by=olga,
        invoice=invoice,
        **said,
    )


def told(results):
    return sum(isinstance(one, MoveRefused) for one in results)


def taken():
    """Cents that the bank took and has not given back."""
    run_due(kind="billing.pay_back")
    charges = at_bank.Charge.objects.filter(status="succeeded").values_list("amount", flat=True)
    return sum(charges) - sum(at_bank.Refund.objects.values_list("amount", flat=True))


@TIMES
def test_two_who_hold_the_link_and_a_member_charge_once(invoice, card, rosa, again):
    given = facts(invoice)
    results = at_once(
        lambda: paying.pay_once(fresh(invoice), given),
        lambda: paying.pay_once(fresh(invoice), given),
        lambda: paying.pay(fresh(invoice), card, rosa),
    )
    assert all(isinstance(one, MoveRefused) or one.pk for one in results)
    assert taken() == invoice.total * 100


@TIMES
def test_a_card_and_a_check_settle_once_and_the_other_goes_back_or_waits(invoice, card, rosa, olga, again):
    at_once(
        lambda: paying.pay(fresh(invoice), card, rosa),
        lambda: check_for(fresh(invoice), olga),
    )
    check = CheckPayment.objects.get()
    by_card = check.standing == CheckPayment.Standing.NOT_OPEN
    assert by_card or check.standing == CheckPayment.Standing.APPLIED
    assert taken() == (invoice.total * 100 if by_card else 0)


@TIMES
def test_one_check_written_down_by_two_is_there_once(invoice, olga, again):
    def unknown():
        return CheckPayment.receive(
            number="7", amount=Decimal("9.00"), dated_on=invoice.due_on, by=olga, payer="Dewey"
        )

    def known():
        return check_for(fresh(invoice), olga)

    assert told(at_once(unknown, unknown)) == 1
    assert told(at_once(known, known)) == 1
    assert CheckPayment.objects.count() == 2


@TIMES
def test_what_is_left_of_a_check_is_used_once(invoice, olga, again):
    check = check_for(invoice, olga, amount=invoice.total + 5)
    results = at_once(
        lambda: resolving.apply(fresh(check), fresh(invoice), by=olga),
        lambda: resolving.send_back(fresh(check), reference="778", by=olga),
        lambda: resolving.send_back(fresh(check), reference="779", by=olga),
    )
    assert 1 <= told(results) <= 2
    assert paid.balance("unapplied") == -resolving.left(check)


@TIMES
def test_a_sweep_and_a_payment_one_wins(invoice, card, rosa, priced, again):
    RecordRequest.objects.update(submitted_at=priced.created_at - timedelta(days=61))
    requests.reckon_unreckoned()
    at_once(lambda: paying.pay(fresh(invoice), card, rosa), requests.sweep)
    priced.refresh_from_db()
    invoice.refresh_from_db()
    SweepFailure.objects.all().delete()  # one that waits for the payment's end is tried again tomorrow
    stands = (priced.state, invoice.state_word, taken())
    assert stands in [("ordered", "paid", invoice.total * 100), ("canceled", "void", 0)]


@TIMES
def test_a_reopened_request_and_its_cancellation_s_payment_don_t_meet(invoice, card, rosa, ruth, again):
    """What the cancellation cost is paid while somebody reopens: both are true afterwards, each once."""
    record_request = invoice.record_request
    RecordRequest.objects.update(submitted_at=record_request.created_at - timedelta(days=61))
    requests.reckon_unreckoned()
    requests.sweep()
    fee = Invoice.objects.get(kind="cancellation")
    at_once(
        lambda: paying.pay(fresh(fee), card, rosa),
        lambda: reopening.reopen(fresh(record_request), by=ruth, agreed="10.00"),
    )
    fee.refresh_from_db()
    assert (fee.state_word, taken()) == ("paid", fee.total * 100)
    assert Invoice.objects.filter(kind="reopening").count() <= 1


@TIMES
def test_an_approval_and_a_dispute_never_both_pay(invoice, card, rosa, olga, again):
    settled = paid.by_card(invoice, card, rosa)
    refund = paid.ask(settled, rosa, settled.total)
    dispute = bank.open_dispute(settled.payments.get().charge_id)
    said = gateway.fetch(dispute.id)
    at_once(
        lambda: fresh(refund).approve(by=olga),
        lambda: Dispute.take(settled.payments.get(), said),
    )
    run_due(kind="billing.pay_out")
    refund.refresh_from_db()
    assert refund.state in (Refund.State.ASKED, Refund.State.APPROVED, Refund.State.FAILED)
    assert not at_bank.Refund.objects.exists()


@TIMES
def test_a_card_that_is_deleted_while_it_pays_charges_once_or_not_at_all(invoice, card, rosa, again):
    (result, _removed) = at_once(
        lambda: paying.pay(fresh(invoice), card, rosa),
        lambda: Card.objects.get(pk=card.pk).remove(by=rosa),
    )
    run_due(kind="billing.forget_card")
    invoice.refresh_from_db()
    assert taken() == (invoice.total * 100 if invoice.settled_at else 0)
    assert isinstance(result, MoveRefused) or result.state in ("succeeded", "declined")


def test_a_link_s_double_click_in_a_browser_charges_once(invoice, rosa):
    """The same session twice at once."""
    browser = Client()
    browser.get(reverse("pay_link", args=[PayLink.draw(invoice, by=rosa)]))
    secret = browser.get(reverse("linked_invoice")).context["client_secret"]
    setup = browser.session["pay_link"]["setups"][-1]
    bank.give_card(secret, purse.GOOD)
    browser.get(reverse("linked_card"), {"setup_intent": setup})

    def click():
        one = Client()
        one.cookies = browser.cookies.copy()
        return one.post(reverse("linked_pay"), {"invoice": invoice.number}).status_code

    assert set(at_once(click, click, click)) == {302}
    assert taken() == invoice.total * 100
