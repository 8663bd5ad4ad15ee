"""Paid invoices and refunds for the tests of money that goes back."""

import uuid
from datetime import timedelta
from decimal import Decimal

from billing import paying
from billing.models import CheckPayment, Invoice, LedgerEntry, Refund

ADDRESS = {"mail_street": "1 Main Street", "mail_city": "Macon", "mail_state": "GA", "mail_zip": "31201"}


def by_card(invoice, card, member):
    paying.pay(invoice, card, member)
    invoice.refresh_from_db()
    return invoice


def by_check(invoice, olga):
    CheckPayment.receive(invoice=invoice, number="1", amount=invoice.total, dated_on=invoice.due_on, by=olga)
    invoice.refresh_from_db()
    return invoice


def days_ago(invoice, days):
    """As if it had been paid that many days ago."""
    Invoice.objects.filter(pk=invoice.pk).update(settled_at=invoice.settled_at - timedelta(days=days))
    invoice.refresh_from_db()
    return invoice


def ask(invoice, member, amount="10.00", **said):
    said = {"reason": Refund.Reason.PRICING, "address": ADDRESS, "form_key": uuid.uuid4()} | said
    return Refund.ask(invoice, by=member, amount=Decimal(amount), **said)


def balance(account):
    return sum(LedgerEntry.objects.filter(account=account).values_list("amount", flat=True), Decimal(0))
