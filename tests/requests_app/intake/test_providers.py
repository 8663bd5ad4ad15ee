import pytest
from django.urls import reverse

from audit.models import Activity
from directory.models import Favorite, RegistryEntry, Suggestion
from requests_app.models import RecordRequest
from tests import cast

pytestmark = pytest.mark.django_db
MORE = ["?zip_code=12", "?npi=12", "?nearby=on"]


def names(page):
    return [found.facts.name for found in page.context["page_obj"]]


def test_search_finds_by_name_and_state(go, batch, custodian, peachtree):
    assert names(go("wizard_providers", batch.pk, query="?name=peach&state=GA")) == ["Peachtree Radiology"]


def test_only_the_network_is_listed_where_nothing_is_asked(go, batch, custodian):
    cast.custodian(None, name="Outside Clinic")
    assert names(go("wizard_providers", batch.pk)) == ["Lakeside Family Medicine"]


def test_whoever_is_outside_the_network_is_found_and_can_not_be_chosen(go, batch):
    outside = cast.custodian(None, name="Outside Clinic")
    page = go("wizard_providers", batch.pk, query="?name=outside").content.decode()
    assert "Not in the network yet" in page
    assert reverse("wizard_provider_add", args=[batch.pk, outside.pk]) not in page
    assert f'name="custodian" value="{outside.pk}"' in page
    assert "Ask us to invite it" in page


@pytest.mark.parametrize(
    ("zip_code", "away"), [("31201", "close by"), ("31088", "about 23 miles away"), ("33101", "0 found")]
)
def test_nearby_says_around_which_place_and_how_far(go, batch, custodian, zip_code, away):
    page = go("wizard_providers", batch.pk, query=f"?nearby=on&zip_code={zip_code}").content.decode()
    assert f"found within 30 miles of ZIP code {zip_code}" in page
    assert away in page


def test_so_is_an_entry_of_the_registry(go, batch):
    RegistryEntry.objects.create(
        npi="1234567893", is_person=False, name="Outside Clinic", state="GA", words="outside clinic in_ga"
    )
    page = go("wizard_providers", batch.pk, query="?name=outside").content.decode()
    assert 'name="npi" value="1234567893"' in page


def test_a_typo_is_forgiven(go, batch, custodian):
    assert names(go("wizard_providers", batch.pk, query="?name=lakside")) == ["Lakeside Family Medicine"]


def test_a_search_without_a_find_says_so(go, batch, custodian):
    assert "No provider found" in go("wizard_providers", batch.pk, query="?name=zzyzx").content.decode()


