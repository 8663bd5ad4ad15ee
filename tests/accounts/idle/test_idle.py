"""15 minutes for professionals, 30 for patients (product 2.12): the server's rule, which needs no script."""

import re
import time

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.idle.clock import SEEN_AT, write_now
from accounts.models import Organization
from tests import cast
from tests.accounts.idle.conftest import said

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/login/?next="


@pytest.fixture
def pat(db):
    return cast.member("pat", cast.organization("Pat Example", "household"))


def is_signed_in(browser):
    return SESSION_KEY in browser.session


@pytest.mark.parametrize("seconds", [0, 60, 890])
def test_whoever_clicks_in_time_stays(as_, rosa, away, seconds):
    assert away(as_(rosa), seconds).get(reverse("outbound")).status_code == 200


def test_a_professional_is_signed_out_after_fifteen_minutes(as_, rosa, away):
    browser = away(as_(rosa), 901)
    answer = browser.get(reverse("outbound") + "?status=priced")
    assert answer.url == SIGN_IN + "/outbound/%3Fstatus%3Dpriced"
    assert not is_signed_in(browser)
    assert said(browser) == "You were signed out after 15 minutes without a click."


def test_a_patient_has_thirty_minutes(as_, pat, away):
    assert away(as_(pat), 1790).get(reverse("outbound")).status_code == 200
    browser = away(as_(pat), 1801)
    assert browser.get(reverse("outbound")).status_code == 302
    assert said(browser) == "You were signed out after 30 minutes without a click."


def test_who_acts_for_a_firm_has_a_firm_s_time(as_, rosa, away):
    home = Organization.found(name="Rosa", kind="household")
    own = rosa.person.memberships.create(organization=home, role=home.roles.first())
    browser = as_(rosa)
    assert away(browser, 901).get(reverse("outbound")).status_code == 302
    browser = as_(rosa)
    browser.post(reverse("act_for"), {"member": own.pk})
    assert away(browser, 901).get(reverse("outbound")).status_code == 200


def test_ops_have_a_professional_s_time(client, olga, away):
    client.force_login(olga)
    assert client.get(reverse("admin:index")).status_code == 200
    assert away(client, 901).get(reverse("admin:index")).status_code == 302
    assert said(client) == "You were signed out after 15 minutes without a click."


def test_ops_stay_professionals_whatever_they_signed_up_as(client, olga, away):
    olga.signed_up_as = "household"
    olga.save()
    client.force_login(olga)
    assert away(client, 901).get(reverse("admin:index")).status_code == 302


def test_a_patient_who_has_no_household_yet_has_a_patient_s_time(client, away):
    client.force_login(cast.person("new", onboarded_at=None, signed_up_as="household"))
    away(client, 901).get("/account/password/change/")
    assert is_signed_in(client)


def test_one_click_begins_the_time_again(as_, rosa, away):
    browser = away(as_(rosa), 890)
    browser.get(reverse("outbound"))
    browser.get(reverse("outbound"))
    assert abs(browser.session[SEEN_AT] - time.time()) < 5


def writes(captured):
    return [
        one["sql"] for one in captured.captured_queries if one["sql"].startswith('UPDATE "django_session"')
    ]


def test_the_session_is_written_once_in_thirty_seconds(as_, rosa, away):
    browser = as_(rosa)
    browser.get(reverse("outbound"))  # the first visit notes the place as well
    with CaptureQueriesContext(connection) as captured:
        for seconds in (0, 10, 29):
            away_writes = len(writes(captured))
            away(browser, seconds)
            browser.get(reverse("outbound"))
            assert len(writes(captured)) == away_writes + 1  # that of `away` itself
        away(browser, 31)
        browser.get(reverse("outbound"))
        browser.get(reverse("outbound"))
    assert len(writes(captured)) == 5


def test_a_click_writes_nothing_back_that_another_tab_changed(as_, rosa, away, monkeypatch):
    """The clock is written before the page is made: a slow page doesn't undo a switch of organization."""
    browser = away(as_(rosa), 60)

    def switched_meanwhile(request):
        session = browser.session
        session["member"] = 42
        session.save()
        return []

    monkeypatch.setattr("chartrequest.context._nav", switched_meanwhile)
    browser.get(reverse("outbound"))
    assert browser.session["member"] == 42


