""" "Something is missing": completed free of charge for 30 days (product 1.12)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from audit.actors import SYSTEM
from audit.models import Activity, MoveRefused, NotPermitted
from billing.management.commands.repeat_quotes import difference
from chartrequest.days import business_day
from correspondence.models import Notice
from outbox.queue import run_due
from requests_app import invariants
from requests_app.clocks import Why
from requests_app.models import Authorization, RecordRequest, State
from requests_app.processing import answering, pricing
from requests_app.tracking import abandoning, reopening
from requests_app.turnaround import due_on
from tests import stage
from tests.billing import paid
from tests.requests_app.processing.test_answering import DENIAL, NOTHING_HERE, said

pytestmark = pytest.mark.django_db
MISSING = "Pages 7 to 9 of the visit of March 2020."


def deliver(record_request):
    run_due(kind="requests.deliver")
    record_request.refresh_from_db()


@pytest.fixture
def completed(pending, clara):
    stage.priced(pending, clara, pages=2)
    pending.invoices.get().settle(by=SYSTEM)
    deliver(pending)
    assert pending.state == State.COMPLETED
    return pending


@pytest.fixture
def reopened(completed, rosa):
    completed.report_missing(by=rosa, missing=MISSING)
    return completed


def post(as_, member, record_request, missing=MISSING):
    address = reverse("something_missing", args=[record_request.public_id])
    return as_(member).post(address, {"missing": missing})


def days_later(completed, days):
    return time_machine.travel(completed.completed_at + timedelta(days=days), tick=False)


def test_it_is_with_the_practice_again(completed, rosa, as_):
    post(as_, rosa, completed)
    completed.refresh_from_db()
    assert (completed.state, completed.completed_at, completed.ended_at) == ("pending", None, None)
    assert completed.due_on == due_on(completed)
    assert Activity.objects.of(completed).filter(event="report_missing").exists()


def test_what_is_missing_must_be_said(completed, rosa, as_):
    for nothing in ("", "  "):
        assert post(as_, rosa, completed, nothing).status_code == 422
    completed.refresh_from_db()
    assert completed.state == State.COMPLETED


def test_the_practice_is_told_and_reads_what_is_missing(reopened, clara, as_):
    notice = Notice.objects.filter(event="missing_reported").first()
    assert MISSING not in str(vars(notice))
    assert MISSING in as_(clara).get(reopened.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("days", "is_allowed"), [(0, True), (30, True), (31, False)])
def test_day_30_yes_day_31_no(completed, rosa, days, is_allowed):
    with days_later(completed, days):
        if is_allowed:
            completed.report_missing(by=rosa, missing=MISSING)
            assert completed.state == State.PENDING
        else:
            with pytest.raises(MoveRefused, match=f"until {completed.reopens_until:%b} "):
                completed.report_missing(by=rosa, missing=MISSING)


def test_day_31_is_refused_with_the_date_on_the_screen(completed, rosa, as_):
    until = completed.reopens_until
    with days_later(completed, 31):
        answered = as_(rosa).get(reverse("something_missing", args=[completed.public_id]), follow=True)
    said = f"free of charge until {until:%b} {until.day}, {until.year}"
    assert said in answered.content.decode()


@given(minutes=st.integers(0, 4 * 365 * 24 * 60), later=st.integers(0, 40 * 24 * 60))
def test_the_30_days_are_the_businesss_own(minutes, later):
    delivered = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    now = delivered + timedelta(minutes=later)
    one = RecordRequest(completed_at=delivered)
    days = (business_day(now) - business_day(delivered)).days
    assert (business_day(now) <= one.reopens_until) == (days <= 30)


def test_what_was_delivered_stays_to_be_downloaded(completed, rosa, as_):
    document = completed.release.document
    completed.report_missing(by=rosa, missing=MISSING)
    earlier = completed.earlier_deliveries.get()
    address = reverse("download_earlier", args=[completed.public_id, earlier.pk])
    assert b"".join(as_(rosa).get(address).streaming_content) == document.read()
    assert address in as_(rosa).get(completed.get_absolute_url()).content.decode()
    assert Activity.objects.of(completed).filter(event="downloaded").count() == 1


def test_the_next_price_is_nothing_and_says_why(reopened, clara):
    delivered = reopened.earlier_deliveries.get().delivered_at
    stage.upload(reopened, clara, pages=500)
    invoice = pricing.release(stage.reviewed(reopened, clara), by=clara)
    (line,) = invoice.quote.lines
    day = timezone.localtime(delivered)
    assert (invoice.total, line["amount"]) == (Decimal("0.00"), "0.00")
    assert line["label"] == f"No charge: completes the delivery of {day:%b} {day.day}, {day.year}"
    assert line["citation"] == "Something was missing from it"
    assert difference(invoice.quote) is None


def test_it_is_delivered_again_with_the_pages_of_both(reopened, clara):
    stage.upload(reopened, clara, pages=3)
    stage.priced(reopened, clara)
    assert reopened.state == State.ORDERED
    deliver(reopened)
    assert (reopened.state, reopened.release.pages, reopened.page_count) == ("completed", 5, 5)
    assert reopened.earlier_deliveries.get().pages == 2
    assert list(invariants.violations()) == []


def test_only_what_is_new_needs_a_verdict_and_the_checklist_is_for_what_goes_out(
    practice, completed, rosa, clara
):
    practice.checklist.create(text="Right patient?")
    completed.report_missing(by=rosa, missing=MISSING)
    stage.upload(completed, clara, pages=3, begin=True)
    assert completed.pages.unreviewed().count() == 3
    with pytest.raises(MoveRefused, match="checklist"):
        for page in completed.pages.unreviewed():
            page.verdict = "approved"
            page.save()
        pricing.release(completed, by=clara)


def test_it_can_be_said_again_of_what_came_then(reopened, clara, rosa):
    stage.upload(reopened, clara, pages=1)
    stage.priced(reopened, clara)
    deliver(reopened)
    reopened.report_missing(by=rosa, missing="Still page 9.")
    stage.upload(reopened, clara, pages=1)
    stage.priced(reopened, clara)
    deliver(reopened)
    assert (reopened.state, reopened.earlier_deliveries.count(), reopened.release.pages) == (
        "completed",
        2,
        4,
    )


def test_the_practice_may_answer_that_there_is_no_more(reopened, clara):
    answering.state_no_records(reopened, by=clara, **said(NOTHING_HERE))
    deliver(reopened)
    statement = reopened.outcome.letter[1]["paragraphs"][0]
    assert statement.startswith("Lakeside Family Medicine has no such records beyond what it delivered on")
    assert reopened.state == State.COMPLETED


def test_a_statement_of_no_records_can_be_doubted(pending, clara, rosa):
    answering.state_no_records(pending, by=clara, **said(NOTHING_HERE))
    deliver(pending)
    pending.report_missing(by=rosa, missing="She was there in March.")
    assert (pending.state, pending.outcome) == ("pending", None)
    assert pending.earlier_deliveries.get().outcome.kind == "no_records"


def test_a_denial_is_not_reopened(pending, clara, rosa, as_):
    answering.deny(pending, by=clara, **said(DENIAL))
    deliver(pending)
    with pytest.raises(MoveRefused, match="denied"):
        pending.report_missing(by=rosa, missing=MISSING)
    link = reverse("something_missing", args=[pending.public_id])
    assert link not in as_(rosa).get(pending.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("back", "is_open"), [("1.00", True), ("all", False)])
def test_what_was_paid_back_whole_is_not_completed_for_nothing(completed, rosa, olga, as_, back, is_open):
    invoice = completed.invoices.get()
    refund = paid.ask(invoice, rosa, invoice.total if back == "all" else back)
    refund.approve(by=olga)
    refund.send_check(by=olga, number="7001", sent_on=business_day())
    post(as_, rosa, completed)
    completed.refresh_from_db()
    assert (completed.state == State.PENDING) is is_open


def test_an_authorization_that_has_ended_opens_nothing(completed, rosa):
    Authorization.objects.filter(record_request=completed).update(revoked_at=timezone.now())
    with pytest.raises(MoveRefused, match="took the authorization back"):
        completed.report_missing(by=rosa, missing=MISSING)
    assert completed.release.pages == 2


def test_ending_it_then_costs_nothing_and_leaves_what_came(reopened, rosa, as_):
    cost = abandoning.cost(reopened)
    assert cost.total == 0
    abandoning.end(reopened, by=rosa, agreed=str(cost.total))
    earlier = reopened.earlier_deliveries.get()
    assert reopened.state == State.ABANDONED
    address = reverse("download_earlier", args=[reopened.public_id, earlier.pk])
    assert as_(rosa).get(address).status_code == 200


def test_the_practice_can_not_say_it_for_them(completed, clara, as_):
    assert post(as_, clara, completed).status_code == 403
    with pytest.raises(NotPermitted):
        completed.report_missing(by=clara, missing=MISSING)


def test_a_stranger_gets_404(reopened, sam, as_):
    earlier = reopened.earlier_deliveries.get()
    assert post(as_, sam, reopened).status_code == 404
    address = reverse("download_earlier", args=[reopened.public_id, earlier.pk])
    assert as_(sam).get(address).status_code == 404


def test_an_earlier_delivery_of_another_request_is_404(reopened, rosa, custodian, as_):
    other = stage.draft(rosa, custodian)
    address = reverse("download_earlier", args=[other.public_id, reopened.earlier_deliveries.get().pk])
    assert as_(rosa).get(address).status_code == 404


def test_a_sweep_cancels_it_for_nothing_and_taking_it_up_again_is_free_too(reopened, rosa):
    abandoning.lapse(reopened, by=SYSTEM, swept=Why.WAITED)
    assert reopened.state == State.CANCELED
    assert not reopened.invoices.open().exists()
    assert reopening.fee(reopened).total == 0
    reopening.reopen(reopened, by=rosa, agreed="0.00")
    assert (reopened.state, reopened.earlier_delivery.pages) == ("pending", 2)


def test_a_price_that_time_canceled_leaves_no_outcome_in_the_way(pending, clara, rosa):
    stage.priced(pending, clara, pages=2)
    abandoning.lapse(pending, by=SYSTEM, swept=Why.WAITED)
    reopening.reopen(pending, by=rosa, agreed=str(reopening.fee(pending).total))
    stage.priced(pending, clara)
    assert pending.outcomes.counting().count() == 1
    assert pending.outcomes.count() == 2
