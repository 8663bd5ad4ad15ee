"""Whom to ask is found as one types, by keyboard, and without script."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from bench import registry_file
from directory.models import RegistryEntry
from requests_app.models import Batch
from tests import stage
from tests.looking import complaints, overflows, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def step(rosa, custodian, tmp_path):
    registry_file.write(tmp_path / "npidata.csv", 300)
    call_command("import_registry", tmp_path / "npidata.csv", verbosity=0)
    batch = Batch.objects.create(
        organization=rosa.organization, owner=rosa.person, patient=stage.patient(rosa.organization)
    )
    return reverse("wizard_providers", args=[batch.pk])


@pytest.fixture
def page_of(chromium, live_server, client, rosa):
    contexts = []

    def opened(*, width=1440, script=True):
        client.force_login(rosa.person)
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


@pytest.mark.parametrize("width", [1440, 390])
def test_as_one_types(page_of, step, width):
    page = page_of(width=width)
    page.goto(step)
    page.get_by_label("Facility or physician").press_sequentially("lakside")
    page.locator(".result strong").get_by_text("Lakeside Family Medicine").wait_for()
    person = RegistryEntry.objects.filter(is_person=True).first()
    page.get_by_label("Facility or physician").fill(person.name.split(",")[0])
    page.locator(".result strong").get_by_text(person.name).wait_for()
    picture(page, "finding")
    assert overflows(page) == []
    assert complaints(page) == []


def test_without_script(page_of, step):
    page = page_of(script=False)
    page.goto(step)
    page.get_by_label("Facility or physician").fill("lakside")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("button", name="Select Lakeside Family Medicine").click()
    assert page.locator(".picked").inner_text().startswith("Lakeside Family Medicine")
    page.get_by_text("Recent Searches").click()
    page.get_by_role("link", name="lakside").click()
    assert page.get_by_label("Facility or physician").input_value() == "lakside"
