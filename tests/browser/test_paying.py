"""A card added and charged in Chromium, with the sandbox bank's own field: paid, declined, asked, without script."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from billing.models import Card, Payment
from tests.billing import purse
from tests.looking import complaints, overflows

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "sandbox"]),
]


def fill(page, number):
    page.get_by_label("Card number").fill(number)
    page.get_by_label("Expiration").fill("1240")
    page.get_by_label("Security code").fill("123")
    page.get_by_label("ZIP code").fill("30303")


def to_pay(page, record_request):
    page.goto(reverse("make_payment", args=[record_request.public_id]))


def test_from_no_card_to_paid(open_as, rosa, priced, invoice):
    page = open_as(rosa)
    to_pay(page, priced)
    assert complaints(page) == []
    page.get_by_role("link", name="Add Card").click()
    expect(page.get_by_role("button", name="Save card")).to_be_enabled()
    assert complaints(page) == []
    fill(page, purse.GOOD)
    page.get_by_role("button", name="Save card").click()
    expect(page.get_by_text("Visa ending in 4242 is saved.")).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("button", name="Pay for Request").click()
    expect(page.get_by_text("Paid. The records are being put together.")).to_be_visible()
    assert Payment.objects.get().state == "succeeded"


def test_a_declined_card_says_why_and_another_one_pays(open_as, rosa, priced, invoice, card):
    declined = purse.card(rosa, purse.DECLINED)
    page = open_as(rosa, width=390)
    to_pay(page, priced)
    page.get_by_label(f"•••• {declined.last4}").check()
    page.get_by_role("button", name="Pay for Request").click()
    expect(page.get_by_role("alert")).to_contain_text("declined")
    assert complaints(page) == []
    page.get_by_label(f"•••• {card.last4}").check()
    page.get_by_role("button", name="Pay for Request").click()
    expect(page.get_by_text("Paid. The records are being put together.")).to_be_visible()


@pytest.mark.parametrize(("button", "state"), [("Yes, it is me", "succeeded"), ("No, it is not", "declined")])
def test_the_card_s_bank_asks_its_owner(open_as, rosa, priced, invoice, button, state):
    purse.card(rosa, purse.ASKS)
    page = open_as(rosa)
    to_pay(page, priced)
    page.get_by_role("button", name="Pay for Request").click()
    expect(page.get_by_role("heading", name="Confirm your payment")).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("button", name="Continue to your bank").click()
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("status").first).to_be_visible()
    page.wait_for_url(lambda url: "/pay/confirm/" not in url and "/pay/status/" not in url)
    assert Payment.objects.get().state == state


def test_a_prepaid_card_is_refused_with_a_sentence(open_as, rosa):
    page = open_as(rosa, width=390)
    page.goto(reverse("card_add"))
    fill(page, purse.PREPAID)
    page.get_by_role("button", name="Save card").click()
    expect(page.get_by_text("Prepaid cards can't be used here.")).to_be_visible()
    assert not Card.objects.exists()


def test_a_wrong_number_is_said_at_its_field(open_as, rosa):
    page = open_as(rosa)
    page.goto(reverse("card_add"))
    fill(page, "4242424242424241")
    page.get_by_role("button", name="Save card").click()
    expect(page.get_by_text("Your card number is incorrect.")).to_be_visible()
    expect(page.get_by_role("button", name="Save card")).to_be_enabled()


def test_the_number_never_comes_here(open_as, rosa):
    page = open_as(rosa)
    sent = []
    page.on("request", lambda one: sent.append((one.url, one.post_data or "")))
    page.goto(reverse("card_add"))
    fill(page, purse.GOOD)
    page.get_by_role("button", name="Save card").click()
    expect(page.get_by_text("Visa ending in 4242 is saved.")).to_be_visible()
    told = {url for url, body in sent if purse.GOOD in body + url}
    assert all("/sandbox/bank/" in url for url in told)
    assert told


def test_deleting_and_sharing_ask_in_a_dialog(open_as, rosa, card):
    page = open_as(rosa)
    page.goto(reverse("cards"))
    page.get_by_role("link", name="Share Card With Organization Users").click()
    page.get_by_role("dialog").get_by_role("button", name="Share card").click()
    expect(page.get_by_text("Shared", exact=True)).to_be_visible()
    page.get_by_role("link", name="Delete Credit Card").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("dialog").get_by_role("button", name="Delete Credit Card").click()
    expect(page.get_by_text("No card is saved yet")).to_be_visible()


def test_a_saved_card_pays_without_script(open_as, rosa, priced, invoice, card):
    page = open_as(rosa, script=False)
    to_pay(page, priced)
    page.get_by_role("button", name="Pay for Request").click()
    expect(page.get_by_text("Paid. The records are being put together.")).to_be_visible()


def test_without_script_the_card_page_says_what_else_there_is(open_as, rosa):
    page = open_as(rosa, script=False)
    page.goto(reverse("card_add"))
    expect(page.get_by_text("you can pay by check")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_nothing_sticks_out(open_as, rosa, priced, invoice, card, width):
    page = open_as(rosa, width=width)
    for address in (reverse("make_payment", args=[priced.public_id]), reverse("cards"), reverse("card_add")):
        page.goto(address)
        assert overflows(page) == []
