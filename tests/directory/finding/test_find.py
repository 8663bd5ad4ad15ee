"""A search finds what a person means: misspelled, half a name, in another order; the network comes first."""

import pytest

from directory.finding import index, places, spelling
from directory.finding.asking import Search
from directory.finding.find import find
from directory.finding.words import words_of
from directory.models import Custodian, RegistryEntry, Specialty
from tests import cast

pytestmark = pytest.mark.django_db


def entry(number, name, city="MACON", state="GA", zip_code="31201", **said):
    facts = {"name": name, "city": city, "state": state, "zip_code": zip_code} | said
    return RegistryEntry.objects.create(
        npi=f"{number:010d}", is_person=False, words=words_of(**facts), **facts
    )


@pytest.fixture
def registry():
    made = [
        entry(1, "CUMBERLAND COUNTY HOSPITAL SYSTEM, INC", "FAYETTEVILLE", "NC", "28304"),
        entry(2, "MERCY EMS, LLC", "ADDISON", "TX", "75001"),
        entry(3, "MERCY HOSPITAL"),
        entry(4, "MERCY HOSPITAL OF THE VALLEY MEDICAL CENTER"),
        entry(5, "JOHN Q O'NEILL, MD", "ATLANTA", zip_code="30033", taxonomies="207RC0000X"),
        entry(6, "MACON PRESBYTERIAN CLINIC", "ATLANTA", zip_code="30007"),
        entry(7, "ST. MARY'S CLINIC", other_name="LAKEVIEW URGENT CARE"),
        entry(8, "ENDED HOSPITAL", deactivated_on="2024-01-01"),
        entry(9, "PARKVIEW EYE & EAR ASSOC", "BOISE", "ID", "83704", taxonomies="207W00000X"),
        entry(10, "MOUNT ALVA ORTHOPAEDIC CTR", "MOSCOW", "ID", "83843", taxonomies="207X00000X"),
        entry(11, "TOWN OF ALVA", "ALVA", "OK", "73717", taxonomies="3416L0300X"),
    ]
    Specialty.objects.create(code="207RC0000X", name="Cardiovascular Disease Physician")
    spelling.learn()
    return made


def npis(**said):
    return [int(one.facts.pk) for one in find(Search(**said))]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("cumberland hospital", 1),
        ("hospital cumberland", 1),
        ("cumbrland hosp", 1),
        ("Cumberlnad", 1),
        ("mercy ems llc", 2),
        ("oneill", 5),
        ("O'Neill, John MD", 5),
        ("presbitarian", 6),
        ("st marys", 7),
        ("lakeview", 7),
        ("cumb", 1),
        ("mercy 75001", 2),
        ("saint marys", 7),
        ("Dr. O'Neill", 5),
        ("jack oneill", 5),
        ("eye and ear boise", 9),
        ("the parkview in boise", 9),
        ("mt alva orthopedic center", 10),
        ("parkview idaho", 9),
        ("parkview id", 9),
        ("cumberland north carolina", 1),
    ],
)
def test_what_a_person_types_finds_what_they_mean(registry, typed, first):
    assert npis(name=typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("park view eye", 9),
        ("cumber land hospital", 1),
        ("ophthalmologist boise", 9),
        ("alva ambulance", 11),
        ("presbyterian clinic of savannah", 6),
        ("mercy hopsital xylophone", 3),
    ],
)
def test_where_nobody_has_all_of_it_the_closest_is_found(registry, typed, first):
    found = find(Search(name=typed))
    assert int(found[0].facts.pk) == first
    assert all(one.is_close for one in found)


def test_what_has_all_of_it_is_not_called_close(registry):
    assert not any(one.is_close for one in find(Search(name="mercy hospital")))


def test_what_is_only_alike_comes_after_what_is_as_typed_though_it_is_of_the_network(registry, custodian):
    entry(12, "YOAKUM COMMUNITY HOSPITAL")
    custodian.name = "York Clinic"
    custodian.save()
    assert [one.in_network for one in find(Search(name="yoak"))] == [False, True]


def test_a_misspelling_that_some_name_has_too_is_forgiven(registry):
    entry(12, "MERCI SPA", "RENO", "NV")
    spelling.learn()
    found = find(Search(name="merci hospital"))
    assert int(found[0].facts.pk) == 3
    assert found[0].is_close


def test_the_nearest_word_comes_first(registry):
    entry(12, "MERZY", taxonomies="207Q00000X")
    entry(13, "MARCY HOSPITAL AND MEDICAL CENTER")
    spelling.learn()
    assert npis(name="marcyy")[0] == 13


def test_of_two_that_fit_alike_the_nearer_to_home_comes_first(registry):
    far, near = entry(12, "ELM CLINIC", "SEATTLE", "WA", "98101"), entry(13, "ELM CLINIC")
    found = find(Search(name="elm clinic", home=places.where("31201")))
    assert [one.facts for one in found] == [near, far]
    assert found[0].miles is None


