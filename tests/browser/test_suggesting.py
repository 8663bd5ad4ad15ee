"""A missing provider is suggested from a draft, and ops decide: in a browser, with and without script."""

import pytest
from django.urls import reverse

from audit.actors import SYSTEM
from correspondence.models import ContactToCheck
from directory.models import RegistryEntry, Suggestion
from requests_app.models import Batch
from tests import cast, stage
from tests.looking import complaints, overflows, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NPI = "1234567893"


@pytest.fixture
def step(rosa, custodian):
    RegistryEntry.objects.create(
        npi=NPI,
        is_person=False,
        name="Hillside Clinic",
        street="12 Hill Road",
        city="Macon",
        state="GA",
        zip_code="31201",
        phone="4785550123",
        words="hillside clinic macon 31201 in_ga",
    )
    batch = Batch.objects.create(
        organization=rosa.organization, owner=rosa.person, patient=stage.patient(rosa.organization)
    )
    return reverse("wizard_providers", args=[batch.pk])


@pytest.fixture
def page_of(chromium, live_server, client):
    contexts = []

    def opened(person, *, width=1440, script=True):
        client.force_login(person)
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        contexts.append(context)
        value = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def looked_at(page, name):
    picture(page, f"suggest-{name}")
    assert overflows(page) == []
    assert complaints(page) == []


@pytest.mark.parametrize("width", [1440, 390])
def test_from_a_result_and_back_to_the_draft(page_of, step, rosa, custodian, width):
    page = page_of(rosa.person, width=width)
    page.goto(step)
    looked_at(page, "terms")
    page.get_by_label("Facility or physician").press_sequentially("hillside")
    page.get_by_role("button", name="Ask us to invite it Hillside Clinic").wait_for()
    looked_at(page, "results")
    page.get_by_role("button", name="Ask us to invite it Hillside Clinic").click()
    page.get_by_text("Thank you. We ask Hillside Clinic to join").wait_for()
    page.get_by_text("You will hear from us").wait_for()
    looked_at(page, "wished")
    assert page.url.split("?")[0].endswith(step)
    page.get_by_role("link", name="Suggest a Provider").click()
    assert page.get_by_label("Name").input_value() == "hillside"
    looked_at(page, "form")
    page.goto(reverse("suggest"))
    page.get_by_label("Name").fill("Lakeside Family Medicine, LLC")
    page.get_by_label("State").select_option("GA")
    page.get_by_role("button", name="Suggest", exact=True).click()
    looked_at(page, "errors")
    page.get_by_label("Phone").fill("478 555 0199")
    page.get_by_role("button", name="Suggest", exact=True).click()
    page.get_by_role("heading", name="Is it one of these?").wait_for()
    looked_at(page, "there")
    page.get_by_label("It is another one, at another place").check()
    page.get_by_role("button", name="Suggest", exact=True).click()
    first, second = Suggestion.objects.order_by("pk")
    first.decline(by=SYSTEM, answer="It closed in May, and its records went to Macon General.")
    second.link(by=SYSTEM, custodian=custodian)
    page.goto(reverse("suggest"))
    looked_at(page, "became")


def test_without_script(page_of, step, rosa):
    page = page_of(rosa.person, script=False)
    page.goto(step)
    page.get_by_label("Facility or physician").fill("zzyzx")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("link", name="Suggest a Provider").click()
    assert page.get_by_label("Name").input_value() == "zzyzx"
    page.get_by_label("State").select_option("GA")
    page.get_by_label("Fax").fill("(478) 555-0124")
    page.get_by_label("Fax").press("Enter")
    assert page.get_by_label("Facility or physician").input_value() == "zzyzx"
    assert Suggestion.objects.get().name == "zzyzx"


@pytest.mark.parametrize("width", [1440, 390])
def test_ops_decide(page_of, step, rosa, custodian, width):
    made = Suggestion.make(
        by=rosa, name="Lakeside Family Medicine", state="GA", city="Macon", phone="+14785550123"
    )
    page = page_of(cast.ops("olga"), width=width)
    page.goto(reverse("admin:index"))
    page.get_by_role("link", name="Suggested providers").first.click()
    picture(page, "suggest-ops-queue")
    page.goto(reverse("admin:directory_suggestion_change", args=[made.pk]))
    picture(page, "suggest-ops-one")
    page.get_by_role("link", name="It is listed already").click()
    picture(page, "suggest-ops-link")
    page.get_by_label("Custodian").fill(str(custodian.pk))
    page.get_by_role("button", name="It is listed already").click()
    page.get_by_text("Whoever suggested it is told.").wait_for()
    made.refresh_from_db()
    assert made.standing == "already_there"


@pytest.mark.parametrize("width", [1440, 390])
def test_ops_settle_a_contact(page_of, rosa, width):
    ContactToCheck.objects.report("email", rosa.person.email, why="refused", reference="4820-1173-94")
    page = page_of(cast.ops("olga"), width=width)
    page.goto(reverse("admin:index"))
    page.get_by_role("link", name="Contacts to check").first.click()
    page.get_by_role("link", name=rosa.person.email).click()
    picture(page, "contact")
    page.get_by_role("link", name="Mark as settled").click()
    page.get_by_label("What was done").fill("She called back.")
    picture(page, "contact-close")
    page.get_by_role("button", name="Mark as settled").click()
    page.get_by_text("is closed.").wait_for()
    assert not ContactToCheck.objects.open().exists()
