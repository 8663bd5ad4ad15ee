"""Ops look after organizations in Chromium: lists, one organization, a decision; nothing for axe to complain of."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Organization
from tests import cast
from tests.looking import complaints

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "sandbox"]),
]


@pytest.fixture
def page(chromium, live_server, olga):
    client = Client()
    client.force_login(olga)
    client.post(reverse("account_reauthenticate"), {"password": cast.PASSWORD})
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, base_url=live_server.url)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    yield opened
    context.close()


def test_a_practice_is_looked_at_and_approved(page, clara, rosa):
    clinic = Organization.found(name="Hill Clinic", kind="provider", by=cast.person("nora"))
    page.goto(reverse("admin:accounts_organization_changelist"))
    assert complaints(page) == []
    page.get_by_role("link", name="Waits for a decision").click()
    page.get_by_role("link", name="Hill Clinic").click()
    expect(page.get_by_role("heading", name="Members")).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("link", name="Approve").click()
    assert complaints(page) == []
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("link", name="Suspend")).to_be_visible()
    clinic.refresh_from_db()
    assert clinic.standing == "approved"


def test_an_organization_with_members_has_nothing_to_complain_of(page, clara, practice):
    page.goto(reverse("admin:accounts_organization_change", args=[practice.pk]))
    expect(page.get_by_role("link", name=clara.person.full_name)).to_be_visible()
    assert complaints(page) == []
    for name in ("person", "joinrequest", "invitation", "role"):
        page.goto(reverse(f"admin:accounts_{name}_changelist"))
        assert complaints(page) == []
