import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Dependent

pytestmark = pytest.mark.django_db


def test_nobody_yet_is_told_what_the_list_is_for(open_, aisha):
    page = open_(aisha, "dependents").content.decode()
    assert "Nobody here yet" in page
    assert page.count("Add Dependent") == 1


def test_the_list_names_ones_own(open_, aisha, leo, noor):
    assert "Leo Rahman" in open_(aisha, "dependents").content.decode()
    assert "Leo" not in open_(noor, "dependents").content.decode()


def test_who_was_removed_is_gone(open_, aisha, leo):
    leo.remove(by=aisha)
    assert "Leo" not in open_(aisha, "dependents").content.decode()


def test_a_long_list_asks_no_more_than_a_short_one(as_, aisha, leo, django_assert_num_queries):
    browser = as_(aisha)
    browser.get("/dependents/")  # the first visit of a session writes it
    with CaptureQueriesContext(connection) as short:
        browser.get("/dependents/")
    for number in range(20):
        Dependent.objects.create(
            organization=aisha.organization, first_name=f"N{number}", last_name="R", birth_date=leo.birth_date
        )
    with django_assert_num_queries(len(short)):
        browser.get("/dependents/")


@pytest.mark.parametrize("name", ["dependents", "dependent_add"])
def test_firms_and_practices_have_none(open_, rosa, clara, name):
    assert open_(rosa, name).status_code == 404
    assert open_(clara, name).status_code == 404


@pytest.mark.parametrize("name", ["dependent", "dependent_details", "dependent_edit", "dependent_remove"])
def test_a_firm_learns_nothing_of_a_dependent(open_, rosa, leo, name):
    assert open_(rosa, name, leo.pk).status_code == 404
    assert open_(rosa, name, leo.pk + 1).status_code == 404


def test_ops_have_none(client, olga):
    client.force_login(olga)
    assert client.get("/dependents/").status_code == 403


def test_without_signing_in_there_is_no_list(client, leo):
    assert client.get("/dependents/").url.startswith("/account/login/")
    assert client.get(f"/dependents/{leo.pk}/").url.startswith("/account/login/")
