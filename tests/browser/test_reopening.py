"""What time does to a request, as its requestor and ops see it in Chromium: warned, canceled, reopened, decided."""

import os
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from audit.actors import SYSTEM
from requests_app.models import RecordRequest
from requests_app.sweeping import requests
from requests_app.tracking import abandoning
from tests import cast, stage
from tests.browser.test_paying import complaints, open_as  # noqa: F401

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "sandbox"]),
]
WIDTHS = pytest.mark.parametrize("width", [1440, 390])


@pytest.fixture
def waiting(pending):
    """It has waited for 54 days: a week is left."""
    RecordRequest.objects.update(submitted_at=timezone.now() - timedelta(days=54))
    pending.refresh_from_db()
    return pending


@pytest.fixture
def lapsed(pending, clara):
    """Two pages were found when its time ran out."""
    stage.upload(pending, clara, pages=2)
    abandoning.lapse(pending, by=SYSTEM, swept="waited")
    return pending


def look(page, name):
    """Where a folder is named, a picture of the page as it is now."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@WIDTHS
def test_the_page_says_until_when(open_as, rosa, waiting, width):  # noqa: F811
    page = open_as(rosa, width=width)
    page.goto(waiting.get_absolute_url())
    expect(page.locator("#standing")).to_contain_text("It is canceled on")
    look(page, f"warned-{width}")
    assert complaints(page) == []


@WIDTHS
def test_reopened_by_keyboard_in_the_dialog(open_as, rosa, lapsed, width):  # noqa: F811
    page = open_as(rosa, width=width)
    page.goto(lapsed.get_absolute_url())
    look(page, f"canceled-{width}")
    assert complaints(page) == []
    page.get_by_role("link", name="Reopen Request").focus()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Reopen Request for $10.00")
    expect(button).to_be_visible()
    look(page, f"reopen-{width}")
    assert complaints(page) == []
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#standing")).to_contain_text("The request was reopened on")
    expect(page.locator("#payment")).to_contain_text("Also owed: invoice")
    look(page, f"reopened-{width}")
    assert complaints(page) == []


def test_reopened_without_script(open_as, rosa, lapsed):  # noqa: F811
    page = open_as(rosa, script=False)
    page.goto(lapsed.get_absolute_url())
    page.get_by_role("link", name="Reopen Request").click()
    look(page, "reopen-no-script")
    page.get_by_role("button", name="Reopen Request for $10.00").click()
    expect(page.locator("#standing")).to_contain_text("The request was reopened on")


@WIDTHS
def test_a_new_request_is_made_from_it_with_one_click(open_as, rosa, lapsed, width):  # noqa: F811
    page = open_as(rosa, width=width)
    page.goto(lapsed.get_absolute_url())
    page.get_by_role("button", name="Make a new request from it").click()
    expect(page.get_by_text(re.compile("A new draft like request"))).to_be_visible()
    look(page, f"again-{width}")
    assert complaints(page) == []


@WIDTHS
def test_ops_let_a_patient_s_request_go_on(open_as, olga, custodian, clara, width):  # noqa: F811
    pat = cast.member("pat", cast.organization("Pat Example", "household"))
    own = stage.draft(pat, custodian)
    own.submit(by=pat)
    RecordRequest.objects.update(sweep_on=None, submitted_at=timezone.now() - timedelta(days=70))
    requests.sweep()
    ops = type("Ops", (), {"person": olga})
    page = open_as(ops, width=width)
    page.goto("/ops/")
    look(page, f"ops-{width}")
    page.get_by_role("link", name="Patients' requests whose time is over").click()
    look(page, f"ops-queue-{width}")
    page.get_by_role("link", name=str(own)).click()
    look(page, f"ops-request-{width}")
    page.get_by_role("link", name="Keep it going").click()
    look(page, f"ops-decide-{width}")
    page.get_by_role("button", name="Keep it going").click()
    expect(page.get_by_text("goes on for 30 days")).to_be_visible()
