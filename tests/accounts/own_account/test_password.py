"""Another password: told, other sessions end, long enough (product 2.6, trust.md "Sign-in")."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.accounts.own_account import codes

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
NEW = "quite another long password"


def change(browser, new=NEW, old=cast.PASSWORD):
    said = {"oldpassword": old, "password1": new, "password2": new}
    return browser.post(reverse("account_change_password"), said)


def test_this_session_stays_and_the_others_end(fresh, rosa):
    here, there = fresh(rosa), fresh(rosa, Client())
    assert change(here).headers["Location"] == reverse("my_account")
    assert here.get(reverse("my_account")).status_code == 200
    assert there.get(reverse("my_account")).headers["Location"].startswith(reverse("account_login"))


def test_its_owner_is_told(fresh, rosa, letters):
    change(fresh(rosa))
    assert (rosa.person.email, "Your password was changed") in letters()


def test_the_old_one_must_be_known(fresh, rosa):
    answer = change(fresh(rosa), old="a wrong guess")
    assert answer.status_code == 422
    rosa.person.refresh_from_db()
    assert rosa.person.check_password(cast.PASSWORD)


def test_fourteen_characters_are_too_few_alone_and_eight_are_enough_with_a_second_step(fresh, rosa):
    browser = fresh(rosa)
    assert change(browser, "xq7-yellow-bus").status_code == 422
    codes.app_of(rosa.person)
    assert "At least 8 characters" in browser.get(reverse("account_change_password")).content.decode()
    assert change(browser, "xq7-bus").status_code == 422
    assert change(browser, "xq7-buss").status_code == 302


def test_a_password_that_everybody_uses_is_refused(fresh, rosa):
    codes.app_of(rosa.person)
    assert change(fresh_with_code(fresh, rosa), "password123").status_code == 422


def fresh_with_code(fresh, member):
    browser = fresh(member)
    browser.post(reverse("mfa_authenticate"), {"code": codes.shown(member.person)})
    return browser
