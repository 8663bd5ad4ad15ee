"""What somebody was sending when they were signed out: kept for them, and for nobody else (product 2.12)."""

import json

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.idle import parting
from correspondence.models import Message
from tests.accounts.idle.conftest import said
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
RESUME = "/people/resume/"


@pytest.fixture
def late(as_, rosa, away):
    """Rosa's browser, a second too late."""
    return away(as_(rosa), 901)


@pytest.fixture
def interrupted(late, message):
    """Rosa sent a message too late, and is at the sign-in page."""
    late.post(*message)
    return late


def shown(browser):
    answer = browser.get(RESUME)
    return answer.context["forms"] if answer.status_code == 200 else []


def again(browser):
    """Send what the page offers, as its button does."""
    (kept, _name), *_ = shown(browser)
    return browser.post(kept.path, {**dict(kept.fields), "resumed": kept.id})


def test_a_message_sent_too_late_leads_to_sign_in_and_back(late, message):
    answer = late.post(*message)
    assert answer.url == "/account/login/?next=/people/resume/"
    assert said(late) == (
        "You were signed out after 15 minutes without a click. "
        "What you typed is kept for half an hour. Sign in, and you can send it."
    )
    assert not Message.objects.exists()


def test_after_signing_in_it_is_offered_and_sent_once(interrupted, rosa, message):
    interrupted.force_login(rosa.person)
    ((kept, name),) = shown(interrupted)
    assert (str(name), kept.words) == ("Your message", [message[1]["body"]])
    again(interrupted)
    assert Message.objects.get().body == message[1]["body"]
    assert shown(interrupted) == []


def test_the_real_sign_in_page_leads_back_to_it(interrupted, rosa):
    cache.clear()  # tries of other tests
    rosa.person.emailaddress_set.create(email=rosa.person.email, verified=True, primary=True)
    typed = {"login": rosa.person.email, "password": PASSWORD, "next": RESUME}
    assert interrupted.post("/account/login/", typed).url == RESUME
    assert len(shown(interrupted)) == 1


def test_it_is_shown_once_without_being_looked_for(interrupted, rosa):
    interrupted.force_login(rosa.person)
    assert interrupted.get(reverse("home")).url == RESUME
    shown(interrupted)
    assert interrupted.get(reverse("home")).status_code == 200
    assert len(shown(interrupted)) == 1


def test_dont_send_forgets_it(interrupted, rosa):
    interrupted.force_login(rosa.person)
    ((kept, _),) = shown(interrupted)
    assert interrupted.post(reverse("resume_drop"), {"kept": kept.id}).url == reverse("home")
    assert parting.KEY not in interrupted.session
    assert not Message.objects.exists()


def test_another_person_never_sees_it(interrupted, ruth, rosa):
    interrupted.force_login(ruth.person)
    assert parting.KEY not in interrupted.session
    assert shown(interrupted) == []
    interrupted.force_login(rosa.person)
    assert shown(interrupted) == []


def test_not_even_in_a_session_that_became_another_s(interrupted, ruth, rosa):
    """As if something signed somebody in without saying so; the row is asked again each time."""
    interrupted.force_login(rosa.person)
    session = interrupted.session
    session[SESSION_KEY] = str(ruth.person_id)
    session[HASH_SESSION_KEY] = ruth.person.get_session_auth_hash()
    session.save()
    assert shown(interrupted) == []


def test_nobody_sees_it_before_signing_in(interrupted):
    assert interrupted.get(RESUME).url.startswith("/account/login/")
    assert interrupted.post(reverse("resume_drop"), {"kept": "x"}).url.startswith("/account/login/")


@pytest.mark.parametrize("before", [True, False])
def test_after_half_an_hour_it_is_gone(interrupted, rosa, before):
    """Whether the time passes before they sign in, or after."""
    if not before:
        interrupted.force_login(rosa.person)
    session = interrupted.session
    session[parting.KEY]["at"] -= 30 * 60 + 1
    session.save()
    if before:
        interrupted.force_login(rosa.person)
    assert shown(interrupted) == []
    assert parting.KEY not in interrupted.session


def test_signing_out_forgets_it(interrupted, rosa):
    interrupted.force_login(rosa.person)
    interrupted.post(reverse("account_logout"))
    interrupted.force_login(rosa.person)
    assert shown(interrupted) == []


def test_it_lies_there_sealed(interrupted, message, pending):
    text = json.dumps([row.get_decoded() for row in Session.objects.all()])
    assert "sealed" in text
    assert "June" not in text
    assert pending.public_id not in text


def test_what_was_sealed_for_one_opens_for_nobody_else(interrupted, ruth, rosa):
    session = interrupted.session
    session[parting.KEY]["person"] = ruth.person_id  # as if the row had been carried over
    session.save()
    interrupted.force_login(ruth.person)
    assert shown(interrupted) == []


