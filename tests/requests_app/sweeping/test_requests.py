"""Who waits too long is warned, then ended: once, in time, and with what it costs (product 1.9)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from audit.models import Activity, MoveRefused
from billing.models import Invoice
from chartrequest.days import business_day
from correspondence.models import Notice
from outbox.models import SweepFailure, SweepRun
from outbox.queue import run_due
from requests_app import clocks
from requests_app.models import RecordRequest, State
from requests_app.sweeping import requests
from tests import cast, stage

pytestmark = pytest.mark.django_db


def told(event, **said):
    return Notice.objects.filter(event=event, **said).count()


def state_of(record_request):
    record_request.refresh_from_db()
    return record_request.state


def test_day_60_is_in_time_and_day_61_is_not(pending, on, days_after):
    on(days_after(pending, 60))
    assert state_of(pending) == State.PENDING
    on(days_after(pending, 61))
    assert (state_of(pending), pending.swept) == (State.CANCELED, "waited")


@pytest.mark.parametrize("brought_to", [stage.upload, stage.reviewed, stage.priced])
def test_the_60_days_hold_until_it_is_paid(pending, clara, on, days_after, brought_to):
    brought_to(pending, clara)
    on(days_after(pending, 61))
    assert state_of(pending) == State.CANCELED


def test_day_14_of_incomplete_is_in_time_and_day_15_is_not(pending, clara, on, days_after):
    pending.mark_incomplete(by=clara, reason="illegible")
    on(days_after(pending, 14))
    assert state_of(pending) == State.INCOMPLETE
    on(days_after(pending, 15))
    assert (state_of(pending), pending.swept) == (State.CANCELED, "uncorrected")


def test_the_requestor_gets_the_invoice_of_canceling_and_an_email(pending, clara, on, days_after, mailoutbox):
    stage.upload(pending, clara, pages=3)
    pending.mark_incomplete(by=clara, reason="illegible")
    on(days_after(pending, 15))
    invoice = pending.invoices.get()
    assert (invoice.quote.kind, invoice.total) == ("cancellation", Decimal("60.90"))
    on(days_after(pending, 15), run_due)
    to_rosa = [one.subject for one in mailoutbox if one.to == ["rosa@example.test"]]
    assert f"Request {pending} was canceled: its time ran out" in to_rosa


def test_the_price_s_invoice_is_taken_back(pending, clara, on, days_after):
    stage.priced(pending, clara)
    on(days_after(pending, 61))
    price, fee = pending.invoices.order_by("id")
    assert price.voided_at
    assert (fee.quote.kind, fee.is_open) == ("cancellation", True)


def test_the_practice_is_told_that_nothing_is_left_to_do(pending, on, days_after):
    on(days_after(pending, 61))
    assert (told("request_lapsed", address="clara@example.test"), told("request_withdrawn")) == (1, 0)


def test_the_activity_says_that_time_did_it(pending, on, days_after):
    on(days_after(pending, 61))
    entry = Activity.objects.of(pending).get(event="cancel")
    assert (entry.actor_name, entry.details) == ("ChartRequest", {"fee": "52.95", "swept": "waited"})


def test_warnings_go_out_14_7_and_1_days_before_once_each(pending, on, days_after):
    warned = []
    for day in range(40, 64):
        before = told("request_ends_soon")
        on(days_after(pending, day))
        on(days_after(pending, day))
        if told("request_ends_soon") > before:
            warned.append(day)
    assert (warned, told("request_ends_soon")) == ([47, 54, 60], 3)


def test_a_warning_names_the_day_and_leads_to_the_page(pending, on, days_after, mailoutbox):
    on(days_after(pending, 47))
    on(days_after(pending, 47), run_due)
    (mail,) = [one for one in mailoutbox if "will be canceled soon" in one.subject]
    assert f"on {days_after(pending, 61):%m/%d/%Y} it is canceled" in mail.body
    assert pending.get_absolute_url() in mail.body


def test_after_an_outage_only_the_nearest_warning_goes_out(pending, on, days_after):
    on(days_after(pending, 55))
    assert told("request_ends_soon") == 1
    on(days_after(pending, 59))
    assert told("request_ends_soon") == 1
    on(days_after(pending, 60))
    assert told("request_ends_soon") == 2


def test_after_an_outage_beyond_the_end_nobody_is_warned_any_more(pending, on, days_after):
    on(days_after(pending, 65))
    assert (state_of(pending), told("request_ends_soon")) == (State.CANCELED, 0)
    on(days_after(pending, 66))
    assert (told("request_ends_soon"), pending.invoices.count()) == (0, 1)


def test_a_move_between_states_of_one_clock_warns_nobody_twice(pending, clara, on, days_after):
    on(days_after(pending, 47))
    stage.upload(pending, clara, begin=True)
    on(days_after(pending, 48))
    assert told("request_ends_soon") == 1


def test_a_warning_does_not_reorder_the_lists(pending, on, days_after):
    before = RecordRequest.objects.get().updated_at
    on(days_after(pending, 47))
    assert told("request_ends_soon") == 1
    assert RecordRequest.objects.get().updated_at == before


def test_being_sent_back_stops_the_60_days_and_coming_back_leaves_the_practice_its_time(
    pending, rosa, clara, on, days_after
):
    on(days_after(pending, 58), lambda: pending.mark_incomplete(by=clara, reason="illegible"))
    on(days_after(pending, 62))
    assert state_of(pending) == State.INCOMPLETE
    on(days_after(pending, 62), lambda: pending.resubmit(by=rosa))
    on(days_after(pending, 62 + 14))
    assert state_of(pending) == State.PENDING
    on(days_after(pending, 62 + 15))
    assert state_of(pending) == State.CANCELED


def test_who_was_paid_or_answered_in_time_is_left_alone(pending, clara, on, days_after):
    stage.priced(pending, clara)
    pending.invoices.get().settle(by=clara)
    run_due(kind="requests.deliver")
    on(days_after(pending, 200))
    assert (state_of(pending), pending.sweep_on) == (State.COMPLETED, None)


@pytest.fixture
def care(custodian):
    """A practice asks another one, for care."""
    asks = cast.member("otto", cast.organization("Peachtree Radiology", "provider"))
    made = stage.draft(asks, custodian)
    made.submit(by=asks)
    return made


def test_care_coordination_ends_after_90_days_without_a_fee(care, on, days_after):
    on(days_after(care, 90))
    assert state_of(care) == State.PENDING
    on(days_after(care, 91))
    assert (state_of(care), care.swept, care.invoices.count()) == (State.ABANDONED, "unfulfilled", 0)
    assert told("request_unfulfilled", address="otto@example.test") == 1


def test_care_coordination_that_is_not_corrected_is_canceled_and_costs_nothing(care, clara, on, days_after):
    care.mark_incomplete(by=clara, reason="illegible")
    on(days_after(care, 15))
    assert (state_of(care), care.swept, care.invoices.count()) == (State.CANCELED, "uncorrected", 0)


def test_the_90_days_go_on_while_it_is_incomplete(care, clara, on, days_after):
    on(days_after(care, 85), lambda: care.mark_incomplete(by=clara, reason="illegible"))
    on(days_after(care, 91))
    assert state_of(care) == State.ABANDONED


@pytest.fixture
def own(pat, custodian, clara):
    """A patient's own request."""
    made = stage.draft(pat, custodian)
    made.submit(by=pat)
    return made


