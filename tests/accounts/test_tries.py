"""Ten tries in fifteen minutes, also for whoever sits down at somebody's open session (trust.md, Sign-in)."""

import time

import pytest
from django.core.cache import cache
from django.urls import reverse

from outbox.queue import run_due

pytestmark = pytest.mark.django_db
NEW = "another good long password"
GUESSES = [
    ("account_reauthenticate", {"password": "a wrong guess"}),
    ("account_change_password", {"oldpassword": "a wrong guess", "password1": NEW, "password2": NEW}),
]


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()
    yield
    cache.clear()


@pytest.mark.parametrize(("name", "guess"), GUESSES)
def test_the_eleventh_guess_waits_for_more_than_a_minute(as_, rosa, monkeypatch, name, guess):
    browser, begun = as_(rosa), time.time()
    answers = [browser.post(reverse(name), guess).status_code for _try in range(10)]
    assert answers == [422] * 10
    for minutes, answer in ((0, 429), (2, 429), (14, 429), (16, 422)):
        monkeypatch.setattr("time.time", lambda minutes=minutes: begun + minutes * 60)
        assert browser.post(reverse(name), guess).status_code == answer


def test_one_address_gets_five_letters_in_fifteen_minutes(client, rosa, mailoutbox):
    for _try in range(7):
        client.post(reverse("account_reset_password"), {"email": rosa.person.email})
    run_due()
    assert len(mailoutbox) == 5
