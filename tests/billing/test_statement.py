"""A statement and an aging say what the ledger says, to the cent (product 7.9, docs/books.md)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from billing import statements
from billing.models import Invoice, LedgerEntry
from tests.billing import books

pytestmark = pytest.mark.django_db
D = Decimal
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def read(organization, days=OCTOBER):
    made = statements.statement(organization, *days)
    return [(one.kind, one.charged, one.paid, one.balance) for one in made.entries]


@pytest.fixture
def bill(rosa, custodian):
    return lambda total="100.00", **said: books.invoiced(rosa, custodian, total, **said)


def test_invoices_and_payments_move_the_balance(bill, olga, firm):
    books.paid_by_check(bill(), "100.00", by=olga, day="2026-10-20")
    assert read(firm) == [
        ("invoices", D("100.00"), D("0.00"), D("100.00")),
        ("payments", D("0.00"), D("100.00"), D("0.00")),
    ]


def test_what_was_before_is_the_opening_balance(bill, firm):
    bill("30.00", day="2026-09-30")
    bill("12.34")
    made = statements.statement(firm, *OCTOBER)
    assert (made.opening, made.closing) == (D("30.00"), D("42.34"))


def test_a_day_turns_where_the_business_is(bill, firm):
    """03:59 UTC on November 1 is 23:59 on October 31 in New York."""
    with books.on("2026-11-01", "03:59:00"):
        bill("10.00", day="2026-10-01").void(by=firm.members.first())
    with books.on("2026-11-01", "04:00:00"):
        assert statements.statement(firm, *OCTOBER).closing == D("0.00")
    bill("7.00", day="2026-11-01")
    assert statements.statement(firm, *OCTOBER).closing == D("0.00")


def test_a_void_takes_the_invoice_back(bill, firm, rosa):
    invoice = bill()
    with books.on("2026-10-05"):
        invoice.void(by=rosa)
    assert read(firm)[1] == ("voids", D("-100.00"), D("0.00"), D("0.00"))


def test_a_check_that_is_too_small_is_paid_and_the_rest_stays_open(bill, olga, firm):
    books.paid_by_check(bill(), "60.00", by=olga, day="2026-10-20")
    assert read(firm)[1] == ("payments", D("0.00"), D("60.00"), D("40.00"))
    assert statements.aging(firm, OCTOBER[1]).total == D("40.00")


def test_a_refund_is_told_and_leaves_the_balance_as_it_is(bill, olga, firm):
    invoice = bill()
    books.paid_by_check(invoice, "100.00", by=olga, day="2026-10-20")
    books.booked("refund-check:1", {"refunds": "40.00", "bank_check": "-40.00"}, invoice, day="2026-10-25")
    made = statements.statement(firm, *OCTOBER)
    assert read(firm)[2] == ("refunds", D("-40.00"), D("-40.00"), D("0.00"))
    assert made.paid_back == D("40.00")


def test_a_dispute_is_told_when_it_is_lost(bill, olga, firm):
    invoice = bill()
    books.booked("charge:ch_1", {"bank_card": "100.00", "receivable": "-100.00"}, invoice, day="2026-10-02")
    books.booked("dispute:dp_1", {"disputed": "100.00", "bank_card": "-100.00"}, invoice, day="2026-10-03")
    assert len(read(firm)) == 2
    books.booked(
        "dispute-lost:dp_1", {"chargebacks": "100.00", "disputed": "-100.00"}, invoice, day="2026-10-04"
    )
    assert read(firm)[2] == ("disputes", D("-100.00"), D("-100.00"), D("0.00"))


def test_nobody_reads_another_organization_s(bill, sam):
    bill()
    assert read(sam.organization) == []
    assert statements.aging(sam.organization, OCTOBER[1]).invoices == []


@pytest.mark.parametrize(
    ("due_on", "bucket"),
    [
        ("2026-10-31", "not_due"),
        ("2026-10-30", "to_30"),
        ("2026-10-01", "to_30"),
        ("2026-09-30", "to_60"),
        ("2026-09-01", "to_60"),
        ("2026-08-31", "to_90"),
        ("2026-08-02", "to_90"),
        ("2026-08-01", "over_90"),
    ],
)
def test_what_is_open_is_sorted_by_how_late_it_is(bill, firm, due_on, bucket):
    bill(day="2026-07-01", due_on=due_on)
    aged = statements.aging(firm, OCTOBER[1])
    assert getattr(aged, bucket) == aged.total == D("100.00")


def test_an_aging_of_an_earlier_day_still_holds_what_was_paid_later(bill, olga, firm):
    books.paid_by_check(bill(), "100.00", by=olga, day="2026-11-05")
    assert statements.aging(firm, OCTOBER[1]).total == D("100.00")
    assert statements.aging(firm, date(2026, 11, 5)).invoices == []


def test_too_much_is_a_credit_and_no_late_sum(bill, olga, firm):
    books.paid_by_check(bill(), "130.00", by=olga, day="2026-10-20")
    aged = statements.aging(firm, OCTOBER[1])
    assert (aged.credits, aged.late, aged.total) == (D("-30.00"), D("0.00"), D("-30.00"))


def test_receivables_list_everybody_who_owes_the_most_first(bill, sam, custodian):
    bill("10.00")
    books.invoiced(sam, custodian, "20.00")
    found = statements.receivables(OCTOBER[1])
    assert [(one.name, aged.total) for one, aged in found] == [
        ("Keller Injury Law", D("20.00")),
        ("Smith Law", D("10.00")),
    ]


def test_money_of_nobody_known_is_said_apart(olga):
    books.paid_by_check(None, "55.00", by=olga, day="2026-10-20")
    assert statements.unassigned(OCTOBER[1]) == D("55.00")
    assert statements.receivables(OCTOBER[1]) == []


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["bill", "void", "check", "refund"]),
        st.integers(1, 28),
        st.decimals("0.01", "999.99", places=2),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(moves=MOVES, split=st.integers(1, 28))
@example(  # as floats these don't add up to a cent
    moves=[("bill", 1, Decimal("2.02")), ("void", 2, Decimal("0.01")), ("check", 1, Decimal("0.01"))], split=2
)
def test_whatever_happens_statement_aging_and_ledger_agree(rosa, custodian, olga, moves, split):
    from django.db import transaction

    with transaction.atomic():
        for number, (move, day, amount) in enumerate(sorted(moves, key=lambda one: one[1])):
            said = f"2026-10-{day:02d}"
            newest = Invoice.objects.open().order_by("-id").first()
            if move == "bill" or newest is None:
                books.invoiced(rosa, custodian, amount, day=said, due_on="2026-10-15")
            elif move == "void":
                with books.on(said):
                    newest.void(by=rosa)
            elif move == "check":
                books.paid_by_check(newest, amount, by=olga, day=said, number=str(number))
            else:
                books.booked(
                    f"refund-check:{number}", {"refunds": amount, "bank_check": -amount}, newest, day=said
                )
        whole = statements.statement(rosa.organization, date(2026, 10, 1), date(2026, 10, 31))
        first = statements.statement(rosa.organization, date(2026, 10, 1), date(2026, 10, split))
        second = statements.statement(rosa.organization, date(2026, 10, split + 1), date(2026, 10, 31))
        owed = sum(one.amount for one in LedgerEntry.objects.filter(account__in=["receivable", "unapplied"]))
        assert whole.opening + sum(sum_ for _k, _l, sum_ in whole.sums) == whole.closing == owed
        assert (first.closing, second.closing) == (second.opening, whole.closing)
        assert statements.aging(rosa.organization, date(2026, 10, 31)).total == whole.closing
        assert sum(aged.total for _o, aged in statements.receivables(date(2026, 10, 31))) == whole.closing
        transaction.set_rollback(True)
