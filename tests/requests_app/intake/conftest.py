import uuid

import pytest
from django.urls import reverse

from requests_app.models import Batch, RecordRequest
from tests import cast, stage

PATIENT = {"first_name": "Thomas", "last_name": "Wright", "birth_date": "11/02/1978"}


@pytest.fixture
def peachtree(db):
    """Another practice of the network: rush and download, no fax; it certifies and makes images."""
    practice = cast.organization("Peachtree Radiology", "provider")
    made = cast.custodian(practice, name="Peachtree Radiology", offers_rush=True, rush_fee="45.00")
    made.offers_fax = False
    made.save()
    made.services.filter(kind="certification").delete()
    return made


@pytest.fixture
def batch(rosa):
    """The first step is done, nothing else."""
    return Batch.objects.create(
        organization=rosa.organization, owner=rosa.person, patient=stage.patient(rosa.organization)
    )


@pytest.fixture
def asked(batch, custodian, rosa):
    """One custodian is chosen and nothing said about it."""
    return RecordRequest.draft(batch, custodian, by=rosa)


@pytest.fixture
def two(asked, peachtree, rosa):
    """Two custodians are chosen: Lakeside and Peachtree."""
    return asked, RecordRequest.draft(asked.batch, peachtree, by=rosa)


@pytest.fixture
def ready(draft, rosa):
    """The batch of a complete draft."""
    return draft.batch


@pytest.fixture
def go(as_, rosa):
    """`go("wizard_details", batch.pk)` opens a page as rosa; with `post={…}` it sends a form."""

    def went(name, *args, post=None, member=rosa, query="", **extra):
        client = as_(member)
        extra.setdefault("HTTP_REFERER", "http://testserver/new/")  # where a refusal leads back to
        url = reverse(name, args=args) + query
        return client.get(url, **extra) if post is None else client.post(url, post, **extra)

    return went


@pytest.fixture
def new_key():
    return uuid.uuid4()


def wish(record_request, **said):
    """One custodian's part of the details form, as a browser sends it."""
    given = {"record_types": ["medical"], "dates": "all"} | said
    return {f"{record_request.public_id}-{name}": value for name, value in given.items()}
