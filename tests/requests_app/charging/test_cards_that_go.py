"""A card is deleted, or its sharer leaves: its requests ask for another, and their people are told (product 5.3)."""

from decimal import Decimal

import pytest
from django.urls import reverse

from billing.models import Payment
from requests_app.standing import standing
from tests.requests_app.charging.conftest import card_of, told, work

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


@pytest.fixture
def one(allowed, ruth, request_of):
    """Rosa's request, to be paid with the card that ruth shares."""
    return request_of(allowed, card_of(ruth, shared=True))


@pytest.fixture
def go(as_, allowed, one):
    """Rosa's browser, at the page where the payment method of `one` is changed."""
    browser, address = as_(allowed), reverse("payment_method", args=[one.public_id])
    return lambda post=None: browser.get(address) if post is None else browser.post(address, post)


def delete(ruth, rosa, card):
    card.remove(by=ruth)


def leave(ruth, rosa, card):
    ruth.remove(by=rosa)


def unshare(ruth, rosa, card):
    card.share(False, by=ruth)


GOES = [delete, leave, unshare]


@pytest.mark.parametrize("goes", GOES)
def test_the_people_of_the_request_are_told(one, allowed, ruth, goes):
    goes(ruth, allowed, one.batch.card)
    assert told(allowed) == ["request_card_missing"]


@pytest.mark.parametrize("goes", GOES)
def test_it_is_not_charged(one, allowed, ruth, price, goes):
    price(one, "80.00")
    goes(ruth, allowed, one.batch.card)
    work()
    assert not Payment.objects.exists()
    one.refresh_from_db()
    assert "Choose another one" in standing(one, allowed).can_do


def test_one_s_own_card_that_is_no_longer_shared_still_pays(allowed, request_of, price):
    card = card_of(allowed, shared=True)
    price(request_of(allowed, card), "80.00")
    card.share(False, by=allowed)
    work()
    assert told(allowed) == ["request_charging", "payment_received"]


def test_a_request_that_is_over_asks_for_nothing(one, allowed, ruth):
    one.abandon(by=allowed)
    before = told(allowed)
    one.batch.card.remove(by=ruth)
    assert told(allowed) == before


def test_another_card_is_charged_in_its_place(one, allowed, ruth, price, go):
    price(one, "80.00")
    one.batch.card.remove(by=ruth)
    assert "can&#x27;t be used any more" in go().content.decode()
    mine = card_of(allowed)
    assert go({"pay_by": "card", "card": mine.pk, "by_itself": "on"}).status_code == 302
    work()
    payment = Payment.objects.get()
    assert (payment.card, payment.agreed, payment.state) == (mine, Decimal("100.00"), "succeeded")


def test_without_the_box_the_other_card_waits_for_a_click(one, allowed, ruth, price, go):
    price(one, "80.00")
    one.batch.card.remove(by=ruth)
    go({"pay_by": "card", "card": card_of(allowed).pk})
    work(days=400)
    assert not Payment.objects.exists()


def test_after_the_last_decline_another_card_is_tried_once_more(allowed, request_of, price, as_):
    from tests.billing import purse

    one = request_of(allowed, card_of(allowed, purse.DECLINED))
    price(one, "80.00")
    for _turn in range(4):
        work(days=30)
    said = {"pay_by": "card", "card": card_of(allowed).pk, "by_itself": "on"}
    as_(allowed).post(reverse("payment_method", args=[one.public_id]), said)
    work()
    assert list(Payment.objects.order_by("turn").values_list("state", flat=True)) == [
        *["declined"] * 4,
        "succeeded",
    ]


def test_a_paid_request_has_no_payment_method_to_change(one, allowed, price, go):
    price(one, "80.00")
    work()
    assert go({"pay_by": "check"}).url == one.get_absolute_url()
    one.batch.refresh_from_db()
    assert one.batch.pay_by == "card"
