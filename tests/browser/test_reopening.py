"""What time does to a request, as its requestor and ops see it in Chromium: warned, canceled, reopened, decided."""

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
from tests.looking import complaints, picture

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


@WIDTHS
def test_the_page_says_until_when(open_as, rosa, waiting, width):
    page = open_as(rosa, width=width)
    page.goto(waiting.get_absolute_url())
    expect(page.locator("#standing")).to_contain_text("It is canceled on")
    picture(page, "warned")
    assert complaints(page) == []


@WIDTHS
def test_reopened_by_keyboard_in_the_dialog(open_as, rosa, lapsed, width):
    page = open_as(rosa, width=width)
    page.goto(lapsed.get_absolute_url())
    picture(page, "canceled")
    assert complaints(page) == []
    page.get_by_role("link", name="Reopen Request").focus()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Reopen Request for $10.00")
    expect(button).to_be_visible()
    picture(page, "reopen")
    assert complaints(page) == []
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#standing")).to_contain_text("The request was reopened on")
    expect(page.locator("#payment")).to_contain_text("Also owed: invoice")
    picture(page, "reopened")
    assert complaints(page) == []


def test_reopened_without_script(open_as, rosa, lapsed):
    page = open_as(rosa, script=False)
    page.goto(lapsed.get_absolute_url())
    page.get_by_role("link", name="Reopen Request").click()
    picture(page, "reopen-no-script")
    page.get_by_role("button", name="Reopen Request for $10.00").click()
    expect(page.locator("#standing")).to_contain_text("The request was reopened on")


@WIDTHS
def test_a_new_request_is_made_from_it_with_one_click(open_as, rosa, lapsed, width):
    page = open_as(rosa, width=width)
    page.goto(lapsed.get_absolute_url())
    page.get_by_role("button", name="Make a new request from it").click()
    expect(page.get_by_text(re.compile("A new draft like request"))).to_be_visible()
    picture(page, "again")
    assert complaints(page) == []


@WIDTHS
def test_ops_let_a_patient_s_request_go_on(open_as, olga, custodian, clara, width):
    pat = cast.member("pat", cast.organization("Pat Example", "household"))
    own = stage.draft(pat, custodian)
    own.submit(by=pat)
    RecordRequest.objects.update(sweep_on=None, submitted_at=timezone.now() - timedelta(days=70))
    requests.sweep()
    ops = type("Ops", (), {"person": olga})
    page = open_as(ops, width=width)
    page.goto("/ops/")
    picture(page, "ops")
    page.get_by_role("link", name="Patients' requests whose time is over").click()
    picture(page, "ops-queue")
    page.get_by_role("link", name=str(own)).click()
    picture(page, "ops-request")
    page.get_by_role("link", name="Keep it going").click()
    picture(page, "ops-decide")
    page.get_by_role("button", name="Keep it going").click()
    expect(page.get_by_text("goes on for 30 days")).to_be_visible()
