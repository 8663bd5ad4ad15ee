"""A practice comes in: survey, NPI, the wait; ops approve it in the admin, and its inbound list opens."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Organization, Person
from directory.models import Custodian
from outbox.queue import run_due
from tests import cast
from tests.looking import complaints, overflows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
NPI = "1234567893"


@pytest.fixture
def browser_of(chromium, live_server):
    """`browser_of(person, script)` is a browser in which that person has just signed in by password."""
    contexts, problems = [], []

    def signed_in(person, script=True, **device):
        client = Client()
        client.force_login(person)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": 390, "height": 844},
            java_script_enabled=script,
            **device,
        )
        contexts.append(context)
        context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("response", lambda one: problems.append(one.url) if one.status >= 500 else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        return page

    cache.clear()
    yield signed_in
    for context in contexts:
        context.close()
    assert problems == []


def look(page, script):
    """No violation by axe, nothing wider than a narrow phone."""
    page.set_viewport_size({"width": 320, "height": 844})
    if script:
        assert overflows(page) == []
        assert complaints(page) == []


@pytest.fixture
def hana(db):
    person = Person.objects.create_user(
        "hana@hillside.example", cast.PASSWORD, first_name="Hana", last_name="Okafor", signed_up_as="provider"
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def answer_the_survey(page, script):
    page.goto("/inbound/")
    expect(page.get_by_role("heading", name="A few questions first")).to_be_visible()
    look(page, script)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one state")
    page.get_by_label("What is your role?").fill("Office manager")
    for choice in ("11 to 50", "We process requests ourselves", "Georgia"):
        page.get_by_label(choice, exact=True).check()
    page.get_by_label("How did you hear about us?").select_option("search")
    page.get_by_role("button", name="Continue").click()


def find_by_npi(page, script):
    look(page, script)
    page.get_by_label("NPI of your practice").fill("1234 567 893")
    page.get_by_role("button", name="Find it").click()
    expect(page.get_by_label("Name of the organization")).to_have_value("HILLSIDE CLINIC LLC")
    look(page, script)
    page.get_by_label("Name of the organization").fill("Hillside Clinic")
    page.get_by_label("ZIP").fill("31201")
    page.get_by_role("button", name="Send it to be checked").click()
    expect(page.get_by_role("heading", name="We are checking Hillside Clinic")).to_be_visible()
    look(page, script)


def decide(page, decision, reason=""):
    page.goto("/ops/")
    page.get_by_role("link", name="Organizations to approve").click()
    page.get_by_role("link", name="Hillside Clinic").click()
    page.get_by_role("link", name=decision, exact=True).click()
    if reason:
        page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name=decision).click()
    expect(page.get_by_text("Its administrators are told.")).to_be_visible()
    run_due()


@SCRIPT
def test_a_practice_comes_in(browser_of, hana, olga, rosa, mailoutbox, script):
    place = Custodian.objects.create(
        name="HILLSIDE CLINIC LLC",
        npi=NPI,
        street="12 Hill Road",
        city="Macon",
        state="GA",
        phone="+14785550123",
    )
    page = browser_of(hana, script)
    answer_the_survey(page, script)
    find_by_npi(page, script)
    decide(browser_of(olga, script), "Reject", "Which of the two streets is it?")
    page.goto("/")
    expect(page.get_by_text("Which of the two streets is it?")).to_be_visible()
    look(page, script)
    page.get_by_label("Your answer").fill("Hill Road; the other one is closed.")
    page.get_by_role("button", name="Send, and ask us to look again").click()
    expect(page.get_by_text("Hill Road; the other one is closed.")).to_be_visible()
    decide(browser_of(olga, script), "Approve")
    assert [letter.to for letter in mailoutbox] == [[hana.email], [hana.email]]
    page.goto("/inbound/")
    expect(page.get_by_role("heading", name="Inbound")).to_be_visible()
    place.refresh_from_db()
    assert place.organization == Organization.objects.get(name="Hillside Clinic")


def test_a_colleague_asks_instead(browser_of, hana):
    cast.organization("Hillside Clinic", "provider", mail_domain="hillside.example")
    page = browser_of(hana)
    answer_the_survey(page, True)
    expect(page.get_by_role("heading", name="Your organization is here already")).to_be_visible()
    look(page, True)
    page.get_by_role("button", name="Ask to join").click()
    expect(page.get_by_role("heading", name="You asked to join Hillside Clinic")).to_be_visible()
    look(page, True)
    page.get_by_role("button", name="I no longer want to join").click()
    expect(page.get_by_text("You no longer ask to join Hillside Clinic.")).to_be_visible()


def test_a_patient_s_survey_begins_with_the_clock_of_their_device(browser_of, db):
    pat = cast.member("pat", cast.organization("Pat Example", "household"))
    pat.person.onboarded_at = None
    pat.person.save()
    page = browser_of(pat.person, timezone_id="America/Boise")
    page.goto("/welcome/")
    zone = page.get_by_label("Your time zone")
    expect(zone).to_have_value("America/Denver")
    zone.select_option("America/Phoenix")
    page.get_by_role("button", name="Continue").click()  # "How did you hear about us?" is still open
    expect(page.get_by_role("alert")).to_be_visible()
    expect(zone).to_have_value("America/Phoenix")
