""" "Reopen Request": what time has canceled goes back to the practice, for a fee shown first (product 1.10)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.actors import SYSTEM
from audit.models import Activity
from chartrequest.days import business_day
from correspondence.models import Notice
from requests_app import clocks
from requests_app.models import RecordRequest, State
from requests_app.tracking import abandoning
from tests import cast, stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def lapse():
    """`lapse(request)`: its 60 days are over, long since."""

    def by_time(record_request, why="waited"):
        RecordRequest.objects.filter(pk=record_request.pk).update(
            submitted_at=timezone.now() - timedelta(days=61)
        )
        abandoning.lapse(record_request, by=SYSTEM, swept=why)
        return record_request

    return by_time


@pytest.fixture
def lapsed(pending, clara, lapse):
    """Two pages were found when its time ran out."""
    stage.upload(pending, clara, pages=2)
    return lapse(pending)


@pytest.fixture
def reopen(as_):
    """Without `agreed` the page, else the click that reopens the request."""

    def at(member, record_request, agreed=None, **options):
        address = reverse("reopen_request", args=[record_request.public_id])
        browser = as_(member)
        return (
            browser.get(address, **options)
            if agreed is None
            else browser.post(address, {"agreed": agreed}, **options)
        )

    return at


def fresh(record_request):
    return RecordRequest.objects.get(pk=record_request.pk)


def test_the_fee_and_what_stays_owed_are_shown_before_anything_happens(reopen, rosa, lapsed):
    html = reopen(rosa, lapsed).content.decode()
    assert "Reopen Request for $10.00" in html
    assert f"Invoice {lapsed.invoices.get().number} for $54.95 of its cancellation stays owed." in html
    assert fresh(lapsed).state == State.CANCELED


def test_it_goes_back_to_the_practice_and_the_fee_is_invoiced(reopen, rosa, lapsed):
    assert reopen(rosa, lapsed, "10.00").url == lapsed.get_absolute_url()
    assert fresh(lapsed).state == State.PENDING
    canceling, fee = lapsed.invoices.order_by("id")
    assert (fee.kind, fee.total, fee.is_open, canceling.is_open) == (
        "reopening",
        Decimal("10.00"),
        True,
        True,
    )


def test_its_clocks_begin_anew(reopen, rosa, lapsed):
    reopen(rosa, lapsed, "10.00")
    again = fresh(lapsed)
    assert clocks.clock(again).ends_on == clocks.after(business_day(), 61)
    assert (again.swept, again.ended_at, again.due_on > business_day()) == ("", None, True)


def test_the_records_stay(reopen, rosa, clara, lapsed):
    reopen(rosa, lapsed, "10.00")
    again = fresh(lapsed)
    assert again.pages.kept().count() == 2
    again.begin_review(by=clara)
    assert again.state == State.QA


def test_both_sides_are_told_and_the_activity_says_who_paid_what(reopen, rosa, lapsed):
    reopen(rosa, lapsed, "10.00")
    told = set(Notice.objects.values_list("event", "address"))
    assert {("request_reopened", "rosa@example.test"), ("request_taken_up", "clara@example.test")} <= told
    entry = Activity.objects.of(lapsed).get(event="reopen")
    assert (entry.person_id, entry.details) == (rosa.person_id, {"fee": "10.00"})


@pytest.mark.parametrize("agreed", ["", "0.00", "9.99", "-10.00", "10.000", "NaN", "１０.００"])
def test_another_fee_is_not_agreed(reopen, rosa, lapsed, agreed):
    answer = reopen(rosa, lapsed, agreed, follow=True)
    assert "The fee changed while you were looking" in answer.content.decode()
    assert fresh(lapsed).state == State.CANCELED


def test_a_second_click_changes_nothing(reopen, rosa, lapsed):
    reopen(rosa, lapsed, "10.00")
    answer = reopen(rosa, lapsed, "10.00", follow=True)
    assert "This is Pending now" in answer.content.decode()
    assert lapsed.invoices.count() == 2


def test_what_was_canceled_by_hand_is_not_reopened(reopen, rosa, pending, look):
    abandoning.end(pending, by=rosa, agreed="52.95")
    answer = reopen(rosa, pending, "10.00", follow=True)
    assert "It was canceled on purpose" in answer.content.decode()
    assert "Reopen Request" not in look(rosa, pending.get_absolute_url()).content.decode()
    assert fresh(pending).state == State.CANCELED


def test_without_an_authorization_in_force_it_is_not_reopened(reopen, rosa, lapsed):
    paper = lapsed.authorization
    paper.expires_on = business_day() - timedelta(days=1)
    paper.save()
    answer = reopen(rosa, lapsed, follow=True)
    assert "It needs a new one." in answer.content.decode()


def test_a_patient_reopens_for_nothing(reopen, pat, custodian, clara, lapse):
    own = stage.draft(pat, custodian)
    own.submit(by=pat)
    lapse(own)
    assert "Reopening costs nothing." in reopen(pat, own).content.decode()
    reopen(pat, own, "0.00")
    assert (fresh(own).state, own.invoices.count()) == (State.PENDING, 0)


def test_care_coordination_reopens_for_nothing(reopen, custodian, clara, lapse):
    otto = cast.member("otto", cast.organization("Peachtree Radiology", "provider"))
    care = stage.draft(otto, custodian)
    care.submit(by=otto)
    lapse(care, "uncorrected")
    reopen(otto, care, "0.00")
    assert fresh(care).state == State.PENDING


def test_what_the_practice_had_sent_back_is_said(reopen, rosa, clara, pending, lapse):
    pending.mark_incomplete(by=clara, reason="illegible")
    html = reopen(rosa, lapse(pending, "uncorrected")).content.decode()
    assert "The practice had sent it back" in html
    assert "make a new request from it instead" in html


def test_only_who_may_ask_may_reopen(reopen, rosa, clara, sam, lapsed):
    assert reopen(clara, lapsed, "10.00").status_code == 403
    assert reopen(sam, lapsed, "10.00").status_code == 404
    rosa.role.permissions = ["view_requests"]
    rosa.role.save()
    assert reopen(rosa, lapsed, "10.00").status_code == 403


def test_the_page_offers_it_and_says_why_it_was_canceled(look, rosa, lapsed):
    html = look(rosa, lapsed.get_absolute_url()).content.decode()
    assert "no records came within 60 days" in html
    assert "You can reopen it" in html
    assert reverse("reopen_request", args=[lapsed.public_id]) in html


def test_canceling_a_reopened_request_bills_no_page_twice(reopen, rosa, clara, lapsed):
    reopen(rosa, lapsed, "10.00")
    again = fresh(lapsed)
    stage.upload(again, clara, pages=1)
    lines = {line["label"]: line["amount"] for line in abandoning.cost(again).lines}
    assert lines == {"Cancellation": "49.95", "Pages retrieved, 1 to 1": "1.00", "Handling": "3.00"}


@pytest.fixture
def priced_again(reopen, rosa, clara, lapsed):
    """Reopened, reviewed and priced, while its cancellation and its reopening are still owed."""
    reopen(rosa, lapsed, "10.00")
    return stage.priced(fresh(lapsed), clara)


def test_the_price_can_be_owed_beside_what_canceling_cost(priced_again):
    assert sorted(one.kind for one in priced_again.invoices.open()) == ["cancellation", "price", "reopening"]


def test_each_of_them_can_be_paid_and_the_price_comes_first(priced_again, rosa, look):
    page = look(rosa, "make_payment", priced_again.public_id)
    assert page.context["invoice"].kind == "price"
    for invoice in priced_again.invoices.all():
        page = look(rosa, "make_payment", priced_again.public_id, invoice=invoice.number)
        assert page.context["invoice"] == invoice
        assert look(rosa, "invoice_pdf", priced_again.public_id, invoice=invoice.number).status_code == 200


def test_the_page_names_all_that_is_owed(priced_again, rosa, look):
    html = look(rosa, priced_again.get_absolute_url()).content.decode()
    for invoice in priced_again.invoices.all():
        assert invoice.number in html


def test_paying_for_the_cancellation_orders_nothing(priced_again, clara):
    priced_again.invoices.get(kind="cancellation").settle(by=clara)
    assert fresh(priced_again).state == State.PRICED


def test_ending_it_again_takes_the_price_back_and_nothing_else(priced_again, rosa):
    agreed = str(abandoning.cost(priced_again).total)
    abandoning.end(priced_again, by=rosa, agreed=agreed)
    open_now = sorted(one.kind for one in priced_again.invoices.open())
    assert open_now == ["cancellation", "cancellation", "reopening"]


def test_the_fee_is_reckoned_again_to_the_cent(reopen, rosa, lapsed):
    from billing.management.commands.repeat_quotes import difference

    reopen(rosa, lapsed, "10.00")
    assert [difference(quote) for quote in lapsed.quotes.filter(kind="reopening")] == [None]