def test_as_one_types_only_the_results_come(go, batch, custodian, client, rosa):
    client.force_login(rosa.person)
    page = client.get(
        reverse("wizard_providers", args=[batch.pk]), {"name": "lake"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert page.lstrip().startswith('<section id="results"')


class TestRecentSearches:
    def test_a_search_that_was_sent_is_kept_to_be_repeated(self, go, batch, custodian, rosa):
        go("wizard_providers", batch.pk, query="?name=lake&state=GA&search=1")
        page = go("wizard_providers", batch.pk).content.decode()
        assert 'href="?name=lake&amp;state=GA"' in page
        assert "lake, Georgia" in page

    def test_what_was_only_typed_is_not(self, go, batch, custodian, rosa):
        go("wizard_providers", batch.pk, query="?name=lak")
        assert not rosa.person.recent_searches.exists()

    def test_each_is_kept_once_and_eight_in_all(self, go, batch, rosa):
        for number in [*range(12), 3]:
            go("wizard_providers", batch.pk, query=f"?name=clinic{number}&search=1")
        kept = [one.asked["name"] for one in rosa.person.recent_searches.all()]
        assert kept == [f"clinic{number}" for number in (3, 11, 10, 9, 8, 7, 6, 5)]


@pytest.mark.parametrize("query", ["?state=XX", "?name=%E2%80%AE", "?name=" + "x" * 81, *MORE])
def test_a_bad_search_is_told(go, batch, query):
    assert go("wizard_providers", batch.pk, query=query).status_code == 422


@pytest.mark.parametrize("page", ["0", "-1", "99999999999999999999", "x", "NaN"])
def test_any_page_number_shows_some_page(go, batch, custodian, page):
    assert go("wizard_providers", batch.pk, query=f"?page={page}").status_code == 200


def test_without_favorites_it_says_how_one_is_kept(go, batch, custodian):
    assert "No favorites yet" in go("wizard_providers", batch.pk, query="?favorites=on").content.decode()


def test_another_page_begins_at_the_results(go, batch, practice):
    for number in range(11):
        cast.custodian(practice, name=f"Clinic {number}")
    assert '?page=2#found"' in go("wizard_providers", batch.pk).content.decode()


def test_favorites_filters_to_the_starred(go, batch, rosa, custodian, peachtree):
    Favorite.toggle(rosa.person, peachtree)
    assert names(go("wizard_providers", batch.pk, query="?favorites=on")) == ["Peachtree Radiology"]


def test_choosing_makes_a_draft_with_its_own_id(go, batch, custodian):
    go("wizard_provider_add", batch.pk, custodian.pk, post={"search": "name=lake"})
    made = RecordRequest.objects.get()
    assert (made.batch, made.custodian, made.state) == (batch, custodian, "draft")


def test_choosing_keeps_the_search(go, batch, custodian):
    answer = go("wizard_provider_add", batch.pk, custodian.pk, post={"search": "name=lake&evil=1"})
    assert answer.url.endswith("/providers/?name=lake")


def test_a_custodian_is_chosen_once(go, asked, custodian):
    answer = go("wizard_provider_add", asked.batch_id, custodian.pk, post={}, follow=True)
    assert RecordRequest.objects.count() == 1
    assert "chosen already" in answer.content.decode()


def test_the_21st_is_refused_with_a_sentence(go, batch, practice, rosa):
    facilities = [cast.custodian(practice, name=f"Site {n}") for n in range(21)]
    for facility in facilities[:20]:
        RecordRequest.draft(batch, facility, by=rosa)
    answer = go("wizard_provider_add", batch.pk, facilities[20].pk, post={}, follow=True)
    assert batch.record_requests.count() == 20
    assert "At most 20 providers" in answer.content.decode()


def test_a_facility_outside_the_network_is_404(go, batch):
    outside = cast.custodian(None, name="Outside Clinic")
    assert go("wizard_provider_add", batch.pk, outside.pk, post={}).status_code == 404


def test_removing_takes_the_request_and_leaves_its_activity(go, two):
    go("wizard_provider_remove", two[0].batch_id, two[0].public_id, post={})
    assert RecordRequest.objects.get() == two[1]
    assert Activity.objects.filter(event="draft_deleted", subject_id=two[0].pk).exists()


def test_removing_asks_first(go, asked):
    assert b"Remove Provider" in go("wizard_provider_remove", asked.batch_id, asked.public_id).content
    assert RecordRequest.objects.exists()


def test_a_request_of_another_batch_is_404(go, batch, draft):
    assert go("wizard_provider_remove", batch.pk, draft.public_id, post={}).status_code == 404
    assert RecordRequest.objects.filter(pk=draft.pk).exists()


def test_choosing_another_withdraws_the_approved_estimate(go, ready, peachtree):
    go("wizard_provider_add", ready.pk, peachtree.pk, post={})
    ready.refresh_from_db()
    assert ready.estimate_approved_at is None


def test_what_comes_closest_is_said_to_be_that(go, batch, custodian):
    closest = "These come closest"
    assert closest in go("wizard_providers", batch.pk, query="?name=lakeside+xylophone").content.decode()
    assert closest not in go("wizard_providers", batch.pk, query="?name=lakeside").content.decode()


def test_as_one_types_what_is_wrong_is_told_where_the_results_stand(go, batch, client, rosa):
    client.force_login(rosa.person)
    page = client.get(
        reverse("wizard_providers", args=[batch.pk]), {"npi": "12"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "An NPI has ten digits" in page
    assert "marked above" not in page


def test_whom_somebody_waits_for_is_not_offered_to_be_asked_for_again(go, batch, rosa):
    outside = cast.custodian(None, name="Outside Clinic")
    Suggestion.wish(outside, by=rosa)
    page = go("wizard_providers", batch.pk, query="?name=outside").content.decode()
    assert "You will hear from us" in page
    assert "Ask us to invite it" not in page
