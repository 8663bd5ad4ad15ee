"""Ops bring each check of the queue to an end: every cent pays an invoice or goes back, and the ledger says which."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.models import MoveRefused
from billing import resolving
from billing.check_use_invariants import violations
from billing.models import CheckPayment, CheckUse, Invoice, LedgerEntry, LedgerTransaction
from correspondence.models import Notice
from correspondence.sending import wording
from tests.billing import paid, purse
from tests.requests_app.charging.conftest import price, request_of  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
Standing = CheckPayment.Standing


@pytest.fixture
def two(rosa, request_of, price):  # noqa: F811
    """Two open invoices of rosa's firm, of $50 and $30."""
    return [price(request_of(rosa), total) for total in ("50.00", "30.00")]


@pytest.fixture
def arrived(olga):
    def check(amount, invoice=None, number="1001"):
        return CheckPayment.receive(
            number=number,
            amount=Decimal(amount),
            dated_on=date(2026, 1, 5),
            by=olga,
            invoice=invoice,
            payer="D",
        )

    return check


def balance(account):
    return sum(LedgerEntry.objects.filter(account=account).values_list("amount", flat=True))


def stands(check):
    check.refresh_from_db()
    return check.standing


def test_an_unknown_check_that_fits_settles_its_invoice(two, arrived, olga):
    check = arrived("50.00")
    resolving.assign(check, two[0], by=olga)
    two[0].refresh_from_db()
    assert (stands(check), two[0].state_word) == (Standing.APPLIED, "paid")
    assert (balance("unapplied"), balance("bank_check")) == (0, Decimal("50.00"))


@pytest.mark.parametrize(("amount", "standing"), [("49.99", Standing.SHORT), ("50.01", Standing.OVER)])
def test_one_that_does_not_fit_waits_with_what_is_wrong(two, arrived, olga, amount, standing):
    check = arrived(amount)
    resolving.assign(check, two[0], by=olga)
    assert stands(check) == standing
    assert balance("unapplied") == -Decimal(amount)


def test_a_number_that_the_invoice_has_is_refused(two, arrived, olga):
    arrived("10.00", two[0])
    check = arrived("20.00")
    with pytest.raises(MoveRefused, match="that number"):
        resolving.assign(check, two[0], by=olga)
    assert stands(check) == Standing.UNKNOWN


def test_the_rest_of_a_short_one_is_asked_for(two, arrived, olga, rosa):
    check = arrived("40.00", two[0])
    assert check.missing(two[0]) == Decimal("10.00")
    resolving.ask_for_rest(check, by=olga)
    assert Notice.objects.filter(event="check_short", person=rosa.person).count() == 1
    assert stands(check) == Standing.SHORT


def test_an_over_one_pays_and_the_excess_goes_back(two, arrived, olga):
    check = arrived("60.00", two[0])
    resolving.apply(check, two[0], by=olga)
    assert (stands(check), resolving.left(check)) == (Standing.REST, Decimal("10.00"))
    assert balance("unapplied") == -10
    resolving.send_back(check, reference="778", by=olga)
    assert stands(check) == Standing.RETURNED
    assert (balance("unapplied"), balance("bank_check"), balance("receivable")) == (0, 50, 30)


def test_whose_check_went_back_is_told_in_writing(two, arrived, olga, rosa):
    resolving.send_back(arrived("60.00", two[0]), reference="778", by=olga)
    letter = Notice.objects.get(event="check_returned", person=rosa.person)
    assert letter.reference == str(two[0].record_request)
    subject, body = wording(letter)
    assert "goes back" in subject
    assert "for what was left" in body


def test_the_excess_pays_another_invoice_of_the_same_payer(two, arrived, olga):
    check = arrived("80.00", two[0])
    for invoice in two:
        resolving.apply(check, invoice, by=olga)
    for invoice in two:
        invoice.refresh_from_db()
        assert invoice.state_word == "paid"
    assert (stands(check), balance("unapplied"), balance("receivable")) == (Standing.APPLIED, 0, 0)


def test_more_than_is_left_can_t_be_paid(two, arrived, olga):
    check = arrived("60.00", two[0])
    resolving.apply(check, two[0], by=olga)
    with pytest.raises(MoveRefused, match="left"):
        resolving.apply(check, two[1], by=olga)


def test_what_paid_one_invoice_pays_no_other(two, arrived, olga):
    """It came for the second, paid the first; then the second's own check comes."""
    check = arrived("50.00", two[1])
    resolving.apply(check, two[0], by=olga)
    arrived("30.00", two[1], number="1002")
    assert (stands(check), resolving.left(check)) == (Standing.APPLIED, 0)
    assert (balance("unapplied"), balance("receivable"), balance("bank_check")) == (0, 0, 80)


def test_a_cent_that_is_used_twice_is_a_violation(two, arrived, olga):
    check = arrived("50.00", two[0])
    assert list(violations()) == []
    CheckUse.objects.create(check_payment=check, kind="returned", amount=Decimal("0.01"), made_by=olga)
    assert list(violations()) == [
        f"A: Check {check.pk}: 50.01 of 50.00 was used",
        "B: -0.01 of the checks is left, the ledger says 0.00",
    ]


def test_two_that_are_too_much_together_settle_it_and_leave_the_excess(two, arrived, olga):
    short, over = arrived("40.00", two[0]), arrived("25.00", two[0], number="1002")
    resolving.apply(over, two[0], by=olga)
    assert (stands(short), stands(over), resolving.left(over)) == (Standing.APPLIED, Standing.REST, 15)
    two[0].refresh_from_db()
    assert (two[0].state_word, balance("unapplied")) == ("paid", -15)


