"""Until the survey is answered, an organization found and approved, nothing else opens, however one asks."""

import pytest
from django.test import Client

from accounts.models import Member, Organization, Role
from requests_app.models import Batch
from tests import cast
from tests.accounts.onboarding.conftest import newcomer

pytestmark = pytest.mark.django_db
WAYS = {
    "GET": lambda client, at: client.get(at),
    "HEAD": lambda client, at: client.head(at),
    "POST": lambda client, at: client.post(at, {}),
    "htmx": lambda client, at: client.get(at, headers={"HX-Request": "true"}),
    "JSON": lambda client, at: client.post(
        at, "{}", "application/json", headers={"Accept": "application/json"}
    ),
    "autosave": lambda client, at: client.post(at, {}, headers={"X-Requested-With": "autosave"}),
}
PAGES = ["/", "/outbound/", "/make-a-request/", "/people/", "/billing/cards/", "/my-account/", "/ops/"]


def led_to(response):
    """Where an answer leads: a script is told by a header of its own, so that it swaps no whole page into a part."""
    if response.status_code == 302:
        return response.url
    return response.headers.get("HX-Redirect")


@pytest.fixture
def ahead(db, firm):
    """Somebody before each page of the way, with a browser, and the page."""
    una = newcomer("una@gmail.com", "law_firm", onboarded=False)
    noel = newcomer("noel@gmail.com", "law_firm")
    clinic = Organization.found(name="Hillside Clinic", kind="provider")
    pia = cast.person("pia")
    Member.join(pia, clinic, clinic.roles.get(name=Role.ADMINISTRATOR))
    sue = cast.member("sue", cast.organization("Doubtful Law", "law_firm"))
    sue.organization.suspend(by=cast.SYSTEM, reason="Nobody answers.")
    return {
        "/welcome/": una,
        "/welcome/organization/": noel,
        "/welcome/standing/": pia,
        "/welcome/standing/ ": sue.person,
    }


def resolving(pages):
    from django.urls import Resolver404, resolve

    for page in pages:
        try:
            resolve(page)
        except Resolver404:
            continue
        yield page


@pytest.mark.parametrize("way", WAYS)
def test_everything_leads_to_what_is_ahead(ahead, way):
    for page, person in ahead.items():
        client = Client()
        client.force_login(person)
        for address in resolving(PAGES):
            response = WAYS[way](client, address)
            assert led_to(response) == page.strip(), address


def test_nothing_is_written_on_the_way(ahead):
    client = Client()
    for person in ahead.values():
        client.force_login(person)
        client.post("/people/act-for/", {"member": "1"})
        client.post("/make-a-request/", {"first_name": "Ann"})
    assert not Batch.objects.exists()


def test_signing_out_always_works(ahead):
    for person in ahead.values():
        client = Client()
        client.force_login(person)
        assert client.post("/account/logout/").url == "/account/login/"


def test_who_belongs_elsewhere_too_switches(ahead, firm):
    sue = ahead["/welcome/standing/ "]
    other = Member.join(sue, firm, firm.roles.get(name="Member"))
    client = Client()
    client.force_login(sue)
    assert "Switch to Smith Law" in client.get("/welcome/standing/").content.decode()
    client.post("/people/act-for/", {"member": other.pk})
    assert client.get("/").status_code == 200


def test_the_pages_of_the_way_send_who_passed_on_home(client, rosa):
    client.force_login(rosa.person)
    for page in ("/welcome/", "/welcome/organization/", "/welcome/organization/new/", "/welcome/standing/"):
        assert client.get(page).url == "/"


def test_the_way_cannot_be_walked_backwards(client, ahead):
    """Who has not answered the survey gets to no later page of the way."""
    client.force_login(ahead["/welcome/"])
    for page in ("organization/", "organization/new/", "organization/npi/?npi=1234567893"):
        assert client.get(f"/welcome/{page}").url == "/welcome/"


@pytest.mark.parametrize("page", ["", "organization/", "organization/new/", "standing/"])
def test_anonymous_people_sign_in(client, page):
    assert client.get(f"/welcome/{page}").url.startswith("/account/login/")
