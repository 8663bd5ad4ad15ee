"""A specialty is words, whether or not the installation has the official ones."""

import csv
import re

import pytest
from django.conf import settings

from directory.finding.specialties import marks, tell
from directory.models import RegistryEntry, Specialty
from tests import cast

pytestmark = pytest.mark.django_db


def entry(taxonomies):
    return RegistryEntry(npi="0000000001", is_person=False, name="Elm", taxonomies=taxonomies)


def words_of(one):
    tell([one])
    return one.in_words


@pytest.mark.parametrize(
    ("taxonomies", "words"),
    [
        ("207RC0000X", "Cardiology"),
        ("282N00000X 207R00000X 207Q00000X", "Hospital · Internal medicine"),
        ("332B00000X 332BX2000X", "Medical equipment supplier"),
        ("999Z00000X", ""),
        ("", ""),
    ],
)
def test_plain_words_stand_for_the_codes(taxonomies, words):
    assert words_of(entry(taxonomies)) == words


def test_the_official_words_go_first(db):
    Specialty.objects.create(code="207RC0000X", name="Cardiovascular Disease Physician")
    assert words_of(entry("207RC0000X 207Q00000X")) == "Cardiovascular Disease Physician · Family medicine"


def test_of_a_page_of_them_the_official_words_are_one_question(django_assert_num_queries):
    with django_assert_num_queries(1):
        tell([entry("207RC0000X"), entry("207Q00000X"), entry("")])


def test_of_a_custodian_it_is_what_it_says_itself():
    made = cast.custodian(None, kind="hospital", specialty="Burns")
    assert words_of(made) == "Hospital · Burns"


@pytest.mark.parametrize("typed", ["cardiology", "Cardiologist", "heart", "cardiolgist", "cardio"])
def test_it_is_found_as_people_say_it(typed):
    assert "is_207rc*" in marks(typed)


def test_a_word_that_is_spelled_right_means_no_other():
    assert not any(mark.startswith("is_2085") for mark in marks("cardiology"))


def test_each_line_of_the_words_can_be_used():
    with (settings.BASE_DIR / "data" / "specialties.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert all(re.fullmatch(r"[0-9]{3}[0-9A-Z]{0,6}", row["begins"]) and row["words"] for row in rows)
    assert len({row["begins"] for row in rows}) == len(rows)