@pytest.mark.parametrize("way", ["void", "paid"])
def test_a_short_one_waits_for_no_rest_once_its_invoice_is_closed(two, arrived, olga, rosa, way):
    short = arrived("30.00", two[0])
    if way == "void":
        two[0].void(by=olga)
    else:
        paid.by_card(two[0], purse.card(rosa), rosa)
    assert stands(short) == Standing.NOT_OPEN
    with pytest.raises(MoveRefused):
        resolving.ask_for_rest(short, by=olga)
    resolving.apply(short, two[1], by=olga)
    assert stands(short) == Standing.APPLIED


def test_a_stranger_s_invoice_is_not_paid_with_it(two, arrived, olga, sam, request_of, price):  # noqa: F811
    check = arrived("60.00", two[0])
    with pytest.raises(MoveRefused, match="somebody else"):
        resolving.apply(check, price(request_of(sam), "10.00"), by=olga)


def test_twice_is_refused_and_changes_nothing(two, arrived, olga):
    check = arrived("60.00")
    resolving.send_back(check, reference="778", by=olga)
    with pytest.raises(MoveRefused):
        resolving.send_back(check, reference="779", by=olga)
    assert CheckUse.objects.count() == 1


@pytest.mark.parametrize("way", ["unknown", "short", "over", "not_open", "rest"])
def test_every_standing_of_the_queue_can_go_back(two, arrived, olga, way):
    if way == "not_open":
        arrived("50.00", two[0], number="1")
    amount = {"short": "10.00", "over": "70.00", "rest": "70.00"}.get(way, "50.00")
    check = arrived(amount, None if way == "unknown" else two[0])
    if way == "rest":
        resolving.apply(check, two[0], by=olga)
    assert stands(check) == way
    resolving.send_back(check, reference="778", by=olga)
    assert (stands(check), balance("unapplied")) == (Standing.RETURNED, 0)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["arrive", "assign", "apply", "ask", "send back", "void"]),
        st.integers(0, 3),
        st.integers(0, 1),
        st.sampled_from([1000, 2000, 3000, 3001, 5000, 8000]).map(lambda cents: Decimal(cents) / 100),
    ),
    max_size=10,
)


def step(name, which, invoice, amount, arrived, olga):
    checks = list(CheckPayment.objects.order_by("pk"))
    check = checks[which] if which < len(checks) else None
    invoice = type(invoice).objects.get(pk=invoice.pk)
    if name == "arrive":
        arrived(amount, invoice if which else None, number=str(len(checks)))
    elif name == "void" and invoice.is_open:
        invoice.void(by=olga)
    elif check and name == "send back":
        resolving.send_back(check, reference="7", by=olga)
    elif check and name == "ask":
        resolving.ask_for_rest(check, by=olga)
    elif check and name in ("assign", "apply"):
        getattr(resolving, name)(check, invoice, by=olga)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_no_cent_is_lost_nor_used_twice_whatever_is_done(two, arrived, olga, steps):
    with transaction.atomic():
        for name, which, place, amount in steps:
            try:
                step(name, which, two[place], amount, arrived, olga)
            except MoveRefused:
                pass
        checks = CheckPayment.objects.all()
        assert all(resolving.left(check) >= 0 for check in checks)
        assert all(not resolving.left(one) or one.standing in CheckPayment.QUEUE for one in checks)
        assert balance("unapplied") == -sum(resolving.left(check) for check in checks)
        for invoice in Invoice.objects.filter(settled_at__isnull=False):
            assert sum(invoice.check_uses.values_list("amount", flat=True)) == invoice.total
        for check in checks.filter(standing__in=CheckPayment.QUEUE):
            resolving.send_back(check, reference="7", by=olga)
        assert balance("unapplied") == 0
        for entry in LedgerTransaction.objects.all():
            assert sum(one.amount for one in entry.entries.all()) == 0
        transaction.set_rollback(True)


def test_the_page_offers_what_can_be_done_and_does_it(client, olga, two, arrived):
    client.force_login(olga)
    check = arrived("50.00")
    page = client.get(reverse("admin:billing_check_resolve", args=[check.pk])).content.decode()
    assert "Assign" in page
    assert "Ask for the rest" not in page
    at = reverse("admin:billing_check_resolve_way", args=[check.pk, "assign"])
    assert client.post(at, {"invoice_number": two[0].number.lower()}).status_code == 302
    assert stands(check) == Standing.APPLIED


@pytest.mark.parametrize("number", ["", "INV-0000-000000", "a\0b", "x" * 300])
def test_a_bad_number_stays_typed_and_changes_nothing(client, olga, two, arrived, number):
    client.force_login(olga)
    check = arrived("50.00")
    at = reverse("admin:billing_check_resolve_way", args=[check.pk, "assign"])
    answer = client.post(at, {"invoice_number": number})
    assert answer.status_code == 422
    assert stands(check) == Standing.UNKNOWN


def test_what_is_refused_stands_on_the_page(client, olga, two, arrived):
    client.force_login(olga)
    check = arrived("60.00", two[0])
    resolving.apply(check, two[0], by=olga)
    at = reverse("admin:billing_check_resolve_way", args=[check.pk, "apply"])
    answer = client.post(at, {"invoice_number": two[1].number})
    assert (answer.status_code, "is left" in answer.content.decode()) == (422, True)


def test_members_don_t_get_in(client, rosa, two, arrived):
    client.force_login(rosa.person)
    check = arrived("60.00")
    assert client.get(reverse("admin:billing_check_resolve", args=[check.pk])).status_code == 302
