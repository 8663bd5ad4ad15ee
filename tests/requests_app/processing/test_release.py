from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse

from audit.models import Activity, MoveRefused, NotPermitted
from billing.models import Invoice, Quote
from requests_app.processing import pricing, review
from tests import cast, stage


@pytest.fixture
def reviewed(pending, clara):
    return stage.reviewed(pending, clara, pages=4)


def post(as_, member, record_request, **changes):
    reckoned = pricing.reckon(record_request)
    said = {f"line_{index}": line["amount"] for index, line in enumerate(reckoned.lines)}
    said |= {"seen": str(reckoned.total), "reason": ""} | changes
    return as_(member).post(reverse("release", args=[record_request.public_id]), said)


def test_price_quote_and_invoice_come_together(reviewed, clara):
    invoice = pricing.release(reviewed, by=clara)
    assert reviewed.state == "priced"
    assert invoice.total == invoice.quote.total == pricing.reckon(reviewed).total > 0
    assert invoice.quote.kind == Quote.Kind.PRICE


def test_only_approved_pages_are_priced(in_review, clara):
    first, *others = in_review.pages.all()
    review.decide(first, review.Verdict.REMOVED, by=clara)
    for page in others:
        review.decide(page, review.Verdict.APPROVED, by=clara)
    invoice = pricing.release(in_review, by=clara)
    assert invoice.quote.facts["pages"] == in_review.page_count == 2


def test_a_page_without_a_verdict_stops_it(in_review, clara):
    with pytest.raises(MoveRefused, match="verdict"):
        pricing.release(in_review, by=clara)
    assert not Invoice.objects.exists()


def test_an_unticked_checklist_stops_it(reviewed, clara, practice):
    practice.checklist.create(text="Dates within range")
    with pytest.raises(MoveRefused, match="checklist"):
        pricing.release(reviewed, by=clara)


def test_a_reviewer_may_not_price(reviewed, dora, as_):
    assert post(as_, dora, reviewed).status_code == 403
    with pytest.raises(NotPermitted):
        pricing.release(reviewed, by=dora)


def test_the_page_shows_each_line_with_its_basis(reviewed, clara, as_):
    shown = as_(clara).get(reverse("price", args=[reviewed.public_id]))
    assert "O.C.G.A. § 31-33-3" in shown.content.decode()
    assert "$44.38" in shown.content.decode()


def test_a_lowered_line_is_a_line_of_its_own_with_its_reason(reviewed, clara, as_):
    assert post(as_, clara, reviewed, line_0="20.00", reason="Long-standing client").status_code == 302
    quote = reviewed.invoices.get().quote
    assert quote.lines[-1]["amount"] == "-5.88"
    assert quote.lines[-1]["citation"] == "Long-standing client"
    assert quote.total == Decimal("38.50") == sum(Decimal(line["amount"]) for line in quote.lines)


def test_lowering_needs_a_reason(reviewed, clara, as_):
    answer = post(as_, clara, reviewed, line_0="20.00")
    assert answer.status_code == 422
    assert "Say why the practice asks less." in answer.content.decode()
    assert 'value="20.00"' in answer.content.decode()


@pytest.mark.parametrize(
    "amount",
    ["25.89", "-0.01", "0.001", "1e9", "1e309", "NaN", "1,000.00", "１２", "٣", "", "x" * 5000, "\0"],
)
def test_an_amount_that_is_none_or_too_much_releases_nothing(amount, reviewed, clara, as_):
    answer = post(as_, clara, reviewed, line_0=amount, reason="Because")
    assert answer.status_code == 422
    assert not Invoice.objects.exists()


def test_waiving_everything_orders_the_request_at_once(reviewed, clara, as_):
    post(as_, clara, reviewed, line_0="0", line_1="0.00", reason="Charity care")
    reviewed.refresh_from_db()
    assert reviewed.state == "ordered"
    assert reviewed.invoices.get().settled_at


def test_more_than_the_whole_price_can_not_be_taken_off(reviewed):
    reckoned = replace(
        pricing.reckon(reviewed), total=Decimal("5.00")
    )  # a ceiling of the law below the lines
    with pytest.raises(ValueError, match="More is taken off"):
        pricing.reduced(reckoned, {0: Decimal("0.00")}, "x")


def test_a_price_that_changed_meanwhile_is_looked_at_again(reviewed, clara, as_):
    answer = post(as_, clara, reviewed, seen="1.00")
    assert answer.url == reverse("price", args=[reviewed.public_id])
    assert not Invoice.objects.exists()
    with pytest.raises(MoveRefused, match="changed"):
        pricing.release(reviewed, by=clara, seen=Decimal("1.00"))


def test_a_second_release_is_told_and_issues_nothing(reviewed, clara, carl, as_):
    pricing.release(reviewed, by=clara)
    said = {"seen": "1"}
    answer = as_(carl).post(reverse("release", args=[reviewed.public_id]), said, follow=True)
    assert "This is Priced now" in answer.content.decode()
    assert Invoice.objects.count() == 1


def test_adding_up_again_releases_nothing(reviewed, clara, as_):
    answer = post(as_, clara, reviewed, line_0="20.00", reason="Client", add_up="1")
    assert "$38.50" in answer.content.decode()
    assert not Invoice.objects.exists()


def test_provider_to_provider_is_free_and_ordered_at_once(custodian, clara):
    """Product 1.6."""
    asker = cast.member("petra", cast.organization("St. Agnes Cardiology", "provider"))
    record_request = stage.draft(asker, custodian)
    record_request.submit(by=asker)
    stage.priced(record_request, clara)
    assert record_request.state == "ordered"
    assert record_request.invoices.get().total == 0


class TestWithoutAnAgreedFee:
    @pytest.fixture(autouse=True)
    def _not_agreed(self, reviewed):
        custodian = reviewed.custodian
        custodian.agreed_copy_fee = None
        custodian.save()

    def test_nothing_is_released(self, reviewed, clara):
        with pytest.raises(MoveRefused, match="reasonable cost"):
            pricing.release(reviewed, by=clara)

    def test_an_administrator_enters_it_and_goes_on(self, reviewed, clara, as_):
        address = reverse("agree_fee", args=[reviewed.public_id])
        answer = as_(clara).post(address, {"fee": "12.00"}, follow=True)
        assert answer.context["form"].reckoned.total == Decimal("37.88")
        assert Activity.objects.of(reviewed).filter(event="copy_fee_agreed").exists()

    def test_a_bad_fee_is_refused_beside_its_field(self, reviewed, clara, as_):
        answer = as_(clara).post(reverse("agree_fee", args=[reviewed.public_id]), {"fee": "-1"})
        assert answer.status_code == 422
        assert "at least $0.01" in answer.content.decode()

    def test_others_are_told_who_can_mend_it(self, reviewed, carl, as_):
        shown = as_(carl).get(reverse("price", args=[reviewed.public_id]))
        assert "An administrator of your organization" in shown.content.decode()
        answer = as_(carl).post(reverse("agree_fee", args=[reviewed.public_id]), {"fee": "12.00"})
        assert answer.status_code == 403
