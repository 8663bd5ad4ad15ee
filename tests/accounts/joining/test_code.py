"""A code: six digits, ten minutes, five tries, a minute between sends; ten wrong ones an hour (trust.md, Sign-in)."""

import pytest
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from tests.accounts.joining.conftest import (
    BY_TEXT,
    EMAIL_PAGE,
    PHONE,
    TEXT_PAGE,
    code_of,
    confirm,
    sent,
    sign_up,
    wrong,
)

pytestmark = pytest.mark.django_db
AGAIN, AGAIN_TEXT = "account_code_again_email", "account_code_again_text"


@pytest.fixture
def waits(client):
    """A browser that waits for its code by email."""
    sign_up(client)
    return client


@pytest.fixture
def waits_for_text(client):
    sign_up(client, **BY_TEXT)
    return client


def page(browser, address=EMAIL_PAGE):
    return browser.get(address, follow=True).content.decode()


def counted(**what):
    """What is counted of late; the rate has one part."""
    (rate,) = ratelimit.get_rates(app="allauth.account", action=what["action"])
    return cache.get(ratelimit.get_cache_key(None, app="allauth.account", rate=rate, **what))


def is_in(browser):
    return "_auth_user_id" in browser.session


def test_the_page_says_where_the_code_went_and_no_more(waits):
    html = page(waits)
    assert "a•••@example.test" in html
    assert "ada@example.test" not in html
    assert 'inputmode="numeric"' in html
    assert 'autocomplete="one-time-code"' in html


def test_of_a_number_it_shows_the_last_four(waits_for_text):
    html = page(waits_for_text, TEXT_PAGE)
    assert "(•••) •••-0143" in html
    assert "555" not in html


@pytest.mark.parametrize("between", [" ", "-"])
def test_spaces_and_dashes_do_no_harm(waits, between):
    code = code_of(waits)
    confirm(waits, f" {code[:3]}{between}{code[3:]} ")
    assert is_in(waits)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "1" * 10000, "12345\0"])
def test_what_is_no_code_costs_no_try(waits, typed):
    answer = waits.post(EMAIL_PAGE, {"code": typed})
    assert answer.status_code == 422
    assert 'id="id_code_error"' in answer.content.decode()
    assert "You have 4 tries left" in confirm(waits, wrong(code_of(waits))).content.decode()


def test_each_wrong_code_says_how_many_tries_are_left(waits):
    bad = wrong(code_of(waits))
    for left in ("4 tries", "3 tries", "2 tries", "1 try"):
        answer = confirm(waits, bad)
        assert answer.status_code == 422
        assert f"You have {left} left" in answer.content.decode()
    answer = confirm(waits, bad)
    assert "it was the last try" in answer.content.decode()
    assert 'name="code"' not in answer.content.decode()
    assert "Send a new code" in answer.content.decode()


def test_after_five_wrong_codes_the_right_one_is_worth_nothing(waits):
    code = code_of(waits)
    for _try in range(5):
        confirm(waits, wrong(code))
    confirm(waits, code)
    assert not is_in(waits)


def test_a_code_lives_ten_minutes(waits, minutes_later):
    code = code_of(waits)
    minutes_later(10.1)
    assert "older than ten minutes" in page(waits)
    confirm(waits, code)
    assert not is_in(waits)


def test_a_new_code_has_ten_minutes_and_five_tries_of_its_own(waits, minutes_later):
    for _try in range(5):
        confirm(waits, wrong(code_of(waits)))
    minutes_later(12)
    waits.post(reverse(AGAIN))
    minutes_later(9)
    assert "4 tries left" in confirm(waits, wrong(code_of(waits))).content.decode()
    confirm(waits)
    assert is_in(waits)


def test_the_old_code_works_no_longer_once_a_new_one_is_sent(waits, minutes_later):
    old = code_of(waits)
    minutes_later(1.1)
    waits.post(reverse(AGAIN))
    assert code_of(waits) != old
    confirm(waits, old)
    assert not is_in(waits)


