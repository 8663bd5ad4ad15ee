"""The public page of a practice, and the way from its button into a request to it."""

import uuid
from urllib.parse import quote

import pytest
from django.urls import reverse
from zeal import zeal_context

from accounts.models import Organization, Role
from audit.actors import SYSTEM
from directory.models import Custodian, FormOffered
from requests_app.models import Batch, RecordRequest
from tests import cast
from tests.requests_app.intake.conftest import PATIENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, practice, custodian):
    """The page as anybody sees it."""
    return lambda browser=client, **query: browser.get(reverse("landing", args=[practice.slug]), query)


@pytest.fixture
def tom(db):
    return cast.member("tom", cast.organization("Thomas Wright", "household"))


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_who_where_what_how_long_and_how_much(page, custodian, clara):
    custodian.change(
        by=clara, offers_rush=True, rush_fee="35.00", phone="+14785550100", street="12 Pier Road"
    )
    FormOffered.add(clara.organization, by=clara, custodian=custodian, name="Sports physical", fee="20.00")
    FormOffered.add(
        clara.organization, by=clara, custodian=custodian, name="Old form", fee="1.00", is_offered=False
    )
    shown = text(page())
    assert "<title>Medical records from Lakeside Family Medicine" in shown
    for words in (
        "12 Pier Road, Macon, GA 31201",
        "(478) 555-0100",
        "$35.00",
        "Record certification",
        "$9.70",
    ):
        assert words in shown
    assert "Sports physical" in shown
    assert "Old form" not in shown
    assert "7 to 10 business days" in shown
    assert "At most $6.50 for an electronic copy of your own records" in shown


def test_what_isn_t_offered_isn_t_shown(page, custodian, clara):
    custodian.change_services({"certification": (False, None)}, by=clara)
    shown = text(page())
    assert "Record certification" not in shown
    assert "Rush" not in shown


def test_a_search_engine_may_list_it_and_no_other_page(page, client):
    assert "noindex" not in text(page())
    assert "noindex" in client.get(reverse("account_login")).content.decode()


def test_only_a_practice_that_works_here_has_one(client, practice, custodian, firm, db):
    waiting = Organization.found(name="New Practice", kind="provider")
    Organization.objects.filter(pk=firm.pk).update(slug="smith-law")
    for slug in (waiting.slug, "smith-law", "nobody"):
        assert client.get(reverse("landing", args=[slug])).status_code == 404
    practice.suspend(by=SYSTEM, reason="Unpaid")
    assert client.get(reverse("landing", args=[practice.slug])).status_code == 404


def test_anybody_is_led_to_sign_up_as_patient_and_back_to_the_request(page, custodian):
    shown = text(page())
    onwards = quote(f"/new/?at={custodian.pk}", safe="")
    assert f"{reverse('account_signup')}?as=patient&amp;next={onwards}" in shown
    assert f"{reverse('account_login')}?next={onwards}" in shown


def test_each_of_several_places_has_its_own_button(page, practice, custodian):
    east = cast.custodian(practice, name="Lakeside East")
    shown = text(page())
    assert "Choose where you were seen" in shown
    assert quote(f"?at={east.pk}", safe="") in shown
    assert quote(f"?at={custodian.pk}", safe="") in shown


def test_without_a_place_there_is_no_button(client, practice):
    shown = text(client.get(reverse("landing", args=[practice.slug])))
    assert "asked online yet" in shown
    assert "Request my records" not in shown


def test_who_is_signed_in_goes_straight_there(page, as_, rosa, tom, custodian):
    for member in (rosa, tom):
        shown = text(page(as_(member)))
        assert f'href="/new/?at={custodian.pk}"' in shown
        assert "Sign in and request" not in shown


def test_its_own_people_see_a_note_and_no_button(page, as_, clara):
    shown = text(page(as_(clara)))
    assert "public page, as patients see it" in shown
    assert "Request my records" not in shown


def test_a_role_without_requests_is_told(page, as_, rosa):
    Role.objects.filter(pk=rosa.role_id).update(permissions=["view_requests"])
    shown = text(page(as_(rosa)))
    assert "a role that doesn" in shown
    assert "Request my records" not in shown


