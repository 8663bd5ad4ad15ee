""" "Abandon Request": the cost is shown first, and it costs what was shown (product 5.6, 7.6)."""

from decimal import Decimal

import pytest
from django.urls import reverse

from billing import cancellation
from billing.models import Tariff
from billing.models.tariff import FIRST
from chartrequest.days import business_day
from correspondence.models import Notice
from directory.models import Custodian
from requests_app.models import State
from tests import cast, stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def abandon(as_):
    """Without `agreed` the page, else the click that ends the request."""

    def at(member, record_request, agreed=None, **options):
        address = reverse("abandon_request", args=[record_request.public_id])
        browser = as_(member)
        return (
            browser.get(address) if agreed is None else browser.post(address, {"agreed": agreed}, **options)
        )

    return at


def lines(answer):
    return {line["label"]: line["amount"] for line in answer.context["cost"].lines}


def test_the_cost_is_itemised_before_anything_happens(abandon, rosa, clara, pending):
    stage.upload(pending, clara, pages=3)
    answer = abandon(rosa, pending)
    assert lines(answer) == {"Cancellation": "49.95", "Pages retrieved, 1 to 3": "3.00", "Handling": "3.00"}
    assert "$55.95" in answer.content.decode()
    pending.refresh_from_db()
    assert pending.state == State.PENDING


def test_a_provider_fee_that_was_raised_after_the_estimate_is_not_charged(abandon, rosa, custodian, draft):
    Custodian.objects.filter(pk=custodian.pk).update(provider_fee="5.00")
    draft.submit(by=rosa)
    Custodian.objects.filter(pk=custodian.pk).update(provider_fee="99.00")
    assert lines(abandon(rosa, draft))["Provider fee"] == "5.00"


def test_each_line_says_how_many_at_which_rate_and_on_which_ground(abandon, rosa, clara, pending):
    pending.mark_incomplete(by=clara, reason="illegible")
    pending.resubmit(by=rosa)
    pending.mark_incomplete(by=clara, reason="illegible")
    html = abandon(rosa, pending).content.decode()
    assert "2 × $4.95" in html
    assert html.count("Cancellation fees of the service agreement") == 3
    assert "no_charge" not in html


def test_what_is_owed_already_is_told_beside_it(abandon, rosa, clara, pending):
    price = stage.priced(pending, clara).invoices.get()
    said = f"{price.number} over ${price.total} is then not owed any more"
    assert said in abandon(rosa, pending).content.decode()


def test_a_new_tariff_between_looking_and_clicking_asks_again(abandon, rosa, pending):
    Tariff.objects.create(**FIRST | {"valid_from": business_day(), "base": Decimal("60.00")})
    assert "$63.00" in abandon(rosa, pending, "52.95", follow=True).content.decode()
    pending.refresh_from_db()
    assert (pending.state, pending.invoices.count()) == (State.PENDING, 0)


def test_what_was_charged_can_be_reckoned_again(abandon, rosa, clara, pending):
    stage.upload(pending, clara, pages=3)
    abandon(rosa, pending, "55.95")
    quote = pending.invoices.get().quote
    assert cancellation.again(quote).lines == quote.lines


def test_care_coordination_pays_nothing(abandon, clara, pending):
    other = cast.custodian(cast.organization("Riverbend Clinic", "provider"), name="Riverbend Clinic")
    own = stage.draft(clara, other)
    own.submit(by=clara)
    assert "costs nothing" in abandon(clara, own).content.decode()
    abandon(clara, own, "0.00")
    own.refresh_from_db()
    assert (own.state, own.invoices.count()) == (State.ABANDONED, 0)


def test_it_costs_what_was_shown(abandon, rosa, pending):
    assert abandon(rosa, pending, "52.95").url == pending.get_absolute_url()
    pending.refresh_from_db()
    invoice = pending.invoices.get()
    assert (pending.state, invoice.total, invoice.quote.kind) == (
        State.CANCELED,
        Decimal("52.95"),
        "cancellation",
    )


def test_each_rejection_is_on_the_bill(abandon, rosa, clara, pending):
    pending.mark_incomplete(by=clara, reason="illegible")
    assert lines(abandon(rosa, pending))["Requests sent back by the facility"] == "4.95"


def test_a_page_that_was_removed_was_not_retrieved(abandon, rosa, clara, in_review):
    from requests_app.processing import review

    review.decide(in_review.pages.first(), review.Verdict.REMOVED, by=clara)
    assert lines(abandon(rosa, in_review))["Pages retrieved, 1 to 2"] == "2.00"


def test_where_the_cost_changed_meanwhile_nothing_happens_and_it_is_told(abandon, rosa, clara, pending):
    pending.mark_incomplete(by=clara, reason="illegible")
    answer = abandon(rosa, pending, "52.95", follow=True)
    html = answer.content.decode()
    assert "The cost changed while you were looking" in html
    assert "$57.90" in html
    pending.refresh_from_db()
    assert (pending.state, pending.invoices.count()) == (State.INCOMPLETE, 0)


@pytest.mark.parametrize("agreed", ["", "0", "0.00", "-1", "NaN", "52.950", "1e309", "５２.９５"])
def test_another_amount_is_not_agreed(abandon, rosa, pending, agreed):
    abandon(rosa, pending, agreed)
    pending.refresh_from_db()
    assert pending.state == State.PENDING


def test_a_patient_pays_nothing(abandon, pat, custodian, clara):
    own = stage.draft(pat, custodian)
    own.submit(by=pat)
    assert "costs nothing" in abandon(pat, own).content.decode()
    abandon(pat, own, "0.00")
    own.refresh_from_db()
    assert (own.state, own.invoices.count()) == (State.ABANDONED, 0)


def test_the_price_s_invoice_is_taken_back(abandon, rosa, clara, pending):
    stage.priced(pending, clara)
    cost = abandon(rosa, pending).context["cost"].total
    abandon(rosa, pending, str(cost))
    price, fee = pending.invoices.order_by("id")
    assert price.voided_at
    assert (fee.total, fee.is_open) == (cost, True)


def test_both_sides_are_told(abandon, rosa, clara, pending):
    abandon(rosa, pending, "52.95")
    told = set(Notice.objects.values_list("event", "address"))
    assert ("request_withdrawn", "clara@example.test") in told
    assert ("request_canceled", "rosa@example.test") in told


def test_after_payment_it_is_too_late(abandon, rosa, clara, pending):
    stage.priced(pending, clara)
    pending.invoices.get().settle(by=clara)
    assert abandon(rosa, pending).url == pending.get_absolute_url()
    answer = abandon(rosa, pending, "52.95", follow=True)
    assert "This is Ordered now" in answer.content.decode()
    pending.refresh_from_db()
    assert pending.state == State.ORDERED


def test_a_second_click_changes_nothing(abandon, rosa, pending):
    abandon(rosa, pending, "52.95")
    abandon(rosa, pending, "52.95")
    assert pending.invoices.count() == 1


def test_a_draft_is_deleted_not_abandoned(abandon, rosa, draft):
    abandon(rosa, draft, "52.95")
    draft.refresh_from_db()
    assert (draft.state, draft.invoices.count()) == (State.DRAFT, 0)


def test_only_who_may_ask_may_end_it(abandon, rosa, clara, sam, pending):
    assert abandon(clara, pending, "52.95").status_code == 403
    assert abandon(sam, pending, "52.95").status_code == 404
    rosa.role.permissions = ["view_requests"]
    rosa.role.save()
    assert abandon(rosa, pending, "52.95").status_code == 403
