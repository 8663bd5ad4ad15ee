"""Where a part of a page is asked for and another page is the answer, the browser goes there (htmx)."""

import pytest
from django.test import Client
from django.urls import reverse

from audit.actors import SYSTEM

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true", "Referer": "http://testserver/organization/permissions/"}


def set_one(browser, role):
    said = {"role": role.pk, "permission": "price", "allowed": "yes"}
    return browser.post(reverse("permission_set"), said, headers=PART)


@pytest.fixture
def role(practice):
    return practice.roles.get(name="Front Desk")


def test_a_stranger_is_led_to_sign_in(role):
    answer = set_one(Client(), role)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["HX-Redirect"].startswith(reverse("account_login"))


def test_a_practice_that_was_suspended_is_led_to_its_standing(as_, clara, role):
    clara.organization.suspend(by=SYSTEM, reason="A test.")
    assert set_one(as_(clara), role)["HX-Redirect"] == reverse("standing")


def test_who_signed_in_a_while_ago_confirms_first_and_comes_back_to_the_page(as_, clara, role):
    answer = set_one(as_(clara), role)
    assert answer["HX-Redirect"].startswith(reverse("account_reauthenticate"))
    assert "permissions" in answer["HX-Redirect"]


def test_without_script_it_is_a_redirect_as_ever(client):
    assert client.get(reverse("my_account")).status_code == 302
