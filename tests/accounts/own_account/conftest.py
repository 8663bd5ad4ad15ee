import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.urls import reverse

from correspondence.models import Notice
from outbox.queue import run_due
from tests import cast


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def aisha(db):
    """A patient, in her own household."""
    return cast.member("aisha", cast.organization("Aisha Example", "household"))


@pytest.fixture
def fresh(client):
    """`fresh(rosa)` is a browser where rosa signed in by password just now; her address is verified."""

    def signed_in(member, browser=client):
        person = getattr(member, "person", member)
        EmailAddress.objects.get_or_create(user=person, email=person.email, verified=True, primary=True)
        answer = browser.post(reverse("account_login"), {"login": person.email, "password": cast.PASSWORD})
        assert answer.status_code == 302
        return browser

    return signed_in


@pytest.fixture
def letters(mailoutbox):
    """The letters that left, as (address, subject)."""

    def sent():
        run_due()
        return [(letter.to[0], letter.subject) for letter in mailoutbox]

    return sent


@pytest.fixture
def texted(db):
    """The numbers that a text was owed to, with its event."""
    return lambda: list(Notice.objects.filter(channel="text").values_list("address", "event"))
