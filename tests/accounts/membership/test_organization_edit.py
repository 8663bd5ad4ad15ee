import re

import pytest
from django.urls import reverse

from accounts.models import Organization, Role
from audit.models import Activity
from tests import cast

pytestmark = pytest.mark.django_db
SAID = {
    "name": "Lakeside Family Medicine",
    "npi": "1003000126",
    "street": "12 Pier Road",
    "city": "Macon",
    "state": "GA",
    "zip_code": "31201",
    "phone": "(478) 555-0100",
    "fax": "",
    "email": "front@lakeside.example",
    "time_zone": "America/Chicago",
}


def save(browser, **said):
    return browser.post(reverse("organization_edit"), SAID | said)


def newest(organization):
    return Activity.objects.of(organization).order_by("-sequence").first()


def test_what_is_typed_is_kept_and_the_activity_says_which_fields(as_, practice, clara):
    assert save(as_(clara)).url == reverse("my_organization")
    practice.refresh_from_db()
    assert (practice.street, practice.npi, str(practice.phone)) == (
        "12 Pier Road",
        "1003000126",
        "+14785550100",
    )
    entry = newest(practice)
    assert entry.details == {"fields": ["npi", "street", "zip_code", "phone", "email", "time_zone"]}
    assert "changed: NPI, street, ZIP code" in as_(clara).get(reverse("my_organization")).content.decode()


def test_saving_what_was_there_changes_nothing(as_, practice, clara):
    save(as_(clara))
    count = Activity.objects.of(practice).count()
    save(as_(clara))
    assert Activity.objects.of(practice).count() == count


def test_a_colleague_s_change_of_another_field_stays(practice, clara):
    Organization.objects.filter(pk=practice.pk).update(street="1 New Street")
    practice.change_facts(by=clara, city="Atlanta")
    assert (practice.street, practice.city) == ("1 New Street", "Atlanta")


def shown_on(page):
    """Every field of the form with its value, as a browser sends it back; what the page showed too."""
    form = re.search(r"<form class=\"form\".*?</form>", page.content.decode(), re.DOTALL)[0]
    there = dict(re.findall(r'<input[^>]*name="([^"]+)"(?:[^>]*value="([^"]*)")?', form))
    chosen = re.findall(r'<select name="([^"]+)".*?value="([^"]*)" selected', form, re.DOTALL)
    return there | dict(chosen)


def test_a_page_that_was_open_meanwhile_undoes_no_colleague_s_change(as_, practice, clara):
    stale = shown_on(as_(clara).get(reverse("organization_edit")))
    assert (stale["city"], stale["time_zone"]) == ("Macon", "America/New_York")
    save(as_(clara), street="1 New Street", time_zone="America/Denver")
    as_(clara).post(reverse("organization_edit"), stale | {"city": "Atlanta"})
    practice.refresh_from_db()
    assert (practice.street, practice.city, practice.time_zone) == (
        "1 New Street",
        "Atlanta",
        "America/Denver",
    )


def test_an_npi_that_ops_approved_stays(as_, practice, clara):
    save(as_(clara))
    assert save(as_(clara), npi="1003000134").status_code == 302
    practice.refresh_from_db()
    assert practice.npi == "1003000126"


def test_a_firm_has_no_npi(as_, firm, rosa):
    save(as_(rosa))
    firm.refresh_from_db()
    assert firm.npi == ""


BAD = [
    {"name": ""},
    {"name": "   "},
    {"name": "x" * 201},
    {"name": "‮Lakeside"},
    {"npi": "1003000127"},
    {"npi": "١٠٠٣٠٠٠١٢٦"},
    {"state": "XX"},
    {"zip_code": "3120"},
    {"zip_code": "31201\n"[:5] + "x"},
    {"zip_code": "３１２０１"},
    {"phone": "555"},
    {"fax": "+44 20 7946 0000"},
    {"email": "nobody"},
    {"time_zone": "Mars/Olympus"},
    {"time_zone": ""},
    {"street": "a\0b"},
]


@pytest.mark.parametrize("bad", BAD)
def test_bad_input_is_refused_beside_its_field_and_nothing_is_stored(as_, practice, clara, bad):
    answer = save(as_(clara), **bad)
    assert answer.status_code == 422
    assert "field--bad" in answer.content.decode()
    practice.refresh_from_db()
    assert practice.street == ""


def test_a_zone_of_elsewhere_stays(as_, practice, clara):
    Organization.objects.filter(pk=practice.pk).update(time_zone="Europe/Lisbon")
    assert save(as_(clara), time_zone="Europe/Lisbon").status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_who_manages_the_organization_edits(as_, clara, carl, practice, method):
    Role.objects.filter(pk=carl.role_id).update(permissions=["manage_users"])
    assert getattr(as_(carl), method)(reverse("organization_edit"), SAID).status_code == 403
    practice.refresh_from_db()
    assert practice.street == ""


def test_a_stranger_changes_their_own_organization_only(as_, practice, sam):
    save(as_(sam), name="Taken over")
    practice.refresh_from_db()
    assert practice.name == "Lakeside Family Medicine"
    assert cast.Organization.objects.get(pk=sam.organization_id).name == "Taken over"
