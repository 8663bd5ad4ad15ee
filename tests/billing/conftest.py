import pytest
from django.db import models

from billing.models import Invoice, Quote
from requests_app import quoting, turnaround
from requests_app.models import RecordRequest
from tests import stage
from tests.billing import purse


@pytest.fixture
def priced(rosa, clara, custodian):
    """A request of rosa's that waits for payment.

    It leaps there past the door: the way with its files is tested with the practice's work, and is slow.
    """
    record_request = RecordRequest.draft(stage.batch(rosa), custodian, by=rosa)
    models.QuerySet(RecordRequest).filter(pk=record_request.pk).update(state="priced", page_count=64)
    record_request.refresh_from_db()
    return record_request


@pytest.fixture
def quote(priced):
    return Quote.keep(priced, Quote.Kind.PRICE, quoting.reckon(priced, pages=64))


@pytest.fixture
def invoice(priced, quote):
    return Invoice.issue(quote, priced.organization, turnaround.business_day())


@pytest.fixture
def card(rosa):
    return purse.card(rosa)


@pytest.fixture
def fresh(client):
    """`fresh(rosa)` is a browser in which rosa has just typed her password."""
    return lambda member: purse.sign_in(client, member)
