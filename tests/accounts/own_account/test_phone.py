"""Another number, by a code texted there; the old number and the email are told (product 2.6)."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from tests.accounts.own_account import codes

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
OLD, NEW = "+16025550143", "+16025550188"


@pytest.fixture
def with_phone(rosa):
    rosa.person.phone, rosa.person.phone_verified_at = OLD, timezone.now()
    rosa.person.save()
    return rosa


def ask(browser, phone="(602) 555-0188"):
    return browser.post(reverse("account_change_phone"), {"phone": phone})


def confirm(browser, code):
    return browser.post(reverse("account_verify_phone"), {"code": code})


def test_the_code_goes_to_the_new_number_and_changes_nothing_yet(fresh, with_phone, texted):
    assert ask(fresh(with_phone)).headers["Location"] == reverse("account_verify_phone")
    assert texted() == [(NEW, "code_text")]
    with_phone.person.refresh_from_db()
    assert with_phone.person.phone == OLD


def test_the_code_changes_it_and_the_old_number_and_the_email_are_told(fresh, with_phone, texted, letters):
    browser = fresh(with_phone)
    ask(browser)
    confirm(browser, codes.texted(browser))
    with_phone.person.refresh_from_db()
    assert with_phone.person.phone == NEW
    assert (OLD, "phone_changed_text") in texted()
    assert (with_phone.person.email, "Your phone number was changed") in letters()


def test_a_wrong_code_changes_nothing(fresh, with_phone):
    browser = fresh(with_phone)
    ask(browser)
    wrong = "000000" if codes.texted(browser) != "000000" else "111111"
    assert confirm(browser, wrong).status_code == 422
    with_phone.person.refresh_from_db()
    assert with_phone.person.phone == OLD


def test_a_second_code_within_a_minute_is_refused_in_a_sentence(fresh, with_phone):
    browser = fresh(with_phone)
    ask(browser)
    answer = ask(browser)
    assert answer.status_code == 422
    assert "Wait a minute" in answer.content.decode()


@pytest.mark.parametrize("bad", ["", "12", "+44 20 7946 0958", "(602) 555-0188 x5", "٦٠٢٥٥٥٠١٨٨"])
def test_a_bad_number_is_refused_beside_its_field(fresh, rosa, bad):
    answer = ask(fresh(rosa), bad)
    assert answer.status_code == 422
    assert "field--bad" in answer.content.decode()


def test_removing_asks_first_then_forgets_and_tells(fresh, with_phone, texted, letters):
    browser = fresh(with_phone)
    assert "Remove your phone number?" in browser.get(reverse("phone_remove")).content.decode()
    browser.post(reverse("phone_remove"))
    with_phone.person.refresh_from_db()
    assert not with_phone.person.phone
    assert with_phone.person.phone_verified_at is None
    assert (OLD, "phone_removed_text") in texted()
    assert (with_phone.person.email, "Your phone number was removed") in letters()


def test_the_number_stays_while_the_address_is_not_verified(fresh, with_phone):
    browser = fresh(with_phone)
    EmailAddress.objects.filter(user=with_phone.person).update(verified=False)
    browser.post(reverse("phone_remove"))
    with_phone.person.refresh_from_db()
    assert with_phone.person.phone == OLD


@pytest.mark.parametrize("name", ["account_change_phone", "phone_remove"])
def test_a_stale_sign_in_is_asked_again(as_, with_phone, name):
    for ask_for in (as_(with_phone).get, as_(with_phone).post):
        assert ask_for(reverse(name)).headers["Location"].startswith(reverse("account_reauthenticate"))
    with_phone.person.refresh_from_db()
    assert with_phone.person.phone == OLD
