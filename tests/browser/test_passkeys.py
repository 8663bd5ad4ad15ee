"""A passkey in Chromium, with an authenticator of the browser's own: added, used to sign in, refused by its owner."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Person
from outbox.queue import run_due
from tests import cast
from tests.looking import complaints

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "sandbox"]),
]
PASSWORD = "green kettle by the window"


@pytest.fixture
def page(chromium, live_server):
    """At localhost: a passkey belongs to a name. At the end no policy was broken."""
    problems = []
    context = chromium.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"))
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    opened.on("console", lambda said: problems.append(said.text) if "Content Security" in said.text else None)
    yield opened
    context.close()
    assert problems == []


@pytest.fixture
def device(page):
    """A device with a fingerprint reader, and the id by which Chromium knows it."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    facts = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = wire.send("WebAuthn.addVirtualAuthenticator", {"options": facts})
    return wire, made["authenticatorId"]


def sign_in(page, member):
    EmailAddress.objects.get_or_create(
        user=member.person, email=member.person.email, verified=True, primary=True
    )
    page.goto(reverse("account_login"))
    page.get_by_label("Email").fill(member.person.email)
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/login/" not in url)


def add_passkey(page):
    page.goto(reverse("mfa_index"))
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("Work laptop")
    assert complaints(page) == []
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def sign_out(page):
    page.goto(reverse("account_logout"))
    page.get_by_role("main").get_by_role("button", name="Logout").click()
    page.wait_for_url(f"**{reverse('account_login')}**")


def sign_up_as_a_lawyer(page):
    page.goto("/")
    page.get_by_role("link", name="Sign up").click()
    page.get_by_role("link", name="Professional", exact=True).click()
    page.get_by_label("Law firm").check()
    page.get_by_label("First name").fill("Ada")
    page.get_by_label("Last name").fill("Brook")
    page.get_by_label("Email", exact=True).fill("ada@smithlaw.test")
    page.get_by_label("Send the code by text").check()
    page.get_by_label("Mobile phone").fill("(602) 555-0143")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password, once more").fill(PASSWORD)
    page.get_by_label("I accept the agreement.").check()
    page.locator("form.form").get_by_role("button", name="Sign up").click()


def newest_text(page):
    """The code that came by text, read where it landed."""
    run_due(kind="correspondence.send")
    tray = page.context.new_page()
    tray.goto("/sandbox/?kind=text")
    said = tray.locator("article").first.inner_text()
    tray.close()
    return re.search(r"\b[0-9]{6}\b", said)[0]


def test_the_whole_way_from_signing_up_by_text_to_signing_in_without_a_password(page, device):
    cache.clear()
    sign_up_as_a_lawyer(page)
    expect(page.get_by_text("(•••) •••-0143")).to_be_visible()
    page.get_by_label("Code").fill(newest_text(page))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_label("What is your role?")).to_be_visible()
    add_passkey(page)
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_label("What is your role?")).to_be_visible()  # as far as they had come
    ada = Person.objects.get()
    assert (ada.email, bool(ada.phone_verified_at)) == ("ada@smithlaw.test", True)


def test_added_then_used_in_place_of_the_password(page, device, rosa):
    sign_in(page, rosa)
    add_passkey(page)
    assert complaints(page) == []
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("Work laptop", exact=True)).to_be_visible()
    assert complaints(page) == []
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "/account/" not in url)
    page.goto(reverse("my_account"))
    expect(page.get_by_text(rosa.person.email)).to_be_visible()


def test_it_is_the_second_step_after_a_password(page, device, rosa):
    sign_in(page, rosa)
    add_passkey(page)
    sign_out(page)
    sign_in(page, rosa)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url(lambda url: "/account/" not in url)


def test_it_confirms_a_sensitive_change_and_leads_back(page, device, rosa, settings):
    sign_in(page, rosa)
    add_passkey(page)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    page.goto(reverse("account_email"))
    page.get_by_role("link", name="Use your passkey").click()
    assert complaints(page) == []
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url(f"**{reverse('account_email')}")
    expect(page.get_by_label("New email address")).to_be_visible()


def test_a_device_that_does_not_know_its_owner_is_told_so_in_a_sentence(page, device, rosa):
    sign_in(page, rosa)
    add_passkey(page)
    sign_out(page)
    wire, authenticator = device
    wire.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The passkey was not used")
    assert complaints(page) == []


def test_a_removed_passkey_opens_nothing(page, device, rosa):
    sign_in(page, rosa)
    add_passkey(page)
    page.goto(reverse("mfa_index"))
    page.get_by_role("link", name="Remove").filter(has_text="Work laptop").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey was not accepted")).to_be_visible()