def test_where_no_name_is_typed_the_nearer_comes_first_however_long_it_is_called(registry, practice):
    far = cast.custodian(practice, name="Elm")
    Custodian.objects.filter(pk=far.pk).update(zip_code="98101")
    near = cast.custodian(practice, name="Elm Clinic of Macon and Bibb")
    found = find(Search(home=places.where("31201")))
    assert [one.facts for one in found if one.facts in (near, far)] == [near, far]


def test_of_two_that_fit_alike_a_favorite_comes_first(registry, practice):
    cast.custodian(practice, name="Elm Clinic")
    mine = cast.custodian(practice, name="Elm Clinic of the Whole Northwest")
    found = find(Search(name="elm clinic", home=places.where("31201"), starred=frozenset([mine.pk])))
    assert found[0].facts == mine


def test_a_name_that_is_just_that_comes_before_one_that_says_more(registry):
    assert npis(name="mercy hospital")[:2] == [3, 4]


def test_the_network_comes_first(registry, custodian):
    custodian.name = "Old Mercy Hospital of Lakeside and of the Hills"
    custodian.save()
    assert [one.in_network for one in find(Search(name="mercy hospital"))] == [True, False, False]


def test_whom_a_custodian_stands_for_is_listed_once(registry):
    cast.custodian(None, name="Mercy Hospital", npi="0000000003")
    found = find(Search(name="mercy hospital"))
    assert [bool(one.custodian) for one in found] == [True, False]


class TestBesides:
    def test_state(self, registry):
        assert npis(name="mercy", state="TX") == [2]

    def test_city_is_where_it_is_and_not_what_it_is_called(self, registry):
        assert npis(city="Macon", name="clinic") == [7]

    def test_a_city_may_be_misspelled(self, registry):
        assert npis(city="Fayettevile") == [1]

    def test_zip_and_its_beginning(self, registry):
        assert npis(zip_code="30033") == [5]
        assert set(npis(zip_code="300")) == {5, 6}

    def test_specialty_in_words(self, registry):
        assert npis(specialty="cardiovascular") == [5]

    def test_a_specialty_whose_code_has_no_official_words_here(self, registry):
        assert npis(specialty="orthopedic surgeon") == [10]
        assert npis(specialty="opthalmology") == [9]

    def test_the_first_specialty_counts_more(self, registry):
        entry(12, "ELM", taxonomies="207Q00000X 3416L0300X")
        assert npis(specialty="ambulance") == [11, 12]

    def test_a_specialty_that_nobody_has(self, registry):
        assert npis(specialty="astrology") == []

    def test_npi(self, registry):
        assert npis(npi="0000000002") == [2]

    def test_an_npi_that_was_typed_for_a_name(self, registry):
        made = entry(1000000004, "ELM")
        assert [one.facts for one in find(Search(name=" 1000000004"))] == [made]

    def test_of_an_ended_npi_nothing_is_found(self, registry):
        assert 8 not in npis(name="ended hospital")
        assert npis(npi="0000000008") == []


def test_nearby_is_in_order_of_distance(registry):
    found = find(Search(near=places.where("30007")))
    assert [int(one.facts.pk) for one in found] == [6, 5]
    assert found[0].miles < found[1].miles < 30


@pytest.mark.parametrize("typed", ["'", '"', "a & b | !c", ":*", "(", "\\", "in_ga:* ", "%", "_", "é", "٣٣"])
def test_what_is_code_to_an_index_is_text(registry, typed):
    for name in ("name", "city", "specialty"):
        find(Search(**{name: typed}))


def test_words_keep_up_with_what_is_changed_and_removed(registry):
    RegistryEntry.objects.filter(pk="0000000002").update(words="renamed ambulance in_tx")
    assert npis(name="ambulance") == [2]
    assert 2 not in npis(name="mercy")
    RegistryEntry.objects.filter(pk="0000000002").delete()
    assert npis(name="ambulance") == []


def test_the_index_is_made_once_and_again_where_it_is_lost(registry):
    index.make_all()
    assert npis(name="ems") == [2]


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("mercy", "mercy", 0),
        ("mercy", "mrecy", 1),
        ("mercy", "mery", 1),
        ("mercy", "merrcy", 1),
        ("mercy", "mersi", 2),
    ],
)
def test_letters_apart(one, other, distance):
    assert spelling.apart(one, other, 2) == distance
    assert spelling.apart(other, one, 2) == distance


def test_honolulu_is_on_its_island():
    """Its ZIP codes stand in the source where the middle of its county is, in the sea."""
    assert places.miles(places.where("96813"), (21.307, -157.858)) < 20
    assert places.miles(places.where("96816"), (21.307, -157.858)) < 20
