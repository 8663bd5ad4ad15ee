"""A practice sets itself up, a patient comes by its public page, and the Clinical Reviewer signs off; in Chromium."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from directory.models import FormOffered
from requests_app.models import RecordRequest
from requests_app.organization import reviewer
from tests import cast, stage
from tests.looking import complaints, overflows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browse(chromium, live_server):
    """`browse(address, as_=clara, width=390, script=False)` is that page in a browser of its own."""
    contexts = []

    def opened(address, *, as_=None, width=1440, script=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, base_url=live_server.url
        )
        contexts.append(context)
        if as_:
            client = Client()
            client.force_login(as_.person)
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
            context.add_cookies([cookie])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


def look(page):
    """No complaint of axe's, nothing that sticks out; at 320 px neither."""
    assert complaints(page) == []
    assert overflows(page, page.viewport_size["width"], 320) == []


@pytest.mark.parametrize("script", [True, False])
def test_from_the_public_page_to_a_request_with_the_place_chosen(browse, practice, custodian, script):
    tom = cast.member("tom", cast.organization("Thomas Wright", "household"))
    page = browse(reverse("landing", args=[practice.slug]), as_=tom, width=390, script=script)
    page.get_by_role("link", name="Request my records").click()
    expect(page.get_by_text("You come from the page of Lakeside Family Medicine, Macon, GA")).to_be_visible()
    page.get_by_role("link", name="Start").click()
    page.get_by_role("link", name="Someone else").click()
    expect(page.get_by_text("Lakeside Family Medicine will be asked for the records.")).to_be_visible()
    page.get_by_label("First name").fill("Ann")
    page.get_by_label("Last name").fill("Wright")
    page.get_by_label("Birth date").fill("03/14/1961")
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/case/")
    assert RecordRequest.objects.get().custodian == custodian
    page.goto(reverse("wizard_providers", args=[RecordRequest.objects.get().batch_id]))
    expect(page.get_by_role("button", name="Remove Lakeside Family Medicine")).to_be_visible()


def test_anybody_is_led_to_sign_up(browse, practice, custodian):
    page = browse(reverse("landing", args=[practice.slug]))
    page.get_by_role("link", name="Request my records").click()
    expect(page).to_have_url(
        page.url.split("/account/")[0] + f"/account/signup/?as=patient&next=%2Fnew%2F%3Fat%3D{custodian.pk}"
    )


def test_a_practice_sets_itself_up(browse, practice, clara, dora, custodian):
    page = browse(reverse("my_organization"), as_=clara)
    page.get_by_role("link", name="Open Lakeside Family Medicine").click()
    page.get_by_role("link", name="Edit services and fees").click()
    page.get_by_label("Affidavit", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Please correct this first")).to_be_visible()
    look(page)
    page.get_by_label("Fee: Affidavit").fill("12.00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="Affidavit")).to_contain_text("$12.00")
    page.get_by_role("link", name="Add a form").click()
    page.get_by_label("Name of the form").fill("Sports physical")
    page.get_by_label("Fee, in dollars").fill("0.00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Edit Sports physical")).to_be_visible()
    page.goto(reverse("checklist"))
    for line in ("Names match", "Dates fit"):
        page.get_by_label("What must be looked at").fill(line)
        page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="Move up: Dates fit").click()
    expect(page.locator("ol.feed > li").first).to_contain_text("Dates fit")
    page.get_by_role("link", name="Remove Names match").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("The line was removed.")).to_be_visible()
    page.goto(reverse("clinical_reviewer"))
    page.get_by_label("Dora Example").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Clara Example made Dora Example the Clinical Reviewer")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_the_clinical_reviewer_signs_off(browse, practice, clara, dora, pending, script):
    reviewer.choose(practice, dora, by=clara)
    stage.reviewed(pending, clara)
    page = browse(reverse("qa", args=[pending.public_id]), as_=dora, script=script)
    page.get_by_role("checkbox", name="I have looked at these records; they may go out.").click()
    expect(page.get_by_text("Signed off")).to_be_visible()
    if script:
        look(page)
    page = browse(reverse("qa", args=[pending.public_id]), as_=clara, script=script)
    page.get_by_role("link", name="Finish QA and price").click()
    expect(page.get_by_role("button", name="Release", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_well_made(browse, practice, clara, rosa, custodian, width):
    form = FormOffered.add(practice, by=clara, custodian=custodian, name="Sports physical", fee="20.00")
    look(browse(reverse("landing", args=[practice.slug]), width=width))
    page = browse(reverse("my_organization"), as_=clara, width=width)
    look(page)
    addresses = [
        *(reverse(name, args=[custodian.pk]) for name in ("place", "place_edit", "place_delivery")),
        reverse("place_services", args=[custodian.pk]),
        reverse("place_form_edit", args=[custodian.pk, form.pk]),
        *(reverse(name) for name in ("checklist", "clinical_reviewer", "walk_in_add")),
    ]
    for address in addresses:
        page.goto(address)
        look(page)
    page = browse(reverse("physician_add"), as_=rosa, width=width)
    look(page)
