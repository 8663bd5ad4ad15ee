"""Thomas Wright (born 11/02/1978) was sent the authorization to sign, for rosa's request to clara's practice."""

import re

import pytest
from django.core import mail
from django.core.cache import cache

from outbox.queue import run_due
from tests import cast
from tests.requests_app.authorizations import steps


@pytest.fixture(autouse=True)
def _nobody_was_here_before():
    """The limit of tries from one place is counted in the cache."""
    cache.clear()


@pytest.fixture
def waiting(rosa, custodian, clara):
    """A draft that waits for the patient's signature; the link is written, not sent yet."""
    return steps.wait_for_patient(rosa, custodian)


@pytest.fixture
def link(waiting):
    return waiting.authorization.invitation


@pytest.fixture
def second(waiting, rosa, practice):
    """A second custodian of the same draft, for the same signature."""
    return steps.also_ask(waiting, cast.custodian(practice, name="Riverbend Imaging"), by=rosa)


@pytest.fixture
def emailed(waiting):
    """Sends what is owed; `emailed()` is the path in the newest email to the patient."""

    def newest():
        run_due(kind="correspondence.send")
        letters = [one for one in mail.outbox if one.to == [steps.EMAIL]]
        return re.search(r"http://testserver(/\S+)", letters[-1].body).group(1)

    return newest


@pytest.fixture
def visitor(client, emailed):
    """A browser that followed the link and knew the birth date."""
    client.get(emailed())
    client.post("/sign/birth-date/", {"birth_date": steps.BORN})
    return client


@pytest.fixture
def signed(waiting, link):
    """Signed, the paper filed, the request submitted."""
    steps.sign(link)
    run_due(kind="requests.file_signed")
    waiting.refresh_from_db()
    return waiting
