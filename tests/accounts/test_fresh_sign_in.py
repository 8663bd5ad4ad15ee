"""Who sends something sensitive too late confirms who they are, and is back on the page whose form they sent."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def led_to(answer):
    return parse_qs(urlsplit(answer.headers["Location"]).query)["next"]


@pytest.mark.parametrize("name", ["email_verify", "account_email", "phone_remove", "account_change_phone"])
def test_a_stale_post_does_nothing_and_leads_back_to_its_page(as_, rosa, name):
    page = f"http://testserver{reverse('my_account')}"
    answer = as_(rosa).post(reverse(name), headers={"referer": page})
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert led_to(answer) == [page]


def test_never_to_another_site(as_, rosa):
    answer = as_(rosa).post(reverse("email_verify"), headers={"referer": "https://evil.test/my-account/"})
    assert led_to(answer) == [reverse("home")]


def test_who_is_not_signed_in_is_asked_to(client):
    for name in ("email_verify", "email_keep", "phone_remove"):
        assert client.post(reverse(name)).headers["Location"].startswith(reverse("account_login"))
    assert (
        client.post(reverse("session_end", args=[1])).headers["Location"].startswith(reverse("account_login"))
    )
