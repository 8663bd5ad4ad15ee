"""The practice's review in Chromium: by letters, by buttons, without script."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from audit.models import Activity
from requests_app.models import State
from tests import stage
from tests.looking import complaints, overflows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def checklist(practice):
    return practice.checklist.create(text="Name and date of birth match")


@pytest.fixture
def desk(chromium, live_server, clara, checklist):
    """`desk(address, script=False, width=390)` is that page in clara's browser."""
    contexts = []

    def opened(address, *, script=True, width=1440):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, base_url=live_server.url
        )
        contexts.append(context)
        client = Client()
        client.force_login(clara.person)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def qa(desk, in_review):
    page = desk(reverse("qa", args=[in_review.public_id]))
    seen(page, 1)
    return page


def seen(page, number):
    """The large picture of page `number` is on the screen."""
    expect(page.locator("main strong").first).to_have_text(f"Page {number} of 3")
    expect(page.locator("[data-page]")).to_have_js_property("complete", True)
    expect(page.locator("[data-page]")).not_to_have_js_property("naturalWidth", 0)


def verdicts(record_request):
    return list(record_request.pages.kept().values_list("verdict", flat=True))


def test_letters_do_it_all(qa, in_review):
    qa.keyboard.press("a")
    seen(qa, 2)
    qa.keyboard.press("x")
    seen(qa, 3)
    qa.keyboard.press("r")
    expect(qa.locator(".sheet")).to_have_class("sheet turn-90")
    assert verdicts(in_review) == ["approved", "removed", ""]
    qa.keyboard.press("u")
    seen(qa, 2)
    assert verdicts(in_review) == ["approved", "", ""]
    qa.keyboard.press("ArrowLeft")
    seen(qa, 1)
    qa.keyboard.press("j")
    seen(qa, 2)


def test_what_was_done_is_marked_and_said(qa):
    qa.keyboard.press("a")
    seen(qa, 2)
    expect(qa.locator(".thumb.is-approved")).to_have_count(1)
    expect(qa.locator(".thumb[aria-current=page]")).to_contain_text("2")
    expect(qa.get_by_role("button", name="Finish QA and price (2 pages left)")).to_be_disabled()
    expect(qa.locator("#qa-said")).to_have_text("Page 2 of 3: Not reviewed")


def test_a_held_key_gives_one_verdict(qa, in_review):
    qa.keyboard.down("a")
    for _ in range(5):
        qa.keyboard.down("a")  # without a key-up in between this is a repeat
    seen(qa, 2)
    assert verdicts(in_review).count("approved") == 1


def test_no_verdict_on_a_page_that_is_not_on_the_screen(desk, in_review, chromium):
    page = desk("/inbound/")
    page.route("**/picture/", lambda route: None)  # its picture never arrives
    page.goto(reverse("qa", args=[in_review.public_id]), wait_until="commit")
    page.locator("[data-key=a]").wait_for()
    page.wait_for_load_state("domcontentloaded")
    page.keyboard.press("a")
    page.wait_for_timeout(300)
    assert verdicts(in_review) == ["", "", ""]


def test_letters_can_be_switched_off_and_stay_off(qa, in_review):
    qa.get_by_label("Use the letters as keys").uncheck()
    qa.keyboard.press("ArrowRight")
    seen(qa, 2)
    qa.keyboard.press("a")
    qa.wait_for_timeout(300)
    assert verdicts(in_review) == ["", "", ""]


@pytest.mark.parametrize("script", [True, False])
def test_from_the_first_page_to_the_release(script, desk, in_review):
    page = desk(in_review.get_absolute_url(), script=script)
    page.get_by_role("link", name="Review pages").click()
    for number in (1, 2, 3):
        expect(page.locator("main strong").first).to_have_text(f"Page {number} of 3")
        page.get_by_role("button", name="Approve page").click()
    expect(page.locator(".thumb.is-approved")).to_have_count(3)
    page.get_by_role("checkbox", name="Name and date of birth match").click()
    page.get_by_role("link", name="Finish QA and price").click()
    page.get_by_role("button", name="Release", exact=True).click()
    page.wait_for_url(f"**{in_review.get_absolute_url()}")
    in_review.refresh_from_db()
    assert in_review.state == State.PRICED
    assert Activity.objects.of(in_review).filter(event="page_approved").count() == 3


@pytest.mark.parametrize("script", [True, False])
def test_several_files_are_uploaded_and_each_is_answered(script, desk, pending):
    page = desk(pending.get_absolute_url(), script=script)
    good = {"name": "chart.pdf", "mimeType": "application/pdf", "buffer": stage.pdf(2)}
    bad = {"name": "notes.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 broken"}
    page.locator("input[type=file]").set_input_files([good, bad])
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("2 pages were added.")).to_be_visible()
    expect(page.get_by_text("notes.pdf:").first).to_be_visible()
    assert pending.pages.count() == 2


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    "name", ["qa", "upload_records", "mark_incomplete", "inbound", "record_request", "price"]
)
def test_axe_has_no_complaint_and_nothing_sticks_out(name, width, desk, in_review, clara):
    if name == "price":
        stage.reviewed(in_review, clara)
    page = desk(reverse(name, args=[] if name == "inbound" else [in_review.public_id]), width=width)
    assert complaints(page) == []
    assert overflows(page, width, 320) == []
