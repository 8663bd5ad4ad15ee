"""A form that lay in another tab while its owner signed in again: nothing is done, and nothing typed is lost."""

import re

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
OURS = "http://testserver"
TYPED = {"name": "Smith & Daughters of Macon, Georgia", "city": "Macon", "csrfmiddlewaretoken": "x" * 64}


@pytest.fixture
def browser(rosa):
    made = Client(enforce_csrf_checks=True)
    made.force_login(rosa.person)
    made.get(reverse("organization_edit"))  # its cookie is there
    return made


def send(browser, origin=OURS, address="organization_edit", **typed):
    return browser.post(reverse(address), TYPED | typed, headers={"Origin": origin})


def test_it_is_offered_to_be_sent_again(browser, firm):
    answer = send(browser)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You signed in again meanwhile, as Rosa Example." in page
    assert 'action="/organization/edit/"' in page
    assert '<input type="hidden" name="city" value="Macon">' in page
    assert "Smith &amp; Daughters of Macon, Georgia</p>" in page
    firm.refresh_from_db()
    assert firm.name == "Smith Law"


def test_what_the_page_showed_before_goes_along_but_is_no_word_of_theirs(browser):
    page = send(browser, **{"initial-name": "Smith Law and nobody else"}).content.decode()
    assert page.count("Smith Law and nobody else") == 1


def test_what_is_offered_works(browser, firm):
    page = send(browser, time_zone="America/New_York").content.decode()
    form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
    assert len(form["csrfmiddlewaretoken"]) == 64
    form["name"] = form["name"].replace("&amp;", "&")
    browser.post(reverse("organization_edit"), form, headers={"Origin": OURS})
    firm.refresh_from_db()
    assert firm.name == TYPED["name"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example", ""])
def test_a_form_of_somebody_else_s_page_is_never_passed_on(browser, origin):
    answer = send(browser, origin)
    assert answer.status_code == 403
    assert "Send it now" not in answer.content.decode()
    assert "Daughters" not in answer.content.decode()


def test_nor_what_nobody_signed_in_for(db):
    assert "Daughters" not in send(Client(enforce_csrf_checks=True)).content.decode()


def test_no_password_is_written_into_a_page(browser):
    page = send(browser, password="a password of theirs").content.decode()
    assert "Send it now" in page
    assert "a password of theirs" not in page
