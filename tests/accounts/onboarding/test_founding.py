"""Finding an organization by its NPI, or founding it by hand (product 2.3)."""

import pytest
from allauth.account.models import EmailAddress

from accounts.models import Member, Organization, Standing
from accounts.onboarding.founding import found
from audit.invariants import violations
from audit.models import Activity
from tests import cast
from tests.accounts.onboarding.conftest import FOUND, NPI, OTHER_NPI, newcomer

pytestmark = pytest.mark.django_db
FIRM = {name: value for name, value in FOUND.items() if name != "npi"} | {"name": "Reyes Law"}
BY_NPI = "/welcome/organization/npi/"
NEW = "/welcome/organization/new/"


def test_the_directory_fills_in_the_form(signed_in, hana, listed):
    page = signed_in(hana).get(BY_NPI, {"npi": NPI})
    assert page.context["form"].initial["street"] == "12 Hill Road"
    assert page.context["form"].initial["time_zone"] == "America/Los_Angeles"
    assert "HILLSIDE CLINIC LLC" in page.content.decode()


def test_an_npi_that_nobody_knows_is_no_dead_end(signed_in, hana):
    page = signed_in(hana).get(BY_NPI, {"npi": NPI})
    assert (page.status_code, page.context["form"].initial["npi"]) == (200, NPI)


@pytest.mark.parametrize("npi", ["", "123", "1234567890", "x" * 100_000, "'; drop", "１２３４５６７８９３"])
def test_what_is_no_npi_is_refused(signed_in, hana, npi):
    page = signed_in(hana).get(BY_NPI, {"npi": npi[:5000]})
    assert (page.status_code, "npi" in page.context["form"].errors) == (422, True)


def test_trying_numbers_one_after_the_other_ends(signed_in, hana):
    client = signed_in(hana)
    assert [client.get(BY_NPI, {"npi": NPI}).status_code for _ in range(31)][-1] == 429


def test_a_practice_is_founded_and_waits(signed_in, hana):
    assert signed_in(hana).post(NEW, FOUND).url == "/welcome/standing/"
    mine = Member.objects.get(person=hana)
    assert (mine.role.name, mine.organization.standing) == ("Administrator", Standing.WAITING)
    assert (mine.organization.npi, mine.organization.mail_domain) == (NPI, "hillside.example")
    assert Activity.objects.of(mine.organization).first().person == hana
    assert list(violations()) == []


def test_a_firm_works_at_once_and_its_founder_goes_where_they_wanted(signed_in, noel):
    client = signed_in(noel)
    client.get("/outbound/")
    assert client.post(NEW, FIRM, follow=True).redirect_chain[-1][0] == "/outbound/"
    assert Member.objects.get(person=noel).organization.works


def test_what_the_survey_said_goes_with_the_practice(signed_in, hana):
    hana.survey.service_model, hana.survey.ehr = "full", "Epic"
    hana.survey.save()
    signed_in(hana).post(NEW, FOUND)
    made = Organization.objects.get(kind="provider")
    assert (made.service_model, made.ehr) == ("full", "Epic")
    assert (made.records_contact_name, made.records_contact_email) == ("Hana Example", hana.email)


def test_a_second_click_founds_nothing_more(signed_in, hana):
    client = signed_in(hana)
    client.post(NEW, FOUND)
    client.post(NEW, FOUND)
    assert found(hana, kind="provider", name="Again").organization.name == "Hillside Clinic"
    assert Organization.objects.filter(kind="provider").count() == 1


def test_a_firm_has_no_npi_and_no_look_up(signed_in, noel):
    client = signed_in(noel)
    assert client.get("/welcome/organization/").url == NEW
    assert "npi" not in client.get(NEW).context["form"].fields
    client.post(NEW, FIRM | {"npi": NPI})
    assert Organization.objects.get(name="Reyes Law").npi == ""


def test_nobody_founds_as_another_kind_than_they_signed_up_as(signed_in, hana):
    signed_in(hana).post(
        NEW, FOUND | {"kind": "law_firm", "standing": "approved", "mail_domain": "smithlaw.example"}
    )
    made = Organization.objects.get(name="Hillside Clinic")
    assert (made.kind, made.standing, made.mail_domain) == ("provider", "waiting", "hillside.example")


def test_a_free_address_founds_without_a_mail_domain(signed_in, db):
    ann = newcomer("ann@gmail.com", "law_firm")
    signed_in(ann).post(NEW, FIRM)
    assert Organization.objects.get(name="Reyes Law").mail_domain == ""
    bob = newcomer("bob@gmail.com", "law_firm")
    assert signed_in(bob).get("/welcome/organization/").url == NEW


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("name", ""),
        ("name", "x" * 201),
        ("name", "a\x00"),
        ("npi", "1234567890"),
        ("street", " "),
        ("city", "\u3164"),
        ("state", "ZZ"),
        ("zip_code", "1"),
        ("zip_code", "９３６５０"),
        ("phone", "12"),
        ("fax", "(900) 555-0123"),
        ("time_zone", "Mars/Olympus"),
    ],
)
def test_bad_input_stays_on_the_page(signed_in, hana, name, typed):
    page = signed_in(hana).post(NEW, FOUND | {name: typed})
    assert (page.status_code, list(page.context["form"].errors)) == (422, [name])
    assert "12 Hill Road" in page.content.decode() or name == "street"
    assert not Organization.objects.exists()


@pytest.mark.parametrize(
    ("state", "zone"), [("AZ", "America/Phoenix"), ("PR", "America/Puerto_Rico"), ("GA", "America/New_York")]
)
def test_who_chooses_no_time_zone_keeps_that_of_the_state(signed_in, noel, state, zone):
    signed_in(noel).post(NEW, FIRM | {"state": state, "time_zone": ""})
    assert Organization.objects.get(name="Reyes Law").time_zone == zone


def test_an_npi_that_has_an_organization_leads_to_asking(signed_in, hana):
    cast.organization("Lakeside", "provider", npi=NPI)
    client = signed_in(hana)
    for page in (client.get(BY_NPI, {"npi": NPI}), client.post(NEW, FOUND)):
        assert "Your organization is here already" in page.content.decode()
    assert not Member.objects.filter(person=hana).exists()
    assert client.post(NEW, FOUND | {"npi": OTHER_NPI}).status_code == 302


def test_a_rejected_practice_keeps_nobody_from_founding_the_real_one(signed_in, hana):
    fake = Organization.found(name="Fake", kind="provider", npi=NPI, mail_domain="hillside.example")
    fake.reject(by=cast.SYSTEM, reason="It isn't.")
    assert signed_in(hana).post(NEW, FOUND).url == "/welcome/standing/"


def test_who_was_removed_may_found_again(signed_in, sam, ruth, rosa):
    ruth.remove(by=rosa)
    EmailAddress.objects.create(user=ruth.person, email=ruth.person.email, verified=True, primary=True)
    client = signed_in(ruth.person)
    assert "/welcome/organization/" in client.get("/").content.decode()
    assert client.get("/welcome/organization/").url == NEW
    client.post(NEW, FIRM | {"name": "Ruth Alone"})
    assert Member.objects.of(ruth.person).get().organization.name == "Ruth Alone"


def test_who_never_said_what_they_are_is_asked(signed_in, db):
    ann = newcomer("ann@gmail.com", "")
    client = signed_in(ann)
    assert client.post(NEW, FIRM).context["form"].errors.keys() == {"kind"}
    client.post(NEW, FIRM | {"kind": "insurer"})
    assert Organization.objects.get(name="Reyes Law").kind == "insurer"
