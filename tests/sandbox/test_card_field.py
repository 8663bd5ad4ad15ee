"""The card field in Chromium: what it takes, what it asks, and that the number goes to the bank alone."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from billing import gateway
from tests.looking import complaints, overflows
from tests.sandbox import card_page, teller

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "sandbox"]),
    pytest.mark.urls("tests.sandbox.card_page"),
    pytest.mark.browser,
]
MOUNT = """(secret) => {
  window.bank = Stripe("pk_test_page");
  window.fields = bank.elements({ clientSecret: secret });
  const ready = new Promise((resolve) => fields.create("payment").on("ready", resolve).mount("#card"));
  document.getElementById("ours").addEventListener("submit", (event) => {
    event.preventDefault();
    window.said = null;
    bank.confirmSetup({ elements: fields, redirect: "if_required" }).then((said) => { window.said = said; });
  });
  return ready.then(() => true);
}"""

SAID = """() => new Promise((resolve, reject) => {
  const look = () => (window.said ? resolve(window.said) : setTimeout(look, 30));
  look();
  setTimeout(() => reject(new Error("nothing was said")), 10000);
})"""


@pytest.fixture
def setup():
    return gateway.start_card_setup(teller.customer(), key="setup")


@pytest.fixture
def page(chromium, live_server):
    context = chromium.new_context(viewport={"width": 390, "height": 800}, base_url=live_server.url)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.problems = []
    page.on(
        "console", lambda said: page.problems.append(said.text) if "Content Security" in said.text else None
    )
    page.goto("/")
    yield page
    context.close()


def fill(page, number="4242424242424242", expiry="1240", cvc="123", zip_code="30303"):
    page.get_by_label("Card number").fill(number)
    page.get_by_label("Expiration").fill(expiry)
    page.get_by_label("Security code").fill(cvc)
    page.get_by_label("ZIP code").fill(zip_code)


def save(page):
    page.get_by_role("button", name="Save").click()


def said(page):
    """What the script answered; asked in turns by the page itself, since CSP forbids Playwright's own way."""
    return page.evaluate(SAID)


def test_a_card_is_saved(page, setup):
    page.evaluate(MOUNT, setup.client_secret)
    fill(page)
    save(page)
    assert said(page)["setupIntent"]["status"] == "succeeded"
    assert gateway.card(gateway.read_setup(setup.id).payment_method_id).last4 == "4242"
    assert page.problems == []


def test_the_keyboard_alone_will_do(page, setup):
    page.evaluate(MOUNT, setup.client_secret)
    page.evaluate("fields.getElement().focus()")
    for text in ("5555555555554444", "12/40", "123", "30303"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert said(page)["setupIntent"]["status"] == "succeeded"


def test_the_number_never_goes_to_us(page, setup):
    page.evaluate(MOUNT, setup.client_secret)
    fill(page)
    card_page.leaked.clear()
    with page.expect_navigation():
        page.evaluate("document.getElementById('ours').submit()")  # as if our own script had failed
    assert card_page.leaked == [{}]


def test_a_mistake_is_named_next_to_its_field(page, setup):
    page.evaluate(MOUNT, setup.client_secret)
    fill(page, number="4242424242424241", cvc="1")
    save(page)
    assert said(page)["error"]["type"] == "validation_error"
    expect(page.get_by_text("Your card number is incorrect.")).to_be_visible()
    expect(page.get_by_label("Card number")).to_be_focused()
    expect(page.get_by_label("Card number")).to_have_attribute("aria-invalid", "true")
    assert gateway.read_setup(setup.id).state == "open"


@pytest.mark.parametrize("expiry", ["0120", "1340", "1", ""])
def test_a_date_that_can_not_be_is_named(page, setup, expiry):
    page.evaluate(MOUNT, setup.client_secret)
    fill(page, expiry=expiry)
    save(page)
    assert said(page)["error"]["code"] == "incomplete_expiry"


def test_a_decline_comes_back_and_another_card_may_follow(page, setup):
    page.evaluate(MOUNT, setup.client_secret)
    fill(page, number="4000000000009995")
    save(page)
    assert said(page)["error"]["decline_code"] == "insufficient_funds"
    fill(page)
    save(page)
    assert said(page)["setupIntent"]["status"] == "succeeded"


@pytest.mark.parametrize(("button", "state"), [("Yes, it is me", "succeeded"), ("No, it is not", "open")])
def test_the_bank_s_question_is_answered_on_the_page(page, setup, button, state):
    page.evaluate(MOUNT, setup.client_secret)
    fill(page, number="4000002500003155")
    save(page)
    page.get_by_role("dialog", name="Your bank asks").get_by_role("button", name=button).click()
    assert ("error" in said(page)) == (state == "open")
    assert gateway.read_setup(setup.id).state == state


def test_escape_is_a_no(page, setup):
    page.evaluate(MOUNT, setup.client_secret)
    fill(page, number="4000002500003155")
    save(page)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    assert said(page)["error"]["code"] == "setup_intent_authentication_failure"


def test_a_charge_that_waits_for_its_owner_is_finished(page):
    paid = teller.charge(teller.saved_card("4000002760003184"), "96.62")
    page.evaluate(
        "(clientSecret) => { bank = Stripe('pk_test_page');"
        " bank.handleNextAction({ clientSecret }).then((answer) => { window.said = answer; }); }",
        paid.client_secret,
    )
    page.get_by_role("button", name="Yes, it is me").click()
    assert said(page)["paymentIntent"]["status"] == "succeeded"
    assert gateway.find_charge(intent_id=paid.intent_id).amount == Decimal("96.62")


def test_without_if_required_the_page_moves_on(page, setup, live_server):
    page.evaluate(MOUNT, setup.client_secret)
    fill(page)
    page.evaluate(
        "() => { bank.confirmSetup({ elements: fields, confirmParams: { return_url: '/?back=1' } }); }"
    )
    page.wait_for_url("**/?back=1&setup_intent=*")
    assert "redirect_status=succeeded" in page.url


def test_a_bank_that_can_not_be_reached_is_said(page, setup):
    page.evaluate(MOUNT, setup.client_secret)
    fill(page)
    page.route("**/sandbox/bank/**", lambda route: route.abort())
    save(page)
    assert said(page)["error"]["type"] == "api_connection_error"


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_anyone_can_use_it(page, setup, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(MOUNT, setup.client_secret)
    fill(page, number="4000002500003155", cvc="")
    page.get_by_label("Security code").blur()
    assert complaints(page) == []
    assert overflows(page) == []
    fill(page, number="4000002500003155")
    save(page)
    expect(page.get_by_role("dialog")).to_be_visible()
    assert complaints(page) == []
