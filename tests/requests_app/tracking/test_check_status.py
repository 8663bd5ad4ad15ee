""" "Check Request Status": an ID gives its steps, in public, and nothing about anybody."""

import pytest
from django.urls import reverse

from requests_app import public_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def check(client):
    def asked(request_id, browser=client):
        return browser.get(reverse("check_status"), {"request_id": request_id})

    return asked


def fullwidth(text):
    return text.translate({ord(digit): 0xFF10 + int(digit) for digit in "0123456789"})


def test_it_asks_for_an_id_without_sign_in(client):
    assert client.get(reverse("check_status")).status_code == 200


def test_an_id_shows_how_far_the_request_is(check, pending):
    answer = check(str(pending))
    assert [step.label for step in answer.context["steps"] if step.is_now] == ["Pending"]
    assert [step.label for step in answer.context["steps"] if step.is_done] == ["Draft"]


def test_it_says_nothing_about_anybody(check, pending):
    html = check(str(pending)).content.decode()
    for word in ["Wright", "Thomas", "1978", "Lakeside", "Smith", "Medical", "Rosa", "24-CV"]:
        assert word not in html


@pytest.mark.parametrize(
    "written",
    [
        lambda one: one.public_id,
        lambda one: f"  {str(one).replace('-', ' ')} ",
        lambda one: str(one).replace("-", "–"),
        lambda one: str(one).replace("-", "\u2011"),
        lambda one: fullwidth(str(one)),
    ],
)
def test_it_is_found_however_it_is_typed(check, pending, written):
    assert check(written(pending)).context["found"] == pending


def test_a_slip_is_told_apart_from_an_unknown_id(check, pending):
    digits = pending.public_id
    slip = check(digits[:-1] + str((int(digits[-1]) + 1) % 10))
    unknown = check(public_id.draw())
    assert (slip.status_code, unknown.status_code) == (422, 404)
    assert "typing slip" in slip.content.decode()
    assert "No request has this ID" in unknown.content.decode()


@pytest.mark.parametrize("typed", ["", " ", "abc", "1" * 41, "0" * 10, "-1", "<b>", "٤٨٢٠", "4820117394.0"])
def test_bad_input_comes_back_with_its_error(check, typed):
    answer = check(typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors["request_id"]


def test_a_draft_is_as_unknown_as_none(check, draft, as_, rosa):
    assert check(str(draft)).status_code == 404
    assert check(str(draft), as_(rosa)).status_code == 404


def test_signed_in_it_is_the_same(check, pending, as_, sam):
    assert check(str(pending), as_(sam)).status_code == 200


def test_asking_too_often_gets_a_sentence(check, pending):
    for _ in range(30):
        assert check(str(pending)).status_code == 200
    answer = check(str(pending))
    assert answer.status_code == 429
    assert "Wait five minutes" in answer.content.decode()
    assert "found" not in answer.context


def test_an_ended_request_shows_where_it_stopped(check, pending, rosa):
    pending.abandon(by=rosa)
    steps = check(str(pending)).context["steps"]
    assert [(step.label, step.is_stopped) for step in steps][-1] == ("Abandoned", True)
