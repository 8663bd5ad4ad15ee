"""Where one is signed in, and how to end it; ended means out at the next click (product 2.6)."""

import time

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from accounts.own_account import devices

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1"
)
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"


@pytest.fixture
def both(fresh, rosa):
    """Two browsers of rosa's, a desk's and a phone's."""
    desk, phone = Client(headers={"user-agent": DESK}), Client(headers={"user-agent": PHONE})
    return fresh(rosa, desk), fresh(rosa, phone)


def out(browser):
    return browser.get(reverse("my_account")).status_code == 302


def test_both_are_listed_in_words(both):
    page = both[0].get(reverse("usersessions_list")).content.decode()
    assert "Edge, Windows" in page
    assert "Safari, iPhone" in page
    assert page.count("This browser") == 1


def test_ending_one_puts_it_out_at_its_next_click(both, rosa):
    desk, phone = both
    session = UserSession.objects.get(session_key=phone.session.session_key)
    desk.post(reverse("session_end", args=[session.pk]))
    assert out(phone)
    assert not out(desk)


def test_ending_all_others_keeps_this_one(both):
    desk, phone = both
    desk.post(reverse("usersessions_list"))
    assert out(phone)
    assert not out(desk)


def test_somebody_else_s_session_is_as_unknown_as_a_missing_one(both, fresh, ruth):
    other = fresh(ruth, Client())
    session = UserSession.objects.get(session_key=both[0].session.session_key)
    for pk in (session.pk, session.pk + 1000, 2**63):
        assert other.post(reverse("session_end", args=[pk])).status_code == 404
    assert not out(both[0])


def test_ending_needs_a_post(both):
    session = UserSession.objects.get(session_key=both[1].session.session_key)
    assert both[0].get(reverse("session_end", args=[session.pk])).status_code == 405
    assert not out(both[1])


def test_last_seen_moves_at_most_every_five_minutes(both, monkeypatch):
    desk, _phone = both
    desk.get(reverse("my_account"))
    mine = UserSession.objects.get(session_key=desk.session.session_key)
    desk.get(reverse("my_account"))
    assert UserSession.objects.get(pk=mine.pk).last_seen_at == mine.last_seen_at
    begun = time.time()
    monkeypatch.setattr("time.time", lambda: begun + 301)
    desk.get(reverse("my_account"))
    assert UserSession.objects.get(pk=mine.pk).last_seen_at > mine.last_seen_at


@pytest.mark.parametrize(
    ("said", "words"), [("", "Unknown device"), ("curl/8.5.0", "curl/8.5.0"), ("x" * 200, "x" * 60)]
)
def test_what_says_nothing_known_is_shown_shortened(said, words):
    assert devices.in_words(said) == words
