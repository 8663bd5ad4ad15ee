"""Another address: confirmed there, told at the old one, after a fresh sign-in (product 2.6)."""

import re
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.urls import reverse

from tests.accounts.own_account import codes

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
NEW = "rosa@elsewhere.test"


def ask(browser, email=NEW):
    return browser.post(reverse("account_email"), {"email": email})


def confirm(browser, code):
    return browser.post(reverse("account_email_verification_sent"), {"code": code})


def test_nothing_changes_before_the_code_is_typed(fresh, rosa, letters):
    browser = fresh(rosa)
    assert ask(browser).headers["Location"] == reverse("account_email_verification_sent")
    rosa.person.refresh_from_db()
    assert rosa.person.email == "rosa@example.test"
    assert [address for address, _subject in letters()] == [NEW]
    assert NEW in browser.get(reverse("account_email")).content.decode()


def test_the_letter_holds_the_code_and_its_subject_does_not(fresh, rosa, letters, mailoutbox):
    browser = fresh(rosa)
    ask(browser)
    letters()
    assert codes.emailed(browser) in mailoutbox[0].body
    assert codes.emailed(browser) not in mailoutbox[0].subject


def test_the_code_changes_it_and_the_old_address_is_told(fresh, rosa, letters):
    browser = fresh(rosa)
    ask(browser)
    assert confirm(browser, codes.emailed(browser)).headers["Location"] == reverse("my_account")
    rosa.person.refresh_from_db()
    assert rosa.person.email == NEW
    assert [one.email for one in EmailAddress.objects.filter(user=rosa.person)] == [NEW]
    assert ("rosa@example.test", "Your email address was changed") in letters()


def test_a_code_is_worth_nothing_in_another_browser_nor_twice(fresh, rosa, ruth, client):
    browser = fresh(rosa)
    ask(browser)
    code = codes.emailed(browser)
    confirm(browser, code)
    assert confirm(browser, code).headers["Location"] == reverse("account_email")
    client.logout()
    assert confirm(fresh(ruth), code).headers["Location"] == reverse("account_email")
    ruth.person.refresh_from_db()
    assert ruth.person.email == "ruth@example.test"


def test_five_wrong_codes_end_it(fresh, rosa):
    browser = fresh(rosa)
    ask(browser)
    right = codes.emailed(browser)
    for _try in range(5):
        confirm(browser, "000000" if right != "000000" else "111111")
    confirm(browser, right)
    rosa.person.refresh_from_db()
    assert rosa.person.email == "rosa@example.test"


def test_the_answer_is_the_same_for_an_address_that_somebody_has(fresh, rosa, sam):
    browser = fresh(rosa)
    free, taken = ask(browser), None
    cache.clear()
    taken = ask(browser, sam.person.email)
    assert (free.status_code, free.headers["Location"]) == (taken.status_code, taken.headers["Location"])


def test_an_address_that_somebody_has_is_never_taken_over(fresh, rosa, sam):
    browser = fresh(rosa)
    ask(browser, sam.person.email)
    assert confirm(browser, codes.emailed(browser)).status_code == 422
    rosa.person.refresh_from_db()
    assert rosa.person.email == "rosa@example.test"


def test_giving_up_makes_the_code_worthless(fresh, rosa):
    browser = fresh(rosa)
    ask(browser)
    code = codes.emailed(browser)
    browser.post(reverse("email_keep"))
    confirm(browser, code)
    rosa.person.refresh_from_db()
    assert rosa.person.email == "rosa@example.test"


def test_a_stale_sign_in_is_asked_again_and_leads_back(as_, rosa):
    answer = as_(rosa).get(reverse("account_email"))
    asks, there = reverse("account_reauthenticate"), quote(reverse("account_email"), safe="")
    assert answer.headers["Location"] == f"{asks}?next={there}"
    assert ask(as_(rosa)).headers["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize(
    "bad", ["", "rosa", "rosa@", "a" * 300 + "@example.test", "rosa@example.test", "r@x\0.test"]
)
def test_a_bad_address_is_refused_beside_its_field(fresh, rosa, bad):
    answer = ask(fresh(rosa), bad)
    assert answer.status_code == 422
    assert "field--bad" in answer.content.decode()


def test_somebody_verified_by_text_verifies_the_address_here(fresh, rosa, letters):
    browser = fresh(rosa)
    EmailAddress.objects.filter(user=rosa.person).update(verified=False)
    assert "Verify your email" in browser.get(reverse("my_account")).content.decode()
    browser.post(reverse("email_verify"))
    assert [address for address, _subject in letters()] == [rosa.person.email]
    confirm(browser, codes.emailed(browser))
    assert EmailAddress.objects.get(user=rosa.person).verified
    assert browser.post(reverse("email_verify")).headers["Location"] == reverse("account_email")


def test_the_letter_to_the_old_address_helps_who_can_no_longer_sign_in_by_it(
    fresh, rosa, letters, mailoutbox, settings
):
    rosa.person.time_zone = "America/New_York"
    rosa.person.save()
    browser = fresh(rosa)
    ask(browser)
    confirm(browser, codes.emailed(browser))
    letters()
    told = next(letter for letter in mailoutbox if letter.to == ["rosa@example.test"])
    assert settings.OPERATOR["email"] in told.body
    assert "Forgot Password?" not in told.body
    assert re.search(
        r"It was done on \w+ \d+, \d{4}, [\d:]+ [AP]M E[SD]T from", told.body
    )  # the clock it names
