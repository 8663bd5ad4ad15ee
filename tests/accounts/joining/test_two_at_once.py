"""Two at once: one account, one household, and no more guesses than one after the other."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from accounts.joining import households, signing_up
from accounts.models import Organization, Person
from tests import cast
from tests.accounts.joining.conftest import EMAIL_PAGE, code_of, sign_up, wrong

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts):
    """Run all at the same moment; what each returned or raised."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        barrier.wait()
        try:
            results[number] = act()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def found_twice():
    person = cast.person("ada", signed_up_as="household")
    at_once(*[lambda: households.open_household(person)] * 2)
    return Organization.objects.count()


def test_two_tabs_found_one_household():
    assert found_twice() == 1


def test_without_the_lock_there_are_two(monkeypatch):
    from django.db.models import QuerySet

    looked, exists = threading.Barrier(2), QuerySet.exists

    def both_look_first(self):
        found = exists(self)
        if self.model.__name__ == "Member":
            looked.wait(5)
        return found

    monkeypatch.setattr(QuerySet, "exists", both_look_first)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, *args, **kwargs: self)
    assert found_twice() == 2


def test_two_sign_ups_with_one_address_make_one_account(monkeypatch):
    cache.clear()
    looked, look = threading.Barrier(2), signing_up.filter_users_by_email

    def both_look_first(email):
        found = look(email)
        looked.wait(5)
        return found

    monkeypatch.setattr(signing_up, "filter_users_by_email", both_look_first)
    answers = at_once(*[lambda: sign_up(Client()).status_code] * 2)
    assert Person.objects.count() == 1
    assert set(answers) <= {302, 429}


def test_guesses_at_once_are_counted_one_by_one(monkeypatch):
    cache.clear()
    browser = Client()
    sign_up(browser)
    bad, key = wrong(code_of(browser)), browser.cookies["sessionid"].value

    def guess():
        other = Client()
        other.cookies["sessionid"] = key
        return "This is not the code" in other.post(EMAIL_PAGE, {"code": bad}).content.decode()

    assert sum(one is True for one in at_once(*[guess] * 16)) <= 10
