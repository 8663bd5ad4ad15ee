"""The six steps as a person walks them, with axe on every page, wide and on a phone."""

import pytest
from playwright.sync_api import expect

from directory.models import Service
from requests_app.models import RecordRequest
from tests import cast
from tests.looking import complaints, overflows, picture
from tests.stage import pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[1440, 390])
def page(request, chromium, live_server, rosa, client):
    """A browser signed in as rosa, as wide as a desk or a phone."""
    client.force_login(rosa.person)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context = chromium.new_context(base_url=live_server.url, viewport={"width": request.param, "height": 900})
    context.add_cookies([cookie])
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def network(custodian):
    """Two practices, one of them with everything on offer."""
    peachtree = cast.organization("Peachtree Radiology", "provider")
    made = cast.custodian(peachtree, name="Peachtree Radiology", offers_rush=True, rush_fee="45.00")
    made.offers_fax = False
    made.save()
    for kind in (Service.Kind.AFFIDAVIT, Service.Kind.ARCHIVE):
        Service.objects.create(custodian=made, kind=kind, fee="15.00")


def look(page, name):
    """No violation by axe, nothing wider than the screen."""
    picture(page, name)
    assert complaints(page) == []
    assert overflows(page) == []


def test_a_law_firm_asks_two_practices(page, network, tmp_path):
    page.goto("/new/")
    look(page, "0-start")
    page.get_by_role("link", name="Start").click()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Please correct this first")).to_be_visible()
    look(page, "1-patient-errors")
    page.get_by_label("First name").fill("Thomas")
    page.get_by_label("Last name").fill("Wright")
    page.get_by_label("Birth date").fill("11/02/1978")
    look(page, "1-patient")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Tracking or case number").fill("24-CV-1187")
    look(page, "1-case")
    page.get_by_role("button", name="Continue").click()

    page.get_by_label("Facility or physician").fill("macon")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Favorite: Peachtree Radiology").click()
    page.get_by_role("button", name="Select Lakeside").click()
    page.get_by_role("button", name="Select Peachtree").click()
    look(page, "2-providers")
    page.get_by_role("link", name="Continue").click()

    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Please make request specifications for all the providers")).to_be_visible()
    look(page, "3-details-errors")
    peachtree = page.locator("details", has_text="Peachtree Radiology")
    peachtree.get_by_label("Images", exact=True).check()
    expect(peachtree.get_by_label("Medical Images")).to_be_checked()
    peachtree.get_by_label("Affidavit").check()
    peachtree.get_by_label("Between").check()
    peachtree.get_by_label("From").fill("01/01/2021")
    peachtree.get_by_label("To", exact=False).last.fill("12/31/2023")
    look(page, "3-details")
    peachtree.get_by_role("button", name="Apply Selections to All Providers").click()
    expect(page.get_by_text("Lakeside Family Medicine doesn't offer: Affidavit.")).to_be_visible()
    look(page, "3-details-applied")
    page.get_by_role("button", name="Continue", exact=True).click()

    page.get_by_label("Electronic download").check()
    page.get_by_text("Litigation", exact=True).click()
    look(page, "3-delivery")
    page.get_by_role("button", name="Save Draft").click()
    expect(page.get_by_role("button", name="Save & Exit")).to_be_visible()
    look(page, "3-save-draft")
    page.get_by_role("button", name="Save & Continue").click()
    page.get_by_role("button", name="Continue", exact=True).click()

    look(page, "4-authorization-empty")
    (tmp_path / "signed.pdf").write_bytes(pdf(3))
    lakeside = page.locator("section.card", has_text="Lakeside Family Medicine").first
    lakeside.get_by_label("Type of authorization").select_option("general")
    lakeside.locator("input[type=file]").set_input_files(tmp_path / "signed.pdf")
    lakeside.get_by_role("button", name="Upload").click()
    page.get_by_role("button", name="Use this authorization for all providers").click()
    expect(page.get_by_text("3 pages")).to_have_count(2)
    look(page, "4-authorization")
    page.get_by_role("link", name="Delete Peachtree").click()
    expect(page.get_by_text("Delete this authorization?")).to_be_visible()
    look(page, "4-delete")
    page.get_by_role("link", name="Keep it").click()
    page.get_by_role("link", name="Continue", exact=True).click()

    page.get_by_label("Credit Card", exact=True).check()
    look(page, "5-payment-card")
    page.get_by_label("Check", exact=True).check()
    look(page, "5-payment")
    page.get_by_role("button", name="Continue", exact=True).click()
    page.locator("summary").first.click()
    look(page, "6-estimate")
    page.get_by_role("button", name="Review Request").click()
    look(page, "7-review")
    page.get_by_role("link", name="Submit Request").click()
    look(page, "7-submit")
    page.get_by_role("button", name="Submit Request").click()
    expect(page.get_by_text("Your request has been submitted")).to_be_visible()
    look(page, "8-done")
    assert RecordRequest.objects.filter(state="pending").count() == 2


def test_what_is_typed_saves_itself(page, network):
    page.goto("/new/")
    page.get_by_role("link", name="Start").click()
    with page.expect_response(lambda answer: answer.url.endswith("/keep/")) as saved:
        page.get_by_label("First name").press_sequentially("Tho")
    assert saved.value.status == 204
    page.reload()
    expect(page.get_by_label("First name")).to_have_value("Tho")
    look(page, "1-patient-resumed")
