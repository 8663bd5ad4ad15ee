import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
SAID = {"first_name": "Rosa", "last_name": "Diaz", "language": "en", "time_zone": "America/Denver"}


def save(browser, **said):
    return browser.post(reverse("account_name"), SAID | said)


def test_what_is_typed_is_kept(as_, rosa):
    assert save(as_(rosa)).headers["Location"] == reverse("my_account")
    rosa.person.refresh_from_db()
    assert (rosa.person.full_name, rosa.person.time_zone) == ("Rosa Diaz", "America/Denver")


def test_a_patient_gives_a_birth_date(as_, aisha):
    save(as_(aisha), birth_date="03/14/1961")
    aisha.person.refresh_from_db()
    assert str(aisha.person.birth_date) == "1961-03-14"


def test_a_professional_s_birth_date_is_not_asked_nor_taken(as_, rosa):
    save(as_(rosa), birth_date="03/14/1961")
    rosa.person.refresh_from_db()
    assert rosa.person.birth_date is None


BAD = [
    {"first_name": ""},
    {"first_name": "   "},
    {"last_name": "x" * 81},
    {"last_name": "‮rosa"},
    {"first_name": "a\0b"},
    {"language": "xx"},
    {"time_zone": "Mars/Olympus"},
]


@pytest.mark.parametrize("bad", BAD)
def test_bad_input_is_refused_beside_its_field_and_nothing_is_stored(as_, rosa, bad):
    answer = save(as_(rosa), **bad)
    assert answer.status_code == 422
    assert "field--bad" in answer.content.decode()
    rosa.person.refresh_from_db()
    assert rosa.person.full_name == "Rosa Example"


@pytest.mark.parametrize("bad", ["", "02/30/1990", "01/01/2199", "14.03.1961"])
def test_a_bad_birth_date_is_refused(as_, aisha, bad):
    answer = save(as_(aisha), birth_date=bad)
    assert answer.status_code == 422
    if bad:
        assert f'value="{bad}"' in answer.content.decode()


def test_a_zone_of_elsewhere_that_somebody_has_stays(as_, rosa):
    rosa.person.time_zone = "Europe/Lisbon"
    rosa.person.save()
    assert save(as_(rosa), time_zone="Europe/Lisbon").status_code == 302