def test_a_new_code_is_sent_a_minute_after_the_last_and_not_before(waits, minutes_later):
    html = waits.post(reverse(AGAIN), follow=True).content.decode()
    assert "You can send a new one in" in html
    assert len(sent()) == 1
    minutes_later(1.1)
    assert "A new code is on its way" in waits.post(reverse(AGAIN), follow=True).content.decode()
    assert len(sent()) == 2


def test_the_same_for_texts(waits_for_text, minutes_later):
    waits_for_text.post(reverse(AGAIN_TEXT))
    assert len(sent()) == 1
    minutes_later(1.1)
    waits_for_text.post(reverse(AGAIN_TEXT))
    assert sent() == [("code_text", PHONE)] * 2
    confirm(waits_for_text, page=TEXT_PAGE)
    assert is_in(waits_for_text)


def test_ten_wrong_codes_an_hour_and_no_more_however_many_are_sent(waits, minutes_later):
    for _code in range(2):
        for _try in range(5):
            confirm(waits, wrong(code_of(waits)))
        minutes_later(2)
        waits.post(reverse(AGAIN))
    html = page(waits)
    assert "Too many wrong codes" in html
    assert "no code is taken for" in html
    confirm(waits)
    assert not is_in(waits)


def test_another_session_gives_no_new_tries(waits, minutes_later):
    for _try in range(5):
        confirm(waits, wrong(code_of(waits)))
    minutes_later(2)
    other = Client()
    signs_in = {"login": "ada@example.test", "password": "green kettle by the window"}
    assert other.post(reverse("account_login"), signs_in).url == EMAIL_PAGE
    for _try in range(5):
        confirm(other, wrong(code_of(other)))
    minutes_later(2)
    other.post(reverse(AGAIN))
    confirm(other)
    assert not is_in(other)


def test_another_number_gives_no_new_tries(waits_for_text):
    for number in ("(602) 555-0144", "(602) 555-0145"):
        for _try in range(5):
            confirm(waits_for_text, wrong(code_of(waits_for_text)), TEXT_PAGE)
        elsewhere(waits_for_text, verify_by="text", phone=number)
    assert "Too many wrong codes" in page(waits_for_text, TEXT_PAGE)
    confirm(waits_for_text, page=TEXT_PAGE)
    assert not is_in(waits_for_text)


def test_whoever_signs_in_meanwhile_finishes_no_sign_up_of_another(waits, rosa):
    code = code_of(waits)
    waits.force_login(rosa.person)
    assert confirm(waits, code).status_code == 302
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_a_right_code_is_no_wrong_one(waits):
    with_key = {"action": "guess_code", "key": "ada@example.test"}
    confirm(waits)
    assert not counted(**with_key)


def test_a_wrong_one_is_counted_for_the_address(waits):
    confirm(waits, wrong(code_of(waits)))
    assert counted(action="guess_code", key="ada@example.test")


def test_a_code_is_worth_nothing_in_another_browser(waits):
    code, other = code_of(waits), Client()
    sign_up(other, email="eve@example.test")
    confirm(other, code if code != code_of(other) else wrong(code))
    assert not is_in(other)
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_a_code_works_once_and_a_second_tab_is_led_on(waits):
    code = code_of(waits)
    confirm(waits, code)
    assert confirm(waits, code).url == reverse("home")


@pytest.mark.parametrize("address", [EMAIL_PAGE, TEXT_PAGE, "/account/code/elsewhere/"])
def test_whoever_waits_for_no_code_is_led_to_sign_in(client, address):
    answer = client.get(address, follow=True)
    assert answer.request["PATH_INFO"] == reverse("account_login")
    assert "Sign in to go on" in answer.content.decode()


@pytest.mark.parametrize("name", [AGAIN, AGAIN_TEXT, "account_code_by_email", "account_code_by_text"])
def test_what_sends_a_code_wants_a_post_and_somebody_who_waits(client, name):
    assert client.get(reverse(name)).status_code == 405
    assert client.post(reverse(name)).url == reverse("account_login")
    assert not sent()


