"""Invoices and what became of them on given days, written as the product's own verbs write them."""

from contextlib import contextmanager
from decimal import Decimal

import time_machine

from billing.models import CheckPayment, Invoice, LedgerTransaction, Quote
from requests_app.models import RecordRequest
from tests import stage


@contextmanager
def on(day, time="15:00:00"):
    with time_machine.travel(f"{day}T{time}Z", tick=False):
        yield


def invoiced(member, custodian, total, *, day="2026-10-01", due_on="2026-10-29"):
    """An invoice of `total` USD to the member's organization, issued on `day`."""
    record_request = RecordRequest.draft(stage.batch(member), custodian, by=member)
    with on(day):
        quote = Quote.objects.create(
            record_request=record_request, kind="cancellation", lines=[], total=Decimal(total)
        )
        return Invoice.issue(quote, member.organization, due_on)


def paid_by_check(invoice, amount, *, by, day, number="1001"):
    with on(day):
        return CheckPayment.receive(
            number=number, amount=Decimal(amount), dated_on=day, by=by, invoice=invoice
        )


def booked(reference, amounts, invoice, *, day):
    """A ledger transaction on a day, for what other parts of the product write."""
    with on(day):
        LedgerTransaction.write(
            reference, {name: Decimal(one) for name, one in amounts.items()}, invoice=invoice
        )
