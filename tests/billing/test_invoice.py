"""An invoice: issued with its price, owed in the books, open once."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError

from billing.models import Invoice, LedgerEntry, LedgerTransaction, Quote
from requests_app import quoting, turnaround

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


def owed():
    return sum(LedgerEntry.objects.filter(account="receivable").values_list("amount", flat=True))


def issue(priced, total=None, kind=Quote.Kind.PRICE):
    reckoned = quoting.reckon(priced, pages=3)
    if total is not None:
        reckoned = replace(reckoned, total=Decimal(total))
    return Invoice.issue(Quote.keep(priced, kind, reckoned), priced.organization, turnaround.business_day())


def test_what_is_invoiced_is_owed(priced):
    invoice = issue(priced)
    assert invoice.is_open
    assert owed() == invoice.total > 0


def test_a_price_of_zero_orders_at_once(priced):
    invoice = issue(priced, "0.00")
    priced.refresh_from_db()
    assert (invoice.state_word, priced.state) == ("paid", "ordered")


def test_a_cancellation_that_is_paid_orders_nothing(priced):
    issue(priced, "0.00", Quote.Kind.CANCELLATION)
    priced.refresh_from_db()
    assert priced.state == "priced"


def test_a_request_has_one_open_invoice(priced):
    issue(priced)
    with pytest.raises(IntegrityError):
        issue(priced)


def test_a_void_invoice_is_owed_no_longer(priced, rosa):
    invoice = issue(priced)
    Invoice.objects.withdraw(priced, by=rosa)
    invoice.refresh_from_db()
    assert (invoice.state_word, owed()) == ("void", 0)
    assert issue(priced).is_open


def test_numbers_don_t_count_up(priced, rosa):
    first = issue(priced)
    first.void(by=rosa)
    assert first.number != issue(priced).number


def test_a_number_that_is_taken_is_drawn_again_and_no_other(priced, rosa, monkeypatch):
    first = issue(priced)
    first.void(by=rosa)
    draws = iter([int(first.number[-6:]), 7, 8])
    monkeypatch.setattr("billing.models.invoice.secrets.randbelow", lambda most: next(draws))
    assert {number[-6:] for number in Invoice._draw_numbers(2)} == {"000007", "000008"}


def test_entries_that_don_t_balance_are_refused(db):
    with pytest.raises(ValueError, match="balance"):
        LedgerTransaction.write("x", {"receivable": Decimal("1.00"), "revenue": Decimal("-0.99")})


def test_of_several_none_is_written_where_one_doesn_t_balance(db):
    right = {"receivable": Decimal("1.00"), "revenue": Decimal("-1.00")}
    with pytest.raises(ValueError, match="balance"):
        LedgerTransaction.write_new([("x", right, None), ("y", right | {"revenue": Decimal("-0.99")}, None)])
    assert not LedgerTransaction.objects.exists()


def test_the_same_reference_is_written_once(db):
    for _ in range(3):
        LedgerTransaction.write("x", {"receivable": Decimal("1.00"), "revenue": Decimal("-1.00")})
    assert LedgerEntry.objects.count() == 2
