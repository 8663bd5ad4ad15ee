import pytest
from django.urls import reverse

from audit.models import Activity
from directory.models import DesignatedPhysician
from tests import cast

pytestmark = pytest.mark.django_db
SAID = {
    "name": "Dr. Samuel Ortiz",
    "npi": "1003000126",
    "phone": "(478) 555-0141",
    "fax": "",
    "address": "40 Hill St",
}


@pytest.fixture
def physician(firm, rosa):
    return DesignatedPhysician.add(firm, by=rosa, name="Dr. Samuel Ortiz", npi="1003000126")


def at(name, physician):
    return reverse(name, args=[physician.pk])


def test_a_physician_is_added_and_listed_and_the_activity_holds_no_name(as_, rosa, firm):
    as_(rosa).post(reverse("physician_add"), SAID)
    page = as_(rosa).get(reverse("my_organization")).content.decode()
    assert "Dr. Samuel Ortiz" in page
    assert "added a designated physician" in page
    entry = Activity.objects.of(firm).get(event="physician_added")
    assert "Ortiz" not in str(entry.details)


def test_a_physician_is_changed_and_removed(as_, rosa, physician):
    browser = as_(rosa)
    browser.post(at("physician_edit", physician), SAID | {"npi": ""})
    physician.refresh_from_db()
    assert (physician.npi, physician.address) == ("", "40 Hill St")
    assert "Remove Dr. Samuel Ortiz?" in browser.get(at("physician_remove", physician)).content.decode()
    browser.post(at("physician_remove", physician))
    assert not DesignatedPhysician.objects.of(rosa.organization).exists()
    assert browser.post(at("physician_edit", physician), SAID).status_code == 404


BAD = [
    {"name": ""},
    {"name": "x" * 161},
    {"npi": "1003000127"},
    {"npi": "123"},
    {"npi": "١٠٠٣٠٠٠١٢٦"},
    {"phone": "555"},
    {"fax": "+442079460000"},
    {"address": "x" * 301},
]


@pytest.mark.parametrize("bad", BAD)
def test_bad_input_is_refused_and_kept_on_the_page(as_, rosa, bad):
    answer = as_(rosa).post(reverse("physician_add"), SAID | bad)
    assert answer.status_code == 422
    assert "40 Hill St" in answer.content.decode() or "address" in bad
    assert not DesignatedPhysician.objects.exists()


@pytest.mark.parametrize("name", ["physician_edit", "physician_remove"])
def test_a_stranger_gets_404_and_a_colleague_without_the_right_403(as_, sam, ruth, physician, name):
    assert as_(sam).post(at(name, physician), SAID).status_code == 404
    assert as_(ruth).post(at(name, physician), SAID).status_code == 403
    physician.refresh_from_db()
    assert (physician.removed_at, physician.address) == (None, "")


def test_a_practice_a_patient_and_anybody_have_no_such_page(as_, client, clara):
    assert "login" in client.get(reverse("physician_add")).url
    home = cast.member("tom", cast.organization("Thomas Wright", "household"))
    for member in (clara, home):
        assert as_(member).get(reverse("physician_add")).status_code == 404
        assert as_(member).post(reverse("physician_add"), SAID).status_code == 404
    assert not DesignatedPhysician.objects.exists()
