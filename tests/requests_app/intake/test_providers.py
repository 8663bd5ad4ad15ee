import pytest

from audit.models import Activity
from directory.models import Favorite
from requests_app.models import RecordRequest
from tests import cast

pytestmark = pytest.mark.django_db


def test_search_finds_by_name_and_state(go, batch, custodian, peachtree):
    page = go("wizard_providers", batch.pk, query="?name=peach&state=GA").context["page_obj"]
    assert [one.name for one in page] == ["Peachtree Radiology"]


def test_only_the_network_is_listed(go, batch, custodian):
    cast.custodian(None, name="Outside Clinic")
    page = go("wizard_providers", batch.pk).context["page_obj"]
    assert [one.name for one in page] == ["Lakeside Family Medicine"]


def test_a_search_without_a_find_says_so(go, batch, custodian):
    assert "No provider found" in go("wizard_providers", batch.pk, query="?name=lakside").content.decode()


@pytest.mark.parametrize("query", ["?state=XX", "?name=%E2%80%AE", "?name=" + "x" * 81])
def test_a_bad_search_is_told(go, batch, query):
    assert go("wizard_providers", batch.pk, query=query).status_code == 422


@pytest.mark.parametrize("page", ["0", "-1", "99999999999999999999", "x", "NaN"])
def test_any_page_number_shows_some_page(go, batch, custodian, page):
    assert go("wizard_providers", batch.pk, query=f"?page={page}").status_code == 200


def test_favorites_filters_to_the_starred(go, batch, rosa, custodian, peachtree):
    Favorite.toggle(rosa.person, peachtree)
    page = go("wizard_providers", batch.pk, query="?favorites=on").context["page_obj"]
    assert list(page) == [peachtree]


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
