"""Signing up in Chromium, with and without script: a patient by email, a lawyer by text, each from the tray."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from accounts.models import Person
from outbox.queue import run_due
from tests.looking import complaints, overflows

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "sandbox"]),
]
PASSWORD = "green kettle by the window"


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def phone(request, chromium, live_server, settings):
    """A small phone at the sign-in page; at the end no policy was broken."""
    cache.clear()
    settings.SITE_URL = live_server.url
    settings.EMAIL_BACKEND = "sandbox.tray.EmailBackend"
    size, problems = {"width": 320, "height": 700}, []
    context = chromium.new_context(viewport=size, java_script_enabled=request.param, base_url=live_server.url)
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.on("console", lambda said: problems.append(said.text) if "Content Security" in said.text else None)
    page.goto("/account/login/")
    page.has_script = request.param
    yield page
    context.close()
    assert problems == []


def fine(page):
    """Nothing for axe to complain of (it is a script itself), and nothing sticks out."""
    assert overflows(page) == []
    if getattr(page, "has_script", False):
        assert complaints(page) == []


def begin(page, who):
    page.get_by_role("link", name="Sign up").click()
    fine(page)
    page.get_by_role("link", name=who, exact=True).click()
    fine(page)


def fill(page, email):
    page.get_by_label("First name").fill("Ada")
    page.get_by_label("Last name").fill("Brook")
    page.get_by_label("Email", exact=True).fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password, once more").fill(PASSWORD)
    page.get_by_label("I accept the agreement.").check()


def send(page):
    page.locator("form.form").get_by_role("button", name="Sign up").click()


def newest_code(page):
    run_due(kind="correspondence.send")
    tray = page.context.new_page()
    tray.goto("/sandbox/")
    code = re.search(r"\b[0-9]{6}\b", tray.locator("main").inner_text())[0]
    tray.close()
    return code


def test_a_patient_signs_up_by_email(phone):
    begin(phone, "Patient")
    phone.get_by_label("First name").fill("Ada")
    send(phone)
    expect(phone.get_by_role("alert")).to_be_visible()
    expect(phone.get_by_label("First name")).to_have_value("Ada")
    fine(phone)
    fill(phone, "ada@example.test")
    phone.get_by_label("Send the code by email").check()
    send(phone)
    expect(phone.get_by_text("a•••@example.test")).to_be_visible()
    fine(phone)
    phone.get_by_label("Code").fill("12")
    phone.get_by_role("button", name="Confirm").click()
    expect(phone.locator("#id_code_error")).to_be_visible()
    fine(phone)
    phone.get_by_label("Code").fill(newest_code(phone))
    phone.get_by_role("button", name="Confirm").click()
    expect(phone).not_to_have_url(re.compile("/account/"))
    assert Person.objects.get().memberships.get().organization.is_household


def test_a_lawyer_signs_up_by_text(phone):
    begin(phone, "Professional")
    fill(phone, "ada@smithlaw.test")
    phone.get_by_label("Law firm").check()
    phone.get_by_label("Send the code by text").check()
    phone.get_by_label("Mobile phone").fill("(602) 555-0143")
    send(phone)
    expect(phone.get_by_text("(•••) •••-0143")).to_be_visible()
    phone.get_by_role("link", name="Use another number").click()
    fine(phone)
    phone.get_by_label("Mobile phone").fill("(602) 555-0188")
    phone.get_by_role("button", name="Send the code").click()
    expect(phone.get_by_text("(•••) •••-0188")).to_be_visible()
    fine(phone)
    phone.get_by_label("Code").fill(newest_code(phone))
    phone.get_by_role("button", name="Confirm").click()
    expect(phone).not_to_have_url(re.compile("/account/"))
    assert Person.objects.get().phone_verified_at


def test_the_agreement_is_read_beside_the_form(phone):
    begin(phone, "Patient")
    phone.get_by_label("First name").fill("Ada")
    with phone.context.expect_page() as opened:
        phone.get_by_role("link", name="Read the agreement").click()
    opened.value.has_script = phone.has_script
    expect(opened.value.get_by_role("heading", name="Who pays what")).to_be_visible()
    fine(opened.value)
    expect(phone.get_by_label("First name")).to_have_value("Ada")