def test_files_passwords_codes_and_tokens_are_not_kept(late, pending, rosa):
    late.post(
        reverse("post_message", args=[pending.public_id]),
        {
            "body": "Hello there",
            "password": "a secret",
            "old_password1": "a secret",
            "code": "123456",
            "csrfmiddlewaretoken": "abc",
            "zip_code": "31201",
            "file": SimpleUploadedFile("a.pdf", b"%PDF"),
        },
    )
    late.force_login(rosa.person)
    ((kept, _),) = shown(late)
    assert {name for name, _ in kept.fields} == {"body", "zip_code"}
    assert kept.had_files


def test_several_values_of_a_field_come_back(late, message, rosa):
    late.post(message[0], {"body": ["one", "two"]})
    late.force_login(rosa.person)
    ((kept, _),) = shown(late)
    assert kept.fields == [["body", "one"], ["body", "two"]]


def test_markup_in_it_is_shown_as_text(late, message, rosa):
    late.post(message[0], {"body": '"><script>alert(1)</script> and more of it'})
    late.force_login(rosa.person)
    html = late.get(RESUME).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_too_much_is_not_kept_and_said(late, message, rosa):
    late.post(message[0], {"body": "x" * 100_001})
    assert said(late).endswith("What you sent then could not be kept. Please send it again.")
    late.force_login(rosa.person)
    assert shown(late) == []


def test_a_button_alone_is_not_kept_and_leads_back_to_its_page(late, pending, rosa):
    page = pending.get_absolute_url()
    answer = late.post(
        reverse("begin_review", args=[pending.public_id]), HTTP_REFERER=f"http://testserver{page}"
    )
    assert answer.url.endswith(page)
    assert said(late) == "You were signed out after 15 minutes without a click."


@pytest.mark.parametrize("elsewhere", ["https://evil.example/x", "javascript:alert(1)", "//evil.example", ""])
def test_the_way_back_is_ours(late, pending, elsewhere):
    answer = late.post(reverse("begin_review", args=[pending.public_id]), HTTP_REFERER=elsewhere)
    assert answer.url == "/account/login/?next=/"


def test_nothing_of_signing_in_is_kept(late, rosa):
    late.post("/account/password/change/", {"oldpassword": "x", "note": "hello"})
    late.force_login(rosa.person)
    assert shown(late) == []


def test_a_forged_form_is_neither_kept_nor_sent(rosa, away, message):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(rosa.person)
    away(browser, 901)
    assert browser.post(*message).status_code == 403
    browser.force_login(rosa.person)
    assert shown(browser) == []


def test_other_tabs_that_part_right_after_lose_nothing_either(interrupted, message, rosa):
    interrupted.post(message[0], {"body": "From the other tab"})
    interrupted.force_login(rosa.person)
    assert [kept.fields[0][1] for kept, _ in shown(interrupted)] == [message[1]["body"], "From the other tab"]


def test_nobody_lays_anything_there_later(interrupted, message, rosa):
    """Who finds the sign-in page can't leave something to be sent in the other's name."""
    session = interrupted.session
    session[parting.KEY]["at"] -= 2 * 60 + 1
    session.save()
    interrupted.post(message[0], {"body": "I am not Rosa at all"})
    interrupted.force_login(rosa.person)
    assert [kept.fields[0][1] for kept, _ in shown(interrupted)] == [message[1]["body"]]


def test_a_stranger_s_post_is_not_kept(client, message):
    client.post(*message)
    assert parting.KEY not in client.session


def test_a_page_whose_time_is_up_leaves_what_was_typed(as_, rosa, away, message):
    browser = away(as_(rosa), 899)
    answer = browser.post(*message, HTTP_X_REQUESTED_WITH="parting", HTTP_X_IDLE_FOR="899")
    assert (answer.status_code, answer.json()["to"]) == (401, f"/account/login/?next={RESUME}")
    browser.force_login(rosa.person)
    ((kept, _),) = shown(browser)
    assert not kept.was_sent
    assert not Message.objects.exists()


def test_a_page_whose_time_is_up_asks_first_whether_another_tab_knows_better(as_, rosa, away, message):
    browser = away(as_(rosa), 60)
    answer = browser.post(*message, HTTP_X_REQUESTED_WITH="parting", HTTP_X_IDLE_FOR="899")
    assert answer.status_code == 200
    assert 800 < answer.json()["left"] <= 840
    assert browser.get(reverse("outbound")).status_code == 200
    assert not Message.objects.exists()  # it was not sent, only about to be kept


def test_what_the_door_turns_away_stays_kept(interrupted, rosa):
    rosa.organization.requires_two_step = True
    rosa.organization.save()
    interrupted.force_login(rosa.person)
    assert again(interrupted).url == reverse("mfa_index")
    assert len(shown(interrupted)) == 1


def test_an_unknown_one_is_dropped_without_harm(interrupted, rosa):
    interrupted.force_login(rosa.person)
    interrupted.post(reverse("resume_drop"), {"kept": "\x00🙂" * 50})
    assert len(shown(interrupted)) == 1
