import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from outbox.queue import run_due
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def verified(rosa):
    EmailAddress.objects.create(user=rosa.person, email=rosa.person.email, verified=True, primary=True)
    return rosa.person


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_signing_in_leads_to_the_dashboard(client, verified):
    answer = sign_in(client, verified.email.upper())
    assert answer.status_code == 302
    assert answer.url == reverse("home")


def test_the_page_offers_a_way_for_the_forgetful(client):
    html = client.get(reverse("account_login")).content.decode()
    assert html.index('type="password"') < html.index("Forgot Password?")
    assert f'<a href="{reverse("account_reset_password")}">Forgot Password?</a>' in html


@pytest.mark.parametrize("email", ["rosa@example.test", "nobody@example.test"])
def test_a_wrong_password_and_an_unknown_address_look_the_same(client, verified, email):
    answer = sign_in(client, email, "not the password at all")
    assert answer.status_code == 422
    assert "not correct" in answer.content.decode()
    assert f'value="{email}"' in answer.content.decode()


def test_a_password_is_never_shown_again(client, verified):
    assert (
        "not the password" not in sign_in(client, verified.email, "not the password at all").content.decode()
    )


def test_an_unverified_address_is_verified_first(client, rosa):
    assert sign_in(client, rosa.person.email).url == reverse("account_email_verification_sent")
    run_due()
    assert [letter.to for letter in mail.outbox] == [[rosa.person.email]]


def test_a_forgotten_password_is_chosen_anew(client, verified):
    client.post(reverse("account_reset_password"), {"email": verified.email})
    run_due()
    assert mail.outbox[0].subject == "Choose a new password"
    link = re.search(r"https?://[^/]+(\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    new = "a quite different horse"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert sign_in(client, verified.email, new).url == reverse("home")


def test_a_reset_link_works_once(client, verified):
    client.post(reverse("account_reset_password"), {"email": verified.email})
    run_due()
    link = re.search(r"https?://[^/]+(\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    new = "a quite different horse"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    client.logout()
    assert "This link no longer works" in client.get(link, follow=True).content.decode()


def test_an_unknown_address_gets_no_mail_and_the_same_answer(client, verified):
    known = client.post(reverse("account_reset_password"), {"email": verified.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.test"})
    assert (unknown.status_code, unknown.url) == (known.status_code, known.url)
    run_due()
    assert [letter.to for letter in mail.outbox] == [[verified.email]]


def test_a_short_password_is_refused_beside_its_field(as_, rosa):
    answer = as_(rosa).post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "short", "password2": "short"},
    )
    assert answer.status_code == 422
    assert 'id="id_password1_error"' in answer.content.decode()


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_reset_password", "account_reset_password_done",
     "account_reset_password_from_key_done", "account_inactive", "account_signup"],
)  # fmt: skip
def test_the_pages_before_signing_in_wear_our_look(client, name):
    html = client.get(reverse(name)).content.decode()
    assert 'class="page page--slim stack"' in html
    assert html.count("<h1>") == 1


@pytest.mark.parametrize(
    "name", ["account_change_password", "account_logout", "account_email", "account_reauthenticate"]
)
def test_the_pages_after_signing_in_wear_our_look(as_, rosa, name):
    html = as_(rosa).get(reverse(name), follow=True).content.decode()
    assert "css/site.css" in html
    assert "page--slim" in html
