"""Authenticator app, recovery codes, passkeys: set up, used once, guarded (product 2.6)."""

import json
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.test import Client
from django.urls import reverse

from accounts.two_step import has_two_step
from tests import cast
from tests.accounts.own_account import codes

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def set_up(browser):
    browser.get(reverse("mfa_activate_totp"))
    secret = browser.session[SECRET_SESSION_KEY]
    return browser.post(reverse("mfa_activate_totp"), {"code": codes.at_step(secret, int(time.time()) // 30)})


def second_step(browser, code):
    return browser.post(reverse("mfa_authenticate"), {"code": code})


def is_in(browser):
    return browser.get(reverse("my_account")).status_code == 200


def passkey_of(person):
    """A passkey's row; nothing here reads what the browser once sent."""
    return WebAuthn.add(person, "Laptop", {"clientExtensionResults": {}}).instance


def test_an_app_is_set_up_with_recovery_codes_shown_once_and_its_owner_told(fresh, rosa, letters, commits):
    browser = fresh(rosa)
    with commits(execute=True):
        assert set_up(browser).headers["Location"] == reverse("mfa_view_recovery_codes")
    codes_page = browser.get(reverse("mfa_view_recovery_codes")).content.decode()
    row = Authenticator.objects.get(user=rosa.person, type=Authenticator.Type.RECOVERY_CODES)
    one = row.wrap().get_unused_codes()[0]
    assert one in codes_page
    assert one not in browser.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert browser.get(reverse("mfa_download_recovery_codes")).status_code == 403
    assert (rosa.person.email, "An authenticator app was added") in letters()


def test_asking_for_the_head_does_not_use_up_the_one_look(fresh, rosa):
    browser = fresh(rosa)
    set_up(browser)
    assert browser.head(reverse("mfa_view_recovery_codes")).status_code == 405
    assert "shown this one time" in browser.get(reverse("mfa_view_recovery_codes")).content.decode()


def test_the_secret_is_not_readable_in_the_database(fresh, rosa):
    browser = fresh(rosa)
    browser.get(reverse("mfa_activate_totp"))
    secret = browser.session[SECRET_SESSION_KEY]
    set_up(browser)
    app = Authenticator.objects.get(user=rosa.person, type=Authenticator.Type.TOTP)
    assert secret not in str(app.data)


def test_the_key_stands_there_in_fours(fresh, rosa):
    browser = fresh(rosa)
    page = browser.get(reverse("mfa_activate_totp")).content.decode()
    secret = browser.session[SECRET_SESSION_KEY]
    assert f"{secret[:4]} {secret[4:8]} " in page


def test_signing_in_asks_for_the_code(fresh, rosa):
    codes.app_of(rosa.person)
    browser = fresh(rosa)
    assert not is_in(browser)
    assert second_step(browser, "12345").status_code == 422
    assert not is_in(browser)
    second_step(browser, codes.shown(rosa.person))
    assert is_in(browser)


def test_a_code_is_taken_once_for_as_long_as_it_would_count(fresh, rosa, monkeypatch):
    codes.app_of(rosa.person)
    begun = time.time()
    code = codes.shown(rosa.person)
    second_step(fresh(rosa), code)
    for seconds in (0, 31):  # the clock may be half a minute off, so it would count a minute later still
        monkeypatch.setattr("time.time", lambda seconds=seconds: begun + seconds)
        thief = fresh(rosa, Client())
        second_step(thief, code)
        assert not is_in(thief)


def test_a_recovery_code_lets_in_once_and_its_owner_is_told(fresh, rosa, letters):
    set_up(fresh(rosa))
    row = Authenticator.objects.get(user=rosa.person, type=Authenticator.Type.RECOVERY_CODES)
    one = row.wrap().get_unused_codes()[0]
    first, second = fresh(rosa, Client()), fresh(rosa, Client())
    second_step(first, one)
    second_step(second, one)
    assert is_in(first)
    assert not is_in(second)
    assert (rosa.person.email, "A recovery code was used") in letters()


def test_the_eleventh_guess_waits(fresh, rosa):
    codes.app_of(rosa.person)
    browser = fresh(rosa)
    for _guess in range(10):
        second_step(browser, "1")
    assert "Too many tries" in second_step(browser, codes.shown(rosa.person)).content.decode()
    assert not is_in(browser)


def test_new_recovery_codes_end_the_old_ones_and_tell(fresh, rosa, letters, commits):
    browser = fresh(rosa)
    set_up(browser)
    row = Authenticator.objects.get(user=rosa.person, type=Authenticator.Type.RECOVERY_CODES)
    old = row.wrap().get_unused_codes()
    with commits(execute=True):
        browser.post(reverse("mfa_generate_recovery_codes"))
    row = Authenticator.objects.get(user=rosa.person, type=Authenticator.Type.RECOVERY_CODES)
    assert not set(old) & set(row.wrap().get_unused_codes())
    assert (rosa.person.email, "New recovery codes were made") in letters()


def test_the_app_is_removed_and_its_owner_told(fresh, rosa, letters):
    browser = fresh(rosa)
    set_up(browser)
    browser.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=rosa.person).exists()
    assert (rosa.person.email, "The authenticator app was removed") in letters()


@pytest.mark.parametrize("why", ["ops", "organization", "short password"])
@pytest.mark.parametrize("way", ["app", "passkey"])
def test_the_last_way_stays_while_something_hangs_on_it(fresh, rosa, why, way):
    browser = fresh(rosa)
    if way == "app":
        set_up(browser)
    key = passkey_of(rosa.person) if way == "passkey" else None
    bind(rosa, why)
    address = (
        reverse("mfa_deactivate_totp") if way == "app" else reverse("mfa_remove_webauthn", args=[key.pk])
    )
    answer = browser.post(address, follow=True)
    assert has_two_step(rosa.person)
    assert "add another way first" in answer.content.decode()


def bind(member, why):
    if why == "ops":
        member.person.is_staff = True
    if why == "short password":
        member.person.password_is_short = True
    member.person.save()
    if why == "organization":
        member.organization.requires_two_step = True
        member.organization.save()


def test_one_of_two_ways_may_go(fresh, rosa):
    browser = fresh(rosa)
    set_up(browser)
    key = passkey_of(rosa.person)
    bind(rosa, "organization")
    browser.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert not Authenticator.objects.filter(pk=key.pk).exists()
    assert has_two_step(rosa.person)


def test_somebody_else_s_passkey_is_as_unknown_as_a_missing_one(fresh, rosa, ruth):
    key = passkey_of(ruth.person)
    browser = fresh(rosa)
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        for pk in (key.pk, key.pk + 1000):
            assert browser.get(reverse(name, args=[pk])).status_code == 404
            assert browser.post(reverse(name, args=[pk]), {"name": "Mine"}).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_a_passkey_is_renamed(fresh, rosa):
    key = passkey_of(rosa.person)
    browser = fresh_enough(fresh, rosa)
    assert browser.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "Work"}).status_code == 302
    key.refresh_from_db()
    assert key.wrap().name == "Work"
    for bad in ("", "x" * 61, "a\0b", "‮Work"):
        assert browser.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": bad}).status_code == 422


