"""An approved practice has a place in the directory; a suspended one can't be asked (product 2.5, 3)."""

import pytest

from accounts.models import Organization
from accounts.onboarding import facts
from audit.actors import SYSTEM
from audit.models import MoveRefused
from directory.admin.forms import FactsForm
from directory.finding.asking import Search
from directory.finding.find import find
from directory.models import Custodian, RegistryEntry
from requests_app import readiness
from requests_app.intake import choosing
from tests import cast, stage

pytestmark = pytest.mark.django_db
NPI = "1234567893"
PLACE = {"street": "12 Hill Road", "city": "Macon", "state": "GA", "zip_code": "31201", "fax": "+14785550123"}


def practice(**said):
    made = Organization.found(name="Hillside Clinic", kind="provider", **said)
    made.approve(by=SYSTEM)
    return made


def listed(**said):
    return Custodian.objects.create(name="HILLSIDE LLC", npi=NPI, city="Macon", state="GA", **said)


def test_the_unclaimed_place_of_its_npi_becomes_its_own():
    place = listed()
    assert practice(npi=NPI, **PLACE).custodians.get() == place


def test_a_place_that_somebody_has_is_not_taken(practice):
    place = listed(organization=practice)
    mine = Organization.found(name="Hillside Clinic", kind="provider", npi=NPI, **PLACE)
    mine.approve(by=SYSTEM)
    place.refresh_from_db()
    assert place.organization == practice
    assert mine.custodians.get() != place


def test_without_an_npi_no_unclaimed_place_is_taken():
    nameless = Custodian.objects.create(name="Nameless", city="Macon", state="GA")
    assert practice(**PLACE).custodians.get() != nameless


def test_a_practice_that_nobody_listed_gets_a_place_of_its_own_facts():
    place = practice(npi=NPI, **PLACE).custodians.get()
    assert (place.name, place.npi, place.street, place.offers_fax) == (
        "Hillside Clinic",
        NPI,
        "12 Hill Road",
        True,
    )


def test_without_a_street_there_is_no_place():
    assert not practice(npi=NPI, city="Macon", state="GA").custodians.exists()


def test_nothing_is_listed_before_the_approval():
    Organization.found(name="Hillside Clinic", kind="provider", npi=NPI, **PLACE)
    assert not Custodian.objects.exists()


def test_a_firm_gets_no_place():
    Organization.found(name="Smith Law", kind="law_firm", **PLACE)
    assert not Custodian.objects.exists()


def test_restored_it_gets_no_second_place(olga):
    mine = practice(npi=NPI, **PLACE)
    mine.suspend(by=olga, reason="Closed.")
    mine.restore(by=olga)
    assert mine.custodians.count() == 1


def test_a_suspended_practice_is_not_found_and_a_restored_one_is(custodian, practice, olga):
    practice.suspend(by=olga, reason="Closed.")
    assert [found.in_network for found in find(Search(name="Lakeside"))] == [False]
    practice.restore(by=olga)
    assert [found.in_network for found in find(Search(name="Lakeside"))] == [True]


def test_a_suspended_practice_is_not_chosen(draft, rosa, olga):
    other = cast.organization("Peachtree", "provider")
    place = cast.custodian(other, name="Peachtree Radiology")
    other.suspend(by=olga, reason="Closed.")
    with pytest.raises(MoveRefused, match="Peachtree Radiology"):
        choosing.choose(draft.batch, place, by=rosa)


def test_a_suspended_practice_is_not_asked_by_an_older_draft(draft, rosa, practice, olga):
    practice.suspend(by=olga, reason="Closed.")
    with pytest.raises(MoveRefused, match="can't be asked"):
        draft.submit(by=rosa)
    assert readiness.missing(draft) == [
        "Nobody answers for Lakeside Family Medicine here now, so it can't be asked."
    ]


def test_what_was_asked_before_stays_readable(pending, as_, rosa, practice, olga):
    practice.suspend(by=olga, reason="Closed.")
    assert as_(rosa).get(pending.get_absolute_url()).status_code == 200


def test_the_wizard_offers_it_no_more(custodian, rosa, as_, practice, olga):
    draft = stage.draft(rosa, custodian)
    other = cast.organization("Peachtree", "provider")
    place = cast.custodian(other, name="Peachtree Radiology")
    other.suspend(by=olga, reason="Closed.")
    client = as_(rosa)
    from django.urls import reverse

    assert "Peachtree" not in client.get(reverse("wizard_providers", args=[draft.batch_id])).content.decode()
    assert client.post(reverse("wizard_provider_add", args=[draft.batch_id, place.pk])).status_code == 404


def test_the_directory_answers_for_an_npi():
    listed(street="12 Hill Road")
    assert facts.of(NPI).street == "12 Hill Road"
    assert facts.of("1245319599") is None
    assert facts.of("") is None


def test_places_without_npi_answer_for_nobody():
    Custodian.objects.create(name="Nameless", city="Macon", state="GA")
    assert facts.of("") is None


class TestOfTheRegistry:
    @pytest.fixture
    def entry(self):
        return RegistryEntry.objects.create(
            npi=NPI,
            is_person=False,
            name="HILLSIDE CLINIC LLC",
            street="12 HILL ROAD",
            city="MACON",
            state="GA",
            zip_code="31201-1234",
            phone="4785550142",
        )

    def test_its_facts_fill_in_the_sign_up(self, entry):
        said = facts.of(NPI)
        assert (said.name, said.street, said.zip_code) == (
            "HILLSIDE CLINIC LLC",
            "12 HILL ROAD",
            "31201-1234",
        )
        assert said.phone == "4785550142"

    def test_what_is_listed_here_comes_first(self, entry):
        listed(street="14 Hill Road")
        assert facts.of(NPI).street == "14 Hill Road"

    @pytest.mark.parametrize(
        ("taxonomies", "kind"),
        [
            ("282NC0060X", "hospital"),
            ("273R00000X", "hospital"),
            ("207R00000X 282N00000X", "physician"),
            ("", "physician"),
        ],
    )
    def test_a_hospital_is_priced_as_one(self, entry, taxonomies, kind):
        entry.taxonomies = taxonomies
        entry.save()
        assert practice(npi=NPI, **PLACE).custodians.get().kind == kind

    def test_so_it_stands_in_the_form_of_ops(self, entry):
        entry.taxonomies = "282N00000X"
        entry.save()
        assert FactsForm.begun_with({"npi": NPI})["kind"].value() == "hospital"

    def test_of_an_ended_npi_nothing_is_said(self, entry):
        entry.deactivated_on = "2024-03-01"
        entry.save()
        assert facts.of(NPI) is None
