"""Within what was agreed the card is charged by itself, once; above it, never (product 4.5, 5.3)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from audit.models import Activity, MoveRefused
from billing import paying
from billing.models import Ceiling, Payment
from correspondence.models import Notice
from outbox.models import Job
from outbox.queue import run_due
from sandbox.models import Charge
from tests.billing import purse
from tests.requests_app.charging.conftest import card_of, told, work

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
State = Payment.State


def taken():
    return [Decimal(one.amount) / 100 for one in Charge.objects.filter(status="succeeded")]


@pytest.mark.parametrize("total", ["0.50", "80.00", "250.00"])
def test_a_patient_s_card_is_charged_up_to_250_inclusive(pat, request_of, price, total):
    one = request_of(pat, card_of(pat))
    price(one, total)
    work()
    one.refresh_from_db()
    assert (taken(), one.state) == ([Decimal(total)], "ordered")
    assert told(pat) == ["request_charging", "payment_received"]


@pytest.mark.parametrize("total", ["250.01", "1000.00"])
def test_above_it_the_patient_is_asked_and_nothing_is_charged(pat, request_of, price, total):
    one = request_of(pat, card_of(pat))
    price(one, total)
    work(days=30)
    one.refresh_from_db()
    assert (taken(), one.state, told(pat)) == ([], "priced", ["request_to_approve"])


def test_nobody_clicked_so_nobody_stands_there_as_payer(pat, request_of, price):
    one = request_of(pat, card_of(pat))
    price(one, "80.00")
    work()
    entry = Activity.objects.of(one).get(event="charged")
    assert (entry.person_id, entry.details["amount"]) == (None, "80.00")


@pytest.mark.parametrize(("total", "charged"), [("100.00", True), ("100.01", False)])
def test_an_organization_s_own_ceiling_counts(allowed, request_of, price, total, charged):
    price(request_of(allowed, card_of(allowed)), total)
    work()
    assert bool(taken()) is charged


def test_without_a_ceiling_an_organization_is_always_asked(rosa, request_of, price):
    price(request_of(rosa, card_of(rosa)), "1.00")
    work()
    assert (taken(), told(rosa)) == ([], ["request_to_approve"])


def test_without_an_agreement_nothing_is_charged(allowed, request_of, price):
    one = request_of(allowed)
    one.batch.card = card_of(allowed)
    one.batch.save()
    price(one, "1.00")
    work()
    assert (taken(), told(allowed)) == ([], ["request_priced"])


def test_a_ceiling_lowered_since_counts_at_once(allowed, request_of, price):
    price(request_of(allowed, card_of(allowed)), "80.00")
    Ceiling.put(allowed.organization, Decimal("79.99"), by=allowed)
    work()
    assert (taken(), told(allowed)) == ([], ["request_charging", "request_to_approve"])


def test_a_ceiling_raised_since_does_not_count(allowed, request_of, price):
    one = request_of(allowed, card_of(allowed), up_to="100.00")
    Ceiling.put(allowed.organization, Decimal("500.00"), by=allowed)
    price(one, "100.01")
    work()
    assert taken() == []


def test_the_place_where_a_charge_begins_refuses_by_itself(pat, request_of, price):
    one = request_of(pat, card_of(pat))
    invoice = price(one, "250.01")
    with pytest.raises(paying.AboveAgreed):
        paying.pay_as_agreed(invoice, one.batch.card_agreement, 1)
    assert not Payment.objects.exists()


def test_a_click_agrees_to_what_was_on_the_screen_and_to_no_more(rosa, request_of, price):
    invoice = price(request_of(rosa), "80.00")
    type(invoice).objects.filter(pk=invoice.pk).update(total="80.01")
    with pytest.raises(paying.AboveAgreed):
        paying.pay(invoice, card_of(rosa), rosa)


def test_the_job_twice_charges_once(pat, request_of, price):
    invoice = price(request_of(pat, card_of(pat)), "80.00")
    for _time in range(2):
        Job.objects.filter(kind="requests.charge").update(state="waiting", due_at=timezone.now())
        run_due(kind="requests.charge")
    assert (taken(), invoice.payments.count()) == ([Decimal("80.00")], 1)


def test_a_worker_that_dies_after_a_decline_does_not_charge_again_at_once(pat, request_of, price):
    invoice = price(request_of(pat, card_of(pat, purse.DECLINED)), "80.00")
    work()
    first = Job.objects.filter(kind="requests.charge").earliest("pk")
    Job.objects.filter(pk=first.pk).update(state="waiting", due_at=timezone.now())
    run_due(kind="requests.charge")
    assert invoice.payments.count() == 1


def test_declines_are_tried_again_after_1_3_and_7_days_then_left(pat, request_of, price):
    one = request_of(pat, card_of(pat, purse.DECLINED))
    invoice = price(one, "80.00")
    work()
    for days in (1, 3, 7):
        tries = invoice.payments.count()
        work(days=days - 0.1)
        assert invoice.payments.count() == tries
        work(days=days + 0.1)
        assert invoice.payments.count() == tries + 1
    work(days=400)
    assert list(invoice.payments.order_by("turn").values_list("turn", "state")) == [
        (turn, "declined") for turn in (1, 2, 3, 4)
    ]
    assert told(pat) == ["request_charging", *["charge_declined"] * 3, "charge_left"]


def test_it_can_be_paid_by_hand_between_two_tries(pat, request_of, price):
    one = request_of(pat, card_of(pat, purse.DECLINED))
    invoice = price(one, "80.00")
    work()
    invoice.refresh_from_db()
    assert paying.pay(invoice, card_of(pat), pat).state == State.SUCCEEDED
    work(days=400)
    assert taken() == [Decimal("80.00")]


def test_a_decline_on_the_screen_plans_nothing(rosa, request_of, price):
    invoice = price(request_of(rosa), "80.00")
    paying.pay(invoice, card_of(rosa, purse.DECLINED), rosa)
    assert not Job.objects.filter(kind="requests.charge").exists()


def test_a_bank_that_asks_for_its_owner_makes_us_write_to_them(pat, request_of, price):
    invoice = price(request_of(pat, card_of(pat, purse.ASKS)), "80.00")
    work()
    payment = invoice.payments.get()
    assert (payment.state, told(pat)[-1]) == (State.NEEDS_ACTION, "charge_to_confirm")
    assert paying.question(payment).client_secret
    purse.answer(payment)
    assert paying.ask(payment).state == State.SUCCEEDED


def test_who_does_not_confirm_for_three_days_pays_by_hand(pat, request_of, price):
    invoice = price(request_of(pat, card_of(pat, purse.ASKS)), "80.00")
    work()
    payment = invoice.payments.get()
    left = Job.objects.get(key=f"ask:{payment.pk}:left")
    assert left.due_at - payment.created_at > timedelta(days=2, hours=23)
    invoice.payments.update(created_at=timezone.now() - timedelta(days=3, minutes=1))
    Job.objects.filter(pk=left.pk).update(due_at=timezone.now())
    run_due(kind="billing.ask_bank")
    payment.refresh_from_db()
    assert (payment.state, told(pat)[-1]) == (State.CANCELED, "charge_left")
    work(days=400)
    assert invoice.payments.count() == 1


def test_a_canceled_request_is_not_charged(pat, request_of, price):
    one = request_of(pat, card_of(pat))
    invoice = price(one, "80.00")
    one.abandon(by=pat)
    type(invoice).objects.withdraw(one, by=pat)
    work()
    assert taken() == []


def test_while_somebody_pays_by_hand_the_job_waits(pat, request_of, price):
    invoice = price(request_of(pat, card_of(pat)), "80.00")
    by_hand = paying.pay(invoice, card_of(pat, purse.ASKS), pat)
    work()
    assert Job.objects.get(kind="requests.charge").state == Job.State.WAITING
    paying.give_up(by_hand)
    work(days=1)
    assert taken() == [Decimal("80.00")]


def test_what_no_card_can_pay_is_left_to_a_check(pat, request_of, price):
    price(request_of(pat, card_of(pat)), "0.49")
    work()
    assert (told(pat), Payment.objects.count()) == (["request_priced"], 0)


def test_a_free_price_asks_for_nothing(pat, request_of, price):
    price(request_of(pat, card_of(pat)), "0.00")
    assert told(pat) == ["payment_received"]


def test_a_charge_that_came_to_nothing_is_no_notice_to_the_practice(pat, request_of, price, clara):
    price(request_of(pat, card_of(pat, purse.DECLINED)), "80.00")
    work()
    assert not Notice.objects.filter(person=clara.person).exists()


def test_paying_is_refused_by_the_database_too(rosa, request_of, price):
    from django.db import IntegrityError

    invoice = price(request_of(rosa), "80.00")
    with pytest.raises(IntegrityError):
        Payment.objects.create(
            invoice=invoice, card=card_of(rosa), amount="80.00", agreed="79.99", person=rosa.person
        )


def test_a_card_of_who_left_is_refused(rosa, ruth, request_of, price):
    shared = card_of(ruth, shared=True)
    invoice = price(request_of(rosa), "80.00")
    ruth.remove(by=rosa)
    with pytest.raises(MoveRefused):
        paying.pay(invoice, shared, rosa)
