import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.models import Invitation
from outbox.queue import run_due
from tests import cast


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def sure(as_):
    """`sure(clara)` is her browser, in which she has just shown who she is."""

    def confirmed(member):
        browser = as_(member)
        browser.post(reverse("account_reauthenticate"), {"password": cast.PASSWORD})
        return browser

    return confirmed


@pytest.fixture
def gil(practice):
    """Manages users, but is no Administrator: an ROI Specialist whose role was given it."""
    role = practice.roles.get(name="ROI Specialist")
    role.permissions = [*role.permissions, "manage_users"]
    role.save()
    return cast.member("gil", practice, role="ROI Specialist")


@pytest.fixture
def role(practice):
    """`role("Front Desk")` of clara's practice."""
    return lambda name: practice.roles.get(name=name)


@pytest.fixture
def invite(practice, clara, role, mailoutbox, settings):
    """`invite()` invites hana; returns the invitation and the path in her letter."""

    def sent(email="hana@example.test", name="Hana Noor", by=clara, as_a="Front Desk"):
        invitation = Invitation.send(practice, name=name, email=email, role=role(as_a), by=by)
        run_due(kind="correspondence.send")
        return invitation, link_in(mailoutbox[-1])

    return sent


def link_in(letter):
    """The path of the invitation's link in a letter."""
    return "/invitation/" + letter.body.split("/invitation/")[1].split()[0]
