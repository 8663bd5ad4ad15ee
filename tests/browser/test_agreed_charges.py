"""In Chromium: a patient's card is charged by itself, a price above is approved, a link is paid, several at once."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from billing.models import CardAgreement, PayLink, Payment
from requests_app.models import Batch
from tests import stage
from tests.billing import purse
from tests.browser.test_paying import fill
from tests.looking import complaints, overflows
from tests.requests_app.charging.conftest import card_of, pat, price, request_of, work  # noqa: F401

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "sandbox"]),
]


def test_a_patient_initials_the_card_and_it_is_charged_by_itself(open_as, pat, custodian, price):  # noqa: F811
    one = stage.draft(pat, custodian, pay_by="", reasons=[])
    purse.card(pat)
    page = open_as(pat)
    page.goto(reverse("wizard_payment", args=[one.batch_id]))
    page.get_by_label("Credit Card").check()
    expect(page.get_by_text("up to $250.00")).to_be_visible()
    page.get_by_role("radio", name="Visa ending in 4242").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Type your initials").first).to_be_visible()
    assert complaints(page) == []
    page.get_by_label("Your initials").fill("PE")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Approve estimate")).to_be_visible()
    agreement = CardAgreement.objects.get()
    assert (agreement.initials, Batch.objects.get().card_agreement) == ("PE", agreement)


def test_a_price_above_is_approved(open_as, pat, request_of, price):  # noqa: F811
    one = request_of(pat, card_of(pat))
    price(one, "251.00")
    page = open_as(pat)
    page.goto(one.get_absolute_url())
    page.get_by_role("link", name="Approve").click()
    expect(page.get_by_text("$250.00")).to_be_visible()
    assert complaints(page) == []
    assert overflows(page, 390) == []
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Paid. The records are being put together.")).to_be_visible()
    assert Payment.objects.get().amount == 251


def test_a_stranger_pays_by_link(open_as, chromium, live_server, rosa, priced, invoice):
    token = PayLink.draw(invoice, by=rosa)
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, base_url=live_server.url)
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(reverse("pay_link", args=[token]))
    expect(page.get_by_role("button", name="Continue")).to_be_enabled()
    assert token not in page.url
    assert complaints(page) == []
    assert overflows(page, 390) == []
    fill(page, purse.GOOD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Visa ending in 4242")).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("button", name="Pay").click()
    expect(page.get_by_role("heading", name="This invoice is paid")).to_be_visible()
    context.close()
    assert Payment.objects.get().state == "succeeded"


@pytest.mark.parametrize("script", [True, False])
def test_several_at_once(open_as, rosa, request_of, price, script):  # noqa: F811
    purse.card(rosa)
    for total in ("10.00", "20.00", "30.00"):
        price(request_of(rosa), total)
    page = open_as(rosa, script=script)
    page.goto(reverse("pay_several"))
    page.get_by_role("checkbox").first.uncheck()
    if script:
        expect(page.get_by_role("button", name="Pay the chosen invoices · $50.00")).to_be_visible()
        assert complaints(page) == []
        assert overflows(page, 390) == []
    page.get_by_role("button", name="Pay the chosen invoices").click()
    expect(page.get_by_role("heading", name="Your payments")).to_be_visible()
    expect(page.get_by_text("Paid", exact=True)).to_have_count(2)
    assert Payment.objects.filter(state="succeeded").count() == 2
