"""The patient's way in Chromium: from the message in the tray to the signature, and back."""

import re

import pytest
from playwright.sync_api import expect

from outbox.queue import run_due
from requests_app.models import State
from tests import cast
from tests.looking import complaints, overflows
from tests.requests_app.authorizations import steps

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "sandbox"]),
]


@pytest.fixture
def asked(rosa, custodian, clara, practice, settings, live_server):
    """Two practices asked, one link sent; it lies in the tray."""
    settings.SITE_URL = live_server.url
    settings.EMAIL_BACKEND = "sandbox.tray.EmailBackend"
    first = steps.wait_for_patient(rosa, custodian)
    second = steps.also_ask(first, cast.custodian(practice, name="Riverbend Imaging"), by=rosa)
    run_due(kind="correspondence.send")
    return first, second


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def phone(request, chromium, live_server, asked):
    """A phone that shows the tray."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844},
        java_script_enabled=request.param,
        base_url=live_server.url,
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto("/sandbox/")
    yield page
    context.close()


def follow_and_identify(page):
    page.get_by_role("link", name="/sign/").first.click()
    page.get_by_label("The patient's birth date").fill(steps.BORN)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Permission to give out health records")).to_be_visible()


def fill_and_sign(page):
    page.get_by_label("I am the patient", exact=True).check()
    page.get_by_label("Your own full name").fill("Thomas Wright")
    page.get_by_label("Your initials").fill("TW")
    page.get_by_label("I agree to sign electronically").check()
    page.get_by_role("button", name="Accept and Sign").click()
    expect(page.get_by_role("heading", name="Signed. Thank you.")).to_be_visible()


def test_from_the_tray_to_signed_and_back(phone, asked):
    follow_and_identify(phone)
    assert "Wright" not in phone.title()
    assert phone.url.endswith("/sign/")
    fill_and_sign(phone)
    run_due()
    for record_request in asked:
        record_request.refresh_from_db()
        assert record_request.state == State.PENDING
    phone.get_by_role("link", name="Refresh").click()
    with phone.expect_download() as download:
        phone.get_by_role("link", name=re.compile("Download as PDF.*Riverbend")).click()
    assert download.value.suggested_filename.endswith(".pdf")
    phone.get_by_role("link", name="Revoke").click()
    phone.get_by_role("button", name="Revoke").click()
    expect(phone.get_by_role("heading", name="You took this permission back")).to_be_visible()
    asked[0].refresh_from_db()
    assert asked[0].state == State.INCOMPLETE


@pytest.mark.parametrize("phone", [True], indirect=True)
def test_axe_has_no_complaint_and_nothing_sticks_out(phone, asked):
    def look():
        assert complaints(phone) == []
        phone.set_viewport_size({"width": 320, "height": 700})
        assert overflows(phone) == []

    phone.get_by_role("link", name="/sign/").first.click()
    look()
    phone.get_by_label("The patient's birth date").fill(steps.BORN)
    phone.get_by_role("button", name="Continue").click()
    phone.wait_for_url("**/sign/")
    look()
    phone.get_by_role("button", name="Accept and Sign").click()
    expect(phone.get_by_role("alert")).to_be_focused()
    look()
    fill_and_sign(phone)
    look()
