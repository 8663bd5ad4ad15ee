"""“Resend” and “Withdraw”, from the request's page."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from requests_app.models import SigningInvitation

pytestmark = pytest.mark.django_db


def address(waiting, what):
    return f"/sign/requests/{waiting.public_id}/{what}/"


@pytest.fixture(autouse=True)
def _an_hour_later(link):
    SigningInvitation.objects.update(sent_at=timezone.now() - timedelta(hours=1))


@pytest.mark.parametrize("what", ["resend", "withdraw"])
def test_it_asks_first(as_, rosa, waiting, link, what):
    before = link.token_hash
    assert as_(rosa).get(address(waiting, what)).status_code == 200
    link.refresh_from_db()
    assert (link.token_hash, link.withdrawn_at) == (before, None)


def test_resent_to_a_corrected_address(as_, rosa, waiting, link):
    answer = as_(rosa).post(
        address(waiting, "resend"), {"email": "tom@example.test", "phone": "(478) 555-0123"}
    )
    assert answer.status_code == 302
    link.refresh_from_db()
    assert (link.email, str(link.phone)) == ("tom@example.test", "+14785550123")


@pytest.mark.parametrize(
    "typed", [{"email": "", "phone": ""}, {"email": "nobody"}, {"phone": "12"}, {"phone": "+442079460000"}]
)
def test_a_bad_address_is_refused(as_, rosa, waiting, link, typed):
    assert as_(rosa).post(address(waiting, "resend"), {"email": "", "phone": "", **typed}).status_code == 422
    link.refresh_from_db()
    assert link.email == "thomas@example.test"


def test_withdrawn(as_, rosa, waiting, link):
    as_(rosa).post(address(waiting, "withdraw"))
    link.refresh_from_db()
    assert link.standing == "withdrawn"
    waiting.refresh_from_db()
    assert waiting.state == "draft"


@pytest.mark.parametrize("what", ["resend", "withdraw"])
def test_strangers_and_the_practice_get_404(as_, sam, clara, waiting, what):
    for other in (sam, clara):
        assert as_(other).post(address(waiting, what)).status_code == 404


def test_anonymous_signs_in_first(client, waiting):
    assert client.get(address(waiting, "resend")).status_code == 302


def test_without_a_link_there_is_nothing_to_resend(as_, rosa, draft):
    assert as_(rosa).get(address(draft, "resend")).status_code == 404


def test_the_request_s_page_shows_where_it_stands(waiting, link):
    part = "requests_app/authorizations/_invitation.html"
    shown = render_to_string(part, {"record_request": waiting, "may_ask": True})
    assert "Not opened yet" in shown
    assert "Resend" in shown
    SigningInvitation.objects.update(signed_at=timezone.now())
    shown = render_to_string(part, {"record_request": waiting, "may_ask": True})
    assert "Signed" in shown
    assert "Resend" not in shown
