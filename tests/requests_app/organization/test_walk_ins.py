import pytest
from django.urls import reverse

from accounts.models import Role
from audit.models import Activity
from requests_app.models import WalkInRequestor
from tests import cast

pytestmark = pytest.mark.django_db
SAID = {
    "name": "Middle Georgia Couriers",
    "kind": "law_firm",
    "phone": "(478) 555-0131",
    "fax": "",
    "email": "desk@couriers.example",
    "address": "9 Dock Street",
    "note": "Tuesdays",
}


@pytest.fixture
def courier(practice, clara):
    return WalkInRequestor.add(practice, by=clara, name="Middle Georgia Couriers", kind="law_firm")


def at(name, row):
    return reverse(name, args=[row.pk])


def test_one_is_added_and_listed_and_the_activity_holds_no_name(as_, practice, clara):
    as_(clara).post(reverse("walk_in_add"), SAID)
    page = as_(clara).get(reverse("my_organization")).content.decode()
    assert "Middle Georgia Couriers" in page
    assert "added a frequent walk-in requestor" in page
    assert "Couriers" not in str(Activity.objects.of(practice).get(event="walk_in_added").details)


def test_one_is_changed_and_removed(as_, clara, courier):
    browser = as_(clara)
    browser.post(at("walk_in_edit", courier), SAID | {"kind": "household"})
    courier.refresh_from_db()
    assert (courier.kind, str(courier.phone), courier.note) == ("household", "+14785550131", "Tuesdays")
    assert "Remove Middle Georgia Couriers?" in browser.get(at("walk_in_remove", courier)).content.decode()
    browser.post(at("walk_in_remove", courier))
    assert not WalkInRequestor.objects.of(clara.organization).exists()
    assert browser.post(at("walk_in_edit", courier), SAID).status_code == 404


BAD = [
    {"name": ""},
    {"name": "x" * 161},
    {"kind": ""},
    {"kind": "king"},
    {"phone": "555"},
    {"fax": "12"},
    {"email": "nobody"},
    {"note": "x" * 501},
    {"address": "‮9 Dock"},
]


@pytest.mark.parametrize("bad", BAD)
def test_bad_input_is_refused(as_, clara, bad):
    answer = as_(clara).post(reverse("walk_in_add"), SAID | bad)
    assert answer.status_code == 422
    assert "field--bad" in answer.content.decode()
    assert not WalkInRequestor.objects.exists()


def test_the_desk_reads_the_list_and_others_don_t(as_, fred, dora, courier):
    assert "Middle Georgia Couriers" in as_(fred).get(reverse("my_organization")).content.decode()
    assert at("walk_in_edit", courier) not in as_(fred).get(reverse("my_organization")).content.decode()
    assert "Middle Georgia Couriers" not in as_(dora).get(reverse("my_organization")).content.decode()


@pytest.mark.parametrize("name", ["walk_in_edit", "walk_in_remove"])
def test_a_stranger_gets_404_and_a_colleague_without_the_right_403(as_, client, rosa, fred, courier, name):
    other = cast.member("pat", cast.organization("Peachtree Radiology", "provider"))
    assert "login" in client.get(at(name, courier)).url
    assert as_(other).post(at(name, courier), SAID).status_code == 404
    assert as_(rosa).post(at(name, courier), SAID).status_code == 404
    assert as_(fred).post(at(name, courier), SAID).status_code == 403
    courier.refresh_from_db()
    assert (courier.removed_at, courier.note) == (None, "")


def test_who_was_lowered_meanwhile_adds_nobody(as_, clara, practice):
    cast.member("clark", practice)
    Role.objects.filter(pk=clara.role_id).update(permissions=["view_requests"])
    assert as_(clara).post(reverse("walk_in_add"), SAID).status_code == 403
    assert not WalkInRequestor.objects.exists()