def test_a_session_that_ends_meanwhile_leads_to_sign_in(as_, rosa, away, monkeypatch):
    from accounts.models import Member

    browser = away(as_(rosa), 60)
    really = Member.objects.of

    def ended_meanwhile(person):
        browser.session.delete()
        return really(person)

    monkeypatch.setattr(type(Member.objects), "of", lambda self, person: ended_meanwhile(person))
    assert browser.get(reverse("outbound")).url.startswith(SIGN_IN)


def test_a_clock_that_was_set_back_signs_nobody_out(as_, rosa, away):
    browser = away(as_(rosa), -7200)
    browser.get(reverse("outbound"))
    assert abs(browser.session[SEEN_AT] - time.time()) < 5


def test_pages_for_everybody_stay_open(as_, rosa, away):
    browser = away(as_(rosa), 5000)
    answer = browser.get(reverse("check_status"))
    assert answer.status_code == 200
    assert "side__link" not in answer.content.decode()  # nor whose it was
    assert not is_signed_in(browser)


def test_nobody_is_signed_out_who_never_signed_in(client):
    assert client.get(reverse("check_status")).status_code == 200
    assert SEEN_AT not in client.session


def test_a_page_that_does_not_exist_shows_nothing_of_who_was_here(as_, rosa, away):
    html = away(as_(rosa), 901).get("/no-such-page/").content.decode()
    assert "Smith Law" not in html


@pytest.mark.parametrize(("said_age", "seen_ago"), [("700", 700), ("0", 0), ("", 0), ("-5", 0), ("nan", 0)])
def test_what_a_script_sends_counts_from_the_last_touch(as_, rosa, away, said_age, seen_ago):
    browser = away(as_(rosa), 800)
    answer = browser.post(reverse("still_here"), HTTP_X_IDLE_FOR=said_age)
    assert abs(answer.json()["left"] - (900 - seen_ago)) <= 1


@pytest.mark.parametrize("said_age", ["99999999", "9" * 400, "²", "1e9"])
def test_no_age_makes_the_time_longer_or_fails(as_, rosa, away, said_age):
    browser = away(as_(rosa), 800)
    left = browser.post(reverse("still_here"), HTTP_X_IDLE_FOR=said_age).json()["left"]
    assert left in (99, 100, 899, 900)
    assert browser.session[SEEN_AT] <= time.time()


def test_a_touch_that_is_told_too_late_opens_nothing_again(as_, rosa, away):
    browser = away(as_(rosa), 901)
    answer = browser.post(reverse("still_here"), HTTP_X_IDLE_FOR="1", HTTP_X_REQUESTED_WITH="still-here")
    assert (answer.status_code, answer.json()["left"]) == (401, 0)
    assert not is_signed_in(browser)


def test_a_script_is_told_where_to_sign_in(as_, rosa, away, pending):
    browser = away(as_(rosa), 901)
    page = "http://testserver" + pending.get_absolute_url()
    answer = browser.get(reverse("outbound"), HTTP_X_REQUESTED_WITH="dialog", HTTP_REFERER=page)
    assert answer.status_code == 401
    assert answer.json()["to"] == SIGN_IN + pending.get_absolute_url()


def test_no_sign_in_page_is_swapped_into_a_fragment(as_, rosa, away):
    browser = away(as_(rosa), 901)
    for _ in range(2):  # also the second, which comes from nobody any more
        answer = browser.get(reverse("outbound"), HTTP_HX_REQUEST="true")
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer["HX-Redirect"].startswith(SIGN_IN)


def test_still_here_is_no_link(as_, rosa):
    assert as_(rosa).get(reverse("still_here")).status_code == 405


def left_on(html):
    return int(re.search(r'data-left="(\d+)" data-warning="120"', html).group(1))


def test_the_page_knows_how_long(as_, rosa, pat, olga, client):
    assert 895 <= left_on(as_(rosa).get(reverse("outbound")).content.decode()) <= 900
    assert 1795 <= left_on(as_(pat).get(reverse("outbound")).content.decode()) <= 1800
    client.force_login(olga)
    assert 895 <= left_on(client.get(reverse("admin:index")).content.decode()) <= 900
    client.logout()
    assert "data-idle" not in client.get("/account/login/").content.decode()


def test_what_ended_meanwhile_is_not_written_again(as_, rosa):
    """Nor is it an error: `write_now` leaves the session as if nothing had been tried."""
    browser = as_(rosa)
    session = browser.session
    session.keys()  # read, as every request does
    session.modified = False
    browser.session.delete()
    assert not write_now(session, "noted_at", 1)
    assert not session.modified