def test_somebody_halfway_through_the_door_sees_it_too(page, client, db):
    client.force_login(cast.person("nora", onboarded_at=None))
    assert "Request my records" in text(page(client))


@pytest.mark.parametrize("language", ["es", "xx", "", "../..", "x" * 500])
def test_a_language_that_isn_t_there_is_no_error(page, language):
    assert "Lakeside Family Medicine" in text(page(language=language))


def test_it_asks_as_much_for_ten_places_as_for_one(
    page, practice, custodian, clara, django_assert_max_num_queries
):
    for number in range(9):
        FormOffered.add(
            practice,
            by=clara,
            custodian=cast.custodian(practice, name=f"Site {number}"),
            name="Sports physical",
            fee="20.00",
        )
    page()
    with zeal_context(), django_assert_max_num_queries(8):
        text(page())


def go(browser, key, place, **more):
    """Send the first page of a request, as the browser does that came from the button."""
    return browser.post(reverse("wizard_patient", args=[key]), PATIENT | {"at": place, **more}, follow=True)


def chosen():
    return list(RecordRequest.objects.values_list("custodian__name", flat=True))


def test_the_place_is_named_from_the_first_page_on(as_, rosa, custodian):
    browser = as_(rosa)
    start = text(browser.get(reverse("wizard_start"), {"at": custodian.pk}))
    assert "You come from the page of Lakeside Family Medicine, Macon, GA" in start
    assert f"?at={custodian.pk}" in start
    first = text(browser.get(reverse("wizard_patient", args=[uuid.uuid4()]), {"at": custodian.pk}))
    assert f'name="at" value="{custodian.pk}"' in first


def test_after_the_patient_the_place_is_chosen(as_, rosa, custodian):
    answer = go(as_(rosa), uuid.uuid4(), custodian.pk)
    assert answer.status_code == 200
    assert chosen() == ["Lakeside Family Medicine"]


def test_an_error_and_half_typed_input_keep_the_place(as_, rosa, custodian):
    browser, key = as_(rosa), uuid.uuid4()
    wrong = go(browser, key, custodian.pk, birth_date="tomorrow")
    assert wrong.status_code == 422
    assert f'name="at" value="{custodian.pk}"' in wrong.content.decode()
    again = text(browser.get(reverse("wizard_patient", args=[key])))
    assert f'name="at" value="{custodian.pk}"' in again


def test_a_second_click_chooses_once_and_says_nothing(as_, rosa, custodian):
    browser, key = as_(rosa), uuid.uuid4()
    go(browser, key, custodian.pk)
    answer = go(browser, key, custodian.pk)
    assert "chosen already" not in answer.content.decode()
    assert (chosen(), Batch.objects.count()) == (["Lakeside Family Medicine"], 1)


def test_a_place_suspended_meanwhile_is_told_and_they_choose_another(as_, rosa, practice, custodian):
    practice.suspend(by=SYSTEM, reason="Unpaid")
    answer = go(as_(rosa), uuid.uuid4(), custodian.pk)
    assert "be asked here now. Choose a provider." in answer.content.decode()
    assert chosen() == []
    assert Batch.objects.count() == 1


@pytest.mark.parametrize("bad", ["0", "-1", str(2**63), str(10**30), "٣", "x", "1 OR 1=1", "a‮b"])
def test_a_number_that_is_no_place_is_told_and_nothing_is_lost(as_, rosa, custodian, bad):
    browser = as_(rosa)
    assert browser.get(reverse("wizard_start"), {"at": bad}).status_code == 200
    answer = go(browser, uuid.uuid4(), bad)
    assert answer.status_code == 200
    assert (chosen(), Batch.objects.count()) == ([], 1)


def test_a_place_outside_the_network_isn_t_chosen(as_, rosa, custodian):
    Custodian.objects.filter(pk=custodian.pk).update(organization=None)
    go(as_(rosa), uuid.uuid4(), custodian.pk)
    assert chosen() == []


def test_who_comes_without_a_place_chooses_as_ever(as_, rosa, custodian):
    browser = as_(rosa)
    assert "You come from" not in text(browser.get(reverse("wizard_start")))
    browser.post(reverse("wizard_patient", args=[uuid.uuid4()]), PATIENT)
    assert chosen() == []
