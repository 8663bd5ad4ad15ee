"""A password chosen anew by the link in a letter shows whose the address is (product 2.6)."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from outbox.queue import run_due
from tests.accounts.joining.conftest import BY_TEXT, TEXT_PAGE, confirm, sign_up

pytestmark = pytest.mark.django_db
NEW = "a quite different horse"


@pytest.fixture
def by_text(client):
    """Somebody who signed up by text with an address that nobody has shown to be theirs."""
    sign_up(client, **BY_TEXT)
    confirm(client, page=TEXT_PAGE)
    return client


def reset(mailoutbox, email="ada@example.test"):
    browser = Client()
    browser.post(reverse("account_reset_password"), {"email": email})
    run_due()
    link = re.search(r"https?://[^/]+(\S+/reset/key/\S+)", mailoutbox[-1].body)[1]
    form = browser.get(link, follow=True)
    browser.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    return browser


def sign_in(browser):
    return browser.post(reverse("account_login"), {"login": "ada@example.test", "password": NEW})


def test_the_address_counts_as_verified(by_text, mailoutbox):
    assert sign_in(reset(mailoutbox)).url == reverse("home")
    assert EmailAddress.objects.get(email="ada@example.test").verified


def test_who_used_the_address_before_is_out_and_their_phone_shows_nothing(by_text, mailoutbox):
    reset(mailoutbox)
    assert by_text.get(reverse("my_account")).status_code == 302
    person = Person.objects.get()
    assert str(person.phone) == "+16025550143"
    assert person.phone_verified_at is None


def test_a_verified_address_changes_nothing_about_the_phone(by_text, mailoutbox):
    EmailAddress.objects.update(verified=True)
    reset(mailoutbox)
    assert Person.objects.get().phone_verified_at


def test_somebody_who_signed_up_with_my_address_keeps_me_from_nothing(client, mailoutbox):
    sign_up(client)
    assert sign_in(reset(mailoutbox)).url == reverse("home")