def test_by_email_instead_of_by_text(waits_for_text):
    assert waits_for_text.post(reverse("account_code_by_email")).url == EMAIL_PAGE
    assert sent() == [("code_text", PHONE), ("account_letter", "ada@example.test")]
    confirm(waits_for_text)
    assert is_in(waits_for_text)
    assert EmailAddress.objects.get().verified
    assert Person.objects.get().phone_verified_at is None


def test_and_back_by_text(waits_for_text, minutes_later):
    waits_for_text.post(reverse("account_code_by_email"))
    html = waits_for_text.post(reverse("account_code_by_text"), follow=True).content.decode()
    assert "You can send a new one in" in html
    minutes_later(1.1)
    assert waits_for_text.post(reverse("account_code_by_text")).url == TEXT_PAGE
    confirm(waits_for_text, page=TEXT_PAGE)
    assert Person.objects.get().phone_verified_at


def test_without_a_number_no_text_is_offered(waits):
    assert "Text it to my phone instead" not in page(waits)
    waits.post(reverse("account_code_by_text"))
    assert len(sent()) == 1


def elsewhere(browser, **said):
    given = {"email": "ada@example.test", "verify_by": "email", "phone": ""} | said
    return browser.post(reverse("account_code_elsewhere"), given)


def test_another_address_needs_nothing_typed_again(waits):
    assert "Use another address" in page(waits)
    assert elsewhere(waits, email="ada.brook@example.test").url == EMAIL_PAGE
    confirm(waits)
    person = Person.objects.get()
    assert (person.email, person.full_name) == ("ada.brook@example.test", "Ada Brook")
    assert person.check_password("green kettle by the window")
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("ada.brook@example.test", True)]


def test_another_number_or_the_first(waits):
    elsewhere(waits, verify_by="text", phone="(602) 555-0188")
    assert sent()[-1] == ("code_text", "+16025550188")
    confirm(waits, page=TEXT_PAGE)
    assert str(Person.objects.get().phone) == "+16025550188"


def test_the_way_stays_known_when_the_address_changes(client):
    sign_up(client, after=reverse("outbound"))
    elsewhere(client, email="ada.brook@example.test")
    assert confirm(client).url == reverse("outbound")


def test_an_account_that_somebody_got_into_meanwhile_is_not_dropped(waits):
    Person.objects.update(last_login="2026-11-25T12:00Z")
    elsewhere(waits, email="ada.brook@example.test")
    assert Person.objects.filter(email="ada@example.test").exists()


@pytest.mark.parametrize("said", [{"email": ""}, {"email": "x"}, {"verify_by": "text"}, {"verify_by": ""}])
def test_a_bad_place_is_refused_beside_its_field(waits, said):
    answer = elsewhere(waits, **said)
    assert answer.status_code == 422
    assert "_error" in answer.content.decode()
    assert Person.objects.get().email == "ada@example.test"


def test_signing_in_before_the_code_was_typed_sends_another(waits, minutes_later):
    other = Client()
    signs_in = {"login": "ada@example.test", "password": "green kettle by the window"}
    early = other.post(reverse("account_login"), signs_in)
    assert early.status_code == 422
    assert "less than a minute ago" in early.content.decode()
    minutes_later(1.1)
    assert other.post(reverse("account_login"), signs_in).url == EMAIL_PAGE
    assert "Use another address" not in page(other)


def test_signing_in_by_text_too_soon_says_when(waits_for_text, minutes_later):
    other = Client()
    signs_in = {"login": "ada@example.test", "password": "green kettle by the window"}
    early = other.post(reverse("account_login"), signs_in)
    assert early.status_code == 429
    assert "Try again in" in early.content.decode()
    minutes_later(1.1)
    assert other.post(reverse("account_login"), signs_in).url == TEXT_PAGE


def test_who_verified_by_text_signs_in_by_password_alone(waits_for_text, minutes_later):
    confirm(waits_for_text, page=TEXT_PAGE)
    other = Client()
    signs_in = {"login": "ADA@example.test", "password": "green kettle by the window"}
    assert other.post(reverse("account_login"), signs_in).url == reverse("home")
    assert is_in(other)
