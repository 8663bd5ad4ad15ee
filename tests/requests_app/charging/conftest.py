"""Requests whose card may be charged by itself: of rosa's firm, and of pat, a patient."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import models, transaction
from django.utils import timezone

from billing.models import CardAgreement, Ceiling, Invoice, Quote
from outbox.models import Job
from outbox.queue import run_due
from requests_app import charging, quoting, turnaround
from requests_app.models import Batch, RecordRequest
from tests import cast, stage
from tests.billing import purse


@pytest.fixture
def pat(db):
    return cast.member("pat", cast.organization("Pat Example", "household"))


@pytest.fixture
def request_of(custodian, clara):
    """`request_of(rosa, card)` waits for its price; the card may be charged up to `up_to`."""

    def asked(member, card=None, up_to="250.00"):
        agreement = card and CardAgreement.objects.create(
            organization=member.organization, person=member.person, card=card, up_to=Decimal(up_to)
        )
        batch = stage.batch(
            member, pay_by=Batch.PayBy.CARD, card=card, card_agreement=agreement, reasons=["ere"]
        )
        one = RecordRequest.draft(batch, custodian, by=member)
        models.QuerySet(RecordRequest).filter(pk=one.pk).update(state="priced", page_count=64)
        return RecordRequest.objects.get(pk=one.pk)

    return asked


@pytest.fixture
def price():
    """`price(request, "80.00")` issues its invoice, as the release does."""

    def issued(record_request, total):
        quote = Quote.keep(record_request, Quote.Kind.PRICE, quoting.reckon(record_request, pages=64))
        quote.total = Decimal(total)
        quote.save()
        with transaction.atomic():
            invoice = Invoice.issue(quote, record_request.organization, turnaround.payment_due_on())
            charging.arrange(record_request, invoice)
        return invoice

    return issued


@pytest.fixture
def allowed(rosa):
    """Rosa's firm lets its cards be charged up to $100."""
    Ceiling.put(rosa.organization, Decimal("100.00"), by=rosa)
    return rosa


def work(days=0):
    """Everything that is due in `days` days is done."""
    Job.objects.filter(kind="requests.charge", due_at__lte=timezone.now() + timedelta(days=days)).update(
        due_at=timezone.now()
    )
    run_due(kind="requests.charge")


def told(member):
    """The events that somebody was told, in order."""
    from correspondence.models import Notice

    return list(Notice.objects.filter(person=member.person).order_by("pk").values_list("event", flat=True))


def card_of(member, number=purse.GOOD, **said):
    return purse.card(member, number, **said)
