"""A password chosen anew by the link in a letter shows whose the address is (product 2.6)."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from correspondence.models import Notice
from correspondence.sending import CHANNELS
from outbox.queue import run_due
from tests.accounts.joining.conftest import ADA, BY_TEXT, PHONE, TEXT_PAGE, confirm, sign_up
from tests.cast import code_of

pytestmark = pytest.mark.django_db
NEW = "a quite different horse"


@pytest.fixture
def by_text(client):
    """Somebody who signed up by text with an address that nobody has shown to be theirs."""
    sign_up(client, **BY_TEXT)
    confirm(client, page=TEXT_PAGE)
    return client


@pytest.fixture
def without_phone(by_text):
    """And took the number away since: nothing shows whose the account is."""
    Person.objects.update(phone_verified_at=None)
    return by_text


def reset(mailoutbox, email="ada@example.test", password=NEW):
    browser = Client()
    browser.post(reverse("account_reset_password"), {"email": email})
    run_due()
    link = re.search(r"https?://[^/]+(\S+/reset/key/\S+)", mailoutbox[-1].body)[1]
    form = browser.get(link, follow=True)
    browser.answer = browser.post(form.request["PATH_INFO"], {"password1": password, "password2": password})
    return browser


def sign_in(browser):
    return browser.post(reverse("account_login"), {"login": "ada@example.test", "password": NEW})


def test_the_address_counts_as_verified(without_phone, mailoutbox):
    assert sign_in(reset(mailoutbox)).url == reverse("home")
    assert EmailAddress.objects.get(email="ada@example.test").verified


def test_who_used_the_address_before_is_out(without_phone, mailoutbox):
    reset(mailoutbox)
    assert without_phone.get(reverse("my_account")).status_code == 302


class TestWhereOnlyAPhoneShowsWhoseItIs:
    """The address may be mistyped: whoever has it must not get in by it."""

    @pytest.fixture
    def texted(self, monkeypatch):
        """Numbers that were texted a link for a new password; `link` is in the last one."""
        sent = []

        def send(number, *, body, **_said):
            if "/reset/key/" in body:
                sent.append(str(number))
                self.link = re.search(r"https?://[^/]+(\S+)", body)[1]
            return "1"

        monkeypatch.setitem(CHANNELS, Notice.Channel.TEXT, send)
        return sent

    def test_the_link_goes_there_and_the_letter_has_none(self, by_text, mailoutbox, texted):
        Client().post(reverse("account_reset_password"), {"email": "ada@example.test"})
        run_due()
        assert mailoutbox[-1].subject == "Your link for a new password went to a phone"
        assert "/reset/key/" not in mailoutbox[-1].body
        assert "support@" in mailoutbox[-1].body
        assert texted == [PHONE]

    def test_a_password_chosen_by_it_shows_no_address(self, by_text, texted):
        Client().post(reverse("account_reset_password"), {"email": "ada@example.test"})
        run_due()
        browser = Client()
        form = browser.get(self.link, follow=True)
        browser.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
        assert sign_in(browser).url == reverse("home")
        assert not EmailAddress.objects.filter(verified=True).exists()
        assert Person.objects.get().phone_verified_at


def test_a_verified_address_changes_nothing_about_the_phone(by_text, mailoutbox):
    EmailAddress.objects.update(verified=True)
    reset(mailoutbox)
    assert Person.objects.get().phone_verified_at


def test_somebody_who_signed_up_with_my_address_keeps_me_from_nothing(client, mailoutbox):
    sign_up(client)
    assert sign_in(reset(mailoutbox)).url == reverse("home")


@pytest.fixture
def taken(without_phone):
    """Who signed up so has set up two steps too: a way in for them, and a locked door for the owner."""
    person = Person.objects.get()
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={})
    return person


def test_the_second_step_of_somebody_before_keeps_no_owner_out(taken, mailoutbox):
    assert sign_in(reset(mailoutbox)).url == reverse("home")
    assert not Authenticator.objects.exists()


def test_the_owner_is_told_that_it_is_gone(taken, mailoutbox):
    reset(mailoutbox)
    run_due()
    assert "Two-step verification was switched off" in [letter.subject for letter in mailoutbox]


def test_the_new_password_is_as_long_as_it_must_be_without_one(taken, mailoutbox):
    assert reset(mailoutbox, password="nine char").answer.status_code == 422
    assert Authenticator.objects.count() == 3


@pytest.mark.parametrize("why", ["the address was shown before", "ops"])
def test_a_second_step_that_is_theirs_stays(taken, mailoutbox, why):
    if why == "ops":
        Person.objects.update(is_staff=True)
    else:
        EmailAddress.objects.update(verified=True)
    assert sign_in(reset(mailoutbox)).url == reverse("mfa_authenticate")
    assert Authenticator.objects.count() == 3


def test_a_sign_in_that_waited_for_its_code_does_not_outlive_the_password(client, mailoutbox):
    sign_up(client, **BY_TEXT)
    reset(mailoutbox)
    assert confirm(client, page=TEXT_PAGE).url == reverse("account_login")
    assert not Person.objects.get().phone_verified_at


def test_nor_does_it_drop_the_account_for_one_of_another_address(client, mailoutbox):
    sign_up(client, **BY_TEXT)
    reset(mailoutbox)
    client.post(reverse("account_code_elsewhere"), {"email": "b@example.test", "verify_by": "email"})
    assert Person.objects.get().email == "ada@example.test"


def test_nor_one_that_waited_at_the_second_step(taken, mailoutbox):
    EmailAddress.objects.update(verified=True)
    waiting = Client()
    waiting.post(reverse("account_login"), {"login": taken.email, "password": ADA["password1"]})
    reset(mailoutbox)
    answer = waiting.post(reverse("mfa_authenticate"), {"code": code_of(taken)})
    assert answer.url == reverse("account_login")
    assert "_auth_user_id" not in waiting.session
