"""Newcomers: noel is a lawyer, hana works at a practice, pat is a patient; none has an organization yet."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache

from accounts.models import Member, Organization, Person, Role, Survey
from directory.models import Custodian
from tests import cast

NPI = "1234567893"
OTHER_NPI = "1245319599"
FOUND = {
    "name": "Hillside Clinic",
    "npi": NPI,
    "street": "12 Hill Road",
    "city": "Macon",
    "state": "GA",
    "zip_code": "31201",
    "phone": "(478) 555-0123",
    "fax": "",
    "time_zone": "America/New_York",
}


@pytest.fixture(autouse=True)
def _no_tries_counted():
    cache.clear()


def newcomer(email, kind, *, verified=True, onboarded=True):
    name = email.partition("@")[0]
    person = Person.objects.create_user(
        email, cast.PASSWORD, first_name=name.title(), last_name="Example", signed_up_as=kind
    )
    EmailAddress.objects.create(user=person, email=email, verified=verified, primary=True)
    if onboarded:
        Survey.answer(
            person, job="Manager", requests_a_month="1-10", heard_from="search", states_served=["GA"]
        )
    return person


@pytest.fixture
def noel(db):
    return newcomer("noel@reyeslaw.example", "law_firm")


@pytest.fixture
def hana(db):
    return newcomer("hana@hillside.example", "provider")


@pytest.fixture
def pat(db):
    person = newcomer("pat@gmail.com", "household", onboarded=False)
    household = Organization.found(name="Pat Example", kind="household", by=person)
    Member.join(person, household, household.roles.get(name=Role.ADMINISTRATOR))
    return person


@pytest.fixture
def signed_in(client):
    """`signed_in(hana)` is hana's browser."""

    def into(person):
        client.force_login(person)
        return client

    return into


@pytest.fixture
def reyes(db):
    """The firm under noel's mail domain, run by ines."""
    firm = cast.organization("Reyes Law", "law_firm", mail_domain="reyeslaw.example")
    cast.member("ines", firm)
    return firm


@pytest.fixture
def listed(db):
    """What the directory knows of NPI: nobody has claimed it."""
    return Custodian.objects.create(
        name="HILLSIDE CLINIC LLC",
        npi=NPI,
        street="12 Hill Road",
        city="Fresno",
        state="CA",
        zip_code="93650",
        phone="+15595550120",
    )
