"""Each outcome of a release in Chromium, at a desk and on a phone; and the question before asking twice."""

import io
import re

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from audit.actors import SYSTEM
from outbox.queue import run_due
from requests_app.models import RecordRequest, State
from tests import stage
from tests.looking import complaints, overflows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = pytest.mark.parametrize(
    ("width", "script"), [(1440, True), (390, True), (1440, False)], ids=["desk", "phone", "no script"]
)


@pytest.fixture
def browser_of(chromium, live_server):
    """`browser_of(member, width, script)` is a page signed in as that member."""
    contexts = []

    def opened(member, width, script):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            base_url=live_server.url,
            accept_downloads=True,
        )
        contexts.append(context)
        client = Client()
        client.force_login(member.person)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])
        page = context.new_page()
        page.set_default_timeout(30_000)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def both(browser_of, rosa, clara, width, script):
    return browser_of(rosa, width, script), browser_of(clara, width, script)


def look(page, script, name=""):
    """Nothing that axe finds, nothing wider than the screen."""
    assert overflows(page) == []
    if script:
        assert complaints(page) == []


def sign(page, explanation):
    page.locator("[name=explanation]").fill(explanation)
    page.get_by_label("Privacy contact: name or title").fill("Dana Poole, Privacy Officer")
    page.get_by_label("Phone of the privacy contact").fill("(478) 555-0143")
    page.get_by_label("Your own full name").fill("Clara Example")


def delivered(record_request):
    run_due(kind="requests.deliver")
    record_request.refresh_from_db()
    assert record_request.state == State.COMPLETED


def download(page):
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download All").click()
    pdf = pypdfium2.PdfDocument(io.BytesIO(taken.value.path().read_bytes()))
    return " ".join(" ".join(one.get_textpage().get_text_range().split()) for one in pdf)


@WIDTHS
def test_there_are_no_records(both, pending, script):
    firm, practice = both
    practice.goto(pending.get_absolute_url())
    practice.get_by_role("link", name="No records").click()
    look(practice, script)
    sign(practice, "The chart system and the archive.")
    practice.get_by_role("button", name="Read the letter first").click()
    expect(practice.get_by_text("has no records of this patient")).to_be_visible()
    look(practice, script)
    practice.get_by_role("button", name="Sign and send the statement").click()
    expect(practice.get_by_text("the letter goes out now")).to_be_visible()
    delivered(pending)
    firm.goto(pending.get_absolute_url())
    expect(firm.locator("#standing")).to_contain_text("stated on")
    look(firm, script)
    assert "Signed electronically by Clara Example" in download(firm)


@WIDTHS
def test_access_is_denied(both, pending, script):
    firm, practice = both
    practice.goto(pending.get_absolute_url())
    practice.get_by_role("link", name="Deny access").click()
    practice.get_by_role("button", name="Sign and send the denial").click()
    expect(practice.get_by_role("alert")).to_contain_text("Choose a ground.")
    look(practice, script)
    practice.get_by_label("Ground").select_option("danger")
    sign(practice, "The treating psychologist says so.")
    practice.get_by_role("button", name="Sign and send the denial").click()
    expect(practice.get_by_text("the letter goes out now")).to_be_visible()
    delivered(pending)
    firm.goto(pending.get_absolute_url())
    expect(firm.locator("#standing")).to_contain_text("denied the request on")
    look(firm, script)
    text = download(firm)
    assert "right to have this decision reviewed" in text
    assert "Office for Civil Rights" in text


@WIDTHS
def test_a_part_is_released_and_then_completed(both, pending, clara, script):
    firm, practice = both
    stage.reviewed(pending, clara, pages=2)
    practice.goto(reverse("price", args=[pending.public_id]))
    look(practice, script)
    practice.get_by_label("A part of it").check()
    practice.get_by_label("What is missing?").fill("The visit of March 2020.")
    practice.get_by_label("Why is it missing?").select_option("not_found")
    look(practice, script)
    if script:
        expect(practice.get_by_label("Ground for withholding it")).to_be_hidden()
    practice.get_by_role("button", name="Release", exact=True).click()
    expect(practice.get_by_text("is priced; the requestor was told")).to_be_visible()
    pending.invoices.get().settle(by=SYSTEM)
    delivered(pending)
    firm.goto(pending.get_absolute_url())
    expect(firm.locator("#records")).to_contain_text("The visit of March 2020.")
    look(firm, script)
    assert "The visit of March 2020." in download(firm)
    _complete(firm, practice, pending, clara, script)


def _complete(firm, practice, record_request, clara, script):
    """ "Something is missing": the practice adds it, for nothing, and both deliveries are there."""
    firm.get_by_role("link", name="Something is missing").click()
    look(firm, script)
    firm.get_by_role("button", name="Tell the practice").click()
    expect(firm.get_by_role("alert")).to_contain_text("Say what is missing.")
    firm.get_by_label("What is missing?").fill("The visit of March 2020 took place.")
    firm.get_by_role("button", name="Tell the practice").click()
    expect(firm.get_by_text("is with the practice again, free of charge")).to_be_visible()
    record_request.refresh_from_db()
    stage.upload(record_request, clara, pages=1)
    practice.goto(record_request.get_absolute_url())
    expect(practice.get_by_text("The visit of March 2020 took place.").first).to_be_visible()
    look(practice, script)
    stage.reviewed(record_request, clara)
    practice.goto(reverse("price", args=[record_request.public_id]))
    expect(practice.get_by_text("No charge: completes the delivery of").first).to_be_visible()
    look(practice, script)
    practice.get_by_role("button", name="Release", exact=True).click()
    expect(practice.get_by_text("is priced; the requestor was told")).to_be_visible()
    delivered(record_request)
    firm.goto(record_request.get_absolute_url())
    expect(firm.get_by_role("link", name=re.compile("Download what came on"))).to_be_visible()
    look(firm, script)
    assert "This completes the delivery of" in download(firm)


@WIDTHS
def test_all_that_was_asked_for_carries_its_receipt(both, pending, clara, script):
    firm, practice = both
    stage.reviewed(pending, clara, pages=2)
    practice.goto(reverse("price", args=[pending.public_id]))
    practice.get_by_role("button", name="Release", exact=True).click()
    expect(practice.get_by_text("is priced; the requestor was told")).to_be_visible()
    pending.invoices.get().settle(by=SYSTEM)
    delivered(pending)
    firm.goto(pending.get_absolute_url())
    expect(firm.get_by_role("table", name=re.compile("Receipt"))).to_be_visible()
    look(firm, script)
    assert "Ordered Delivered" in download(firm)


@WIDTHS
def test_who_asks_twice_is_asked_first(both, pending, rosa, custodian, script):
    firm, _practice = both
    second = stage.draft(rosa, custodian)
    firm.goto(reverse("wizard_review", args=[second.batch_id]))
    firm.get_by_role("link", name="Submit Request").click()
    expect(firm.get_by_role("heading", name="You may have requested this already")).to_be_visible()
    expect(firm.get_by_role("link", name=f"Open request {pending}")).to_be_visible()
    look(firm, script)
    firm.get_by_role("button", name="Go on with this request").click()
    firm.get_by_role("button", name="Submit Request").click()
    expect(firm.get_by_text("Your request has been submitted")).to_be_visible()
    second.refresh_from_db()
    assert RecordRequest.objects.filter(state=State.PENDING).count() == 2
