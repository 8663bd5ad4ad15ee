"""Whoever came by an invitation signs up with its address, which its link has shown to be theirs (product 2.7)."""

import pytest
from django.urls import include, path, reverse

from accounts.models import Person
from chartrequest.urls import urlpatterns as ours
from tests.accounts.joining.conftest import ADA, sent

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
urlpatterns = [*ours, path("came-by/", include([path("link/", lambda request: None, name="invitation")]))]


@pytest.fixture
def invited(client):
    session = client.session
    said = {"email": "dana@smith.test", "name": "Dana van Doe", "kind": "law_firm", "token_hash": "x"}
    session["invited"], session["account_verified_email"] = said, said["email"]
    session.save()
    return client


def address(after="/came-by/link/"):
    return f"{reverse('account_signup')}?next={after}"


def test_it_asks_only_what_the_invitation_does_not_say(invited):
    html = invited.get(address()).content.decode()
    assert 'value="dana@smith.test"' in html
    assert 'value="Dana"' in html
    assert 'value="van Doe"' in html
    for asked in ("kind", "verify_by", "phone"):
        assert f'name="{asked}"' not in html


def test_the_address_is_the_invitation_s_and_needs_no_code(invited):
    answer = invited.post(address(), ADA | {"email": "eve@example.test", "next": "/came-by/link/"})
    assert answer.url == "/came-by/link/"
    person = Person.objects.get()
    assert (person.email, person.signed_up_as) == ("dana@smith.test", "law_firm")
    assert person.emailaddress_set.get().verified
    assert not sent()


def test_whoever_goes_another_way_is_asked_as_everybody(invited):
    assert 'name="verify_by"' in invited.get(f"{address('/requests/')}&as=patient").content.decode()
