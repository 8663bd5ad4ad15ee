"""Whoever signs up with an address that has an account can't tell, and its owner is told (trust.md, Sign-in)."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person
from tests.accounts.joining.conftest import (
    ADA,
    BY_TEXT,
    EMAIL_PAGE,
    PHONE,
    TEXT_PAGE,
    letters,
    sent,
    sign_up,
)

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "rosa@example.test", "nora@example.test"
SAVEPOINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK TO")
KINDS_OF_WORK = pytest.mark.parametrize("way", [{}, BY_TEXT], ids=["by email", "by text"])


@pytest.fixture
def hashed(monkeypatch):
    """How many passwords were hashed."""
    count, encode = [], MD5PasswordHasher.encode

    def counted(self, *args, **kwargs):
        count.append(1)
        return encode(self, *args, **kwargs)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return count


def work(act):
    """The kind of each query that `act` makes, and its answer."""
    with CaptureQueriesContext(connection) as queries:
        answer = act()
    said = [query["sql"] for query in queries]
    kept = [re.sub(r"_sync_[0-9]+", "", sql) for sql in said if not sql.startswith(SAVEPOINTS)]
    return [sql.split("WHERE")[0][:60] for sql in kept], answer


def pages(browser, way):
    """All that can be seen after signing up, without what differs each time."""
    return browser.get(TEXT_PAGE if way else EMAIL_PAGE).content.decode().replace("rosa", "nora")


def shown(html):
    html = re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", html)
    return re.sub(r'nonce="[^"]+"', "", html).replace("r•••@", "n•••@")


@KINDS_OF_WORK
def test_the_same_answer_the_same_work(rosa, hashed, way):
    seen = {}
    for email in (KNOWN, UNKNOWN):
        browser, before = Client(), len(hashed)
        browser.get(reverse("account_login"))
        cache.clear()
        queries, answer = work(lambda to=email, by=browser: sign_up(by, email=to, **way))
        headers = {name: value for name, value in answer.headers.items() if name != "Content-Security-Policy"}
        seen[email] = (queries, len(hashed) - before, answer.status_code, headers, shown(pages(browser, way)))
    known, unknown = seen[KNOWN], seen[UNKNOWN]
    assert len(known[0]) == len(unknown[0]), (known[0], unknown[0])
    assert sorted(known[0]) == sorted(unknown[0])
    assert known[1] == unknown[1] == 1
    assert known[2:] == unknown[2:]


@KINDS_OF_WORK
def test_wrong_codes_new_codes_and_other_addresses_too(rosa, way, minutes_later):
    seen = {}
    page, again = (TEXT_PAGE, "account_code_again_text") if way else (EMAIL_PAGE, "account_code_again_email")
    for email, other in ((KNOWN, "one@example.test"), (UNKNOWN, "two@example.test")):
        browser = Client()
        cache.clear()
        sign_up(browser, email=email, **way)
        look = work(lambda by=browser: by.get(page))
        wrong = work(lambda by=browser: by.post(page, {"code": "123456"}))
        minutes_later(2)
        new = work(lambda by=browser: by.post(reverse(again)))
        given = {"email": other, "verify_by": "email"}
        cache.clear()
        moved = work(lambda by=browser, to=given: by.post(reverse("account_code_elsewhere"), to))
        steps = (look, wrong, new, moved)
        seen[email] = [
            (len(queries), answer.status_code, answer.get("Location")) for queries, answer in steps
        ]
    assert seen[KNOWN] == seen[UNKNOWN]


def test_whoever_typed_a_known_address_can_still_sign_up_with_their_own(client, rosa):
    sign_up(client, email=KNOWN)
    client.post(reverse("account_code_elsewhere"), {"email": UNKNOWN, "verify_by": "email"})
    client.post(EMAIL_PAGE, {"code": client.session["account_email_verification_code"]["code"]})
    assert Person.objects.get(email=UNKNOWN).full_name == "Ada Brook"
    assert Person.objects.get(email=KNOWN).full_name == "Rosa Example"


@pytest.mark.parametrize("typed", ["rosa@example.test", "ROSA@Example.Test", " rosa@EXAMPLE.test "])
def test_the_owner_is_told_kindly_and_nothing_is_made(client, rosa, mailoutbox, typed):
    sign_up(client, email=typed)
    (letter,) = letters(mailoutbox)
    assert letter.to == [KNOWN]
    assert letter.subject == "You have an account already"
    assert reverse("account_login") in letter.body
    assert "Forgot Password?" in letter.body
    assert Person.objects.count() == 1


def test_by_text_the_number_is_told_nothing_of_the_address(client, rosa):
    sign_up(client, email=KNOWN, **BY_TEXT)
    assert sent() == [("no_code_text", PHONE)]


@pytest.mark.parametrize("code", ["000000", "123456"])
def test_no_code_gets_anybody_in_there(client, rosa, code):
    sign_up(client, email=KNOWN)
    session = client.session
    session["account_email_verification_code"] |= {"code": code}
    session.save()
    answer = client.post(EMAIL_PAGE, {"code": code})
    assert answer.status_code == 422
    assert "This is not the code. You have 4 tries left." in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_closed_account_looks_like_any_other(client, rosa):
    rosa.person.is_active = False
    rosa.person.save()
    assert sign_up(client, email=KNOWN).url == EMAIL_PAGE
    assert Person.objects.count() == 1


@pytest.mark.parametrize("email", [KNOWN, UNKNOWN])
def test_signing_in_hashes_as_often_for_nobody(client, rosa, hashed, email):
    before = len(hashed)
    client.post(reverse("account_login"), {"login": email, "password": "not the right one at all"})
    assert len(hashed) - before == 2


def test_a_second_try_within_a_minute_is_told_the_same(client, rosa):
    seen = []
    for email in (KNOWN, UNKNOWN):
        sign_up(Client(), email=email)
        answer = sign_up(Client(), email=email)
        seen.append((answer.status_code, "less than a minute ago" in answer.content.decode()))
    assert seen == [(422, True), (422, True)]


def test_the_form_is_the_one_that_is_measured():
    assert set(ADA) >= {"email", "password1", "verify_by"}