def test_a_patient_s_own_request_is_not_ended_but_put_before_ops_once(own, on, days_after):
    for day in (61, 62, 90):
        on(days_after(own, day))
    assert (state_of(own), Activity.objects.of(own).filter(event="ops_asked").count()) == (State.PENDING, 1)
    assert own.ops_asked_at


def test_a_patient_is_told_that_a_person_decides(own, on, days_after):
    on(days_after(own, 47))
    assert (told("request_decided_soon"), told("request_ends_soon")) == (1, 0)


def test_requests_from_before_there_were_sweeps_are_taken_up(pending, on, days_after):
    RecordRequest.objects.update(sweep_on=None)
    on(days_after(pending, 20))
    pending.refresh_from_db()
    assert pending.sweep_on == days_after(pending, 47)


def test_what_the_sweep_did_is_on_record(pending, own, on, days_after):
    on(days_after(pending, 61))
    assert SweepRun.objects.get().tally == {"canceled": 1, "asked ops": 1}


def test_ops_are_told_once_of_a_paid_request_that_is_not_delivered_for_60_days(
    pending, clara, on, days_after, settings
):
    stage.priced(pending, clara)
    pending.invoices.get().settle(by=clara)
    for day in (60, 61, 62):
        on(days_after(pending, day))
        assert told("delivery_overdue", address=settings.OPERATOR["email"]) == (day > 60)


def test_a_card_payment_under_way_holds_the_end_back_until_it_is_over(pending, clara, monkeypatch):
    stage.priced(pending, clara)

    def under_way(self, *, by):
        raise MoveRefused("A card payment for this is under way.")

    RecordRequest.objects.update(
        sweep_on=business_day(), submitted_at=pending.submitted_at - timedelta(days=61)
    )
    with monkeypatch.context() as during:
        during.setattr(Invoice, "void", under_way)
        requests.sweep()
    assert (state_of(pending), SweepFailure.objects.count()) == (State.PRICED, 1)
    requests.sweep()
    assert (state_of(pending), SweepFailure.objects.count()) == (State.CANCELED, 0)


def test_a_clock_of_a_state_that_has_none_is_none(draft):
    assert clocks.clock(draft) is None


@pytest.fixture
def paid(pending, rosa, clara):
    """Paid by card."""
    from billing import paying
    from tests.billing import purse

    stage.priced(pending, clara)
    paying.pay(pending.invoices.get(), purse.card(rosa), rosa)
    pending.refresh_from_db()
    assert pending.state == State.ORDERED
    return pending


@pytest.mark.django_db(databases=["default", "sandbox"])
def test_a_paid_request_that_is_not_delivered_in_90_days_is_abandoned_and_paid_back(paid, on, days_after):
    on(days_after(paid, 90))
    assert state_of(paid) == State.ORDERED
    on(days_after(paid, 91))
    assert (state_of(paid), paid.swept) == (State.ABANDONED, "undelivered")
    on(days_after(paid, 91), lambda: run_due(kind="billing.pay_out"))
    (refund,) = paid.invoices.get().refunds.all()
    assert (refund.state, refund.amount) == ("paid", paid.invoices.get().total)
    assert told("request_undelivered", address="rosa@example.test") == 1
