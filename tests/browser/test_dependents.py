"""A parent's way: adds a child, asks for the child's records, removes the child; the request keeps the name."""

import pytest
from playwright.sync_api import expect

from accounts.models import Dependent
from requests_app.models import Batch, RecordRequest
from tests import cast
from tests.looking import complaints, overflows, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def aisha(db):
    return cast.member("aisha", cast.organization("Aisha Rahman", "household"))


@pytest.fixture
def page_of(chromium, live_server, client):
    """`page_of(aisha, script)` is a browser in which she is signed in."""
    contexts = []

    def opened(member, script):
        client.force_login(member.person)
        context = chromium.new_context(base_url=live_server.url, java_script_enabled=script)
        contexts.append(context)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        context.set_default_timeout(10_000)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def look(page, name, script):
    """No violation by axe, nothing wider than the screen, also of a phone."""
    if not script:
        return
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        picture(page, name)
    assert overflows(page, 1440, 390, 320) == []
    assert complaints(page) == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_parent_asks_for_a_child(page_of, aisha, custodian, script):
    page = page_of(aisha, script)
    page.goto("/")
    look(page, "dashboard", script)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Dependents").click()
    look(page, "none", script)
    page.get_by_role("link", name="Add Dependent").click()
    page.get_by_role("button", name="Add Dependent").click()
    expect(page.get_by_text("Please correct this first")).to_be_visible()
    look(page, "add-errors", script)
    page.get_by_label("First name").fill("Leo")
    page.get_by_label("Last name").fill("Rahman")
    page.get_by_label("Birth date").fill("05/04/2015")
    page.get_by_label("School").fill("Oak Hill Elementary")
    page.get_by_role("button", name="Add Dependent").click()
    expect(page.get_by_text("Added to your dependents.")).to_be_visible()
    look(page, "list", script)

    page.get_by_role("link", name="Timeline Leo").click()
    look(page, "timeline-empty", script)
    page.get_by_role("link", name="Record Request").click()
    page.get_by_role("link", name="Start").click()
    expect(page.get_by_label("First name")).to_have_count(0)
    look(page, "who", script)
    page.get_by_role("link", name="Me", exact=True).click()
    expect(page.get_by_label("First name")).to_have_value("Aisha")
    look(page, "who-me", script)
    page.get_by_role("link", name="Leo Rahman").click()
    expect(page.get_by_label("First name")).to_have_value("Leo")
    expect(page.get_by_label("Birth date")).to_have_value("05/04/2015")
    look(page, "who-leo", script)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label("Tracking or case number")).to_be_visible()
    made = RecordRequest.draft(Batch.objects.get(), custodian, by=aisha)

    page.goto("/dependents/")
    page.get_by_role("link", name="Leo Rahman", exact=True).click()
    expect(page.get_by_role("link", name=str(made))).to_be_visible()
    look(page, "timeline", script)
    page.get_by_role("link", name="Details", exact=True).click()
    look(page, "details", script)
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Grade").fill("5")
    look(page, "edit", script)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("link", name="Edit").click()
    page.get_by_role("link", name="Remove Dependent").click()
    look(page, "remove", script)
    page.get_by_role("button", name="Yes, delete").click()
    expect(page.get_by_text("Nobody here yet")).to_be_visible()
    page.goto("/outbound/?status=all")
    expect(page.get_by_text("Leo Rahman")).to_be_visible()
    assert Dependent.objects.get().removed_at


def test_a_child_is_added_on_the_way(page_of, aisha):
    page = page_of(aisha, True)
    page.goto("/new/")
    page.get_by_role("link", name="Start").click()
    page.get_by_role("link", name="Add a dependent").click()
    page.get_by_label("First name").fill("Leo")
    page.get_by_label("Last name").fill("Rahman")
    page.get_by_label("Birth date").fill("05/04/2015")
    page.get_by_role("button", name="Add Dependent").click()
    page.get_by_role("link", name="Leo Rahman").click()
    expect(page.get_by_label("Birth date")).to_have_value("05/04/2015")
