"""Ops clear the two-step verification of somebody who lost the device: with a reason, and they are told."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from outbox.queue import run_due
from tests import cast
from tests.accounts.test_deciding import sign_in

pytestmark = pytest.mark.django_db
REASON = "Called back at the number of her firm."


@pytest.fixture
def hugo():
    person = cast.staff("hugo")
    person.groups.add(Group.objects.get(name="People"))
    return person


@pytest.fixture
def ops(client, hugo):
    sign_in(client, hugo)
    return client


@pytest.fixture
def ruth_in(ruth):
    """Her browser; she signs in by two steps."""
    cache.clear()
    browser = Client()
    email = ruth.person.email
    EmailAddress.objects.create(user=ruth.person, email=email, verified=True, primary=True)
    browser.post(reverse("account_login"), {"login": email, "password": cast.PASSWORD})
    TOTP.activate(ruth.person, generate_totp_secret())
    return browser


def at(person):
    return reverse("admin:accounts_person_clear_two_step", args=[person.pk])


def clear(browser, person, reason=REASON):
    return browser.post(at(person), {"reason": reason})


def ways(person):
    return Authenticator.objects.filter(user=person).count()


def test_it_is_gone_logged_and_told(ops, hugo, ruth, ruth_in, mailoutbox):
    change = reverse("admin:accounts_person_change", args=[ruth.person_id])
    assert at(ruth.person) in ops.get(change).content.decode()
    assert clear(ops, ruth.person).url == change
    assert ways(ruth.person) == 0
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (hugo, str(ruth.person_id))
    assert REASON in entry.change_message
    run_due()
    [letter] = mailoutbox
    assert (letter.to, letter.subject) == (
        [ruth.person.email],
        "Two-step verification was switched off",
    )
    assert REASON not in letter.body


def test_whoever_has_the_device_now_is_out(ops, ruth, ruth_in):
    assert ruth_in.get(reverse("my_account")).status_code == 200
    clear(ops, ruth.person)
    assert ruth_in.get(reverse("my_account")).status_code == 302


def test_a_password_that_is_too_short_without_it_ends_too(ops, ruth, ruth_in, mailoutbox):
    ruth.person.set_password("nine char")
    ruth.person.save()
    clear(ops, ruth.person)
    fresh = Person.objects.get(pk=ruth.person_id)
    assert not fresh.has_usable_password()
    assert not fresh.password_is_short
    run_due()
    assert "/reset/key/" in "".join(letter.body for letter in mailoutbox)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001, "a\0b"])
def test_without_a_reason_nothing_is_cleared(ops, ruth, ruth_in, reason):
    assert clear(ops, ruth.person, reason).status_code == 422
    assert ways(ruth.person) == 1


def test_not_of_ops_nor_one_s_own(ops, hugo, olga):
    assert clear(ops, olga).status_code == 403
    assert clear(ops, hugo).status_code == 403
    assert ways(olga) == ways(hugo) == 1


def test_a_superuser_clears_it_for_a_colleague(client, olga, hugo):
    sign_in(client, olga)
    clear(client, hugo)
    assert (ways(hugo), ways(olga)) == (0, 1)


@pytest.mark.parametrize("group", ["Organizations", "Money", "Read only"])
def test_other_groups_clear_nothing(client, ruth, ruth_in, group):
    person = cast.staff("mo")
    person.groups.add(Group.objects.get(name=group))
    sign_in(client, person)
    assert clear(client, ruth.person).status_code == 403
    assert ways(ruth.person) == 1


def test_a_stale_sign_in_is_asked_again(client, hugo, ruth, ruth_in):
    sign_in(client, hugo, seconds_ago=400)
    assert "reauthenticate" in clear(client, ruth.person).url
    assert ways(ruth.person) == 1


def test_where_there_is_none_nothing_happens(ops, ruth):
    clear(ops, ruth.person)
    assert not LogEntry.objects.exists()