def fresh_enough(fresh, member):
    """Signed in although there is a passkey: the row came later."""
    key = Authenticator.objects.filter(user=member.person)
    kept = list(key)
    key.delete()
    browser = fresh(member)
    Authenticator.objects.bulk_create(kept)
    return browser


def _answer(**response):
    return json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": response})


BEYOND = "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk"  # a number that no database holds
GARBAGE = [
    *("", "{}", "[]", "7", '"x"', "not json", '{"id": "x"}'),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": []}),
    _answer(clientDataJSON="e30", attestationObject="AA"),
    _answer(clientDataJSON="e30", authenticatorData="AA", signature="AA", userHandle="AA"),
    _answer(clientDataJSON="e30", authenticatorData="AA", signature="AA", userHandle=BEYOND),
    _answer(clientDataJSON="!", authenticatorData=7, signature=None, userHandle=BEYOND),
]


@pytest.mark.parametrize("garbage", GARBAGE)
def test_what_is_no_passkey_is_refused_wherever_it_is_sent(fresh, rosa, garbage, client):
    anonymous = Client()
    anonymous.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    answer = anonymous.post(reverse("mfa_login_webauthn"), {"credential": garbage})
    assert answer.headers["Location"] == reverse("account_login")
    browser = fresh(rosa)
    browser.get(reverse("mfa_add_webauthn"))
    assert browser.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": garbage}).status_code == 422
    assert not has_two_step(rosa.person)
    codes.app_of(rosa.person)
    asked = fresh(rosa, Client())
    asked.get(reverse("mfa_authenticate"))
    asked.post(reverse("mfa_authenticate"), {"credential": garbage})
    assert not is_in(asked)


def test_at_a_number_the_page_says_where_passkeys_work(fresh, rosa):
    browser = fresh(rosa)
    page = browser.get(reverse("mfa_index"), headers={"host": "127.0.0.1:8000"}).content.decode()
    assert f"http://localhost:8000{reverse('mfa_index')}" in page
    assert "Add a passkey" not in page
    assert (
        "Add a passkey"
        in browser.get(reverse("mfa_index"), headers={"host": "localhost:8000"}).content.decode()
    )


def test_who_must_have_two_steps_is_led_here_and_told_why(fresh, rosa):
    bind(rosa, "organization")
    browser = fresh(rosa)
    page = browser.get(reverse("home"), follow=True)
    assert page.redirect_chain[-1][0] == reverse("mfa_index")
    assert "Your organization asks everybody" in page.content.decode()
    set_up(browser)
    assert browser.get(reverse("home")).status_code == 200


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"])
def test_a_stale_sign_in_is_asked_again(as_, rosa, name):
    codes.app_of(rosa.person) if name == "mfa_generate_recovery_codes" else None
    assert as_(rosa).get(reverse(name)).headers["Location"].startswith(reverse("account_reauthenticate"))


def test_the_code_of_the_app_confirms_too_and_leads_back(as_, rosa):
    codes.app_of(rosa.person)
    browser = as_(rosa)
    there = reverse("account_email")
    page = browser.get(browser.get(there).headers["Location"]).content.decode()
    assert reverse("mfa_reauthenticate") in page
    answer = browser.post(reverse("mfa_reauthenticate"), {"code": codes.shown(rosa.person), "next": there})
    assert answer.headers["Location"] == there
    assert browser.get(there).status_code == 200


def test_the_password_is_asked_for_at_the_second_step_s_door_too(client, rosa):
    codes.app_of(rosa.person)
    assert client.get(reverse("mfa_authenticate")).headers["Location"] == reverse("account_login")
    answer = client.post(
        reverse("account_login"), {"login": rosa.person.email, "password": cast.PASSWORD + "x"}
    )
    assert answer.status_code == 422
