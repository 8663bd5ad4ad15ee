"""The codes of the demo's people, for whoever tries the demo; nobody else's."""

import pytest
from django.urls import reverse

from sandbox.demo import people
from tests import cast
from tests.accounts.own_account import codes

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


@pytest.fixture
def demo(db):
    people.load()


def test_the_code_that_it_shows_lets_ops_in(client, demo):
    page = client.get(reverse("sandbox:authenticator")).content.decode()
    olga = people.Person.objects.get(email="ops@chartrequest.example")
    code = codes.shown(olga)
    assert code in page
    client.post(reverse("account_login"), {"login": olga.email, "password": people.PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get(reverse("admin:index")).status_code == 200


def test_nobody_else_s_code_is_shown(client, demo):
    other = cast.ops("otto")
    assert other.email not in client.get(reverse("sandbox:authenticator")).content.decode()


def test_the_printed_lines_say_where(demo):
    assert reverse("sandbox:authenticator") in people.said()
