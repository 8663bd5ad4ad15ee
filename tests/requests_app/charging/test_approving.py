""" "Approve": above what was agreed somebody says yes to the very price, with its breakdown."""

import pytest
from django.urls import reverse

from billing.models import Invoice, Payment
from tests.billing import purse
from tests.requests_app.charging.conftest import card_of

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


@pytest.fixture
def one(pat, request_of):
    return request_of(pat, card_of(pat))


@pytest.fixture
def invoice(one, price):
    return price(one, "251.00")


@pytest.fixture
def go(as_, pat, one):
    browser, address = as_(pat), reverse("approve_price", args=[one.public_id])
    return lambda post=None: browser.get(address) if post is None else browser.post(address, post)


def test_the_page_shows_price_limit_and_breakdown(go, invoice):
    page = go().content.decode()
    for said in ("$251.00", "$250.00", "Approve", invoice.quote.lines[0]["label"]):
        assert said in page


def test_the_request_leads_there(as_, pat, one, invoice):
    assert (
        reverse("approve_price", args=[one.public_id])
        in as_(pat).get(one.get_absolute_url()).content.decode()
    )


def test_a_yes_charges_that_price_and_orders(go, one, invoice):
    assert go({"invoice": invoice.number}).url == one.get_absolute_url()
    payment = Payment.objects.get()
    assert (payment.amount, payment.agreed, payment.turn) == (invoice.total, invoice.total, None)
    one.refresh_from_db()
    assert one.state == "ordered"


def test_two_clicks_charge_once(go, invoice):
    for _click in range(2):
        go({"invoice": invoice.number})
    assert Payment.objects.filter(state="succeeded").count() == 1


def test_a_yes_to_an_older_price_charges_nothing(go, one, invoice, price, pat):
    Invoice.objects.withdraw(one, by=pat)
    price(one, "300.00")
    go({"invoice": invoice.number})
    assert not Payment.objects.exists()


@pytest.mark.parametrize("number", ["", "INV-0000-000000", "a\0b"])
def test_a_number_that_is_none_is_a_missing_page(go, invoice, number):
    assert go({"invoice": number}).status_code == 404


def test_a_decline_leads_to_other_ways_with_the_reason(as_, pat, request_of, price):
    one = request_of(pat, card_of(pat, purse.DECLINED))
    invoice = price(one, "251.00")
    browser = as_(pat)
    answer = browser.post(
        reverse("approve_price", args=[one.public_id]), {"invoice": invoice.number}, follow=True
    )
    assert "declined" in answer.content.decode()
    assert answer.request["PATH_INFO"] == reverse("make_payment", args=[one.public_id])


def test_within_what_was_agreed_nothing_is_to_approve(as_, pat, one, price):
    price(one, "80.00")
    answer = as_(pat).get(reverse("approve_price", args=[one.public_id]))
    assert answer.url == reverse("make_payment", args=[one.public_id])


def test_a_colleague_s_own_card_is_not_mine_to_approve(as_, allowed, ruth, request_of, price):
    one = request_of(ruth, card_of(ruth))
    invoice = price(one, "300.00")
    answer = as_(allowed).post(reverse("approve_price", args=[one.public_id]), {"invoice": invoice.number})
    assert answer.url == reverse("make_payment", args=[one.public_id])
    assert not Payment.objects.exists()
